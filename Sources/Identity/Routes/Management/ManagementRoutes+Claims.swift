import Hummingbird
import JSON
import ManagementHTTP
import Resources
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
        routes.add(
            ChangeRoute(.post, Self.claims) { _, _ in
                let (id, now) = (IdentityCore.newID(), self.identity.now)
                return { input, transaction in
                    let server = try input.authServerID()
                    let claim = try AuthClaim.created(
                        from: input.body, id: id, scopeIDs: try transaction.scopeIDs(server: server), now: now)
                    try transaction.insert(claim, in: server)
                    return try ChangeAnswer(
                        claim, status: .created, tag: try transaction.tag(of: AuthClaim.self, id: id))
                }
            }, to: self.committer)
        routes.get(Self.claim) { _, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("claimID"))
            let (claim, tag) = try await self.store.read {
                (
                    try $0.getBelow(AuthClaim.self, id: id, server: server),
                    try $0.tagBelow(AuthClaim.self, id: id, server: server)
                )
            }
            return try .json(claim, tag: tag)
        }
        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            try snapshot.tagBelow(
                AuthClaim.self, id: try input.parameter("claimID"), server: try input.authServerID())
        }
        routes.add(
            ChangeRoute(.patch, Self.claim, current: current) { _, _ in
                let now = self.identity.now
                return { input, transaction in
                    let (server, id) = (try input.authServerID(), try input.parameter("claimID"))
                    let claim = try transaction.getBelow(AuthClaim.self, id: id, server: server)
                        .patched(from: input.body, scopeIDs: try transaction.scopeIDs(server: server), now: now)
                    try transaction.replace(claim, in: server)
                    return try ChangeAnswer(claim, tag: try transaction.tag(of: AuthClaim.self, id: id))
                }
            }, to: self.committer)
        routes.add(
            ChangeRoute(.delete, Self.claim, takesBody: false, current: current) { _, _ in
                { input, transaction in
                    let (server, id) = (try input.authServerID(), try input.parameter("claimID"))
                    _ = try transaction.get(AuthServer.self, id: server)
                    try transaction.delete(AuthClaim.self, id: id, in: server)
                    return .noContent()
                }
            }, to: self.committer)
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
