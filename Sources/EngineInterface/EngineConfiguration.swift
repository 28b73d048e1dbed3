package import Resources

/// All that the data plane needs, as one immutable value. The control API makes a new one at every change and hands it
/// to the engine.
package struct EngineConfiguration: Equatable, Sendable {
    /// Rises with every change.
    package var revision: UInt64
    package var gateways: [GatewayConfiguration]

    package init(revision: UInt64 = 0, gateways: [GatewayConfiguration] = []) {
        self.revision = revision
        self.gateways = gateways
    }
}
