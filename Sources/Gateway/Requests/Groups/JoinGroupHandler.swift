import KafkaProtocol
import NIOCore
import Resources

/// JoinGroup (11): `READ` on the group. Topics in the subscription are checked when they are used, not here.
enum JoinGroupHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: JoinGroupRequest = try request.decode()
        if request.authorizer.allows(.read, .group, message.groupId) { return .forward() }
        var answer = JoinGroupResponse()
        answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
        answer.generationId = -1
        // Null is allowed since the field for its type is there (KIP-559).
        answer.protocolName = request.version >= JoinGroupResponse.firstVersionWithProtocolType ? nil : ""
        return .answer(request.encode(answer))
    }
}
