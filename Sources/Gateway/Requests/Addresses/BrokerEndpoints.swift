/// Broker addresses as the client of one listener may see them. Node ids stay the backend's.
struct BrokerEndpoints: Equatable, Sendable {
    /// The host that every broker is advertised with.
    let advertisedHost: String
    let mapping: PortMapping

    /// - Returns: Nil when the listener has no port for the broker, which is then left out of answers.
    func endpoint(nodeID: Int32) -> (host: String, port: Int32)? {
        guard let port = self.mapping.port(brokerID: nodeID), let port = Int32(exactly: port) else { return nil }
        return (self.advertisedHost, port)
    }
}
