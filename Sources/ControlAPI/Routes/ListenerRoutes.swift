internal import GatewayModel
internal import Identity
internal import Store

extension ControlAPI {
    /// `/v1/event-gateways/{gatewayId}/listeners`. A listener is bound before its 201.
    var listenerRoutes: RouteTable {
        GatewayChildRoutes<Listener>(
            collection: "listeners", capture: "eventGatewayListenerId",
            filters: ["virtual_cluster_id": [.equals]], filterTypes: ["virtual_cluster_id": .uuid],
            filterValues: { listener, snapshot in
                let policies = try snapshot.list(ListenerPolicy.self, in: listener.id)
                return ["virtual_cluster_id": policies.map(\.config.destination.id)]
            },
            bindsPorts: true,
            read: { reader, stamp, transaction, input in
                // Two may swap their ports in one request: the one that is changed last is compared with all.
                let others = try transaction.list(Listener.self).filter {
                    $0.id != stamp.id && !input.changedLater.contains($0.id)
                }
                return Listener(reading: reader, stamp: stamp, others: others)
            }
        ).table(of: self)
    }
}
