internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// `.../virtual-clusters/{virtualClusterId}/cluster-policies` and their chain.
    var clusterPolicyRoutes: RouteTable {
        let expressions = self.expressions
        return PolicyRoutes<VirtualCluster, ACLConfiguration>(
            owner: Paths.virtualCluster, ownerCapture: "virtualClusterId", collection: "cluster-policies",
            chain: "cluster-policy-chain", filters: ["parent_policy_id": [.equals]],
            read: { reader, stamp, transaction, place in
                ClusterPolicy(
                    reading: reader, stamp: stamp, gateway: try transaction.get(Gateway.self, id: place.gateway),
                    expressions: expressions)
            },
            change: { policy, reader, transaction, place in
                policy.changed(
                    reading: reader, gateway: try transaction.get(Gateway.self, id: place.gateway),
                    expressions: expressions)
            }
        ).table(of: self)
    }
}
