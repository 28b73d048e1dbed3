import Resources

/// One virtual cluster of one gateway. Two gateways may each have one of the same name, so the ids are what counts.
struct ClusterPlace: Equatable, Sendable {
    var gatewayID: String
    var gateway: String
    var id: String
    var name: String

    init(_ cluster: VirtualCluster, in gateway: Gateway) {
        (self.gatewayID, self.gateway) = (gateway.id, gateway.name)
        (self.id, self.name) = (cluster.id, cluster.name)
    }

    /// `orders`, and its gateway when there are several to tell apart.
    func words(_ state: ConsoleState) -> String {
        state.data.isOnlyGateway ? self.name : "\(self.name) of gateway '\(self.gateway)'"
    }

    var missing: String { Self.missing(self.name, gateway: self.gateway) }

    static func missing(_ name: String, gateway: String) -> String {
        "The virtual cluster '\(name)' of gateway '\(gateway)' is not in the configuration any more."
    }
}

extension ConsoleState {
    typealias FoundCluster = (place: ClusterPlace, cluster: VirtualClusterConfiguration)

    /// The gateway and the virtual cluster by the names that the engine uses; nil when the configuration has no such one.
    func virtualCluster(named name: String, gateway: String) -> FoundCluster? {
        let owner = self.data.configuration.gateways.first { $0.gateway.name == gateway || $0.gateway.id == gateway }
        return owner.flatMap { owner in
            owner.virtualClusters.first { $0.virtualCluster.name == name || $0.virtualCluster.id == name }
                .map { (ClusterPlace($0.virtualCluster, in: owner.gateway), $0) }
        }
    }

    /// As the configuration has it now, under whatever names.
    func virtualCluster(at place: ClusterPlace) -> FoundCluster? {
        let owner = self.data.configuration.gateways.first { $0.gateway.id == place.gatewayID }
        return owner.flatMap { owner in
            owner.virtualClusters.first { $0.virtualCluster.id == place.id }
                .map { (ClusterPlace($0.virtualCluster, in: owner.gateway), $0) }
        }
    }
}
