import Foundation
import JSON
import Resources
import Testing

@testable import Store

@Suite struct AuditStoreTests {
    let directory: TemporaryDirectory

    init() throws {
        self.directory = try TemporaryDirectory()
    }

    private func store(_ bounds: AuditBounds = AuditBounds()) throws -> ConfigurationStore {
        try ConfigurationStore(path: self.directory.file("sluice.db"), auditBounds: bounds)
    }

    private func all(_ store: ConfigurationStore) async throws -> [AuditRecord] {
        try await store.read { try $0.auditRecords(limit: 1000, offset: 0) { _ in true }.records }
    }

    @Test func `the newest are kept, over a restart too`() async throws {
        var bounds = AuditBounds()
        bounds.records = 3
        let store = try self.store(bounds)
        for index in 0..<10 { try await store.record(AuditChange(.created, "topic", id: "\(index)")) }
        #expect(try await self.all(store).map(\.change.entityID) == ["9", "8", "7"])
        try store.close()
        let reopened = try self.store(bounds)
        try await reopened.record(AuditChange(.deleted, "topic", id: "10"))
        let records = try await self.all(reopened)
        #expect(records.map(\.change.entityID) == ["10", "9", "8"])
        #expect(records.map(\.id) == [11, 10, 9])
    }

    @Test func `what clients do takes no place from what operators did`() async throws {
        var bounds = AuditBounds()
        bounds.records = 3
        bounds.clientRecords = 2
        let store = try self.store(bounds)
        for index in 0..<4 { try await store.record(AuditChange(.created, "topic", id: "\(index)")) }
        try await AuditOrigin.$current.withValue(AuditOrigin(who: AuditOrigin.stranger)) {
            for index in 0..<20 {
                try await store.record(AuditChange(.revoked, "token", id: "t\(index)", who: "client me"))
            }
        }
        #expect(try await self.all(store).map(\.change.entityID) == ["t19", "t18", "3", "2", "1"])
        #expect(try await self.all(store).first?.origin.who == "client me")
        try await store.record(AuditChange(.deleted, "topic", id: "4"))
        #expect(try await self.all(store).map(\.change.entityID) == ["4", "t19", "t18", "3", "2"])
    }

    @Test func `what is deleted with what it lies in has a record of its own`() async throws {
        let store = try self.store()
        try await store.write { transaction in
            try transaction.insert(Fixtures.gateway())
            try transaction.insert(Fixtures.backend(), in: "gw")
            try transaction.insert(Fixtures.virtualCluster(), in: "gw")
            try transaction.insert(Fixtures.acl("p1"), in: "vc")
            try transaction.insert(Fixtures.acl("p2"), in: "vc")
            try transaction.insert(Fixtures.listener(), in: "gw")
            try transaction.insert(Fixtures.forward(), in: "ls")
            try transaction.insert(Fixtures.authServer())
            try transaction.insert(Fixtures.client(), in: "as")
            try transaction.save(
                ClientSecretRecord(
                    id: "s1", serverID: "as", clientID: "client", hash: "hash", createdAt: Fixtures.date,
                    updatedAt: Fixtures.date))
            try transaction.save(
                SigningKeyRecord(
                    kid: "k1", serverID: "as", algorithm: .rs256, sealedPrivateKey: Data([1]), publicJWK: "{}",
                    createdAt: Fixtures.date))
            for id in ["t1", "t2"] {
                try transaction.insert(
                    TokenRecord(
                        id: id, serverID: "as", clientID: "client", scopes: [], createdAt: Fixtures.date,
                        expiresAt: .distantFuture))
            }
            try transaction.insert(
                AuthScope(id: "sc", name: "read", createdAt: Fixtures.date, updatedAt: Fixtures.date), in: "as")
        }
        func deleted(_ body: @escaping @Sendable (StoreTransaction) throws -> Void) async throws -> [String] {
            let before = try await self.all(store).count
            try await store.write(body)
            let records = try await self.all(store)
            return records.prefix(records.count - before).reversed().map { record in
                let change = record.change
                #expect(change.before != nil, "\(change)")
                return "\(change.action) \(change.entity) \(change.entityID)"
            }
        }
        let listener = try await deleted { try $0.delete(Listener.self, id: "ls", in: "gw") }
        #expect(listener == ["deleted listener policy fw", "deleted listener ls"])
        #expect(try await self.all(store).prefix(2).map(\.change.gatewayID) == ["gw", "gw"])
        #expect(Set(try await self.all(store).prefix(2).map(\.change.version)).count == 1)
        let gateway = try await deleted { try $0.delete(Gateway.self, id: "gw") }
        #expect(
            gateway == [
                "deleted cluster policy p1", "deleted cluster policy p2", "deleted virtual cluster vc",
                "deleted backend cluster bc", "deleted gateway gw",
            ])
        let server = try await deleted { try $0.delete(AuthServer.self, id: "as") }
        #expect(
            server == [
                "deleted client secret s1", "revoked tokens of the client client", "deleted client client",
                "deleted scope sc", "deleted signing key k1", "deleted auth server as",
            ])
    }

    @Test func `large values are bounded, each and together`() async throws {
        var bounds = AuditBounds()
        bounds.bytes = 20_000
        bounds.valueBytes = 5_000
        let store = try self.store(bounds)
        let large = JSONValue.string(String(repeating: "x", count: 4_000))
        for index in 0..<20 { try await store.record(AuditChange(.created, "topic", id: "\(index)", after: large)) }
        let kept = try await self.all(store)
        #expect((3...5).contains(kept.count))
        #expect(kept.first?.change.entityID == "19")
        #expect(kept.first?.change.after == large)
        try await store.record(
            AuditChange(.created, "topic", id: "huge", after: .string(String(repeating: "x", count: 6_000))))
        #expect(try await self.all(store).first?.change.after == .string("(6002 bytes, too large to be kept)"))
    }

    @Test func `what is undone leaves no record`() async throws {
        struct Refused: Error {}
        let store = try self.store()
        await #expect(throws: Refused.self) {
            try await store.write { transaction in
                try transaction.insert(Fixtures.gateway())
                throw Refused()
            }
        }
        _ = try await store.rehearse { try $0.insert(Fixtures.gateway()) }
        #expect(try await self.all(store).isEmpty)
    }

    @Test func `the origin comes along into the database's own turn`() async throws {
        let store = try self.store()
        let origin = AuditOrigin(
            who: "admin", method: "POST", path: "/v1/event-gateways", remoteAddress: "127.0.0.1:5", userAgent: "curl")
        try await AuditOrigin.$current.withValue(origin) {
            _ = try await store.write { try $0.insert(Fixtures.gateway()) }
        }
        try await store.write { try $0.insert(Fixtures.backend(), in: "gw") }
        let records = try await self.all(store)
        #expect(records.map(\.origin) == [.system, origin])
        #expect(records.map(\.change.version) == [2, 1])
    }

    @Test func `secrets are not kept, wherever they are`() throws {
        let value = try JSONValue(
            parsing: Array(
                #"""
                {"authentication":{"type":"sasl_plain","username":"u","password":"p4ss"},
                 "principals":[{"password":"p4ss"},{"client_secret":"s3cret","token":null}],
                 "certificates":[{"key":"-----BEGIN PRIVATE KEY-----\np4ss\n-----END PRIVATE KEY-----"}],
                 "labels":{"key":"kept"}}
                """#.utf8))
        let text = String(decoding: try EntityCoding.encode(Redaction.redacted(value)), as: UTF8.self)
        #expect(!text.contains("p4ss") && !text.contains("s3cret"))
        #expect(text.contains(#""labels":{"key":"kept"}"#))
        #expect(text.contains(#""username":"u""#))
        #expect(text.contains(#""token":null"#))
    }
}
