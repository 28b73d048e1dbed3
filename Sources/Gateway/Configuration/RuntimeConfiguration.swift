import Policies
import Resources

/// The configuration as sessions use it: compiled, immutable, the same on every event loop.
struct RuntimeConfiguration: Sendable {
    var revision: UInt64 = 0
    var routes: [BindingKey: ListenerRoute] = [:]
    var virtualClusters: [VirtualClusterRuntime] = []

    static let empty = RuntimeConfiguration()

    /// The route of a connection that is open already.
    ///
    /// - Parameters:
    ///   - binding: The socket that accepted it. The listener's address may have been widened or narrowed since.
    ///   - local: The connection's own address, which an address in force may still cover. It is evaluated only when
    ///     needed, since a change concerns all connections at once.
    func route(acceptedOn binding: BindingKey, at local: @autoclosure () -> BindingKey?) -> ListenerRoute? {
        if let route = self.routes[binding] { return route }
        guard let local = local(), let address = ListenerAddress(text: local.address) else { return nil }
        return [address, address.wildcard].lazy.compactMap { address in
            address.flatMap { self.routes[BindingKey(address: $0.text, port: local.port)] }
        }.first
    }
}
