import EngineInterface
import Resources

/// What the engine tells about the entities of one gateway, counted once.
struct MapFacts: Equatable, Sendable {
    struct Traffic: Equatable, Sendable {
        var connections = 0
        /// From addresses other than this host's own.
        var foreign = 0
        var principals: [WireName: Int] = [:]
    }

    /// The connections of each listener, by its name.
    private(set) var listeners: [String: Traffic] = [:]
    /// The connections of each virtual cluster, by its name.
    private(set) var virtualClusters: [String: Traffic] = [:]
    private var components: [String: ComponentStatus] = [:]
    /// False until the first snapshot of the engine arrives.
    private(set) var isKnown = false

    init() {}

    init(_ snapshot: LiveSnapshot?, gateway: String) {
        guard let snapshot else { return }
        self.isKnown = true
        for connection in snapshot.connections where connection.gateway == gateway {
            let isForeign = !Self.isLoopback(connection.remoteAddress)
            Self.count(connection, isForeign, in: &self.listeners[connection.listener, default: Traffic()])
            if let cluster = connection.virtualCluster {
                Self.count(connection, isForeign, in: &self.virtualClusters[cluster, default: Traffic()])
            }
        }
        for component in snapshot.components where component.gateway == gateway {
            self.components["\(component.kind)/\(component.name)"] = component
        }
    }

    private static func count(_ connection: ConnectionView, _ isForeign: Bool, in traffic: inout Traffic) {
        traffic.connections += 1
        if isForeign { traffic.foreign += 1 }
        traffic.principals[WireName(connection.principal ?? "(signing in)"), default: 0] += 1
    }

    func component(_ kind: EntityKind, _ name: String) -> ComponentStatus? {
        switch kind {
        case .listener: self.components["listener/\(name)"]
        case .backendCluster: self.components["backend_cluster/\(name)"]
        default: nil
        }
    }

    /// Whether an address with its port is this host's own: `127.0.0.1:52044`, `[::1]:52044`.
    static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address.hasPrefix("[::1]") || address.hasPrefix("::1")
            || address.hasPrefix("localhost") || address.hasPrefix("[::ffff:127.")
    }
}
