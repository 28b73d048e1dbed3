import Foundation
import Resources
import Testing

@testable import Store

/// A database is opened only with the master key that its secrets are sealed with.
@Suite struct MasterKeySealTests {
    private let temporary: TemporaryDirectory
    private let directory: DataDirectory
    private let store: ConfigurationStore

    init() throws {
        self.temporary = try TemporaryDirectory()
        self.directory = try DataDirectory(path: self.temporary.file("data"))
        self.store = try ConfigurationStore(path: self.directory.databasePath)
    }

    private func box(_ byte: UInt8) throws -> SecretBox {
        try #require(SecretBox(key: Data(repeating: byte, count: 32)))
    }

    @Test func `the first key is noted, and no other is taken after`() async throws {
        try await self.store.check(try self.box(1), of: self.directory)
        try await self.store.check(try self.box(1), of: self.directory)
        let wrong = try self.box(2)
        let error = await #expect(throws: DataDirectoryError.self) {
            try await self.store.check(wrong, of: self.directory)
        }
        #expect(
            error?.description
                == "\(self.directory.path)/master-key is not the master key that the secrets in "
                + "\(self.directory.path)/sluice.db are sealed with, and without that one they cannot be read: "
                + "restore both from the same backup.")
        // A refusal notes nothing.
        try await self.store.check(try self.box(1), of: self.directory)
    }

    /// A release before this one sealed signing keys and noted nothing else.
    @Test func `a database without the note is judged by the keys that it holds`() async throws {
        let key = SigningKeyRecord(
            kid: "k1", serverID: "as", algorithm: .rs256,
            sealedPrivateKey: try self.box(1).seal(
                Data("private".utf8), context: SigningKeyRecord.sealContext(kid: "k1")),
            publicJWK: "{}", createdAt: Fixtures.date)
        try await self.store.write { transaction in
            try transaction.insert(Fixtures.authServer())
            try transaction.save(key)
        }
        let wrong = try self.box(2)
        await #expect(throws: DataDirectoryError.self) { try await self.store.check(wrong, of: self.directory) }
        try await self.store.check(try self.box(1), of: self.directory)
        try await self.store.write { try $0.delete(AuthServer.self, id: "as") }
        await #expect(throws: DataDirectoryError.self) { try await self.store.check(wrong, of: self.directory) }
    }
}
