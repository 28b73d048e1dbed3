import KafkaProtocol
import NIOCore
import Resources

/// DeleteTopics (20): `DELETE` on the cluster or on each topic. A name also takes `DESCRIBE`; without it a refusal does
/// not show whether the topic exists, with it a missing topic is reported as missing before anything is refused. A
/// refusal by id (v6+) shows the name only with `DESCRIBE`. Results are shuffled, so that their places reveal nothing.
enum DeleteTopicsHandler {
    typealias Result = DeleteTopicsResponse.DeletableTopicResult

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteTopicsRequest = try request.decode()
        let names = message.topicNames + message.topics.filter { $0.topicId == .zero }.compactMap(\.name)
        let ids = message.topics.filter { $0.name == nil }.map(\.topicId)
        if let question = Self.question(names: names, ids: ids, request) { return RequestPlan(.ask(question)) }
        let repeated = RepeatedNames(names)
        let repeatedIDs = Self.repeated(ids)
        var refused = repeated.names.map { Self.row($0, .zero, .invalidRequest, RepeatedNames.explanation) }
        refused += repeatedIDs.map { Self.row(nil, $0, .invalidRequest, "Duplicate topic id.") }
        message.topicNames.removeAll { repeated.contains($0) }
        message.topics.removeAll { topic in
            if let name = topic.name { return topic.topicId == .zero && repeated.contains(name) }
            return repeatedIDs.contains(topic.topicId)
        }
        refused += message.topicNames.takeRefused { Self.refusal(name: $0, request) }
        refused += message.topics.takeRefused { topic in
            guard let name = topic.name else { return Self.refusal(id: topic.topicId, request) }
            guard topic.topicId == .zero else {
                let text = "You may not specify both topic name and topic id."
                return Self.row(name, topic.topicId, .invalidRequest, text)
            }
            return Self.refusal(name: name, request)
        }
        let isEmpty = message.topicNames.isEmpty && message.topics.isEmpty
        return request.forward(message, isEmpty: isEmpty, refused: refused.shuffled()) { rows in
            .deleteTopics(DeleteTopicsMerge(refused: rows))
        }
    }

    /// The names of ids, and whether topics exist that may be seen and not deleted.
    private static func question(names: [String], ids: [KafkaUUID], _ request: RequestContext) -> TopicQuestion? {
        guard request.answers == nil else { return nil }
        let seen = names.wireNames.filter { name in
            request.authorizer.wouldAllow(Permission(.describe, .topic, name.text))
                && !request.authorizer.wouldAllow(.cluster(.delete), or: Permission(.delete, .topic, name.text))
        }
        let aboutIDs = request.question(about: ids)
        if seen.isEmpty { return aboutIDs }
        return aboutIDs == nil ? .names(seen.sorted().map(\.text)) : .all
    }

    private static func refusal(id: KafkaUUID, _ request: RequestContext) -> Result? {
        if id == .zero {
            return Self.row(nil, id, .invalidRequest, "Neither topic name nor id were specified.")
        }
        guard let name = request.facts.topicNames.name(of: id) else {
            return Self.row(nil, id, .unknownTopicId, KafkaErrorCode.unknownTopicId.refusalText)
        }
        if request.authorizer.allows(.cluster(.delete), or: Permission(.delete, .topic, name)) { return nil }
        return Self.denial(request.authorizer.shows(.describe, .topic, name) ? name : nil, id)
    }

    private static func refusal(name: String, _ request: RequestContext) -> Result? {
        let isDeletable = request.authorizer.allows(.cluster(.delete), or: Permission(.delete, .topic, name))
        if request.authorizer.wouldAllow(.cluster(.delete)) { return nil }
        if isDeletable { return request.authorizer.allows(.describe, .topic, name) ? nil : Self.denial(name, .zero) }
        guard request.answers?.lacks(name) ?? false else { return Self.denial(name, .zero) }
        return Self.row(
            name, .zero, .unknownTopicOrPartition, "This server does not host this topic-partition.")
    }

    private static func denial(_ name: String?, _ id: KafkaUUID) -> Result {
        Self.row(name, id, .topicAuthorizationFailed, KafkaErrorCode.topicAuthorizationFailed.refusalText)
    }

    private static func row(_ name: String?, _ id: KafkaUUID, _ code: KafkaErrorCode, _ text: String) -> Result {
        var row = Result()
        row.name = name
        row.topicId = id
        row.errorCode = code.rawValue
        row.errorMessage = text
        return row
    }

    private static func repeated(_ ids: [KafkaUUID]) -> Set<KafkaUUID> {
        var seen: Set<KafkaUUID> = []
        return Set(ids.filter { $0 != .zero && !seen.insert($0).inserted })
    }
}

extension DeleteTopicsResponse: RowAnswer {
    typealias Row = DeletableTopicResult

    var rows: [Row] {
        get { self.responses }
        set { self.responses = newValue }
    }
}

struct DeleteTopicsMerge: Equatable {
    var refused: RefusedRows<DeleteTopicsResponse>

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DeleteTopicsResponse = try context.decode()
        self.refused.add(to: &message)
        message.responses.shuffle()
        return context.encode(message)
    }
}
