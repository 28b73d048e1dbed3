import KafkaProtocol
import Resources

/// ShareFetch (78): `READ` on the group, then `READ` on every topic of the share session. The backend counts the
/// session's epochs, even if none of its topics may be read.
enum ShareFetchHandler {
    /// The epoch that opens a session.
    private static let initialEpoch: Int32 = 0
    /// The epoch that ends a session; its partitions are only acknowledged.
    static let finalEpoch: Int32 = -1

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else { return .forward(then: .shareFetch(ShareFetchMerge())) }
        let message: ShareFetchRequest = try request.decode()
        guard let group = message.groupId else { return Self.answer(.invalidRequest, request) }
        let permission = Permission(.read, .group, group)
        let member = GroupMember(group: group, member: message.memberId ?? "")
        let memory = request.facts.memory
        if request.authorizer.wouldAllow(permission),
            let question = request.question(about: Self.ids(message, memory.shareSessions[member]))
        {
            return RequestPlan(.ask(question))
        }
        guard request.authorizer.allows(permission) else { return Self.answer(.groupAuthorizationFailed, request) }
        switch message.shareSessionEpoch {
        case Self.finalEpoch:
            memory.shareSessions[member] = nil
            return Self.planLast(request, message)
        case Self.initialEpoch:
            return Self.plan(request, message, ShareSession(), member)
        default:
            guard let session = memory.shareSessions.take(member) else {
                return Self.answer(.shareSessionNotFound, request)
            }
            return Self.plan(request, message, session, member)
        }
    }

    private static func plan(
        _ request: RequestContext, _ message: ShareFetchRequest, _ session: consuming ShareSession,
        _ member: GroupMember
    ) -> RequestPlan {
        var update = ShareSessionUpdate(message, &session)
        guard !session.isTooLarge else {
            request.facts.memory.shareSessions[member] = nil
            return Self.answer(.shareSessionLimitReached, request)
        }
        update.judgeAll(&session) { request.facts.refusal(of: .read, on: .id($0)) }
        request.facts.memory.shareSessions[member] = session
        let merge = ShareFetchMerge(denied: update.denied.filter { !$0.partitions.isEmpty })
        guard update.isChanged else { return .forward(then: .shareFetch(merge)) }
        var rest = message
        rest.topics = update.topics
        rest.forgottenTopicsData = update.forgotten
        return .forward(request.encode(rest), then: .shareFetch(merge))
    }

    /// Plans the last request of a session, which reads nothing: only acknowledgements can be refused.
    private static func planLast(_ request: RequestContext, _ message: ShareFetchRequest) -> RequestPlan {
        var rest = message
        var denied: [ShareFetchResponse.Topic] = []
        rest.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .read, on: .id(topic.topicId)) else { return false }
            let acknowledged = ShareSessionUpdate.acknowledged([topic])
            if !acknowledged.isEmpty {
                denied.append(
                    ShareSessionUpdate.row(
                        topic.topicId, acknowledged.sorted(), code, acknowledged: acknowledged, isRead: false))
            }
            return true
        }
        let merge = ShareFetchMerge(denied: denied)
        if rest.topics.count == message.topics.count { return .forward(then: .shareFetch(merge)) }
        return .forward(request.encode(rest), then: .shareFetch(merge))
    }

    private static func ids(_ message: ShareFetchRequest, _ known: ShareSession?) -> [KafkaUUID] {
        let kept = message.shareSessionEpoch > 0 ? known?.topics.filter(\.value.isAtBackend).map(\.key) ?? [] : []
        return message.topics.map(\.topicId) + kept
    }

    private static func answer(_ code: KafkaErrorCode, _ request: RequestContext) -> RequestPlan {
        var answer = ShareFetchResponse()
        answer.errorCode = code.rawValue
        answer.errorMessage = nil
        return .answer(request.encode(answer))
    }
}
