import Foundation
import Hummingbird
import ManagementHTTP
import Resources
import Store

extension ManagementRoutes {
    private static let scopes = ManagementRoutes.server + "/scopes"
    private static let scope = ManagementRoutes.server + "/scopes/:scopeID"

    func addScopes(to routes: inout RouteTable) {
        routes.get(Self.scopes) { request, context in
            let query = try request.listQuery(AuthScope.listRules)
            let server = try context.authServerID()
            return try .page(
                try await self.store.read { try $0.listBelow(AuthScope.self, server: server) }, query: query)
        }
        routes.add(
            ChangeRoute(.post, Self.scopes) { _, _ in
                let (id, now) = (IdentityCore.newID(), self.identity.now)
                return { input, transaction in
                    let server = try input.authServerID()
                    _ = try transaction.get(AuthServer.self, id: server)
                    let scope = try AuthScope.created(from: input.body, id: id, now: now)
                    try transaction.insert(scope, in: server)
                    return try ChangeAnswer(
                        scope, status: .created, tag: try transaction.tag(of: AuthScope.self, id: id))
                }
            }, to: self.committer)
        routes.get(Self.scope) { _, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("scopeID"))
            let (scope, tag) = try await self.store.read {
                (
                    try $0.getBelow(AuthScope.self, id: id, server: server),
                    try $0.tagBelow(AuthScope.self, id: id, server: server)
                )
            }
            return try .json(scope, tag: tag)
        }
        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            try snapshot.tagBelow(
                AuthScope.self, id: try input.parameter("scopeID"), server: try input.authServerID())
        }
        routes.add(
            ChangeRoute(.patch, Self.scope, current: current) { _, _ in
                let now = self.identity.now
                return { input, transaction in
                    let (server, id) = (try input.authServerID(), try input.parameter("scopeID"))
                    let scope = try transaction.getBelow(AuthScope.self, id: id, server: server)
                        .patched(from: input.body, now: now)
                    try transaction.replace(scope, in: server)
                    return try ChangeAnswer(scope, tag: try transaction.tag(of: AuthScope.self, id: id))
                }
            }, to: self.committer)
        routes.add(
            ChangeRoute(.delete, Self.scope, takesBody: false, current: current) { _, _ in
                let now = self.identity.now
                return { input, transaction in
                    let (server, id) = (try input.authServerID(), try input.parameter("scopeID"))
                    _ = try transaction.getBelow(AuthScope.self, id: id, server: server)
                    try transaction.removeScope(id, server: server, now: now)
                    return .noContent()
                }
            }, to: self.committer)
    }
}

extension StoreTransaction {
    /// Deletes a scope and takes it out of the clients and claims that name it.
    ///
    /// A claim whose last scope goes is left for tokens without scopes only; it is disabled instead of turning up where
    /// nobody put it.
    fileprivate func removeScope(_ id: String, server: String, now: Date) throws {
        for var client in try self.list(AuthClient.self, in: server) where client.allowScopes.contains(id) {
            client.allowScopes.removeAll { $0 == id }
            client.updatedAt = now
            try self.replace(client, in: server)
        }
        for var claim in try self.list(AuthClaim.self, in: server) where claim.includeInScopes.contains(id) {
            claim.includeInScopes.removeAll { $0 == id }
            if claim.includeInScopes.isEmpty, claim.includeInToken, !claim.includeInAllScopes { claim.enabled = false }
            claim.updatedAt = now
            try self.replace(claim, in: server)
        }
        try self.delete(AuthScope.self, id: id, in: server)
    }
}
