import GatewayModel

/// Where a connection to one listener goes.
struct ListenerRoute: Sendable {
    var gatewayID: String
    var gatewayName: String
    var listener: Listener
    /// Nil while no enabled policy forwards: connections are refused then.
    var forward: Forward?

    struct Forward: Sendable {
        var endpoints: BrokerEndpoints
        var virtualCluster: VirtualClusterRuntime
    }
}
