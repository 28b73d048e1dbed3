import Foundation
import Resources
import Synchronization
import Testing

@testable import Store

@Suite struct IdentityRecordTests {
    let directory: TemporaryDirectory
    let store: ConfigurationStore
    let later = IdentityRecordTests.end
    private static let end = Fixtures.date.addingTimeInterval(3600)

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

    private func token(_ id: String) -> TokenRecord { Self.token(id) }

    private static func token(_ id: String) -> TokenRecord {
        TokenRecord(
            id: id, serverID: "as", clientID: "client", scopes: ["a", "b"], createdAt: Fixtures.date,
            expiresAt: self.end)
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
        let live = try await self.live(now)
        #expect(live.tokens == [self.token("t2")])
        #expect(live.total == 1)
        #expect(try await self.store.read { try $0.token(id: "t1", server: "as") } == nil, "its record is gone")
        let end = self.later
        #expect(try await self.live(end).total == 0)
    }

    private func live(_ now: Date, _ page: TokenPage = TokenPage(limit: 10)) async throws -> (
        tokens: [TokenRecord], total: Int
    ) {
        try await self.store.read { try $0.liveTokens(server: "as", client: "client", now: now, page: page) }
    }

    @Test func `a page of tokens is cut, ordered and found by id in the database`() async throws {
        try await self.store.write { transaction in
            for number in 1...25 {
                try transaction.insert(
                    TokenRecord(
                        id: "t\(number)", serverID: "as", clientID: "client", scopes: [],
                        createdAt: Fixtures.date.addingTimeInterval(Double(number)),
                        expiresAt: Self.end.addingTimeInterval(Double(-number))))
            }
        }
        let second = try await self.live(Fixtures.date, TokenPage(limit: 10, offset: 10))
        #expect(second.tokens.map(\.id) == (11...20).map { "t\($0)" })
        #expect(second.total == 25)
        let soonest = try await self.live(
            Fixtures.date, TokenPage(order: [(.expiresAt, false)], limit: 2))
        #expect(soonest.tokens.map(\.id) == ["t25", "t24"])
        let latest = try await self.live(Fixtures.date, TokenPage(order: [(.createdAt, true)], limit: 1))
        #expect(latest.tokens.map(\.id) == ["t25"])
        let one = try await self.live(Fixtures.date, TokenPage(ids: ["t7"], limit: 10))
        #expect(one.tokens.map(\.id) == ["t7"])
        #expect(one.total == 1)
        #expect(try await self.live(Fixtures.date, TokenPage(limit: 10, offset: .max)).tokens == [])
        #expect(try await self.count(Fixtures.date, upTo: 20) == 20)
    }

    private func count(_ now: Date, upTo limit: Int = 1000) async throws -> Int {
        try await self.store.read {
            try $0.liveTokenCount(server: "as", client: "client", now: now, upTo: limit)
        }
    }

    /// What an older release marked as revoked is still there.
    @Test func `tokens that are revoked or over are not counted`() async throws {
        try await self.store.write { transaction in
            for number in 1...3 { try transaction.insert(Self.token("t\(number)")) }
            var revoked = Self.token("old")
            revoked.revoked = true
            try transaction.insert(revoked)
            try transaction.revokeToken(id: "t3", server: "as", client: "client")
        }
        #expect(try await self.count(Fixtures.date) == 2)
        #expect(try await self.count(self.later) == 0)
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
            try transaction.deleteTokens(expiredBefore: end, limit: 10)
        }
        #expect(try await self.store.read { try $0.token(id: "t1", server: "as") } == nil)
    }

    @Test func `no more expired tokens are forgotten in a transaction than it is told`() async throws {
        let end = self.later.addingTimeInterval(1)
        try await self.store.write { transaction in
            for number in 1...5 { try transaction.insert(Self.token("t\(number)")) }
            try transaction.deleteTokens(expiredBefore: end, limit: 3)
        }
        #expect(try await self.count(Fixtures.date) == 2)
    }

    /// What takes access away, and what only adds to it.
    @Test func `whatever tokens rest on is told when it changes, and nothing else is`() async throws {
        let told = Mutex<[IssuerChanges]>([])
        self.store.observeIssuers { changes in told.withLock { $0.append(changes) } }
        func tells(_ body: @escaping @Sendable (StoreTransaction) throws -> Void) async throws -> [IssuerChanges] {
            try await self.store.write(body)
            return told.withLock { all in
                defer { all = [] }
                return all
            }
        }
        let (token, secret) = (self.token("t1"), self.secret)
        func changes(_ part: IssuerChanges.Part) -> [IssuerChanges] {
            var changes = IssuerChanges()
            changes.insert(part, of: Fixtures.authServer().issuer)
            return [changes]
        }
        let (issuer, keySet) = (changes(.tokens), changes(.keySet))
        let scope = AuthScope(id: "sc", name: "read", createdAt: Fixtures.date, updatedAt: Fixtures.date)
        let key = SigningKeyRecord(
            kid: "k1", serverID: "as", algorithm: .rs256, sealedPrivateKey: Data([1]), publicJWK: "{}",
            createdAt: Fixtures.date)

        #expect(try await tells { try $0.insert(Fixtures.gateway()) } == [])
        #expect(try await tells { try $0.insert(Fixtures.client("other", name: "Other"), in: "as") } == [])
        #expect(try await tells { try $0.insert(scope, in: "as") } == [])
        #expect(try await tells { try $0.insert(token) } == [])
        #expect(try await tells { try $0.deleteTokens(expiredBefore: .distantFuture, limit: 0) } == [])

        #expect(try await tells { try $0.replace(Fixtures.client(), in: "as") } == issuer)
        #expect(try await tells { try $0.replace(scope, in: "as") } == issuer)
        #expect(try await tells { try $0.replace(Fixtures.authServer()) } == keySet)
        #expect(try await tells { try $0.save(secret) } == issuer)
        #expect(
            try await tells { try $0.deleteClientSecret(id: "s1", server: "as", client: "client") } == issuer)
        #expect(
            try await tells { try $0.deleteClientSecrets(server: "as", client: "client", except: "") } == issuer)
        #expect(try await tells { try $0.save(key) } == keySet)
        #expect(try await tells { try $0.deleteSigningKey(kid: "k1", server: "as") } == keySet)
        #expect(
            try await tells { try $0.revokeToken(id: "t1", server: "as", client: "client") }
                == changes(.token("t1")))
        #expect(try await tells { try $0.revokeTokens(server: "as", client: "client") } == issuer)
        #expect(try await tells { try $0.delete(AuthScope.self, id: "sc", in: "as") } == issuer)
        #expect(try await tells { try $0.delete(AuthClient.self, id: "other", in: "as") } == issuer)
        #expect(try await tells { try $0.delete(AuthServer.self, id: "as") } == keySet)
    }

    @Test func `a change that fails or is rehearsed is not told`() async throws {
        self.store.observeIssuers { Issue.record("told of \($0)") }
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await self.store.write { transaction in
                try transaction.delete(AuthServer.self, id: "as")
                throw Failure()
            }
        }
        _ = try await self.store.rehearse { try $0.delete(AuthServer.self, id: "as") }
        #expect(try await self.store.read { try $0.find(AuthServer.self, id: "as") } != nil)
    }
}
