import KafkaProtocol

/// An answer that names brokers behind its topics.
protocol EndpointsMessage: KafkaMessage {
    associatedtype Node: AddressedBroker
    /// What stands behind the topics when there is nothing to say.
    static var emptyTailBytes: Int { get }
    var nodeEndpoints: [Node] { get set }
    var unknownTaggedFields: [UnknownTaggedField] { get set }
    init()
}

extension FetchResponse: EndpointsMessage {
    /// The number of tagged fields.
    static let emptyTailBytes = 1
}

extension ShareFetchResponse: EndpointsMessage {
    /// The number of endpoints, and that of tagged fields.
    static let emptyTailBytes = 2
}
