import KafkaProtocol
import NIOCore
import Resources

/// CreateTopics (19): `CREATE` on the cluster or on each topic. The configuration of a created topic (v5+) is shown
/// with `DESCRIBE_CONFIGS`. Repeated names and the metadata log's name are `INVALID_REQUEST` for any client.
enum CreateTopicsHandler {
    static let metadataLog = "__cluster_metadata"

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: CreateTopicsRequest = try request.decode()
        let isTrial = message.validateOnly
        let repeated = RepeatedNames(message.topics.map(\.name))
        message.topics.removeAll { repeated.contains($0.name) }
        let refused = message.topics.takeRefused { topic -> CreateTopicsResponse.Row? in
            let name = topic.name
            if name.hasSameBytes(as: Self.metadataLog) {
                return Self.row(name, .invalidRequest, "Creation of internal topic \(name) is prohibited.")
            }
            if request.authorizer.allows(.cluster(.create), or: Permission(.create, .topic, name)) { return nil }
            return Self.row(name, .topicAuthorizationFailed, "Authorization failed.")
        }
        let wrong = repeated.names.map { Self.row($0, .invalidRequest, RepeatedNames.explanation) }
        func plan(_ refused: RefusedRows<CreateTopicsResponse>) -> ResponsePlan {
            .createTopics(CreateTopicsMerge(refused: refused, isTrial: isTrial))
        }
        let showsConfigurations = request.version >= CreateTopicsResponse.CreatableTopicResult.firstVersionWithConfigs
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: wrong + refused,
            whenNothingIsRefused: showsConfigurations ? plan(RefusedRows(rows: [])) : .passThrough, then: plan)
    }

    private static func row(_ name: String, _ code: KafkaErrorCode, _ text: String) -> CreateTopicsResponse.Row {
        var row = CreateTopicsResponse.Row()
        row.name = name
        row.errorCode = code.rawValue
        row.errorMessage = text
        row.numPartitions = -1
        row.replicationFactor = -1
        row.configs = []
        return row
    }
}

extension CreateTopicsResponse: RowAnswer {
    typealias Row = CreatableTopicResult

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}

struct CreateTopicsMerge: Equatable {
    var refused: RefusedRows<CreateTopicsResponse>
    /// Whether the request was `validateOnly`, so that the ids in the answer belong to no topic.
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
        self.refused.add(to: &message)
        return context.encode(message)
    }
}
