import Foundation
import HTTPTypes
import JSON
import Store
import Testing

@Suite struct AuditTests {
    private static func records(_ identity: TestIdentity) async throws -> [AuditRecord] {
        let store = try ConfigurationStore(path: identity.directory.appending(path: "sluice.db").path)
        defer { try? store.close() }
        return try await store.read { try $0.auditRecords(limit: 1000, offset: 0) { _ in true }.records.reversed() }
    }

    @Test func `changes of servers, clients, secrets, keys and tokens are kept without what is secret`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let path = "/v1/auth-servers/\(server.id)/clients/\(client.id)"
            let scope = try await identity.create("scopes", of: server, ["name": "read"])
            #expect(scope.status == .created)
            let secret = try await identity.send(.post, "\(path)/secrets", json: ["secret": "chosen-s3cret"])
            #expect(secret.status == .created)
            let token = try await identity.token(of: server, client)
            #expect(try await identity.form("\(server.path)/revoke", ["token": token], basic: client).status == .ok)
            #expect(try await identity.send(.delete, "\(path)/tokens").status == .noContent)
            #expect(try await identity.send(.delete, path).status == .noContent)

            let records = try await Self.records(identity)
            let told = records.map { "\($0.change.action) \($0.change.entity)" }
            for expected in [
                "created auth server", "created signing key", "created client", "created scope",
                "created client secret",
                "revoked token", "revoked tokens of the client", "deleted client",
            ] {
                #expect(told.contains(expected), "\(expected) in \(told)")
            }
            #expect(records.first { $0.change.entity == "token" }?.origin.who == "client \(client.id)")
            let text = String(decoding: try EntityCoding.encode(records), as: UTF8.self)
            for hidden in ["chosen-s3cret", client.secret, token, "scrypt", "\"d\""] {
                #expect(!text.contains(hidden))
            }
        }
    }
}
