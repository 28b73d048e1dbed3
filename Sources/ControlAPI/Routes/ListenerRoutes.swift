internal import ManagementHTTP
internal import Resources
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
            read: { reader, stamp, _, _ in Listener(reading: reader, stamp: stamp, others: []) },
            checkFinally: { id, body, transaction, checkedLater in
                // A later change of the same request may have deleted it, or the gateway above.
                let listeners = try transaction.list(Listener.self)
                guard let stored = listeners.first(where: { $0.id == id }) else { return }
                let stamp = EntityStamp(id: id, createdAt: stored.createdAt, updatedAt: stored.updatedAt)
                let others = listeners.filter { !checkedLater.contains($0.id) }
                _ = try BodyReader.read(body) { Listener(reading: $0, stamp: stamp, others: others) }
            }
        ).table(of: self)
    }
}
