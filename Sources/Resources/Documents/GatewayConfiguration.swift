package struct GatewayConfiguration: Equatable, Sendable {
    package var gateway: Gateway
    package var backendClusters: [BackendCluster]
    package var virtualClusters: [VirtualClusterConfiguration]
    package var listeners: [ListenerConfiguration]

    package init(
        gateway: Gateway, backendClusters: [BackendCluster] = [], virtualClusters: [VirtualClusterConfiguration] = [],
        listeners: [ListenerConfiguration] = []
    ) {
        self.gateway = gateway
        self.backendClusters = backendClusters
        self.virtualClusters = virtualClusters
        self.listeners = listeners
    }
}

package struct VirtualClusterConfiguration: Equatable, Sendable {
    package var virtualCluster: VirtualCluster
    /// The policies in the order of their chain.
    package var clusterPolicies: [ClusterPolicy]

    package init(virtualCluster: VirtualCluster, clusterPolicies: [ClusterPolicy] = []) {
        self.virtualCluster = virtualCluster
        self.clusterPolicies = clusterPolicies
    }
}

package struct ListenerConfiguration: Equatable, Sendable {
    package var listener: Listener
    /// The policies in the order of their chain: the first that matches a connection is used.
    package var policies: [ListenerPolicy]

    package init(listener: Listener, policies: [ListenerPolicy] = []) {
        self.listener = listener
        self.policies = policies
    }
}
