import Foundation
import GatewayModel
import Testing

@testable import Store

@Suite struct IdentityRecordTests {
    let directory: TemporaryDirectory
    let store: ConfigurationStore
    let later = Fixtures.date.addingTimeInterval(3600)

    init() async throws {
        self.directory = try TemporaryDirectory()
        self.store = try ConfigurationStore(path: self.directory.file("sluice.db"))
        try await self.store.write { transaction in
            try transaction.insert(Fixtures.authServer())
            try transaction.insert(Fixtures.client(), in: "as")
        }
    }

    private var secret: ClientSecretRecord {
        ClientSecretRecord(
            id: "s1", serverID: "as", clientID: "client", hash: "hash", createdAt: Fixtures.date,
            updatedAt: Fixtures.date)
    }

    private func token(_ id: String) -> TokenRecord {
        TokenRecord(
            id: id, serverID: "as", clientID: "client", scopes: ["a", "b"], createdAt: Fixtures.date,
            expiresAt: self.later)
    }

    @Test func `an auth server is found by its issuer's path`() async throws {
        let found = try await self.store.read { try $0.authServer(issuerPath: "/as0123456789/auth") }
        #expect(found == Fixtures.authServer())
        #expect(try await self.store.read { try $0.authServer(issuerPath: "/other/auth") } == nil)
        #expect(try await self.store.read { try $0.authServer(issuerPath: "") } == nil)
    }

    @Test func `one client id may exist on two auth servers`() async throws {
        try await self.store.write { transaction in
            try transaction.insert(Fixtures.authServer("as2", name: "prod"))
            try transaction.insert(Fixtures.client(), in: "as2")
        }
        await #expect(throws: StoreError.taken(kind: "client", field: "id", value: "client")) {
            try await self.store.write { try $0.insert(Fixtures.client(name: "Another"), in: "as2") }
        }
    }

    @Test func `a secret is saved and disabled`() async throws {
        var secret = self.secret
        try await self.store.write { [secret] in try $0.save(secret) }
        secret.enabled = false
        try await self.store.write { [secret] in try $0.save(secret) }
        #expect(try await self.store.read { try $0.clientSecrets(server: "as", client: "client") } == [secret])
    }

    @Test func `deleting a client deletes its secrets and tokens`() async throws {
        try await self.store.write { [secret, token = self.token("t1")] transaction in
            try transaction.save(secret)
            try transaction.insert(token)
            try transaction.delete(AuthClient.self, id: "client", in: "as")
        }
        #expect(try await self.store.read { try $0.clientSecrets(server: "as", client: "client") } == [])
        #expect(try await self.store.read { try $0.token(id: "t1", server: "as") } == nil)
    }

    @Test func `signing keys come newest first and can be retired`() async throws {
        var old = SigningKeyRecord(
            kid: "k1", serverID: "as", algorithm: .rs256, sealedPrivateKey: Data([1, 2]), publicJWK: "{}",
            createdAt: Fixtures.date)
        let new = SigningKeyRecord(
            kid: "k2", serverID: "as", algorithm: .ps256, sealedPrivateKey: Data([3]), publicJWK: "{}",
            createdAt: self.later)
        old.retiredAt = self.later
        try await self.store.write { [old] transaction in
            try transaction.save(
                SigningKeyRecord(
                    kid: "k1", serverID: "as", algorithm: .rs256, sealedPrivateKey: Data([1, 2]), publicJWK: "{}",
                    createdAt: Fixtures.date))
            try transaction.save(new)
            try transaction.save(old)
        }
        #expect(try await self.store.read { try $0.signingKeys(server: "as") } == [new, old])
    }

    @Test func `live tokens are those that are neither revoked nor expired`() async throws {
        try await self.store.write { [first = self.token("t1"), second = self.token("t2")] transaction in
            try transaction.insert(first)
            try transaction.insert(second)
            try transaction.revokeToken(id: "t1", server: "as", client: "client")
        }
        let now = Fixtures.date
        let live = try await self.store.read { try $0.liveTokens(server: "as", client: "client", now: now) }
        #expect(live == [self.token("t2")])
        #expect(try await self.store.read { try $0.token(id: "t1", server: "as")?.revoked } == true)
        let end = self.later
        #expect(try await self.store.read { try $0.liveTokens(server: "as", client: "client", now: end) } == [])
    }

    @Test func `revoking an unknown token is refused`() async throws {
        await #expect(throws: StoreError.notFound(kind: "token", id: "none")) {
            try await self.store.write { try $0.revokeToken(id: "none", server: "as", client: "client") }
        }
    }

    @Test func `expired tokens are forgotten`() async throws {
        let end = self.later.addingTimeInterval(1)
        try await self.store.write { [token = self.token("t1")] transaction in
            try transaction.insert(token)
            try transaction.deleteTokens(expiredBefore: end)
        }
        #expect(try await self.store.read { try $0.token(id: "t1", server: "as") } == nil)
    }
}
