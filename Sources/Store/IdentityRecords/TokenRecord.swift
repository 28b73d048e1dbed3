package import Foundation
internal import GRDB
internal import JSON

/// What is remembered of a token that was given out: never the token itself.
package struct TokenRecord: Equatable, Sendable {
    /// The token's `jti`.
    package var id: String
    package var serverID: String
    package var clientID: String
    /// The client secret that it was issued for; nil when an older release issued it.
    package var secretID: String?
    package var scopes: [String]
    package var createdAt: Date
    package var expiresAt: Date
    package var revoked: Bool

    package init(
        id: String, serverID: String, clientID: String, secretID: String? = nil, scopes: [String], createdAt: Date,
        expiresAt: Date, revoked: Bool = false
    ) {
        self.id = id
        self.serverID = serverID
        self.clientID = clientID
        self.secretID = secretID
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revoked = revoked
    }

    fileprivate init(row: Row) {
        let scopes: String = row["scopes"]
        self.init(
            id: row["id"], serverID: row["server_id"], clientID: row["client_id"], secretID: row["secret_id"],
            scopes: scopes.split(separator: " ").map(String.init),
            createdAt: Timestamp.date(milliseconds: row["created_at"]),
            expiresAt: Timestamp.date(milliseconds: row["expires_at"]), revoked: row["revoked"])
    }
}

extension StoreSnapshot {
    package func token(id: String, server: String) throws -> TokenRecord? {
        try Row.fetchOne(
            self.database, sql: "SELECT * FROM auth_tokens WHERE id = ? AND server_id = ?", arguments: [id, server]
        ).map(TokenRecord.init(row:))
    }

    /// One page of the tokens of a client that are neither revoked nor past `now`, and how many there are in all.
    package func liveTokens(
        server: String, client: String, now: Date, page: TokenPage
    ) throws -> (tokens: [TokenRecord], total: Int) {
        var condition = "server_id = ? AND client_id = ? AND revoked = 0 AND expires_at > ?"
        var arguments: StatementArguments = [server, client, Timestamp.milliseconds(now)]
        for id in page.ids {
            condition += " AND id = ?"
            arguments += [id]
        }
        let order =
            page.order.map { "\($0.field.rawValue) \($0.isDescending ? "DESC" : "ASC")" } + ["created_at", "id"]
        let tokens = try Row.fetchAll(
            self.database,
            sql:
                "SELECT * FROM auth_tokens WHERE \(condition) ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?",
            arguments: arguments + [page.limit, page.offset]
        ).map(TokenRecord.init(row:))
        let total = try Int.fetchOne(
            self.database, sql: "SELECT count(*) FROM auth_tokens WHERE \(condition)", arguments: arguments)
        return (tokens, total ?? 0)
    }

    /// How many tokens of a client are neither revoked nor past `now`. Counts no further than `limit`.
    package func liveTokenCount(server: String, client: String, now: Date, upTo limit: Int = .max) throws -> Int {
        try Int.fetchOne(
            self.database,
            sql: """
                SELECT count(*) FROM (
                    SELECT 1 FROM auth_tokens
                    WHERE server_id = ? AND client_id = ? AND revoked = 0 AND expires_at > ? LIMIT ?)
                """,
            arguments: [server, client, Timestamp.milliseconds(now), limit]) ?? 0
    }
}

/// Which tokens of a list are wanted.
package struct TokenPage: Sendable {
    package enum Field: String, Sendable {
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    /// Every one of these must be the token's id.
    package var ids: [String]
    /// Tokens that are equal in it come by creation.
    package var order: [(field: Field, isDescending: Bool)]
    package var limit: Int
    package var offset: Int

    package init(ids: [String] = [], order: [(field: Field, isDescending: Bool)] = [], limit: Int, offset: Int = 0) {
        self.ids = ids
        self.order = order
        self.limit = limit
        self.offset = offset
    }
}

extension StoreTransaction {
    package func insert(_ token: TokenRecord) throws {
        try self.database.execute(
            sql: """
                INSERT INTO auth_tokens (id, server_id, client_id, secret_id, scopes, created_at, expires_at, revoked)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                token.id, token.serverID, token.clientID, token.secretID, token.scopes.joined(separator: " "),
                Timestamp.milliseconds(token.createdAt), Timestamp.milliseconds(token.expiresAt), token.revoked,
            ])
    }

    /// Takes a token back. Its record goes: a token without one is good no longer, and a client that takes back all that
    /// it gets must not fill the store.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func revokeToken(id: String, server: String, client: String) throws {
        try self.noteIssuerChange(server: server, of: .token(id))
        try self.database.execute(
            sql: "DELETE FROM auth_tokens WHERE id = ? AND server_id = ? AND client_id = ? AND revoked = 0",
            arguments: [id, server, client])
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: "token", id: id) }
        // At the public endpoint a client revokes its own.
        self.note(
            AuditChange(
                .revoked, "token", id: id, before: Self.owner(server: server, client: client), who: "client \(client)"))
    }

    private static func owner(server: String, client: String) -> JSONValue {
        .object(["auth_server_id": .string(server), "client_id": .string(client)])
    }

    package func revokeTokens(server: String, client: String) throws {
        try self.noteIssuerChange(server: server, of: .tokens)
        try self.database.execute(
            sql: "DELETE FROM auth_tokens WHERE server_id = ? AND client_id = ? AND revoked = 0",
            arguments: [server, client])
        self.note(.revokedTokens(server: server, client: client, count: self.database.changesCount))
    }

    /// Forgets tokens that expired before `date`, at most `limit` of them: many are forgotten over several transactions,
    /// so that none keeps other writers waiting.
    package func deleteTokens(expiredBefore date: Date, limit: Int) throws {
        try self.database.execute(
            sql: "DELETE FROM auth_tokens WHERE id IN (SELECT id FROM auth_tokens WHERE expires_at < ? LIMIT ?)",
            arguments: [Timestamp.milliseconds(date), limit])
    }
}

extension AuditChange {
    /// All tokens of a client are taken back.
    static func revokedTokens(server: String, client: String, count: Int) -> AuditChange {
        AuditChange(
            .revoked, "tokens of the client", id: client,
            before: .object(["auth_server_id": .string(server), "tokens": .integer(Int64(count))]))
    }
}
