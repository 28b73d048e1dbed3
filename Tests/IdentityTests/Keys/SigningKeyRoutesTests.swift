import Foundation
import HTTPTypes
import Testing

@Suite struct SigningKeyRoutesTests {
    private func states(_ identity: TestIdentity, _ server: TestIdentity.Server) async throws -> [String: String] {
        let keys = try await identity.get("/v1/auth-servers/\(server.id)/keys?page[size]=100").data
        return Dictionary(
            uniqueKeysWithValues: keys.map { ($0["id"] as? String ?? "", $0["state"] as? String ?? "") })
    }

    private func publishedIDs(_ identity: TestIdentity, _ server: TestIdentity.Server) async throws -> Set<String> {
        let answer = try await identity.get("\(server.path)/.well-known/jwks")
        return Set((answer["keys"] as? [[String: Any]] ?? []).compactMap { $0["kid"] as? String })
    }

    private func kid(_ identity: TestIdentity, _ server: TestIdentity.Server, _ client: TestIdentity.Client)
        async throws -> String
    {
        try identity.part(0, of: try await identity.token(of: server, client))["kid"] as? String ?? ""
    }

    @Test func `a new key is published first and signs later, without a restart`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let old = try await self.kid(identity, server, client)
            let made = try await identity.rotateKey(of: server, signsInSeconds: 300)
            #expect(made.status == .created)
            #expect(made.text("state") == "published")
            #expect(!made.body.contains("private"))
            let new = try #require(made.text("id"))
            #expect(try await self.publishedIDs(identity, server) == [old, new])
            #expect(try await self.kid(identity, server, client) == old)
            #expect(try await self.states(identity, server) == [old: "signing", new: "published"])
            identity.clock.advance(bySeconds: 299)
            #expect(try await self.kid(identity, server, client) == old)
            identity.clock.advance(bySeconds: 1)
            #expect(try await self.kid(identity, server, client) == new)
            #expect(try await self.states(identity, server) == [old: "retired", new: "signing"])
            #expect(try await self.publishedIDs(identity, server) == [old, new])
        }
    }

    @Test func `a key that is withdrawn leaves the set at once, and another signs`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let path = "/v1/auth-servers/\(server.id)/keys"
            let leaked = try await self.kid(identity, server, client)
            #expect(try await identity.send(.delete, "\(path)/\(leaked)").status == .noContent)
            let successor = try await self.kid(identity, server, client)
            #expect(successor != leaked)
            #expect(try await self.publishedIDs(identity, server) == [successor])

            // The one that is published takes over, if there is one.
            let next = try #require(try await identity.rotateKey(of: server, signsInSeconds: 600).text("id"))
            #expect(try await identity.send(.delete, "\(path)/\(successor)").status == .noContent)
            #expect(try await self.kid(identity, server, client) == next)
            #expect(try await self.states(identity, server) == [next: "signing"])

            // Without the published one, the one that signs goes on.
            let unwanted = try #require(try await identity.rotateKey(of: server, signsInSeconds: 600).text("id"))
            #expect(try await identity.send(.delete, "\(path)/\(unwanted)").status == .noContent)
            identity.clock.advance(bySeconds: 601)
            #expect(try await self.states(identity, server) == [next: "signing"])
            #expect(try await self.kid(identity, server, client) == next)

            #expect(try await identity.send(.delete, "\(path)/\(unwanted)").status == .notFound)
            #expect(try await identity.get("\(path)/\(next)").text("state") == "signing")
            #expect(try await identity.get("\(path)/\(leaked)").status == .notFound)
        }
    }

    @Test func `one key waits to sign, and keys have a bound`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let first = try #require(try await identity.rotateKey(of: server, signsInSeconds: 600).text("id"))
            _ = try await identity.rotateKey(of: server, signsInSeconds: 60)
            #expect(try await self.states(identity, server)[first] == nil)
            for seconds in [-1, 604_801] {
                #expect(try await identity.rotateKey(of: server, signsInSeconds: seconds).status == .badRequest)
            }
            var status = 201
            for _ in 0..<20 where status == 201 {
                status = try await identity.rotateKey(of: server).status.code
            }
            #expect(status == 409)
            #expect(try await self.states(identity, server).count == 16)
        }
    }
}
