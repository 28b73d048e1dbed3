package import Foundation
internal import GRDB
internal import GatewayModel

/// What is remembered of a token that was given out: never the token itself.
package struct TokenRecord: Equatable, Sendable {
    /// The token's `jti`.
    package var id: String
    package var serverID: String
    package var clientID: String
    package var scopes: [String]
    package var createdAt: Date
    package var expiresAt: Date
    package var revoked: Bool

    package init(
        id: String, serverID: String, clientID: String, scopes: [String], createdAt: Date, expiresAt: Date,
        revoked: Bool = false
    ) {
        self.id = id
        self.serverID = serverID
        self.clientID = clientID
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revoked = revoked
    }

    fileprivate init(row: Row) {
        let scopes: String = row["scopes"]
        self.init(
            id: row["id"], serverID: row["server_id"], clientID: row["client_id"],
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

    /// Tokens of a client that are neither revoked nor past `now`, oldest first.
    package func liveTokens(server: String, client: String, now: Date) throws -> [TokenRecord] {
        try Row.fetchAll(
            self.database,
            sql: """
                SELECT * FROM auth_tokens
                WHERE server_id = ? AND client_id = ? AND revoked = 0 AND expires_at > ? ORDER BY created_at, id
                """,
            arguments: [server, client, Timestamp.milliseconds(now)]
        ).map(TokenRecord.init(row:))
    }
}

extension StoreTransaction {
    package func insert(_ token: TokenRecord) throws {
        try self.database.execute(
            sql: """
                INSERT INTO auth_tokens (id, server_id, client_id, scopes, created_at, expires_at, revoked)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                token.id, token.serverID, token.clientID, token.scopes.joined(separator: " "),
                Timestamp.milliseconds(token.createdAt), Timestamp.milliseconds(token.expiresAt), token.revoked,
            ])
    }

    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func revokeToken(id: String, server: String, client: String) throws {
        try self.database.execute(
            sql: "UPDATE auth_tokens SET revoked = 1 WHERE id = ? AND server_id = ? AND client_id = ? AND revoked = 0",
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
        try self.database.execute(
            sql: "UPDATE auth_tokens SET revoked = 1 WHERE server_id = ? AND client_id = ? AND revoked = 0",
            arguments: [server, client])
        self.note(
            AuditChange(
                .revoked, "tokens of the client", id: client,
                before: .object([
                    "auth_server_id": .string(server), "tokens": .integer(Int64(self.database.changesCount)),
                ])))
    }

    /// Forgets tokens that expired before `date`.
    package func deleteTokens(expiredBefore date: Date) throws {
        try self.database.execute(
            sql: "DELETE FROM auth_tokens WHERE expires_at < ?", arguments: [Timestamp.milliseconds(date)])
    }
}
