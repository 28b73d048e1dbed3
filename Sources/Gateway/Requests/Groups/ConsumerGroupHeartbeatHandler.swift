import GatewayModel
import KafkaProtocol
import PolicyExpressions

/// ConsumerGroupHeartbeat (68): `READ` on the group, `DESCRIBE` on every topic subscribed to by name: one refusal
/// refuses the heartbeat. A pattern (v1+) matches the topics with `DESCRIBE`; see ``PatternSubscription``.
enum ConsumerGroupHeartbeatHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: ConsumerGroupHeartbeatRequest = try request.decode()
        let memory = request.facts.memory
        let member = GroupMember(group: message.groupId, member: message.memberId)
        let group = Permission(.read, .group, message.groupId)
        var subscription = memory.patternSubscriptions[member]
        let isLeaving = message.memberEpoch < 0
        if !isLeaving, request.authorizer.wouldAllow(group),
            Self.looksAtTopics(message, subscription, request) && request.answers == nil
        {
            return RequestPlan(.ask(.all))
        }
        guard request.authorizer.allows(group) else { return Self.refuse(.groupAuthorizationFailed, request) }
        var refused = false
        for name in (message.subscribedTopicNames ?? []).wireNames
        where !request.authorizer.allows(.describe, .topic, name.text) {
            refused = true
        }
        if refused { return Self.refuse(.topicAuthorizationFailed, request) }
        if isLeaving {
            memory.patternSubscriptions[member] = nil
            return .forward()
        }
        if let text = message.subscribedTopicRegex, !text.isEmpty {
            guard let pattern = NamePattern(text) else {
                return Self.refuse(
                    .invalidRegularExpression, request, text: "The pattern of the subscription is not valid.")
            }
            subscription = PatternSubscription(
                pattern: pattern, names: message.subscribedTopicNames ?? subscription?.names ?? [])
        } else if message.subscribedTopicRegex != nil {
            // An empty pattern ends the subscription by pattern.
            memory.patternSubscriptions[member] = nil
            guard let subscription else { return .forward() }
            var rest = message
            rest.subscribedTopicRegex = nil
            rest.subscribedTopicNames = message.subscribedTopicNames ?? subscription.names
            return .forward(request.encode(rest), then: .passThrough)
        } else if let names = message.subscribedTopicNames {
            subscription?.names = names
        }
        guard var subscription else { return .forward() }
        let isTold = message.subscribedTopicNames == nil && message.subscribedTopicRegex == nil
        guard Self.looksAtTopics(message, memory.patternSubscriptions[member], request) else {
            subscription.heartbeats += 1
            memory.patternSubscriptions[member] = subscription
            return .forward()
        }
        let names = subscription.resolved(among: request.answers?.names ?? [], request.authorizer)
        let isNews = !isTold || names != subscription.told
        subscription.heartbeats = 1
        subscription.told = names
        memory.patternSubscriptions[member] = subscription
        guard isNews else { return .forward() }
        var rest = message
        rest.subscribedTopicRegex = nil
        rest.subscribedTopicNames = names
        return .forward(request.encode(rest), then: .passThrough)
    }

    /// Whether the pattern has to be matched anew: it is new, the names beside it are, or it is time to look for topics
    /// that came or went.
    private static func looksAtTopics(
        _ message: ConsumerGroupHeartbeatRequest, _ subscription: PatternSubscription?, _ request: RequestContext
    ) -> Bool {
        if let pattern = message.subscribedTopicRegex { return !pattern.isEmpty }
        guard let subscription else { return false }
        return message.subscribedTopicNames != nil
            || subscription.heartbeats >= PatternSubscription.heartbeatsBetweenLooks
    }

    private static func refuse(_ code: KafkaErrorCode, _ request: RequestContext, text: String? = nil) -> RequestPlan {
        var answer = ConsumerGroupHeartbeatResponse()
        answer.errorCode = code.rawValue
        answer.errorMessage = text
        return .answer(request.encode(answer))
    }
}
