import GatewayModel
import Hummingbird
import Store

/// `/v1/auth-servers` and all below it. The caller puts them behind the bearer token and turns what is thrown into
/// problem answers.
struct ManagementRoutes: Sendable {
    static let servers = "/v1/auth-servers"
    static let server = "/v1/auth-servers/:authServerID"
    static let client = "/v1/auth-servers/:authServerID/clients/:clientID"

    let identity: IdentityCore

    var store: ConfigurationStore { self.identity.store }

    func mount(on router: some RouterMethods<APIContext>) {
        var entities = RouteTable()
        self.addServers(to: &entities)
        self.addScopes(to: &entities)
        self.addClaims(to: &entities)
        self.addClients(to: &entities)
        entities.mount(on: router.group().add(middleware: EntityTagMiddleware(store: self.store)))
        var others = RouteTable()
        self.addSecrets(to: &others)
        self.addTokens(to: &others)
        self.addKeys(to: &others)
        others.mount(on: router)
    }
}

extension APIContext {
    func authServerID() throws(Problem) -> String { try self.pathParameter("authServerID") }
    /// Clients may choose their ids, which tell upper from lower case.
    func clientID() throws(Problem) -> String { try self.pathText("clientID") }
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

    /// What `include_in_scopes` and `allow_scopes` may name.
    func scopeIDs(server: String) throws -> Set<String> {
        Set(try self.listBelow(AuthScope.self, server: server).map(\.id))
    }
}
