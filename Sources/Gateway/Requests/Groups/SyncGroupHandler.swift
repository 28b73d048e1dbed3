import GatewayModel
import KafkaProtocol

/// SyncGroup (14): `READ` on the group.
enum SyncGroupHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: SyncGroupRequest = try request.decode()
        if request.authorizer.allows(.read, .group, message.groupId) { return .forward() }
        var answer = SyncGroupResponse()
        answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
        return .answer(request.encode(answer))
    }
}
