import EngineInterface
import Foundation
import HTTPTypes
import Testing

@testable import Identity

@Suite struct LocalKeySetTests {
    @Test func `a server's keys are found by its address, and by any other of this instance`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let document = try await identity.get("\(server.path)/.well-known/jwks").body
            for address in [
                server.issuer, "http://127.0.0.1:9190\(server.path)", "http://LOCALHOST:9190\(server.path)",
                "http://localhost:9190/behind/a/proxy\(server.path)",
            ] {
                let keys = try await identity.identity.keySet(at: address + "/.well-known/jwks")
                #expect(keys == .document(Array(document.utf8)), "\(address)")
            }
            for address in [
                "http://elsewhere:9190\(server.path)/.well-known/jwks",
                "http://127.0.0.1:9191\(server.path)/.well-known/jwks", "http://localhost:9190/other/jwks",
                "https://issuer.example/.well-known/jwks", "http://localhost:9190/.well-known/jwks", "", "nonsense",
            ] {
                #expect(try await identity.identity.keySet(at: address) == .elsewhere, "\(address)")
            }
        }
    }

    /// Whoever serves there says so: of an address of this instance, it answers 404 itself.
    @Test func `a deleted server has no keys here`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            _ = try await identity.send(.delete, "/v1/auth-servers/\(server.id)?force=true")
            #expect(try await identity.identity.keySet(at: server.issuer + "/.well-known/jwks") == .elsewhere)
            #expect(try await identity.get("\(server.path)/.well-known/jwks").status == .notFound)
        }
    }
}
