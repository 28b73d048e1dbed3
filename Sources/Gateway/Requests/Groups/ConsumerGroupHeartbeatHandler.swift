import EngineInterface
import KafkaProtocol
import Patterns
import Resources

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
        let isMatched = !isLeaving && Self.looksAtTopics(message, subscription, request)
        let asked = Self.pattern(of: message)
        if isMatched, request.authorizer.wouldAllow(group),
            case .success(let pattern)? = asked ?? subscription.map({ .success($0.pattern) })
        {
            guard let answers = request.answers else { return RequestPlan(.ask(.all)) }
            if answers.matches == nil {
                return RequestPlan(.match(PatternQuestion(pattern: pattern, topics: answers.list)))
            }
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
        if let asked {
            switch asked {
            case .success(let pattern):
                subscription = PatternSubscription(
                    pattern: pattern, names: message.subscribedTopicNames ?? subscription?.names ?? [])
            case .failure(let refusal):
                return Self.refuse(refusal, request)
            }
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
        guard isMatched else {
            subscription.heartbeats += 1
            memory.patternSubscriptions[member] = subscription
            return .forward()
        }
        guard case .names(let matching) = request.answers?.matches ?? .names([]) else {
            return Self.refuse(.invalidRegularExpression, request, text: Self.costs, limit: .patternCost)
        }
        let names = subscription.resolved(matching: matching, request.authorizer)
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

    /// Whether the pattern has to be matched again: because it or the names beside it are new, or because it is time to
    /// check for created and deleted topics.
    private static func looksAtTopics(
        _ message: ConsumerGroupHeartbeatRequest, _ subscription: PatternSubscription?, _ request: RequestContext
    ) -> Bool {
        if let pattern = message.subscribedTopicRegex { return !pattern.isEmpty }
        guard let subscription else { return false }
        return message.subscribedTopicNames != nil
            || subscription.heartbeats >= PatternSubscription.heartbeatsBetweenLooks
    }

    /// The pattern of a request; nil without one.
    private static func pattern(of message: ConsumerGroupHeartbeatRequest) -> Result<NamePattern, NamePattern.Refusal>?
    {
        guard let text = message.subscribedTopicRegex, !text.isEmpty else { return nil }
        do throws(NamePattern.Refusal) {
            return .success(
                try NamePattern(
                    text, maximumBytes: PatternSubscription.maximumPatternBytes,
                    maximumSize: PatternSubscription.maximumPatternSize))
        } catch {
            return .failure(error)
        }
    }

    private static let costs =
        "Matching the pattern of the subscription with all topics takes too long; make it simpler."
    private static let isLarge =
        "The pattern of the subscription is too large: it may have \(PatternSubscription.maximumPatternBytes) bytes and "
        + "take \(PatternSubscription.maximumPatternSize) instructions, about one for each character that it looks for; "
        + "use fewer alternatives or smaller counts."

    private static func refuse(_ refusal: NamePattern.Refusal, _ request: RequestContext) -> RequestPlan {
        switch refusal {
        case .invalid:
            self.refuse(.invalidRegularExpression, request, text: "The pattern of the subscription is not valid.")
        case .tooLarge: self.refuse(.invalidRegularExpression, request, text: Self.isLarge, limit: .patternCost)
        }
    }

    private static func refuse(
        _ code: KafkaErrorCode, _ request: RequestContext, text: String? = nil, limit: LimitKind? = nil
    ) -> RequestPlan {
        var answer = ConsumerGroupHeartbeatResponse()
        answer.errorCode = code.rawValue
        answer.errorMessage = text
        var plan = RequestPlan.answer(request.encode(answer))
        plan.limit = limit
        return plan
    }
}
