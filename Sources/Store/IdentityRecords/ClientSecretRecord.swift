package import Foundation
internal import GRDB
internal import JSON

/// A client's secret as stored: only its hash.
package struct ClientSecretRecord: Equatable, Sendable {
    package var id: String
    package var serverID: String
    package var clientID: String
    /// With algorithm, parameters and salt, as the hasher writes it.
    package var hash: String
    package var enabled: Bool
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, serverID: String, clientID: String, hash: String, enabled: Bool = true, createdAt: Date,
        updatedAt: Date
    ) {
        self.id = id
        self.serverID = serverID
        self.clientID = clientID
        self.hash = hash
        self.enabled = enabled
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    fileprivate init(row: Row) {
        self.init(
            id: row["id"], serverID: row["server_id"], clientID: row["client_id"], hash: row["hash"],
            enabled: row["enabled"], createdAt: Timestamp.date(milliseconds: row["created_at"]),
            updatedAt: Timestamp.date(milliseconds: row["updated_at"]))
    }
}

extension ClientSecretRecord {
    /// What the audit keeps of it: nothing of the secret.
    var auditValue: JSONValue {
        .object([
            "auth_server_id": .string(self.serverID), "client_id": .string(self.clientID), "id": .string(self.id),
            "enabled": .bool(self.enabled),
        ])
    }
}

extension StoreSnapshot {
    /// Oldest first.
    package func clientSecrets(server: String, client: String) throws -> [ClientSecretRecord] {
        try Row.fetchAll(
            self.database,
            sql: "SELECT * FROM auth_client_secrets WHERE server_id = ? AND client_id = ? ORDER BY created_at, id",
            arguments: [server, client]
        ).map(ClientSecretRecord.init(row:))
    }

    package func clientSecret(id: String, server: String, client: String) throws -> ClientSecretRecord? {
        try Row.fetchOne(
            self.database, sql: "SELECT * FROM auth_client_secrets WHERE id = ? AND server_id = ? AND client_id = ?",
            arguments: [id, server, client]
        ).map(ClientSecretRecord.init(row:))
    }
}

extension StoreTransaction {
    /// Inserts the secret, or replaces the one of that id.
    package func save(_ secret: ClientSecretRecord) throws {
        try self.noteIssuerChange(server: secret.serverID, of: .tokens)
        let before = try self.clientSecret(id: secret.id, server: secret.serverID, client: secret.clientID)
        try self.database.execute(
            sql: """
                INSERT INTO auth_client_secrets (id, server_id, client_id, hash, enabled, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    hash = excluded.hash, enabled = excluded.enabled, updated_at = excluded.updated_at
                """,
            arguments: [
                secret.id, secret.serverID, secret.clientID, secret.hash, secret.enabled,
                Timestamp.milliseconds(secret.createdAt), Timestamp.milliseconds(secret.updatedAt),
            ])
        self.note(
            AuditChange(
                before == nil ? .created : .changed, "client secret", id: secret.id, before: before?.auditValue,
                after: secret.auditValue))
    }

    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func deleteClientSecret(id: String, server: String, client: String) throws {
        try self.noteIssuerChange(server: server, of: .tokens)
        let before = try self.clientSecret(id: id, server: server, client: client)
        try self.database.execute(
            sql: "DELETE FROM auth_client_secrets WHERE id = ? AND server_id = ? AND client_id = ?",
            arguments: [id, server, client])
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: "client secret", id: id) }
        self.note(AuditChange(.deleted, "client secret", id: id, before: before?.auditValue))
    }

    /// Deletes all secrets of a client but one.
    package func deleteClientSecrets(server: String, client: String, except id: String) throws {
        try self.noteIssuerChange(server: server, of: .tokens)
        for secret in try self.clientSecrets(server: server, client: client) where secret.id != id {
            self.note(AuditChange(.deleted, "client secret", id: secret.id, before: secret.auditValue))
        }
        try self.database.execute(
            sql: "DELETE FROM auth_client_secrets WHERE server_id = ? AND client_id = ? AND id <> ?",
            arguments: [server, client, id])
    }
}
