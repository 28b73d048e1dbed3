internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources
internal import Store

/// A gateway as answers show it.
struct GatewayAnswer: Encodable, Sendable {
    var gateway: Gateway
    var version: Int
    var nodesTotal: Int
    var virtualClustersTotal: Int

    private enum CodingKeys: String, CodingKey {
        case version
        case nodesTotal = "nodes_total"
        case virtualClustersTotal = "virtual_clusters_total"
    }

    init(_ gateway: Gateway, nodesTotal: Int, in snapshot: StoreSnapshot) throws {
        self.gateway = gateway
        self.version = try snapshot.gatewayVersion(id: gateway.id)
        self.nodesTotal = nodesTotal
        self.virtualClustersTotal = try snapshot.count(VirtualCluster.self, in: gateway.id)
    }

    func encode(to encoder: any Encoder) throws {
        try self.gateway.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("v1.\(self.version)", forKey: .version)
        try container.encode(self.nodesTotal, forKey: .nodesTotal)
        try container.encode(self.virtualClustersTotal, forKey: .virtualClustersTotal)
    }
}

extension ControlAPI {
    /// `/v1/event-gateways`.
    var gatewayRoutes: RouteTable {
        var routes = RouteTable()
        let nodes = self.nodesTotal

        routes.get(Paths.gateways) { request, _ in
            let query = try request.listQuery(ListQueryRules(paging: .cursor, filters: ["name": [.contains]]))
            let answers = try await self.store.read { snapshot in
                try snapshot.list(Gateway.self)
                    .filter { gateway in query.matches { $0 == "name" ? gateway.name : nil } }
                    .map { try GatewayAnswer($0, nodesTotal: nodes, in: snapshot) }
            }
            return try .json(
                CursorPage(answers, query: query, path: Paths.gateways) { $0.gateway.cursor })
        }

        routes.add(
            ChangeRoute(.post, Paths.gateways) { _, _ in
                let stamp = EntityStamp.new()
                return { input, transaction in
                    let gateway = try BodyReader.read(input.body) { Gateway(reading: $0, stamp: stamp) }
                    try transaction.insert(gateway)
                    return try ChangeAnswer(
                        try GatewayAnswer(gateway, nodesTotal: nodes, in: transaction), status: .created,
                        tag: try transaction.gatewayTag(id: gateway.id))
                }
            }, to: self.changes)

        routes.get(Paths.gateway) { _, context in
            let id = try context.pathParameter("gatewayId")
            let (answer, tag) = try await self.store.read { snapshot in
                let gateway = try snapshot.get(Gateway.self, id: id)
                return (
                    try GatewayAnswer(gateway, nodesTotal: nodes, in: snapshot), try snapshot.gatewayTag(id: gateway.id)
                )
            }
            return try .json(answer, tag: tag)
        }

        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            try snapshot.gatewayTag(id: try input.parameter("gatewayId"))
        }
        for isPatch in [false, true] {
            routes.add(
                ChangeRoute(isPatch ? .patch : .put, Paths.gateway, current: current) { _, _ in
                    let now = Timestamp.now()
                    return { input, transaction in
                        let stored = try transaction.get(Gateway.self, id: try input.parameter("gatewayId"))
                        var gateway = try BodyReader.read(input.body) { stored.changed(reading: $0, isPatch: isPatch) }
                        gateway.updatedAt = now
                        try transaction.replace(gateway)
                        return try ChangeAnswer(
                            try GatewayAnswer(gateway, nodesTotal: nodes, in: transaction),
                            tag: try transaction.gatewayTag(id: gateway.id))
                    }
                }, to: self.changes)
        }

        routes.add(
            ChangeRoute(.delete, Paths.gateway, takesBody: false, current: current) { _, _ in
                { input, transaction in
                    try transaction.delete(Gateway.self, id: try input.parameter("gatewayId"))
                    return .noContent()
                }
            }, to: self.changes)
        return routes
    }
}

extension StoredEntity {
    /// Its place in lists.
    var cursor: PageCursor {
        PageCursor(created: Timestamp.milliseconds(self.createdAt), id: self.id)
    }
}
