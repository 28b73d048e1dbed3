import GatewayModel
import Hummingbird
import Logging
import Store

extension ManagementRoutes {
    func addServers(to routes: inout RouteTable) {
        routes.get(Self.servers, self.listServers)
        routes.post(Self.servers, self.createServer)
        routes.get(Self.server, self.readServer)
        routes.patch(Self.server, self.patchServer)
        routes.delete(Self.server, self.deleteServer)
    }

    @Sendable private func listServers(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try request.listQuery(AuthServerAnswer.listRules)
        let servers = try await self.store.read { try $0.list(AuthServer.self) }
        return try .page(servers.map { AuthServerAnswer(server: $0) }, query: query)
    }

    @Sendable private func createServer(_ request: Request, _ context: APIContext) async throws -> Response {
        let server = try AuthServer.created(
            from: try await request.json(), id: IdentityCore.newID(), issuer: self.identity.newIssuer(),
            now: self.identity.now)
        // A key is dear: the clash is found before it is made, and again in the transaction.
        try await self.store.read { snapshot in
            if try snapshot.find(AuthServer.self, named: server.name) != nil {
                throw StoreError.nameTaken(kind: "auth server", name: server.name)
            }
            try snapshot.checkIssuerIsFree(server.issuer)
        }
        let key = try await self.identity.keys.makeRecord(serverID: server.id, algorithm: server.signingAlgorithm)
        try await self.store.write { transaction in
            try transaction.checkIssuerIsFree(server.issuer)
            try transaction.insert(server)
            try transaction.save(key)
        }
        self.identity.logger.info("auth server created", metadata: ["authServer": "\(server.name)"])
        return try .json(AuthServerAnswer(server: server), status: .created)
    }

    @Sendable private func readServer(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.authServerID()
        return try .json(AuthServerAnswer(server: try await self.store.read { try $0.get(AuthServer.self, id: id) }))
    }

    /// Another signing algorithm means another key, since a key in the set names its algorithm.
    @Sendable private func patchServer(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.authServerID()
        let body = try await request.json()
        let now = self.identity.now
        let before = try await self.store.read { try $0.get(AuthServer.self, id: id) }
        let algorithm = try before.patched(from: body, now: now).signingAlgorithm
        let key =
            algorithm == before.signingAlgorithm
            ? nil : try await self.identity.keys.makeRecord(serverID: id, algorithm: algorithm)

        let server = try await self.store.write { transaction in
            let stored = try transaction.get(AuthServer.self, id: id)
            let server = try stored.patched(from: body, now: now)
            try transaction.replace(server)
            if server.signingAlgorithm != stored.signingAlgorithm {
                guard let key else {
                    throw Problem.conflict("The signing algorithm of [\(stored.name)] changed meanwhile; try again")
                }
                try transaction.publish(key, now: now)
            }
            return server
        }
        await self.identity.keys.forget(serverID: id)
        return try .json(AuthServerAnswer(server: server))
    }

    @Sendable private func deleteServer(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.authServerID()
        let isForced: Bool
        switch request.queryItems["force"] {
        case nil, "false": isForced = false
        case "true": isForced = true
        default:
            throw Problem.badRequest(
                InvalidParameter(
                    field: "force", rule: .isBoolean, source: .query, reason: "must be true or false"))
        }
        try await self.store.write { transaction in
            let server = try transaction.get(AuthServer.self, id: id)
            let inUse = [
                ("clients", try transaction.count(AuthClient.self, in: id)),
                ("scopes", try transaction.count(AuthScope.self, in: id)),
                ("claims", try transaction.count(AuthClaim.self, in: id)),
            ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
            guard isForced || inUse.isEmpty else {
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "authServerId", rule: .invalid, source: .path, reason: "still has \(inUse)"),
                    detail: "The auth server [\(server.name)] still has \(inUse); force=true deletes them too")
            }
            try transaction.delete(AuthServer.self, id: id)
        }
        await self.identity.keys.forget(serverID: id)
        self.identity.logger.info("auth server deleted", metadata: ["authServerID": "\(id)"])
        return .noContent
    }
}

extension StoreSnapshot {
    /// Two issuers whose paths end alike could not be told apart by the routes below them.
    fileprivate func checkIssuerIsFree(_ issuer: String) throws {
        let path = "/" + issuer.split(separator: "/").suffix(2).joined(separator: "/")
        if try self.authServer(issuerPath: path) != nil {
            throw StoreError.taken(kind: "auth server", field: "issuer", value: issuer)
        }
    }
}
