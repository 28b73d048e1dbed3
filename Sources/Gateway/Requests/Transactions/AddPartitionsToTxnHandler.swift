import KafkaProtocol
import Resources

/// AddPartitionsToTxn (24). Up to v3, from clients: `WRITE` on the transactional id, then `WRITE` on each topic, never
/// on an internal one. If one partition is refused or unknown, none of the others is attempted.
///
/// From v4 on it is a request between brokers, without checks by topic. It is not offered, and it is refused whatever
/// the rules say, because no client of a gateway is a broker.
enum AddPartitionsToTxnHandler {
    typealias Topic = AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult
    typealias Asked = AddPartitionsToTxnRequest.AddPartitionsToTxnTopic

    /// The last version that clients are offered; the next one is for brokers.
    static let lastForClients: Int16 = 3
    /// The internal topics of brokers. No client may write to them in a transaction, not even a super user.
    static let internalTopics: Set<WireName> = ["__consumer_offsets", "__transaction_state", "__share_group_state"]

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: AddPartitionsToTxnRequest = try request.decode()
        guard request.version <= Self.lastForClients else {
            var answer = AddPartitionsToTxnResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            return .answer(request.encode(answer))
        }
        let topics = message.v3AndBelowTopics
        let transaction = Permission(.write, .transactionalID, message.v3AndBelowTransactionalId)
        if request.authorizer.wouldAllow(transaction), let question = Self.question(topics, request) {
            return RequestPlan(.ask(question))
        }
        guard request.authorizer.allows(transaction) else {
            return Self.answer(topics.map { Self.row($0) { _ in .transactionalIdAuthorizationFailed } }, request)
        }
        let denied = topics.lazy.map(\.name).filter { !Self.isWritable($0, request) }.wireNames
        if denied.isEmpty { return .forward() }
        let known = (request.answers?.topics ?? [:]).mapValues { Set($0.partitions.lazy.map(\.partitionIndex)) }
        return Self.answer(
            topics.map { topic in
                Self.row(topic) { index in
                    if denied.contains(WireName(topic.name)) { return .topicAuthorizationFailed }
                    let isKnown = known[WireName(topic.name)]?.contains(index) ?? false
                    return isKnown ? .operationNotAttempted : .unknownTopicOrPartition
                }
            }, request)
    }

    /// The question which partitions of the allowed topics exist, if the request is not forwarded because of a denied
    /// one.
    private static func question(_ topics: [Asked], _ request: RequestContext) -> TopicQuestion? {
        guard request.answers == nil else { return nil }
        let names = topics.lazy.map(\.name).wireNames
        let allowed = names.filter { name in
            !Self.internalTopics.contains(name) && request.authorizer.wouldAllow(Permission(.write, .topic, name.text))
        }
        return allowed.isEmpty || allowed.count == names.count ? nil : .names(allowed.sorted().map(\.text))
    }

    private static func isWritable(_ name: String, _ request: RequestContext) -> Bool {
        !Self.internalTopics.contains(WireName(name)) && request.authorizer.allows(.write, .topic, name)
    }

    private static func row(_ topic: Asked, _ code: (Int32) -> KafkaErrorCode) -> Topic {
        var row = Topic()
        row.name = topic.name
        row.resultsByPartition = topic.partitions.map { index in
            var partition = AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult()
            partition.partitionIndex = index
            partition.partitionErrorCode = code(index).rawValue
            return partition
        }
        return row
    }

    private static func answer(_ rows: [Topic], _ request: RequestContext) -> RequestPlan {
        var answer = AddPartitionsToTxnResponse()
        answer.resultsByTopicV3AndBelow = rows
        return .answer(request.encode(answer))
    }
}
