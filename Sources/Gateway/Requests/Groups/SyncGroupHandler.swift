import KafkaProtocol
import Resources

/// SyncGroup (14): `READ` on the group. A request (v5+) without protocol type or name is `INCONSISTENT_GROUP_PROTOCOL`
/// for any client.
enum SyncGroupHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: SyncGroupRequest = try request.decode()
        let code: KafkaErrorCode
        if request.version >= SyncGroupRequest.firstVersionWithProtocolType,
            message.protocolType == nil || message.protocolName == nil
        {
            code = .inconsistentGroupProtocol
        } else if request.authorizer.allows(.read, .group, message.groupId) {
            return .forward()
        } else {
            code = .groupAuthorizationFailed
        }
        var answer = SyncGroupResponse()
        answer.errorCode = code.rawValue
        return .answer(request.encode(answer))
    }
}
