/// Bounds on what one client may ask of the gateway, so that no client can stop the others.
package struct GatewayLimits: Equatable, Sendable {
    /// Clients connected at once, to all listeners together. Each takes two open files.
    package var connections = Int.max
    /// Sockets of all listeners together: one for each port of each address. Each is an open file.
    package var listeningSockets = Int.max
    /// Clients connected at once to one listener; nil: nine tenths of ``connections``.
    package var connectionsPerListener: Int?
    /// Clients connected at once from one address; nil: half of ``connections``.
    package var connectionsPerAddress: Int?
    /// Bytes of a request that has to be decoded, other than Produce.
    package var requestBytes = 1024 * 1024
    /// Elements of all arrays of a request that has to be decoded; of Produce, topics and partitions.
    package var requestElements = 10_000
    /// How long a client may take until its first request is complete, and until it is authenticated.
    package var firstRequestTimeout = Duration.seconds(30)
    /// How long an authenticated client may be silent while nothing is pending (`connections.max.idle.ms`).
    package var idleTimeout = Duration.seconds(600)

    package init() {}

    package var effectiveConnectionsPerListener: Int {
        self.connectionsPerListener ?? max(1, self.connections - self.connections / 10)
    }

    package var effectiveConnectionsPerAddress: Int {
        self.connectionsPerAddress ?? max(1, self.connections / 2)
    }
}

/// A limit that a client ran into, or the backend that was not there for it.
package enum LimitKind: String, CaseIterable, Codable, Hashable, Sendable {
    case connections
    case connectionsPerListener = "connections per listener"
    case connectionsPerAddress = "connections per address"
    case requestBytes = "request bytes"
    case requestElements = "request elements"
    case patternCost = "pattern cost"
    case firstRequest = "first request"
    case idle
    /// No broker could be reached, so that the connection ended.
    case noBackend = "no backend"

    /// Whether it keeps a connection out, whatever is asked over it.
    package var refusesConnections: Bool {
        switch self {
        case .connections, .connectionsPerListener, .connectionsPerAddress, .noBackend: true
        case .requestBytes, .requestElements, .patternCost, .firstRequest, .idle: false
        }
    }

    /// The setting that raises the limit; nil when there is none.
    package var setting: String? {
        switch self {
        case .connections: nil
        case .connectionsPerListener: "max-connections-per-listener"
        case .connectionsPerAddress: "max-connections-per-address"
        case .requestBytes: "max-request-bytes"
        case .requestElements: "max-request-elements"
        case .patternCost: nil
        case .firstRequest: "first-request-timeout"
        case .idle: "idle-timeout"
        case .noBackend: nil
        }
    }
}
