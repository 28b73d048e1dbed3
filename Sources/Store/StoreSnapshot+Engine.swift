package import EngineInterface
internal import GRDB
internal import Resources

extension StoreSnapshot {
    /// Everything the engine needs, with the revision of this state.
    package func engineConfiguration() throws -> EngineConfiguration {
        let gateways = try self.list(Gateway.self).map { gateway in
            GatewayConfiguration(
                gateway: gateway,
                backendClusters: try self.list(BackendCluster.self, in: gateway.id),
                virtualClusters: try self.list(VirtualCluster.self, in: gateway.id).map {
                    VirtualClusterConfiguration(
                        virtualCluster: $0, clusterPolicies: try self.list(ClusterPolicy.self, in: $0.id))
                },
                listeners: try self.list(Listener.self, in: gateway.id).map {
                    ListenerConfiguration(listener: $0, policies: try self.list(ListenerPolicy.self, in: $0.id))
                })
        }
        return EngineConfiguration(revision: try self.revision(), gateways: gateways)
    }

    /// Rises with every change of any gateway's configuration.
    package func revision() throws -> UInt64 {
        let value = try Int64.fetchOne(self.database, sql: "SELECT value FROM meta WHERE key = 'revision'")
        return value.flatMap(UInt64.init(exactly:)) ?? 0
    }
}
