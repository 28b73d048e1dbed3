import GatewayModel
import Hummingbird
import Store

extension ManagementRoutes {
    private static let claims = ManagementRoutes.server + "/claims"
    private static let claim = ManagementRoutes.server + "/claims/:claimID"

    func addClaims(to routes: inout RouteTable) {
        routes.get(Self.claims) { request, context in
            let query = try request.listQuery(AuthClaim.listRules)
            let server = try context.authServerID()
            return try .page(
                try await self.store.read { try $0.listBelow(AuthClaim.self, server: server) }, query: query)
        }
        routes.post(Self.claims) { request, context in
            let server = try context.authServerID()
            let body = try await request.json()
            let now = self.identity.now
            let claim = try await self.store.write { transaction in
                let claim = try AuthClaim.created(
                    from: body, id: IdentityCore.newID(), scopeIDs: try transaction.scopeIDs(server: server), now: now)
                try transaction.insert(claim, in: server)
                return claim
            }
            return try .json(claim, status: .created)
        }
        routes.get(Self.claim) { _, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("claimID"))
            return try .json(try await self.store.read { try $0.getBelow(AuthClaim.self, id: id, server: server) })
        }
        routes.patch(Self.claim) { request, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("claimID"))
            let body = try await request.json()
            let now = self.identity.now
            let claim = try await self.store.write { transaction in
                let claim = try transaction.getBelow(AuthClaim.self, id: id, server: server)
                    .patched(from: body, scopeIDs: try transaction.scopeIDs(server: server), now: now)
                try transaction.replace(claim, in: server)
                return claim
            }
            return try .json(claim)
        }
        routes.delete(Self.claim) { _, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("claimID"))
            try await self.store.write { transaction in
                _ = try transaction.get(AuthServer.self, id: server)
                try transaction.delete(AuthClaim.self, id: id, in: server)
            }
            return .noContent
        }
        routes.post(Self.client + "/test-claim") { request, context in
            let (server, client) = (try context.authServerID(), try context.clientID())
            let body = try await request.json()
            _ = try await self.store.read { try $0.getBelow(AuthClient.self, id: client, server: server) }
            return try .json(try ClaimTest.values(of: body))
        }
    }
}

/// What configured values would be in a token, to try them before saving.
private enum ClaimTest {
    /// - Throws: ``Problem`` 400 for templates and for what is not text.
    static func values(of body: JSONValue) throws -> [String: ClaimValue] {
        try BodyReader.read(body) { reader in
            var values: [String: ClaimValue] = [:]
            for name in reader.keys {
                guard let text = reader[name].string(.minimumLength(1), .staticClaim) else { continue }
                values[name] = ClaimValue(configured: text)
            }
            return values
        }
    }
}
