import Foundation
import Hummingbird
import ManagementHTTP
import Resources
import Store

extension ManagementRoutes {
    private static let tokens = ManagementRoutes.client + "/tokens"
    private static let token = ManagementRoutes.client + "/tokens/:tokenID"

    /// Tokens that are over or revoked are not there.
    func addTokens(to routes: inout RouteTable) {
        routes.get(
            Self.tokens,
            APIOperation(
                "listTokens", "The tokens of a client that are good.", tag: "Token",
                parameters: APIOperation.parameters(TokenAnswer.listRules), .ok(.numberedPage(.component("Token"))))
        ) { request, context in
            let query = try request.listQuery(TokenAnswer.listRules)
            let (server, client) = (try context.authServerID(), try context.clientID())
            let now = self.identity.now
            let (records, total) = try await self.store.read { snapshot in
                _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
                return try snapshot.liveTokens(server: server, client: client, now: now, page: TokenPage(query))
            }
            return try .json(NumberedPage(data: records.map { TokenAnswer(record: $0) }, query: query, total: total))
        }
        routes.add(
            ChangeRoute(
                .delete, Self.tokens,
                APIOperation("revokeTokens", "Revokes all tokens of a client.", tag: "Token", .noContent),
                current: { input, snapshot in
                    let (server, client) = (try input.authServerID(), try input.clientID())
                    _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
                    let newest = TokenPage(order: [(.createdAt, isDescending: true)], limit: 1)
                    let live = try snapshot.liveTokens(
                        server: server, client: client, now: self.identity.now, page: newest)
                    return EntityTag(digestOf: live.tokens.map(\.id) + ["\(live.total)"])
                }
            ) { _, _ in
                { input, transaction in
                    let (server, client) = (try input.authServerID(), try input.clientID())
                    _ = try transaction.getBelow(AuthClient.self, id: client, server: server)
                    try transaction.revokeTokens(server: server, client: client)
                    return .noContent()
                }
            }, to: self.committer)
        routes.get(
            Self.token,
            APIOperation(
                "getToken", "What is known of a token.", tag: "Token",
                APIOperation.Answer.ok(.component("Token")).withTag)
        ) { _, context in
            let (server, client) = (try context.authServerID(), try context.clientID())
            let id = try context.pathParameter("tokenID")
            let now = self.identity.now
            let record = try await self.store.read {
                try $0.liveToken(id, server: server, client: client, now: now)
            }
            return try .json(TokenAnswer(record: record), tag: record.tag)
        }
        routes.add(
            ChangeRoute(
                .delete, Self.token, APIOperation("revokeToken", "Revokes a token.", tag: "Token", .noContent),
                current: { input, snapshot in
                    try snapshot.liveToken(
                        try input.parameter("tokenID"), server: try input.authServerID(),
                        client: try input.clientID(), now: self.identity.now
                    ).tag
                }
            ) { _, _ in
                { input, transaction in
                    let (server, client) = (try input.authServerID(), try input.clientID())
                    _ = try transaction.getBelow(AuthClient.self, id: client, server: server)
                    try transaction.revokeToken(
                        id: try input.parameter("tokenID"), server: server, client: client)
                    return .noContent()
                }
            }, to: self.committer)
    }
}

extension TokenRecord {
    /// A token never changes but by ending.
    fileprivate var tag: EntityTag { EntityTag(digestOf: [self.id]) }
}

extension StoreSnapshot {
    /// - Throws: ``StoreError/notFound(kind:id:)`` also for a token that is over or revoked.
    fileprivate func liveToken(_ id: String, server: String, client: String, now: Date) throws -> TokenRecord {
        _ = try self.getBelow(AuthClient.self, id: client, server: server)
        guard let record = try self.token(id: id, server: server), record.clientID == client, !record.revoked,
            record.expiresAt > now
        else { throw StoreError.notFound(kind: "token", id: id) }
        return record
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
