import Foundation
import HTTPTypes
import Store
import Testing

@testable import Identity

@Suite struct TokenLimitTests {
    private func fill(
        _ identity: TestIdentity, _ server: TestIdentity.Server, _ client: TestIdentity.Client, isRevoked: Bool = false
    ) async throws {
        let now = identity.clock.now
        try await identity.identity.core.store.write { transaction in
            for number in 0..<IdentityCore.maximumTokens {
                try transaction.insert(
                    TokenRecord(
                        id: "t\(number)", serverID: server.id, clientID: client.id, scopes: [], createdAt: now,
                        expiresAt: now.addingTimeInterval(600), revoked: isRevoked))
            }
        }
    }

    @Test func `a client with too many tokens is served again when they are over`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            try await self.fill(identity, server, client)
            let refused = try await identity.requestToken(of: server, client)
            #expect(refused.text("error") == "temporarily_unavailable", "\(refused.body)")
            identity.clock.advance(bySeconds: 600)
            #expect(try await identity.requestToken(of: server, client).status == .ok)
        }
    }

    @Test func `a client with too many tokens is served again when they are revoked`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            try await self.fill(identity, server, client)
            #expect(try await identity.requestToken(of: server, client).status != .ok)
            let path = "/v1/auth-servers/\(server.id)/clients/\(client.id)/tokens"
            #expect(try await identity.send(.delete, path).status == .noContent)
            #expect(try await identity.requestToken(of: server, client).status == .ok)
        }
    }

    @Test func `tokens that an older release marked as revoked do not count`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            try await self.fill(identity, server, client, isRevoked: true)
            #expect(try await identity.requestToken(of: server, client).status == .ok)
        }
    }
}
