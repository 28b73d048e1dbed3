import GatewayModel
import Hummingbird
import Store

extension ManagementRoutes {
    private static let tokens = ManagementRoutes.client + "/tokens"
    private static let token = ManagementRoutes.client + "/tokens/:tokenID"

    /// Tokens that are over or revoked are not there.
    func addTokens(to routes: inout RouteTable) {
        routes.get(Self.tokens) { request, context in
            let query = try request.listQuery(TokenAnswer.listRules)
            let (server, client) = (try context.authServerID(), try context.clientID())
            let now = self.identity.now
            let records = try await self.store.read { snapshot in
                _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
                return try snapshot.liveTokens(server: server, client: client, now: now)
            }
            return try .page(records.map { TokenAnswer(record: $0) }, query: query)
        }
        routes.delete(Self.tokens) { _, context in
            let (server, client) = (try context.authServerID(), try context.clientID())
            try await self.store.write { transaction in
                _ = try transaction.getBelow(AuthClient.self, id: client, server: server)
                try transaction.revokeTokens(server: server, client: client)
            }
            return .noContent
        }
        routes.get(Self.token) { _, context in
            let (server, client) = (try context.authServerID(), try context.clientID())
            let id = try context.pathParameter("tokenID")
            let now = self.identity.now
            let record = try await self.store.read { snapshot in
                _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
                return try snapshot.token(id: id, server: server)
            }
            guard let record, record.clientID == client, !record.revoked, record.expiresAt > now else {
                throw StoreError.notFound(kind: "token", id: id)
            }
            return try .json(TokenAnswer(record: record))
        }
        routes.delete(Self.token) { _, context in
            let (server, client) = (try context.authServerID(), try context.clientID())
            let id = try context.pathParameter("tokenID")
            try await self.store.write { transaction in
                _ = try transaction.getBelow(AuthClient.self, id: client, server: server)
                try transaction.revokeToken(id: id, server: server, client: client)
            }
            return .noContent
        }
    }
}
