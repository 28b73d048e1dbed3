import GatewayModel
import KafkaProtocol
import NIOCore

/// CreateTopics (19): `CREATE` on the cluster or on each topic. The configuration of a created topic (v5+) is shown
/// with `DESCRIBE_CONFIGS`. Repeated names and the metadata log's name are `INVALID_REQUEST` for anyone.
enum CreateTopicsHandler {
    static let metadataLog = "__cluster_metadata"

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: CreateTopicsRequest = try request.decode()
        let repeated = RepeatedNames(message.topics.map(\.name))
        var denied: [CreateTopicsMerge.Topic] = repeated.names.map { name in
            Self.row(name, .invalidRequest, RepeatedNames.explanation)
        }
        message.topics.removeAll { topic in
            let name = topic.name
            if repeated.contains(name) { return true }
            if name == Self.metadataLog {
                denied.append(Self.row(name, .invalidRequest, "Creation of internal topic \(name) is prohibited."))
                return true
            }
            if request.authorizer.allows(.cluster(.create), or: Permission(.create, .topic, name)) { return false }
            denied.append(Self.row(name, .topicAuthorizationFailed, "Authorization failed."))
            return true
        }
        let merge = CreateTopicsMerge(denied: denied, isTrial: message.validateOnly)
        if denied.isEmpty {
            return .forward(then: request.version >= 5 ? .createTopics(merge) : .passThrough)
        }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .createTopics(merge))
        }
        var answer = CreateTopicsResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }

    private static func row(_ name: String, _ code: KafkaErrorCode, _ text: String) -> CreateTopicsMerge.Topic {
        var row = CreateTopicsMerge.Topic()
        row.name = name
        row.errorCode = code.rawValue
        row.errorMessage = text
        row.numPartitions = -1
        row.replicationFactor = -1
        row.configs = []
        return row
    }
}

struct CreateTopicsMerge: Equatable {
    typealias Topic = CreateTopicsResponse.CreatableTopicResult

    var denied: [Topic]
    /// `validateOnly`: the ids in the answer belong to no topic.
    var isTrial: Bool

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: CreateTopicsResponse = try context.decode()
        context.facts.authorizer.beginRequest(api: .createTopics)
        for index in message.topics.indices where message.topics[index].errorCode == KafkaErrorCode.none.rawValue {
            let name = message.topics[index].name
            if !self.isTrial { context.facts.topicNames.learn(message.topics[index].topicId, name) }
            if context.facts.authorizer.shows(.describeConfigs, .topic, name) { continue }
            message.topics[index].topicConfigErrorCode = KafkaErrorCode.topicAuthorizationFailed.rawValue
            message.topics[index].numPartitions = -1
            message.topics[index].replicationFactor = -1
            message.topics[index].configs = []
        }
        message.topics += self.denied
        return context.encode(message)
    }
}
