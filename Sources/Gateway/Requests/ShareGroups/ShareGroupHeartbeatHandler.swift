import KafkaProtocol
import Resources

/// ShareGroupHeartbeat (76): `READ` on the group, `DESCRIBE` on every topic subscribed to: one refusal refuses the
/// heartbeat.
enum ShareGroupHeartbeatHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: ShareGroupHeartbeatRequest = try request.decode()
        guard request.authorizer.allows(.read, .group, message.groupId) else {
            return Self.refuse(.groupAuthorizationFailed, request)
        }
        var refused = false
        for name in (message.subscribedTopicNames ?? []).wireNames
        where !request.authorizer.allows(.describe, .topic, name.text) {
            refused = true
        }
        return refused ? Self.refuse(.topicAuthorizationFailed, request) : .forward()
    }

    private static func refuse(_ code: KafkaErrorCode, _ request: RequestContext) -> RequestPlan {
        var answer = ShareGroupHeartbeatResponse()
        answer.errorCode = code.rawValue
        answer.errorMessage = nil
        answer.memberId = nil
        answer.assignment = nil
        return .answer(request.encode(answer))
    }
}
