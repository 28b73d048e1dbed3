import KafkaProtocol

/// A broker as an answer gives it, with its address.
protocol AddressedBroker {
    var id: Int32 { get }
    var host: String { get set }
    var port: Int32 { get set }
}

extension ResponseContext {
    /// The brokers under the addresses that this client knows; those without one are left out.
    mutating func readdressed<Broker: AddressedBroker>(_ brokers: [Broker]) -> [Broker] {
        var known: [Broker] = []
        known.reserveCapacity(brokers.count)
        for var broker in brokers {
            guard let endpoint = self.endpoint(nodeID: broker.id) else { continue }
            broker.host = endpoint.host
            broker.port = endpoint.port
            known.append(broker)
        }
        return known
    }
}

extension MetadataResponse.MetadataResponseBroker: AddressedBroker {
    var id: Int32 { self.nodeId }
}

extension DescribeClusterResponse.DescribeClusterBroker: AddressedBroker {
    var id: Int32 { self.brokerId }
}

extension ProduceResponse.NodeEndpoint: AddressedBroker {
    var id: Int32 { self.nodeId }
}

extension FetchResponse.NodeEndpoint: AddressedBroker {
    var id: Int32 { self.nodeId }
}

extension ShareFetchResponse.NodeEndpoint: AddressedBroker {
    var id: Int32 { self.nodeId }
}

extension ShareAcknowledgeResponse.NodeEndpoint: AddressedBroker {
    var id: Int32 { self.nodeId }
}
