internal import Foundation
internal import GRDB

extension StoreSnapshot {
    /// Whether `box` opens what was sealed in this database; nil when nothing was sealed yet.
    fileprivate func isSealed(with box: SecretBox) throws -> Bool? {
        if let sealed = try Data.fetchOne(self.database, sql: "SELECT sealed FROM master_key_seal WHERE id = 1") {
            return (try? box.open(sealed, context: MasterKeySeal.context)) == MasterKeySeal.value
        }
        // An older release kept no value of its own: what it sealed says the same.
        let keys = try Row.fetchAll(self.database, sql: "SELECT kid, sealed_private_key FROM auth_signing_keys")
        guard !keys.isEmpty else { return nil }
        return keys.contains { row in
            let sealed: Data = row["sealed_private_key"]
            let kid: String = row["kid"]
            return (try? box.open(sealed, context: SigningKeyRecord.sealContext(kid: kid))) != nil
        }
    }
}

/// A value that everyone knows, sealed under the master key: it opens with that key and no other.
private enum MasterKeySeal {
    static let context = "master_key_seal"
    static let value = Data("sluice".utf8)
}

extension ConfigurationStore {
    /// Checks that the master key is the one that the secrets in the database are sealed with; the first key is noted.
    ///
    /// - Throws: ``DataDirectoryError`` that names the master key, before anything is served that would fail later.
    package func check(_ box: SecretBox, of directory: DataDirectory) async throws {
        let sealed = try box.seal(MasterKeySeal.value, context: MasterKeySeal.context)
        let isRight = try await self.write { transaction in
            guard try transaction.isSealed(with: box) ?? true else { return false }
            try transaction.database.execute(
                sql: "INSERT INTO master_key_seal (id, sealed) VALUES (1, ?) ON CONFLICT (id) DO NOTHING",
                arguments: [sealed])
            return true
        }
        guard isRight else {
            throw DataDirectoryError(
                path: directory.masterKeyPath,
                reason:
                    "is not the master key that the secrets in \(directory.databasePath) are sealed with, and without "
                    + "that one they cannot be read: restore both from the same backup")
        }
    }
}
