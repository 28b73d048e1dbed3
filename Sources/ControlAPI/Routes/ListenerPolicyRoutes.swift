internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// `.../listeners/{eventGatewayListenerId}/policies` and its chain.
    var listenerPolicyRoutes: RouteTable {
        typealias Routes = PolicyRoutes<Listener, ForwardConfiguration>
        @Sendable func others(_ transaction: StoreTransaction, _ place: Routes.Place) throws -> [ListenerPolicy] {
            try transaction.list(ListenerPolicy.self, in: place.owner).filter { $0.id != place.policy }
        }
        @Sendable func resolve(
            _ input: ReferenceInput, _ transaction: StoreTransaction, _ place: Routes.Place
        ) throws -> Reference? {
            let cluster =
                switch input {
                case .id(let id): try transaction.find(VirtualCluster.self, id: id, in: place.gateway)
                case .name(let name): try transaction.find(VirtualCluster.self, named: name, in: place.gateway)
                }
            return cluster.map { Reference(id: $0.id, name: $0.name) }
        }
        return Routes(
            owner: Paths.listener, ownerCapture: "eventGatewayListenerId", collection: "policies",
            chain: "policy-chain", filters: ["name": [.contains]],
            read: { reader, stamp, transaction, place in
                try ListenerPolicy(reading: reader, stamp: stamp, others: others(transaction, place)) {
                    try resolve($0, transaction, place)
                }
            },
            change: { policy, reader, transaction, place in
                try policy.changed(reading: reader, others: others(transaction, place)) {
                    try resolve($0, transaction, place)
                }
            }
        ).table(of: self)
    }
}
