import GatewayModel

/// The state words of listeners and backend clusters, worked out from what is known when someone looks.
enum ComponentStatuses {
    static func all(
        of runtime: RuntimeConfiguration, failures: [BindingKey: String], gateway: String?,
        reached: (_ listener: String) -> LimitKind? = { _ in nil }
    ) -> [ComponentStatus] {
        var listeners: [String: ListenerRoute] = [:]
        for route in runtime.routes.values where gateway == nil || route.gatewayID == gateway {
            listeners[route.listener.id] = route
        }
        var monitors: [ObjectIdentifier: BackendClusterMonitor] = [:]
        for virtualCluster in runtime.virtualClusters where gateway == nil || virtualCluster.gatewayID == gateway {
            monitors[ObjectIdentifier(virtualCluster.monitor)] = virtualCluster.monitor
        }
        let statuses =
            listeners.values.map { self.listener($0, failures: failures, reached: reached($0.listener.id)) }
            + monitors.values.map(self.backendCluster)
        return statuses.sorted { ($0.gateway, $0.kind, $0.name) < ($1.gateway, $1.kind, $1.name) }
    }

    static func listener(
        _ route: ListenerRoute, failures: [BindingKey: String], reached: LimitKind? = nil
    ) -> ComponentStatus {
        var status = ComponentStatus(
            kind: "listener", gateway: route.gatewayName, name: route.listener.name, state: .up)
        let down = ListenerBinder.bindings(of: route.listener).compactMap { key in
            failures[key].map { "\(key): \($0)" }
        }
        if !down.isEmpty {
            status.state = .down
            status.reason = down.joined(separator: "; ")
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
            status.reason = unmapped.map(forward.endpoints.mapping.explanation(ofUnmapped:)).joined(separator: "; ")
        }
        return status
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

    static func backendCluster(_ monitor: BackendClusterMonitor) -> ComponentStatus {
        let snapshot = monitor.directory.snapshot
        var status = ComponentStatus(
            kind: "backend_cluster", gateway: monitor.gatewayName, name: monitor.cluster.name, state: .up)
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
