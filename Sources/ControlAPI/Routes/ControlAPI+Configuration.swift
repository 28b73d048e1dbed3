internal import EngineInterface
internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// The calls on every kind below a gateway.
    var entityRoutes: [RouteTable] {
        EntityKind.all.filter { $0.line.first == .gateway }.map { self.routes(of: $0.entity) }
    }

    private func routes<Entity: Resource>(of type: Entity.Type) -> RouteTable {
        ResourceRoutes<Entity>(
            store: self.store, committer: self.changes, answers: self.answers, expressions: self.expressions
        ).table
    }

    /// `GET /v1/configuration`: all that is configured, as one consistent state, each entity with its tag. What plans
    /// changes reads this once instead of dozens of lists.
    var configurationRoutes: RouteTable {
        var routes = RouteTable()
        let roots = EntityKind.roots.map { ($0.documentKey, Schema.array($0.treeSchema)) }
        let operation = APIOperation(
            "getConfiguration", "All that is configured, as one state, each entity with its tag.", tag: "Configuration",
            .ok(.object(roots)))
        routes.get("/v1/configuration", operation) { _, _ in
            let tree = try await self.store.read { snapshot in
                var tree = JSONObject()
                for kind in EntityKind.roots {
                    tree[kind.documentKey] = .array(try self.answers.tree(kind, snapshot))
                }
                return tree
            }
            return try .json(JSONValue.object(tree))
        }
        return routes
    }
}
