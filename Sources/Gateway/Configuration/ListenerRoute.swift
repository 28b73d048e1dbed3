import Resources

/// The destination of connections to one listener.
struct ListenerRoute: Sendable {
    var gatewayID: String
    var gatewayName: String
    var listener: Listener
    /// The virtual cluster behind the listener; nil while no enabled policy forwards, so that connections are refused.
    var forward: Forward?

    struct Forward: Sendable {
        var endpoints: BrokerEndpoints
        var virtualCluster: VirtualClusterRuntime
    }
}
