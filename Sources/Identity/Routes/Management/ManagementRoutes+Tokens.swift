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
            let (records, total) = try await self.store.read { snapshot in
                _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
                return try snapshot.liveTokens(server: server, client: client, now: now, page: TokenPage(query))
            }
            return try .json(NumberedPage(data: records.map { TokenAnswer(record: $0) }, query: query, total: total))
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

extension TokenPage {
    /// The page that a query asks for; the database cuts it, since a client may have many tokens.
    fileprivate init(_ query: ListQuery) {
        let (offset, overflow) = (query.number - 1).multipliedReportingOverflow(by: query.size)
        self.init(
            ids: query.filters.filter { $0.field == "id" }.map(\.value),
            order: query.sorts.compactMap { sort in
                Field(rawValue: sort.field).map { (field: $0, isDescending: sort.isDescending) }
            }, limit: query.size, offset: overflow ? Int.max : offset)
    }
}
