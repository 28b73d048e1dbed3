import Hummingbird
import ManagementHTTP
import Resources
import Store

/// `/v1/auth-servers` and all below it. The caller puts them behind the bearer token and turns what is thrown into
/// problem answers.
struct ManagementRoutes: Sendable {
    static let servers = "/v1/auth-servers"
    static let server = "/v1/auth-servers/:authServerID"
    static let client = "/v1/auth-servers/:authServerID/clients/:clientID"

    let identity: IdentityCore
    let committer: any ChangeCommitter

    var store: ConfigurationStore { self.identity.store }

    /// Auth servers, scopes, claims and clients.
    var entities: RouteTable {
        var routes = RouteTable()
        self.addServers(to: &routes)
        self.addScopes(to: &routes)
        self.addClaims(to: &routes)
        self.addClients(to: &routes)
        return routes
    }

    /// Secrets, tokens and keys: lists of them say nothing with a tag of all entities, because they change without these.
    var others: RouteTable {
        var routes = RouteTable()
        self.addSecrets(to: &routes)
        self.addTokens(to: &routes)
        self.addKeys(to: &routes)
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
    func listBelow<Entity: StoredEntity>(_ type: Entity.Type, server: String) throws -> [Entity] {
        _ = try self.get(AuthServer.self, id: server)
        return try self.list(type, in: server)
    }

    /// One scope, claim or client of an auth server.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)`` for the auth server or for the entity.
    func getBelow<Entity: StoredEntity>(_ type: Entity.Type, id: String, server: String) throws -> Entity {
        _ = try self.get(AuthServer.self, id: server)
        return try self.get(type, id: id, in: server)
    }

    /// The tag of a scope, claim or client.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)`` for the auth server or for the entity.
    func tagBelow<Entity: StoredEntity>(_ type: Entity.Type, id: String, server: String) throws -> EntityTag {
        _ = try self.get(AuthServer.self, id: server)
        return try self.tag(of: type, id: id, in: server)
    }

    /// What `include_in_scopes` and `allow_scopes` may name.
    func scopeIDs(server: String) throws -> Set<String> {
        Set(try self.listBelow(AuthScope.self, server: server).map(\.id))
    }
}
