import KafkaProtocol

/// An answer that names brokers behind its topics.
protocol EndpointsMessage: KafkaMessage {
    associatedtype Node: AddressedBroker
    /// The bytes behind the topics when they hold nothing.
    static var emptyTailBytes: Int { get }
    var nodeEndpoints: [Node] { get set }
    var unknownTaggedFields: [UnknownTaggedField] { get set }
    init()
}

extension FetchResponse: EndpointsMessage {
    /// The byte for the number of tagged fields.
    static let emptyTailBytes = 1
}

extension ShareFetchResponse: EndpointsMessage {
    /// The bytes for the number of endpoints and the number of tagged fields.
    static let emptyTailBytes = 2
}
