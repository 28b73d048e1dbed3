package import Foundation
internal import GRDB
internal import JSON
package import Resources

/// A signing key of an auth server. The private half is sealed (see ``SecretBox``).
package struct SigningKeyRecord: Equatable, Sendable {
    package var kid: String
    package var serverID: String
    package var algorithm: SigningAlgorithm
    package var sealedPrivateKey: Data
    /// The public half as the key set shows it: a JSON object.
    package var publicJWK: String
    package var createdAt: Date
    /// When it begins to sign; its public half is in the key set before, so that whoever keeps the set has it in time.
    package var signsFrom: Date
    /// When it signs no more, which may lie ahead; its public half stays for the longest token's life.
    package var retiredAt: Date?

    package init(
        kid: String, serverID: String, algorithm: SigningAlgorithm, sealedPrivateKey: Data, publicJWK: String,
        createdAt: Date, signsFrom: Date? = nil, retiredAt: Date? = nil
    ) {
        self.kid = kid
        self.serverID = serverID
        self.algorithm = algorithm
        self.sealedPrivateKey = sealedPrivateKey
        self.publicJWK = publicJWK
        self.createdAt = createdAt
        self.signsFrom = signsFrom ?? createdAt
        self.retiredAt = retiredAt
    }

    /// What a private key is sealed for; see ``SecretBox``.
    package static func sealContext(kid: String) -> String { "auth_signing_keys/\(kid)" }

    fileprivate init(row: Row) throws {
        let name: String = row["algorithm"]
        guard let algorithm = SigningAlgorithm(rawValue: name) else {
            throw StoreError.unreadable(kind: "signing key", id: row["kid"], reason: "unknown algorithm \(name)")
        }
        let signsFrom: Int64? = row["signs_from"]
        let retired: Int64? = row["retired_at"]
        self.init(
            kid: row["kid"], serverID: row["server_id"], algorithm: algorithm,
            sealedPrivateKey: row["sealed_private_key"], publicJWK: row["public_jwk"],
            createdAt: Timestamp.date(milliseconds: row["created_at"]),
            signsFrom: signsFrom.map(Timestamp.date(milliseconds:)),
            retiredAt: retired.map(Timestamp.date(milliseconds:)))
    }
}

extension SigningKeyRecord {
    /// What the audit keeps of it: nothing of the private half.
    var auditValue: JSONValue {
        .object([
            "auth_server_id": .string(self.serverID), "kid": .string(self.kid),
            "algorithm": .string(self.algorithm.rawValue),
            "retired_at": self.retiredAt.map { .string(Timestamp.text($0)) } ?? .null,
        ])
    }
}

extension StoreSnapshot {
    /// Newest first.
    package func signingKeys(server: String) throws -> [SigningKeyRecord] {
        try Row.fetchAll(
            self.database,
            sql: "SELECT * FROM auth_signing_keys WHERE server_id = ? ORDER BY created_at DESC, kid",
            arguments: [server]
        ).map(SigningKeyRecord.init(row:))
    }
}

extension StoreTransaction {
    /// Inserts the key, or sets the times of the one of that `kid`.
    package func save(_ key: SigningKeyRecord) throws {
        try self.noteIssuerChange(server: key.serverID, of: .keySet)
        let before = try self.signingKeys(server: key.serverID).first { $0.kid == key.kid }
        try self.database.execute(
            sql: """
                INSERT INTO auth_signing_keys
                    (kid, server_id, algorithm, sealed_private_key, public_jwk, created_at, signs_from, retired_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (kid) DO UPDATE SET
                    signs_from = excluded.signs_from, retired_at = excluded.retired_at
                """,
            arguments: [
                key.kid, key.serverID, key.algorithm.rawValue, key.sealedPrivateKey, key.publicJWK,
                Timestamp.milliseconds(key.createdAt), Timestamp.milliseconds(key.signsFrom),
                key.retiredAt.map(Timestamp.milliseconds),
            ])
        self.note(
            AuditChange(
                before == nil ? .created : .changed, "signing key", id: key.kid, before: before?.auditValue,
                after: key.auditValue))
    }

    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func deleteSigningKey(kid: String, server: String) throws {
        try self.noteIssuerChange(server: server, of: .keySet)
        let before = try self.signingKeys(server: server).first { $0.kid == kid }
        try self.database.execute(
            sql: "DELETE FROM auth_signing_keys WHERE kid = ? AND server_id = ?", arguments: [kid, server])
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: "signing key", id: kid) }
        self.note(AuditChange(.deleted, "signing key", id: kid, before: before?.auditValue))
    }
}
