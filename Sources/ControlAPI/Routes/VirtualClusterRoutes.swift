internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// `/v1/event-gateways/{gatewayId}/virtual-clusters`.
    var virtualClusterRoutes: RouteTable {
        GatewayChildRoutes<VirtualCluster>(
            collection: "virtual-clusters", capture: "virtualClusterId",
            filters: ["backend_cluster_id": [.equals]], filterTypes: ["backend_cluster_id": .uuid],
            filterValues: { cluster, _ in ["backend_cluster_id": [cluster.destination.id]] },
            read: { reader, stamp, transaction, input in
                let gateway = try input.parameter("gatewayId")
                return try VirtualCluster(reading: reader, stamp: stamp) { input in
                    switch input {
                    case .id(let id): try transaction.find(BackendCluster.self, id: id, in: gateway)
                    case .name(let name): try transaction.find(BackendCluster.self, named: name, in: gateway)
                    }
                }
            },
            checkUnused: { cluster, transaction in
                guard let user = try transaction.referrers(ListenerPolicy.self, destination: cluster.id).first else {
                    return
                }
                let listener = try transaction.find(Listener.self, id: user.parent)?.name ?? user.parent
                throw Problem.inUse(
                    "virtualClusterId", kind: "virtual cluster [\(cluster.name)]",
                    by: "policy [\(user.entity.name ?? user.entity.id)] of listener [\(listener)]")
            }
        ).table(of: self)
    }
}
