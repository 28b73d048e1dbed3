import GatewayModel
import KafkaProtocol
import NIOCore

/// DeleteTopics (20): `DELETE` on the cluster or on each topic. A refusal by name does not tell whether the topic
/// exists; one by id (v6+) shows the name only with `DESCRIBE`. Results are shuffled: their places tell nothing.
enum DeleteTopicsHandler {
    typealias Result = DeleteTopicsResponse.DeletableTopicResult

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteTopicsRequest = try request.decode()
        return request.version >= 6 ? Self.planWithIDs(request, &message) : Self.planByName(request, &message)
    }

    private static func planByName(_ request: RequestContext, _ message: inout DeleteTopicsRequest) -> RequestPlan {
        let repeated = RepeatedNames(message.topicNames)
        var denied = repeated.names.map { Self.row($0, .zero, .invalidRequest, RepeatedNames.explanation) }
        message.topicNames.removeAll { name in
            if repeated.contains(name) { return true }
            if Self.isDeletable(name, request) { return false }
            denied.append(Self.denial(name, .zero))
            return true
        }
        return Self.plan(request, message, denied: denied, isLocal: message.topicNames.isEmpty)
    }

    private static func planWithIDs(_ request: RequestContext, _ message: inout DeleteTopicsRequest) -> RequestPlan {
        if let question = request.question(about: message.topics.lazy.filter { $0.name == nil }.map(\.topicId)) {
            return RequestPlan(.ask(question))
        }
        let repeated = RepeatedNames(message.topics.filter { $0.topicId == .zero }.compactMap(\.name))
        let repeatedIDs = Self.repeated(message.topics.filter { $0.name == nil }.map(\.topicId))
        var denied = repeated.names.map { Self.row($0, .zero, .invalidRequest, RepeatedNames.explanation) }
        denied += repeatedIDs.map { Self.row(nil, $0, .invalidRequest, "Duplicate topic id.") }
        message.topics.removeAll { topic in
            guard let name = topic.name else {
                if repeatedIDs.contains(topic.topicId) { return true }
                guard let refusal = Self.refusal(id: topic.topicId, request) else { return false }
                denied.append(refusal)
                return true
            }
            guard topic.topicId == .zero else {
                let text = "You may not specify both topic name and topic id."
                denied.append(Self.row(name, topic.topicId, .invalidRequest, text))
                return true
            }
            if repeated.contains(name) { return true }
            if Self.isDeletable(name, request) { return false }
            denied.append(Self.denial(name, .zero))
            return true
        }
        return Self.plan(request, message, denied: denied, isLocal: message.topics.isEmpty)
    }

    private static func plan(
        _ request: RequestContext, _ message: DeleteTopicsRequest, denied: [Result], isLocal: Bool
    ) -> RequestPlan {
        if denied.isEmpty { return .forward() }
        guard isLocal else {
            return .forward(request.encode(message), then: .deleteTopics(DeleteTopicsMerge(denied: denied)))
        }
        var answer = DeleteTopicsResponse()
        answer.responses = denied.shuffled()
        return .answer(request.encode(answer))
    }

    private static func refusal(id: KafkaUUID, _ request: RequestContext) -> Result? {
        if id == .zero {
            return Self.row(nil, id, .invalidRequest, "Neither topic name nor id were specified.")
        }
        guard let name = request.facts.topicNames.name(of: id) else {
            return Self.row(nil, id, .unknownTopicId, "This server does not host this topic ID.")
        }
        if Self.isDeletable(name, request) { return nil }
        return Self.denial(request.authorizer.shows(.describe, .topic, name) ? name : nil, id)
    }

    private static func isDeletable(_ name: String, _ request: RequestContext) -> Bool {
        request.authorizer.allows(.cluster(.delete), or: Permission(.delete, .topic, name))
    }

    private static func denial(_ name: String?, _ id: KafkaUUID) -> Result {
        Self.row(name, id, .topicAuthorizationFailed, "Topic authorization failed.")
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

struct DeleteTopicsMerge: Equatable {
    var denied: [DeleteTopicsHandler.Result]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DeleteTopicsResponse = try context.decode()
        message.responses = (message.responses + self.denied).shuffled()
        return context.encode(message)
    }
}
