import Policies
import Resources

/// A virtual cluster ready for use. Kept while nothing about it changes, so that sessions compare by identity.
final class VirtualClusterRuntime: Sendable {
    let gatewayID: String
    let gatewayName: String
    let configuration: VirtualClusterConfiguration
    /// The compiled rules; nil under `passthrough`.
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
