internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// `/v1/event-gateways/{gatewayId}/backend-clusters`.
    var backendClusterRoutes: RouteTable {
        GatewayChildRoutes<BackendCluster>(
            collection: "backend-clusters", capture: "backendClusterId",
            read: { reader, stamp, transaction, _ in
                try BackendCluster(reading: reader, stamp: stamp) {
                    try transaction.referrers(VirtualCluster.self, destination: stamp.id)
                        .first { $0.entity.allowsAnonymous }?.entity.name
                }
            },
            checkUnused: { cluster, transaction in
                if let user = try transaction.referrers(VirtualCluster.self, destination: cluster.id).first {
                    throw Problem.inUse(
                        "backendClusterId", kind: "backend cluster [\(cluster.name)]",
                        by: "virtual cluster [\(user.entity.name)]")
                }
            }
        ).table(of: self)
    }
}
