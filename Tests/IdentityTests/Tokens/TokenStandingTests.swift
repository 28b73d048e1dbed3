import EngineInterface
import Foundation
import HTTPTypes
import Testing

@testable import Identity

/// Everything that takes access away, as the gateway is told of it.
@Suite struct TokenStandingTests {
    /// A server whose client has a scope, and a token with it.
    private struct World {
        var server: TestIdentity.Server
        var client: TestIdentity.Client
        var scopeID: String
        var token: String

        init(_ identity: TestIdentity) async throws {
            self.server = try await identity.createServer()
            self.scopeID = try #require(
                try await identity.create("scopes", of: self.server, ["name": "read"]).text("id"))
            self.client = try await identity.createClient(of: self.server, ["allow_scopes": [self.scopeID]])
            self.token = try await identity.token(of: self.server, self.client, scope: "read")
        }

        var path: String { "/v1/auth-servers/\(self.server.id)" }
        var clientPath: String { "\(self.path)/clients/\(self.client.id)" }
    }

    enum Withdrawal: CaseIterable {
        case server, client, recreatedClient, grant, method, secret, disabledSecret, token, allTokens, revocation
        case scope, disabledScope, renamedScope, allowedScopes, key

        var standing: TokenStanding {
            switch self {
            case .server: .foreign
            case .client, .recreatedClient, .token, .allTokens, .revocation: .withdrawn(.revoked)
            case .grant, .method: .withdrawn(.grantWithdrawn)
            case .secret, .disabledSecret: .withdrawn(.secretWithdrawn)
            case .scope, .disabledScope, .renamedScope, .allowedScopes: .withdrawn(.scopeWithdrawn("read"))
            case .key: .withdrawn(.keyWithdrawn)
            }
        }
    }

    @Test(arguments: Withdrawal.allCases)
    func `a token is good until what it rests on is taken away`(withdrawal: Withdrawal) async throws {
        try await withIdentity { identity in
            let world = try await World(identity)
            #expect(try await identity.standing(of: world.token) == .good)
            try await self.perform(withdrawal, world, identity)
            #expect(try await identity.standing(of: world.token) == withdrawal.standing)
            // Introspection says the same.
            guard withdrawal != .server else { return }
            let observer = try await identity.createClient(of: world.server, ["name": "RS", "may_introspect": true])
            let answer = try await identity.form(
                "\(world.server.path)/introspect", ["token": world.token], basic: observer)
            #expect(answer.body == "{\"active\":false}")
        }
    }

    private func perform(_ withdrawal: Withdrawal, _ world: World, _ identity: TestIdentity) async throws {
        let client = world.clientPath
        switch withdrawal {
        case .server:
            _ = try await identity.send(.delete, "\(world.path)?force=true")
        case .client:
            _ = try await identity.send(.delete, client)
        case .recreatedClient:
            _ = try await identity.send(.delete, client)
            _ = try await identity.send(
                .put, client,
                json: [
                    "name": "Client", "grant_types": ["client_credentials"], "response_types": ["token"],
                    "allow_all_scopes": true,
                ])
        case .grant:
            _ = try await identity.send(.patch, client, json: ["grant_types": ["implicit"]])
        case .method:
            _ = try await identity.send(.patch, client, json: ["token_endpoint_auth_method": "none"])
        case .secret, .disabledSecret:
            let secret = try await identity.get("\(client)/secrets").data.first?["id"] as? String ?? ""
            if withdrawal == .secret {
                _ = try await identity.send(.delete, "\(client)/secrets/\(secret)")
            } else {
                _ = try await identity.send(.patch, "\(client)/secrets/\(secret)", json: ["enabled": false])
            }
        case .token:
            let token = try await identity.get("\(client)/tokens").data.first?["id"] as? String ?? ""
            _ = try await identity.send(.delete, "\(client)/tokens/\(token)")
        case .allTokens:
            _ = try await identity.send(.delete, "\(client)/tokens")
        case .revocation:
            _ = try await identity.form("\(world.server.path)/revoke", ["token": world.token], basic: world.client)
        case .scope:
            _ = try await identity.send(.delete, "\(world.path)/scopes/\(world.scopeID)")
        case .disabledScope:
            _ = try await identity.send(.patch, "\(world.path)/scopes/\(world.scopeID)", json: ["enabled": false])
        case .renamedScope:
            _ = try await identity.send(.patch, "\(world.path)/scopes/\(world.scopeID)", json: ["name": "write"])
        case .allowedScopes:
            _ = try await identity.send(.patch, client, json: ["allow_scopes": []])
        case .key:
            let key = try await identity.get("\(world.path)/keys").data.first?["id"] as? String ?? ""
            _ = try await identity.send(.delete, "\(world.path)/keys/\(key)")
        }
    }

    @Test func `what takes no access away leaves a token good`() async throws {
        try await withIdentity { identity in
            let world = try await World(identity)
            for (path, change) in [
                (world.path, ["description": "other"]), (world.path, ["signing_algorithm": "PS256"]),
                (world.clientPath, ["access_token_duration": 60]), (world.clientPath, ["allow_all_scopes": true]),
                ("\(world.path)/scopes/\(world.scopeID)", ["description": "other", "default": true]),
            ] as [(String, [String: Any])] {
                #expect(try await identity.send(.patch, path, json: change).status == .ok)
                #expect(try await identity.standing(of: world.token) == .good)
            }
            #expect(try await identity.send(.post, "\(world.clientPath)/secrets", json: [:]).status == .created)
            #expect(try await identity.rotateKey(of: world.server).status == .created)
            #expect(try await identity.standing(of: world.token) == .good)
        }
    }

    @Test func `a token that comes back into force is good again, and one that is over longest keeps its record`()
        async throws
    {
        try await withIdentity { identity in
            let world = try await World(identity)
            let secret = try await identity.get("\(world.clientPath)/secrets").data.first?["id"] as? String ?? ""
            for (enabled, standing) in [(false, TokenStanding.withdrawn(.secretWithdrawn)), (true, .good)] {
                _ = try await identity.send(
                    .patch, "\(world.clientPath)/secrets/\(secret)", json: ["enabled": enabled])
                #expect(try await identity.standing(of: world.token) == standing)
            }
            // Gateways take a token for half a minute after its end, for the sake of clocks that differ.
            identity.clock.advance(bySeconds: 330)
            _ = try await identity.token(of: world.server, world.client)
            #expect(try await identity.standing(of: world.token) == .good)
        }
    }

    @Test func `tokens of other issuers are none of ours`() async throws {
        try await withIdentity { identity in
            _ = try await identity.createServer()
            let token = IssuedToken(issuer: "https://elsewhere", id: "x", keyID: "y")
            #expect(try await identity.identity.standings(of: [token, token]) == [.foreign, .foreign])
        }
    }
}
