import EngineInterface
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JWTKit
import Resources
import Testing

@testable import Identity

@Suite struct PublicEndpointsTests {
    // MARK: Discovery

    @Test func `the metadata names what is there and only enabled, listed scopes`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            _ = try await identity.create("scopes", of: server, ["name": "listed", "include_in_metadata": true])
            _ = try await identity.create("scopes", of: server, ["name": "unlisted"])
            _ = try await identity.create(
                "scopes", of: server, ["name": "off", "include_in_metadata": true, "enabled": false])
            for document in ["openid-configuration", "oauth-authorization-server"] {
                let answer = try await identity.get("\(server.path)/.well-known/\(document)")
                #expect(answer.status == .ok)
                #expect(answer.text("issuer") == server.issuer)
                #expect(answer.text("jwks_uri") == "\(server.issuer)/.well-known/jwks")
                #expect(answer.text("token_endpoint") == "\(server.issuer)/oauth/token")
                #expect(answer.texts("scopes_supported") == ["listed"])
                #expect(answer.texts("grant_types_supported") == ["client_credentials"])
                #expect(answer["authorization_endpoint"] == nil)
            }
        }
    }

    @Test func `an issuer that does not exist is not found`() async throws {
        try await withIdentity { identity in
            let keys = try await identity.get("/aaaaaaaaaaaaaaaa/auth/.well-known/jwks")
            #expect(keys.status == .notFound)
            let token = try await identity.form("/aaaaaaaaaaaaaaaa/auth/oauth/token", [:])
            #expect(token.status == .notFound)
        }
    }

    @Test func `the key set holds one public RSA key and nothing private`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let answer = try await identity.get("\(server.path)/.well-known/jwks")
            let keys = answer["keys"] as? [[String: Any]] ?? []
            #expect(keys.count == 1)
            #expect(Set(keys.first?.keys.map { $0 } ?? []) == ["kty", "n", "e", "alg", "use", "kid"])
            #expect(keys.first?["kty"] as? String == "RSA")
            #expect(keys.first?["alg"] as? String == "RS256")
            #expect((keys.first?["n"] as? String)?.count == 342)
        }
    }

    // MARK: Tokens

    @Test(arguments: SigningAlgorithm.allCases)
    func `a token verifies with the published key set`(algorithm: SigningAlgorithm) async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer(["signing_algorithm": algorithm.rawValue])
            let client = try await identity.createClient(of: server)
            let token = try await identity.token(of: server, client)

            let keys = JWTKeyCollection()
            try await keys.add(jwksJSON: identity.get("\(server.path)/.well-known/jwks").body)
            let claims = try await keys.verify(token, as: AccessTokenClaims.self)
            #expect(claims.issuer == server.issuer)
            #expect(claims.clientID == client.id)
            let header = try identity.part(0, of: token)
            #expect(header["alg"] as? String == algorithm.rawValue)
            #expect(header["typ"] as? String == "JWT")
            #expect(UUID(uuidString: header["kid"] as? String ?? "") != nil)
        }
    }

    @Test func `a token carries the claims of the reference`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server, ["access_token_duration": 3600])
            let answer = try await identity.requestToken(of: server, client)
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.text("token_type") == "Bearer")
            #expect(answer["expires_in"] as? Int == 3600)
            #expect(answer["scope"] == nil)

            let claims = try identity.part(1, of: answer.text("access_token") ?? "")
            let now = Int(identity.clock.now.timeIntervalSince1970)
            #expect(claims["iss"] as? String == server.issuer)
            #expect(claims["sub"] as? String == client.id)
            #expect(claims["client_id"] as? String == client.id)
            #expect(claims["aud"] as? [String] == ["http://example.test"])
            #expect(claims["iat"] as? Int == now)
            #expect(claims["nbf"] as? Int == now)
            #expect(claims["exp"] as? Int == now + 3600)
            // Kafka's Java client refuses an empty one.
            #expect(claims["scope"] == nil)
            #expect(UUID(uuidString: claims["jti"] as? String ?? "") != nil)
        }
    }

    @Test func `HTTP Basic works as the form does`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let answer = try await identity.form(
                "\(server.path)/oauth/token", ["grant_type": "client_credentials"], basic: client)
            #expect(answer.status == .ok)
        }
    }

    @Test(arguments: ["a+b%41c", "100%zz", "plain", "with space", "\u{e9}"])
    func `HTTP Basic takes a secret form-encoded and as it is`(secret: String) async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            _ = try await identity.send(
                .put, "/v1/auth-servers/\(server.id)/clients/mine",
                json: [
                    "name": "Mine", "client_secret": secret, "grant_types": ["client_credentials"],
                    "response_types": ["token"],
                ])
            let encoded = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            for (text, status) in [(secret, HTTPResponse.Status.ok), (encoded, .ok), (secret + "x", .unauthorized)] {
                let answer = try await identity.form(
                    "\(server.path)/oauth/token", ["grant_type": "client_credentials"],
                    basic: TestIdentity.Client(id: "mine", secret: text))
                #expect(answer.status == status)
            }
        }
    }

    @Test func `claims follow the four inclusion modes`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let scope = try await identity.create("scopes", of: server, ["name": "read"])
            let scopeID = scope.text("id") ?? ""
            let client = try await identity.createClient(of: server, ["allow_all_scopes": true])
            for (name, settings) in [
                "always": ["include_in_token": true, "include_in_all_scopes": true],
                "scoped": ["include_in_token": true, "include_in_scopes": [scopeID]],
                "unscoped": ["include_in_token": true],
                "never": [:],
            ] as [String: [String: Any]] {
                let body = settings.merging(["name": name, "value": "{\"n\":1}"]) { left, _ in left }
                #expect(try await identity.create("claims", of: server, body).status == .created)
            }
            let scoped = try identity.part(1, of: try await identity.token(of: server, client, scope: "read"))
            #expect(scoped["scope"] as? String == "read")
            #expect(Set(scoped.keys).intersection(["always", "scoped", "unscoped", "never"]) == ["always", "scoped"])
            #expect((scoped["always"] as? [String: Any])?["n"] as? Int == 1)

            let unscopedToken = try await identity.token(of: server, client)
            let unscoped = try identity.part(1, of: unscopedToken)
            #expect(
                Set(unscoped.keys).intersection(["always", "scoped", "unscoped", "never"]) == ["always", "unscoped"])

            let userInfo = try await identity.get("\(server.path)/userinfo", bearer: unscopedToken)
            #expect(userInfo.status == .ok)
            #expect((userInfo["never"] as? [String: Any])?["n"] as? Int == 1)
            #expect(userInfo.text("sub") == client.id)
        }
    }

    // MARK: Errors

    @Test func `every refusal has the code and status of RFC 6749`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let implicit = try await identity.createClient(
                of: server, ["name": "Implicit", "grant_types": ["implicit"]])
            let keyless = try await identity.createClient(
                of: server, ["name": "Keyless", "token_endpoint_auth_method": "none"])
            func fields(_ client: TestIdentity.Client, _ more: [String: String] = [:]) -> [String: String] {
                ["grant_type": "client_credentials", "client_id": client.id, "client_secret": client.secret]
                    .merging(more) { _, new in new }
            }
            let cases: [([String: String], HTTPResponse.Status, String)] = [
                (fields(client, ["grant_type": ""]), .badRequest, "invalid_request"),
                (fields(client, ["grant_type": "password"]), .badRequest, "unsupported_grant_type"),
                (fields(client, ["client_secret": "wrong"]), .unauthorized, "invalid_client"),
                (fields(client, ["client_secret": ""]), .unauthorized, "invalid_client"),
                (fields(client, ["client_id": "unknown"]), .unauthorized, "invalid_client"),
                (fields(client, ["client_id": ""]), .badRequest, "invalid_request"),
                (fields(client, ["scope": "unknown"]), .badRequest, "invalid_scope"),
                (fields(implicit), .badRequest, "unauthorized_client"),
                (fields(keyless), .badRequest, "unauthorized_client"),
            ]
            for (form, status, code) in cases {
                let answer = try await identity.form("\(server.path)/oauth/token", form)
                #expect(answer.status == status, "\(form)")
                #expect(answer.text("error") == code, "\(form)")
                #expect(answer.text("error_description")?.isEmpty == false)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect((answer.headers[.wwwAuthenticate] != nil) == (status == .unauthorized))
            }
        }
    }

    @Test func `a wrong secret in HTTP Basic is challenged with Basic`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let answer = try await identity.form(
                "\(server.path)/oauth/token", ["grant_type": "client_credentials"],
                basic: .init(id: client.id, secret: "wrong"))
            #expect(answer.status == .unauthorized)
            #expect(answer.text("error") == "invalid_client")
            #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
        }
    }

    @Test func `a body that is no form, repeats a parameter or is too large is an invalid request`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let path = "\(server.path)/oauth/token"
            let json = try await identity.post(path, type: "application/json", body: "{}")
            #expect(json.status == .badRequest)
            #expect(json.text("error") == "invalid_request")
            let form = "application/x-www-form-urlencoded; charset=utf-8"
            let repeated = try await identity.post(path, type: form, body: "grant_type=a&grant_type=a")
            #expect(repeated.status == .badRequest)
            #expect(repeated.text("error") == "invalid_request")
            let large = try await identity.post(path, type: form, body: String(repeating: "a", count: 20_000))
            #expect(large.status == .contentTooLarge)
            #expect(large.text("error") == "invalid_request")
        }
    }

    @Test func `a scope that is disabled can no longer be requested`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let scope = try await identity.create("scopes", of: server, ["name": "read", "default": true])
            let client = try await identity.createClient(of: server, ["allow_all_scopes": true])
            #expect(try await identity.requestToken(of: server, client).text("scope") == "read")
            _ = try await identity.patch("scopes/\(scope.text("id") ?? "")", of: server, ["enabled": false])
            #expect(try await identity.requestToken(of: server, client).text("scope") == nil)
            let refused = try await identity.requestToken(of: server, client, scope: "read")
            #expect(refused.text("error") == "invalid_scope")
        }
    }

    // MARK: Introspection and revocation

    @Test func `introspection tells an active token from an expired, revoked or foreign one`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server, ["may_introspect": true])
            let path = "\(server.path)/introspect"
            let token = try await identity.token(of: server, client)

            let active = try await identity.form(path, ["token": token], basic: client)
            #expect(active.status == .ok)
            #expect(active["active"] as? Bool == true)
            #expect(active.text("client_id") == client.id)
            #expect(active.text("token_type") == "Bearer")

            let anonymous = try await identity.form(path, ["token": token])
            #expect(anonymous.status == .unauthorized)

            for foreign in [
                "x", "a.b.c", token.replacing(".", with: ".e30", maxReplacements: 1), String(token.dropLast(8)),
            ] {
                let answer = try await identity.form(path, ["token": foreign], basic: client)
                #expect(answer.body == "{\"active\":false}")
            }

            let revoked = try await identity.token(of: server, client)
            let other = try await identity.createClient(of: server, ["name": "Other"])
            #expect(try await identity.form("\(server.path)/revoke", ["token": revoked], basic: other).status == .ok)
            #expect(try await identity.form(path, ["token": revoked], basic: client)["active"] as? Bool == true)
            #expect(try await identity.form("\(server.path)/revoke", ["token": revoked], basic: client).status == .ok)
            #expect(try await identity.form(path, ["token": revoked], basic: client).body == "{\"active\":false}")
            #expect(try await identity.get("\(server.path)/userinfo", bearer: revoked).status == .unauthorized)

            identity.clock.advance(bySeconds: 300)
            #expect(try await identity.form(path, ["token": token], basic: client).body == "{\"active\":false}")
        }
    }

    @Test func `a client introspects its own tokens, and those of others only if it may`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let other = try await identity.createClient(of: server, ["name": "Other"])
            let token = try await identity.token(of: server, client)
            func sees(_ caller: TestIdentity.Client) async throws -> String? {
                let answer = try await identity.form("\(server.path)/introspect", ["token": token], basic: caller)
                return answer["active"] as? Bool == true ? answer.text("client_id") : answer.body
            }
            #expect(try await sees(client) == client.id)
            #expect(try await sees(other) == "{\"active\":false}")
            let changed = try await identity.patch("clients/\(other.id)", of: server, ["may_introspect": true])
            #expect(changed["may_introspect"] as? Bool == true)
            #expect(try await sees(other) == client.id)
        }
    }

    @Test func `a client that asks for tokens without pause is told to wait, and others are not`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let other = try await identity.createClient(of: server, ["name": "Other"])
            for _ in 0..<Int(TokenRates.ofClient.burst) { _ = try await identity.token(of: server, client) }
            let refused = try await identity.requestToken(of: server, client)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.text("error") == "temporarily_unavailable")
            #expect(refused.headers[.retryAfter] == "1")
            #expect(try await identity.requestToken(of: server, other).status == .ok)
            identity.clock.advance(bySeconds: 1)
            #expect(try await identity.requestToken(of: server, client).status == .ok)
        }
    }

    @Test func `tokens that are asked for together are all recorded`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let tokens = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await identity.token(of: server, client) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for token in tokens { #expect(try await identity.standing(of: token) == .good) }
            let listed = try await identity.get(
                "/v1/auth-servers/\(server.id)/clients/\(client.id)/tokens?page[size]=20&page[number]=3")
            #expect(listed.data.count == 10)
        }
    }

    @Test func `userinfo without a good token is challenged with Bearer`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            for bearer in [nil, "nonsense"] as [String?] {
                let answer = try await identity.get("\(server.path)/userinfo", bearer: bearer)
                #expect(answer.status == .unauthorized)
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer ") == true)
            }
        }
    }

    // MARK: Cross-origin

    @Test func `pages of trusted origins may read answers, others may not`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer(["trusted_origins": ["https://app.example.test/"]])
            let path = "\(server.path)/.well-known/jwks"
            let trusted = try await identity.get(path, origin: "https://app.example.test")
            #expect(trusted.headers[.accessControlAllowOrigin] == "https://app.example.test")
            #expect(trusted.headers[.vary] == "Origin")
            for origin in [
                "https://evil.example.test", "http://app.example.test", "https://app.example.test:444", "null",
            ] {
                #expect(try await identity.get(path, origin: origin).headers[.accessControlAllowOrigin] == nil)
            }
            let preflight = try await identity.send(
                .options, "\(server.path)/oauth/token", headers: [.origin: "https://app.example.test"])
            #expect(preflight.status == .noContent)
            #expect(preflight.headers[.accessControlAllowMethods]?.contains("POST") == true)
            let refused = try await identity.send(
                .options, "\(server.path)/oauth/token", headers: [.origin: "https://evil.example.test"])
            #expect(refused.headers[.accessControlAllowMethods] == nil)
        }
    }

    // MARK: Rotation

    @Test func `after a rotation old tokens verify until the longest token lifetime is over`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let old = try await identity.token(of: server, client)
            try await identity.rotateKey(of: server)
            let new = try await identity.token(of: server, client)
            let (oldHeader, newHeader) = (try identity.part(0, of: old), try identity.part(0, of: new))
            #expect(oldHeader["kid"] as? String != newHeader["kid"] as? String)

            let keys = JWTKeyCollection()
            try await keys.add(jwksJSON: identity.get("\(server.path)/.well-known/jwks").body)
            _ = try await keys.verify(old, as: AccessTokenClaims.self)
            _ = try await keys.verify(new, as: AccessTokenClaims.self)

            func publishedIDs() async throws -> [String?] {
                let answer = try await identity.get("\(server.path)/.well-known/jwks")
                return (answer["keys"] as? [[String: Any]] ?? []).map { $0["kid"] as? String }
            }
            identity.clock.advance(bySeconds: 2_592_000)
            #expect(try await publishedIDs().count == 2)
            identity.clock.advance(bySeconds: 60)
            #expect(try await publishedIDs() == [newHeader["kid"] as? String])
        }
    }
}
