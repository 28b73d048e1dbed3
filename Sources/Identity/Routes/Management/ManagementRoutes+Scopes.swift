import Foundation
import GatewayModel
import Hummingbird
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
        routes.post(Self.scopes) { request, context in
            let server = try context.authServerID()
            let body = try await request.json()
            let now = self.identity.now
            let scope = try await self.store.write { transaction in
                _ = try transaction.get(AuthServer.self, id: server)
                let scope = try AuthScope.created(from: body, id: IdentityCore.newID(), now: now)
                try transaction.insert(scope, in: server)
                return scope
            }
            return try .json(scope, status: .created)
        }
        routes.get(Self.scope) { _, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("scopeID"))
            return try .json(try await self.store.read { try $0.getBelow(AuthScope.self, id: id, server: server) })
        }
        routes.patch(Self.scope) { request, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("scopeID"))
            let body = try await request.json()
            let now = self.identity.now
            let scope = try await self.store.write { transaction in
                let scope = try transaction.getBelow(AuthScope.self, id: id, server: server)
                    .patched(from: body, now: now)
                try transaction.replace(scope, in: server)
                return scope
            }
            return try .json(scope)
        }
        routes.delete(Self.scope) { _, context in
            let (server, id) = (try context.authServerID(), try context.pathParameter("scopeID"))
            let now = self.identity.now
            try await self.store.write { transaction in
                _ = try transaction.getBelow(AuthScope.self, id: id, server: server)
                try transaction.removeScope(id, server: server, now: now)
            }
            return .noContent
        }
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
