import Foundation
import Hummingbird
import ManagementHTTP
import Resources
import Store

extension ManagementRoutes {
    /// Scopes as every kind, but for what becomes of those who have one that goes.
    func addScopes(to routes: inout RouteTable) {
        let scopes = self.routes(of: AuthScope.self).leavingOut(.delete)
        routes.add(scopes.table)
        routes.add(
            ChangeRoute(.delete, AuthScope.kind.path, .delete(.scope), current: scopes.currentTag) { _, _ in
                let now = self.identity.now
                return { input, transaction in
                    let place = try scopes.place(input)
                    let server = try input.authServerID()
                    _ = try transaction.getBelow(AuthScope.self, id: place.id, server: server)
                    try transaction.removeScope(place.id, server: server, now: now)
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
