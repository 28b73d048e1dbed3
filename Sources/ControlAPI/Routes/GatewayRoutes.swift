internal import GatewayModel
internal import Hummingbird
internal import Identity
internal import Store

/// A gateway as answers show it.
private struct GatewayAnswer: Encodable, Sendable {
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

        routes.post(Paths.gateways) { request, _ in
            let body = try await request.json()
            let stamp = EntityStamp.new()
            let answer = try await self.changes.change { transaction in
                let gateway = try BodyReader.read(body) { Gateway(reading: $0, stamp: stamp) }
                try transaction.insert(gateway)
                return try GatewayAnswer(gateway, nodesTotal: nodes, in: transaction)
            }
            return try .json(answer, status: .created)
        }

        routes.get(Paths.gateway) { _, context in
            let id = try context.pathParameter("gatewayId")
            let answer = try await self.store.read { snapshot in
                try GatewayAnswer(try snapshot.get(Gateway.self, id: id), nodesTotal: nodes, in: snapshot)
            }
            return try .json(answer)
        }

        for isPatch in [false, true] {
            routes.on(isPatch ? .patch : .put, Paths.gateway) { request, context in
                let id = try context.pathParameter("gatewayId")
                let body = try await request.json()
                let now = Timestamp.now()
                let answer = try await self.changes.change { transaction in
                    let stored = try transaction.get(Gateway.self, id: id)
                    var gateway = try BodyReader.read(body) { stored.changed(reading: $0, isPatch: isPatch) }
                    gateway.updatedAt = now
                    try transaction.replace(gateway)
                    return try GatewayAnswer(gateway, nodesTotal: nodes, in: transaction)
                }
                return try .json(answer)
            }
        }

        routes.delete(Paths.gateway) { _, context in
            let id = try context.pathParameter("gatewayId")
            try await self.changes.change { try $0.delete(Gateway.self, id: id) }
            return .noContent
        }
        return routes
    }
}

extension StoredEntity {
    /// Its place in lists.
    var cursor: PageCursor {
        PageCursor(created: Timestamp.milliseconds(self.createdAt), id: self.id)
    }
}
