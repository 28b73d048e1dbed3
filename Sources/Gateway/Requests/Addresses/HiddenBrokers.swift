/// Whether the backend has brokers that clients of one listener cannot reach. Confined to one event loop.
///
/// The brokers are checked again only when the backend's have changed.
final class HiddenBrokers {
    private let endpoints: BrokerEndpoints
    private let backend: BackendDirectory?
    private var version: UInt64?
    private var found = false

    /// - Parameter backend: The backend's directory; nil when no broker is known, so that none is hidden.
    init(endpoints: BrokerEndpoints, backend: BackendDirectory?) {
        self.endpoints = endpoints
        self.backend = backend
    }

    var areThere: Bool {
        guard let backend else { return false }
        let version = backend.brokersVersion
        if version != self.version {
            self.version = version
            self.found = backend.snapshot.brokers.keys.contains { self.endpoints.endpoint(nodeID: $0) == nil }
        }
        return self.found
    }
}
