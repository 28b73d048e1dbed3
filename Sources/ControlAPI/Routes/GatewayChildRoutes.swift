internal import GatewayModel
internal import Hummingbird
internal import Identity
internal import Store

/// The five calls on the entities that lie right below a gateway, where they do not differ.
struct GatewayChildRoutes<Entity: StoredEntity>: Sendable {
    /// `backend-clusters`.
    var collection: String
    /// Name of the id in paths: `backendClusterId`.
    var capture: String
    /// Filters of the list beside `name[contains]`.
    var filters: [String: [ListFilter.Operator]] = [:]
    /// What those filters' fields hold, where it is not text.
    var filterTypes: [String: ListFilter.ValueType] = [:]
    /// Values of those filters' fields.
    var filterValues: @Sendable (Entity, StoreSnapshot) throws -> [String: [String]] = { _, _ in [:] }
    /// Creating or replacing one may need ports.
    var bindsPorts = false
    /// Reads the body of a create or replace call; the parent's id comes last.
    var read: @Sendable (BodyReader, EntityStamp, StoreTransaction, String) throws -> Entity?
    /// Throws when the entity is still in use.
    var checkUnused: @Sendable (Entity, StoreTransaction) throws -> Void = { _, _ in }

    func table(of api: ControlAPI) -> RouteTable {
        var routes = RouteTable()
        let path = "\(Paths.gateway)/\(self.collection)"
        let one = "\(path)/:\(self.capture)"

        routes.get(path) { request, context in
            let gateway = try context.pathParameter("gatewayId")
            let query = try request.listQuery(
                ListQueryRules(
                    paging: .cursor, filters: self.filters.merging(["name": [.contains]]) { own, _ in own },
                    types: self.filterTypes))
            let entities = try await api.store.read { snapshot in
                _ = try snapshot.get(Gateway.self, id: gateway)
                return try snapshot.list(Entity.self, in: gateway).filter { entity in
                    try self.matches(entity, query, snapshot)
                }
            }
            let page = CursorPage(entities, query: query, path: "\(Paths.gateways)/\(gateway)/\(self.collection)") {
                $0.cursor
            }
            return try .json(page)
        }

        routes.post(path) { request, context in
            let gateway = try context.pathParameter("gatewayId")
            let body = try await request.json()
            let stamp = EntityStamp.new()
            let entity = try await api.changes.change(bindsPorts: self.bindsPorts) { transaction in
                _ = try transaction.get(Gateway.self, id: gateway)
                let entity = try BodyReader.read(body) { try self.read($0, stamp, transaction, gateway) }
                try transaction.insert(entity, in: gateway)
                return entity
            }
            return try .json(entity, status: .created)
        }

        routes.get(one) { _, context in
            let (gateway, id) = (try context.pathParameter("gatewayId"), try context.pathParameter(self.capture))
            let entity = try await api.store.read { snapshot in
                _ = try snapshot.get(Gateway.self, id: gateway)
                return try snapshot.get(Entity.self, id: id, in: gateway)
            }
            return try .json(entity)
        }

        routes.put(one) { request, context in
            let (gateway, id) = (try context.pathParameter("gatewayId"), try context.pathParameter(self.capture))
            let body = try await request.json()
            let now = Timestamp.now()
            let entity = try await api.changes.change(bindsPorts: self.bindsPorts) { transaction in
                _ = try transaction.get(Gateway.self, id: gateway)
                let stored = try transaction.get(Entity.self, id: id, in: gateway)
                let stamp = EntityStamp(id: id, createdAt: stored.createdAt, updatedAt: now)
                let entity = try BodyReader.read(body) { try self.read($0, stamp, transaction, gateway) }
                try transaction.replace(entity, in: gateway)
                return entity
            }
            return try .json(entity)
        }

        routes.delete(one) { _, context in
            let (gateway, id) = (try context.pathParameter("gatewayId"), try context.pathParameter(self.capture))
            try await api.changes.change { transaction in
                _ = try transaction.get(Gateway.self, id: gateway)
                let entity = try transaction.get(Entity.self, id: id, in: gateway)
                try self.checkUnused(entity, transaction)
                try transaction.delete(Entity.self, id: id, in: gateway)
            }
            return .noContent
        }
        return routes
    }

    private func matches(_ entity: Entity, _ query: ListQuery, _ snapshot: StoreSnapshot) throws -> Bool {
        guard !query.filters.isEmpty else { return true }
        var values = try self.filterValues(entity, snapshot)
        values["name"] = entity.uniqueName.map { [$0] } ?? []
        return query.filters.allSatisfy { filter in (values[filter.field] ?? []).contains(where: filter.matches) }
    }
}

extension Problem {
    /// 400 for deleting what something still refers to.
    static func inUse(_ capture: String, kind: String, by user: String) -> Problem {
        .badRequest(
            InvalidParameter(field: capture, rule: .invalid, source: .path, reason: "is used by the \(user)"),
            detail: "The \(kind) is still used by the \(user)")
    }
}
