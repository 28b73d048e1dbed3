import Policies
import Resources

/// One address and port that a listener opens.
struct BindingKey: Hashable, Sendable, CustomStringConvertible {
    var address: String
    var port: Int

    var description: String { HostPort(host: self.address, port: self.port).description }
}

/// The configuration as sessions use it: compiled, immutable, the same on every event loop.
struct RuntimeConfiguration: Sendable {
    var revision: UInt64 = 0
    var routes: [BindingKey: ListenerRoute] = [:]
    var virtualClusters: [VirtualClusterRuntime] = []

    static let empty = RuntimeConfiguration()

    /// Where a living connection goes.
    ///
    /// - Parameters:
    ///   - binding: the socket that accepted it. The address of its listener may have been widened or narrowed since.
    ///   - local: its own address, which an address in force may still cover. Asked for only when it is needed: a change
    ///     concerns all connections at once.
    func route(acceptedOn binding: BindingKey, at local: @autoclosure () -> BindingKey?) -> ListenerRoute? {
        if let route = self.routes[binding] { return route }
        guard let local = local(), let address = ListenerAddress(text: local.address) else { return nil }
        return [address, address.wildcard].lazy.compactMap { address in
            address.flatMap { self.routes[BindingKey(address: $0.text, port: local.port)] }
        }.first
    }
}

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

/// A virtual cluster ready for use. Kept while nothing about it changes, so that sessions compare by identity.
final class VirtualClusterRuntime: Sendable {
    let gatewayID: String
    let gatewayName: String
    let configuration: VirtualClusterConfiguration
    /// Nil under `passthrough`.
    let acl: CompiledACL?
    let monitor: BackendClusterMonitor
    let authenticator: TokenAuthenticator

    var virtualCluster: VirtualCluster { self.configuration.virtualCluster }

    init(
        gatewayID: String, gatewayName: String, configuration: VirtualClusterConfiguration, acl: CompiledACL?,
        monitor: BackendClusterMonitor, authenticator: TokenAuthenticator
    ) {
        self.gatewayID = gatewayID
        self.gatewayName = gatewayName
        self.configuration = configuration
        self.acl = acl
        self.monitor = monitor
        self.authenticator = authenticator
    }
}
