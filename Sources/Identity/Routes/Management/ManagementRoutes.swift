import Hummingbird
import ManagementHTTP
import Resources
import Store

/// `/v1/auth-servers` and all below it. The caller puts them behind the bearer token and turns what is thrown into
/// problem answers.
struct ManagementRoutes: Sendable {
    static let server = AuthServer.kind.path
    static let client = AuthClient.kind.path

    let identity: IdentityCore
    let committer: any ChangeCommitter
    let answers = EntityAnswers()

    var store: ConfigurationStore { self.identity.store }

    /// Auth servers and every kind below them.
    var entities: RouteTable {
        var routes = RouteTable()
        self.addServers(to: &routes)
        self.addScopes(to: &routes)
        self.addClients(to: &routes)
        for kind in EntityKind.authServer.children where kind != .scope && kind != .client {
            routes.add(self.table(of: kind.entity))
        }
        return routes
    }

    /// The calls of a kind that needs none of its own.
    private func table<Entity: Resource>(of type: Entity.Type) -> RouteTable { self.routes(of: type).table }

    /// Secrets, tokens and keys: lists of them say nothing with a tag of all entities, because they change without these.
    var others: RouteTable {
        var routes = RouteTable()
        self.addSecrets(to: &routes)
        self.addTokens(to: &routes)
        self.addKeys(to: &routes)
        return routes
    }

    /// The calls that a kind of entity has by its description.
    func routes<Entity: Resource>(of type: Entity.Type) -> ResourceRoutes<Entity> {
        var routes = ResourceRoutes<Entity>(
            store: self.store, committer: self.committer, answers: self.answers,
            // No field of these kinds holds an expression.
            expressions: { _, _ in nil })
        let identity = self.identity
        routes.now = { identity.now }
        return routes
    }

    /// All routes, as the API's description has them.
    var all: RouteTable {
        var routes = self.entities.conditional
        routes.add(self.others)
        return routes
    }

    func mount(on router: some RouterMethods<APIContext>) {
        self.entities.mount(on: router.group().add(middleware: EntityTagMiddleware(store: self.store)))
        self.others.mount(on: router)
    }
}

extension APIContext {
    func authServerID() throws(Problem) -> String { try self.pathParameter("authServerID") }
    /// Clients may choose their ids, which tell upper from lower case.
    func clientID() throws(Problem) -> String { try self.pathText("clientID") }
}

extension ChangeInput {
    func authServerID() throws(Problem) -> String { try self.parameter("authServerID") }
    func clientID() throws(Problem) -> String { try self.text("clientID") }
}

extension StoreSnapshot {
    /// All scopes, claims or clients of an auth server.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)`` when there is no such auth server.
    func listBelow<Entity: Resource>(_ type: Entity.Type, server: String) throws -> [Entity] {
        _ = try self.get(AuthServer.self, id: server)
        return try self.list(type, in: server)
    }

    /// One scope, claim or client of an auth server.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)`` for the auth server or for the entity.
    func getBelow<Entity: Resource>(_ type: Entity.Type, id: String, server: String) throws -> Entity {
        _ = try self.get(AuthServer.self, id: server)
        return try self.get(type, id: id, in: server)
    }

    /// The tag of a scope, claim or client.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)`` for the auth server or for the entity.
    func tagBelow<Entity: Resource>(_ type: Entity.Type, id: String, server: String) throws -> EntityTag {
        _ = try self.get(AuthServer.self, id: server)
        return try self.tag(of: type, id: id, in: server)
    }

}
