import KafkaProtocol
import Resources

/// LeaveGroup (13): `READ` on the group. A refusal lists no members.
enum LeaveGroupHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: LeaveGroupRequest = try request.decode()
        if request.authorizer.allows(.read, .group, message.groupId) { return .forward() }
        var answer = LeaveGroupResponse()
        answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
        return .answer(request.encode(answer))
    }
}
