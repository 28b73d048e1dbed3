import EngineInterface
import Resources

/// The state words of listeners and backend clusters, computed from the current state for each view.
enum ComponentStatuses {
    static func all(
        of runtime: RuntimeConfiguration, failures: [BindingKey: String], gateway: String?,
        reached: (_ listener: String) -> LimitKind? = { _ in nil }
    ) -> [ComponentStatus] {
        var listeners: [String: ListenerRoute] = [:]
        for route in runtime.routes.values where gateway == nil || route.gatewayID == gateway {
            listeners[route.listener.id] = route
        }
        let ipv4Ports = Set(
            runtime.routes.keys.compactMap { key in
                if case .ipv4? = ListenerAddress(text: key.address) { key.port } else { nil }
            })
        // The virtual clusters that use each backend, because they have the current name of the gateway.
        var backends: [ObjectIdentifier: VirtualClusterRuntime] = [:]
        for virtualCluster in runtime.virtualClusters where gateway == nil || virtualCluster.gatewayID == gateway {
            backends[ObjectIdentifier(virtualCluster.monitor)] = virtualCluster
        }
        let statuses =
            listeners.values.map {
                self.listener($0, failures: failures, reached: reached($0.listener.id), ipv4Ports: ipv4Ports)
            }
            + backends.values.map { self.backendCluster($0.monitor, gateway: $0.gatewayName) }
        return statuses.sorted { ($0.gateway, $0.kind, $0.name) < ($1.gateway, $1.kind, $1.name) }
    }

    /// - Parameter ipv4Ports: The ports that any listener has on an IPv4 address.
    static func listener(
        _ route: ListenerRoute, failures: [BindingKey: String], reached: LimitKind? = nil, ipv4Ports: Set<Int> = []
    ) -> ComponentStatus {
        var status = ComponentStatus(
            kind: "listener", gateway: route.gatewayName, name: route.listener.name, state: .up)
        let down = ListenerBinder.bindings(of: route.listener).compactMap { key in
            failures[key].map { "\(key): \($0)" }
        }
        if !down.isEmpty {
            status.state = .down
            status.reason = self.sentence(down)
            return status
        }
        if let reason = reached.flatMap(Self.reason) {
            status.state = .warn
            status.reason = reason
            return status
        }
        guard let forward = route.forward else {
            status.state = .warn
            status.reason = "no enabled policy forwards to a virtual cluster: connections are refused"
            return status
        }
        let unmapped = forward.virtualCluster.monitor.directory.snapshot.brokers.keys
            .filter { forward.endpoints.endpoint(nodeID: $0) == nil }.sorted()
        if !unmapped.isEmpty {
            status.state = .warn
            status.reason = self.sentence(unmapped.map(forward.endpoints.mapping.explanation(ofUnmapped:)))
        } else if let ports = self.portsWithoutIPv4(route.listener, ipv4Ports) {
            status.state = .warn
            status.reason =
                "[::] takes IPv6 clients only: IPv4 clients cannot reach \(ports). Add a listener on 0.0.0.0 with the "
                + "same ports, or change the address to 0.0.0.0"
        }
        return status
    }

    /// The ports of a listener on `::` that no listener has on an IPv4 address, in words. Earlier versions, and other
    /// programs, let `::` take IPv4 clients as well.
    private static func portsWithoutIPv4(_ listener: Listener, _ ipv4Ports: Set<Int>) -> String? {
        let isOnAllIPv6 = listener.addresses.contains { address in
            guard case .ipv6(let bytes)? = ListenerAddress(text: address) else { return false }
            return bytes.allSatisfy { $0 == 0 }
        }
        let ports = isOnAllIPv6 ? listener.allPorts.filter { !ipv4Ports.contains($0) } : []
        guard !ports.isEmpty else { return nil }
        return (ports.count == 1 ? "port " : "ports ") + self.sentence(ports.map(String.init), separator: ", ")
    }

    /// The most reasons that are listed, since a listener may have a thousand ports that fail for one reason.
    private static let maximumReasons = 10

    private static func sentence(_ reasons: [String], separator: String = "; ") -> String {
        let told = reasons.prefix(Self.maximumReasons).joined(separator: separator)
        let others = reasons.count - Self.maximumReasons
        return others > 0 ? "\(told)\(separator)and \(others) more" : told
    }

    private static func reason(_ limit: LimitKind) -> String? {
        switch limit {
        case .connections:
            "new clients are disconnected: as many are connected as the limit on open files (ulimit -n) allows"
        case .connectionsPerListener:
            "new clients are disconnected: the listener has its share of the connections that the limit on open files "
                + "(ulimit -n) allows; \(limit.setting ?? "") raises it"
        case .connectionsPerAddress:
            "new clients of one address are disconnected: it has its share of the connections that the limit on open "
                + "files (ulimit -n) allows; \(limit.setting ?? "") raises it"
        case .requestBytes, .requestElements, .patternCost, .firstRequest, .idle, .noBackend: nil
        }
    }

    static func backendCluster(_ monitor: BackendClusterMonitor, gateway: String) -> ComponentStatus {
        let snapshot = monitor.directory.snapshot
        var status = ComponentStatus(
            kind: "backend_cluster", gateway: gateway, name: monitor.cluster.name, state: .up)
        if let failure = snapshot.failure {
            status.state = .down
            status.reason = failure
        } else if !snapshot.hasAnswered {
            status.state = .warn
            status.reason = "not reached yet"
        }
        return status
    }
}
