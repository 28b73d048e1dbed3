internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources
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
    /// Reads the body of a create or replace call.
    var read: @Sendable (BodyReader, EntityStamp, StoreTransaction, ChangeInput) throws -> Entity?
    /// Compares the entity of a body with others, once all changes of the request are made.
    var checkFinally:
        (@Sendable (_ id: String, _ body: JSONValue, StoreSnapshot, _ checkedLater: Set<String>) throws -> Void)?
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

        routes.add(
            ChangeRoute(.post, path, bindsPorts: self.bindsPorts) { _, _ in
                let stamp = EntityStamp.new()
                return { input, transaction in
                    let gateway = try input.parameter("gatewayId")
                    _ = try transaction.get(Gateway.self, id: gateway)
                    let entity = try BodyReader.read(input.body) { try self.read($0, stamp, transaction, input) }
                    try transaction.insert(entity, in: gateway)
                    var answer = try ChangeAnswer(
                        entity, status: .created, tag: try transaction.tag(of: Entity.self, id: entity.id))
                    answer.finalCheck = self.finalCheck(of: entity.id, input.body)
                    return answer
                }
            }, to: api.changes)

        routes.get(one) { _, context in
            let (gateway, id) = (try context.pathParameter("gatewayId"), try context.pathParameter(self.capture))
            let (entity, tag) = try await api.store.read { snapshot in
                _ = try snapshot.get(Gateway.self, id: gateway)
                return (
                    try snapshot.get(Entity.self, id: id, in: gateway),
                    try snapshot.tag(of: Entity.self, id: id, in: gateway)
                )
            }
            return try .json(entity, tag: tag)
        }

        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            let gateway = try input.parameter("gatewayId")
            _ = try snapshot.get(Gateway.self, id: gateway)
            return try snapshot.tag(of: Entity.self, id: try input.parameter(self.capture), in: gateway)
        }
        routes.add(
            ChangeRoute(.put, one, bindsPorts: self.bindsPorts, current: current) { _, _ in
                let now = Timestamp.now()
                return { input, transaction in
                    let (gateway, id) = (try input.parameter("gatewayId"), try input.parameter(self.capture))
                    _ = try transaction.get(Gateway.self, id: gateway)
                    let stored = try transaction.get(Entity.self, id: id, in: gateway)
                    let stamp = EntityStamp(id: id, createdAt: stored.createdAt, updatedAt: now)
                    let entity = try BodyReader.read(input.body) { try self.read($0, stamp, transaction, input) }
                    try transaction.replace(entity, in: gateway)
                    var answer = try ChangeAnswer(entity, tag: try transaction.tag(of: Entity.self, id: id))
                    answer.finalCheck = self.finalCheck(of: id, input.body)
                    return answer
                }
            }, to: api.changes)

        routes.add(
            ChangeRoute(.delete, one, takesBody: false, current: current) { _, _ in
                { input, transaction in
                    let (gateway, id) = (try input.parameter("gatewayId"), try input.parameter(self.capture))
                    _ = try transaction.get(Gateway.self, id: gateway)
                    let entity = try transaction.get(Entity.self, id: id, in: gateway)
                    try self.checkUnused(entity, transaction)
                    try transaction.delete(Entity.self, id: id, in: gateway)
                    return .noContent()
                }
            }, to: api.changes)
        return routes
    }

    private func finalCheck(of id: String, _ body: JSONValue) -> FinalCheck? {
        self.checkFinally.map { check in FinalCheck(id: id) { try check(id, body, $0, $1) } }
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
