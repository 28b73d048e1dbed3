import KafkaProtocol
import Resources

/// Heartbeat (12): `READ` on the group.
enum HeartbeatHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: HeartbeatRequest = try request.decode()
        if request.authorizer.allows(.read, .group, message.groupId) { return .forward() }
        var answer = HeartbeatResponse()
        answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
        return .answer(request.encode(answer))
    }
}
