import EngineInterface
import Foundation
import HTTPTypes
import Testing

@testable import Identity

@Suite struct ManagementRoutesTests {
    // MARK: The scenario

    @Test func `the tutorial's four steps end in a token with its scope and claim`() async throws {
        try await withIdentity { identity in
            let server = try await identity.send(
                .post, "/v1/auth-servers",
                json: [
                    "name": "Appointments Dev", "audience": "http://myhttpbin.dev",
                    "description": "Auth server for the Appointment dev environment",
                ])
            #expect(server.status == .created)
            let auth = try #require(server.text("id"))
            let issuer = try #require(server.text("issuer"))
            #expect(issuer.wholeMatch(of: /http:\/\/localhost:9190\/[a-z0-9]{16}\/auth/) != nil)
            #expect(server.text("metadata_uri") == "\(issuer)/.well-known/openid-configuration")
            #expect(server.text("jwks_uri") == "\(issuer)/.well-known/jwks")
            #expect(server.text("signing_algorithm") == "RS256")

            let scope = try await identity.send(
                .post, "/v1/auth-servers/\(auth)/scopes",
                json: [
                    "name": "my-scope", "description": "Scope to test", "default": false, "include_in_metadata": false,
                    "enabled": true,
                ])
            #expect(scope.status == .created)
            let scopeID = try #require(scope.text("id"))

            let claim = try await identity.send(
                .post, "/v1/auth-servers/\(auth)/claims",
                json: [
                    "name": "test-claim", "value": "test", "include_in_token": true, "include_in_all_scopes": false,
                    "include_in_scopes": [scopeID], "enabled": true,
                ])
            #expect(claim.status == .created)

            let client = try await identity.send(
                .post, "/v1/auth-servers/\(auth)/clients",
                json: [
                    "name": "Client", "grant_types": ["client_credentials"], "allow_all_scopes": false,
                    "allow_scopes": [scopeID], "access_token_duration": 3600, "id_token_duration": 3600,
                    "response_types": ["id_token", "token"],
                ])
            #expect(client.status == .created)
            let clientID = try #require(client.text("id"))
            let secret = try #require(client.text("client_secret"))
            #expect(clientID.wholeMatch(of: /[a-z0-9]{16}/) != nil)
            #expect(secret.wholeMatch(of: /[a-z0-9]{24}/) != nil)

            let token = try await identity.form(
                try #require(URLComponents(string: issuer)).path + "/oauth/token",
                [
                    "grant_type": "client_credentials", "client_id": clientID, "client_secret": secret,
                    "scope": "my-scope",
                ])
            #expect(token.status == .ok)
            #expect(token.text("scope") == "my-scope")
            let claims = try identity.part(1, of: try #require(token.text("access_token")))
            #expect(claims["sub"] as? String == clientID)
            #expect(claims["scope"] as? String == "my-scope")
            #expect(claims["test-claim"] as? String == "test")
            #expect(claims["aud"] as? [String] == ["http://myhttpbin.dev"])
        }
    }

    // MARK: Auth servers

    @Test func `an auth server is read, listed, changed and deleted`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer(["labels": ["env": "dev", "team": "a"]])
            let path = "/v1/auth-servers/\(server.id)"
            #expect(try await identity.get(path).text("name") == "Test")

            let list = try await identity.get("/v1/auth-servers")
            #expect(list.data.map { $0["id"] as? String } == [server.id])
            let page = (list["meta"] as? [String: Any])?["page"] as? [String: Any]
            #expect(page?["number"] as? Int == 1)
            #expect(page?["size"] as? Int == 10)
            #expect(page?["total"] as? Int == 1)

            let changed = try await identity.send(
                .patch, path, json: ["name": "Renamed", "labels": ["env": NSNull(), "tier": "gold"]])
            #expect(changed.status == .ok)
            #expect(changed.text("name") == "Renamed")
            #expect(changed.text("issuer") == server.issuer)
            #expect(changed["labels"] as? [String: String] == ["team": "a", "tier": "gold"])

            #expect(try await identity.send(.delete, path).status == .noContent)
            #expect(try await identity.get(path).status == .notFound)
            #expect(try await identity.get("\(server.path)/.well-known/jwks").status == .notFound)
        }
    }

    @Test func `a name that is taken is a conflict`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let again = try await identity.send(.post, "/v1/auth-servers", json: ["name": "Test", "audience": "a"])
            #expect(again.status == .conflict)
            _ = try await identity.createServer(["name": "Other"])
            let renamed = try await identity.send(.patch, "/v1/auth-servers/\(server.id)", json: ["name": "Other"])
            #expect(renamed.status == .conflict)

            #expect(try await identity.create("scopes", of: server, ["name": "s"]).status == .created)
            #expect(try await identity.create("scopes", of: server, ["name": "s"]).status == .conflict)
            _ = try await identity.createClient(of: server)
            let client = try await identity.create(
                "clients", of: server, ["name": "Client", "grant_types": [], "response_types": []])
            #expect(client.status == .conflict)
        }
    }

    @Test func `an auth server that is made anew elsewhere may keep its issuer`() async throws {
        try await withIdentity { identity in
            let issuer = "https://id.example.com/base/k3v9q0m1x7d2c8aa/auth"
            let server = try await identity.createServer(["issuer": issuer])
            #expect(server.issuer == issuer)
            let client = try await identity.createClient(of: server)
            let answer = try await identity.form(
                "/k3v9q0m1x7d2c8aa/auth/oauth/token",
                ["grant_type": "client_credentials", "client_id": client.id, "client_secret": client.secret])
            #expect(try identity.part(1, of: answer.text("access_token") ?? "")["iss"] as? String == issuer)

            for taken in [issuer, "http://localhost:9190/k3v9q0m1x7d2c8aa/auth"] {
                let refused = try await identity.send(
                    .post, "/v1/auth-servers", json: ["name": "Other", "audience": "a", "issuer": taken])
                #expect(refused.status == .conflict)
            }
            for wrong in [
                "", "k3v9/auth", "ftp://host/x/auth", "http://host/auth", "http://host/x/auth/", "http://host//auth",
                "http://host/x/other", "http://host/a.b/auth", "http://host/x/auth?y", "http://u@host/x/auth",
            ] {
                let refused = try await identity.send(
                    .post, "/v1/auth-servers", json: ["name": "Other", "audience": "a", "issuer": wrong])
                #expect(refused.faults == ["issuer invalid"], "\(wrong): \(refused.body)")
            }
        }
    }

    @Test func `an auth server in use is deleted only by force`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            _ = try await identity.createClient(of: server)
            let path = "/v1/auth-servers/\(server.id)"
            let refused = try await identity.send(.delete, path)
            #expect(refused.status == .badRequest)
            #expect(!refused.faults.isEmpty)
            #expect(try await identity.send(.delete, "\(path)?force=maybe").status == .badRequest)
            #expect(try await identity.send(.delete, "\(path)?force=true").status == .noContent)
            #expect(try await identity.get(path).status == .notFound)
        }
    }

    @Test func `all that is wrong with a body is told at once`() async throws {
        try await withIdentity { identity in
            let answer = try await identity.send(
                .post, "/v1/auth-servers",
                json: [
                    "name": "", "signing_algorithm": "HS256", "trusted_origins": ["nonsense"], "labels": ["kong": "a"],
                    "extra": 1,
                ])
            #expect(answer.status == .badRequest)
            #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(
                Set(answer.faults) == [
                    "name min_length", "audience required", "signing_algorithm enum", "trusted_origins[0] invalid",
                    "labels.kong is_label", "extra unknown_property",
                ])
        }
    }

    @Test func `a filter by a value of the wrong type is refused`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let below = "/v1/auth-servers/\(server.id)"
            let secrets = "\(below)/clients/\(client.id)/secrets"
            for (path, fault) in [
                ("\(secrets)?filter[enabled][eq]=yes", "filter[enabled][eq] is_boolean"),
                ("\(secrets)?filter[id]=x", "filter[id] is_uuid"),
                ("\(below)/scopes?filter[id]=x", "filter[id] is_uuid"),
                ("/v1/auth-servers?filter[id][eq]=x", "filter[id][eq] is_uuid"),
                ("\(below)/clients/\(client.id)/tokens?filter[id]=x", "filter[id] is_uuid"),
            ] {
                let answer = try await identity.get(path)
                #expect(answer.status == .badRequest, "\(path)")
                #expect(answer.faults == [fault])
            }
            #expect(try await identity.get("\(secrets)?filter[enabled]=true").data.count == 1)
            #expect(try await identity.get("\(secrets)?filter[enabled]=false").data.isEmpty)
            // Clients have ids of their own making.
            #expect(try await identity.get("\(below)/clients?filter[id]=\(client.id)").data.count == 1)
        }
    }

    @Test func `ids are found in any case, but for those that clients chose`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let scope = try #require(try await identity.create("scopes", of: server, ["name": "read"]).text("id"))
            let shouted = "/v1/auth-servers/\(server.id.uppercased())"
            #expect(try await identity.get(shouted).text("id") == server.id)
            #expect(try await identity.get("\(shouted)/scopes/\(scope.uppercased())").text("id") == scope)
            let client = try await identity.createClient(of: server, ["allow_scopes": [scope.uppercased()]])
            #expect(
                try await identity.get("\(shouted)/clients/\(client.id)").texts("allow_scopes") == [scope])
            let chosen = "0B1C2D3E-0000-4000-8000-0000000000AF"
            let put = try await identity.send(
                .put, "\(shouted)/clients/\(chosen)",
                json: [
                    "name": "chosen", "client_secret": "s", "grant_types": ["client_credentials"],
                    "response_types": ["token"],
                ])
            #expect(put.text("id") == chosen)
            #expect(try await identity.get("\(shouted)/clients/\(chosen)").status == .ok)
            #expect(try await identity.get("\(shouted)/clients/\(chosen.lowercased())").status == .notFound)
        }
    }

    @Test func `lists are filtered, sorted and cut into pages`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            for name in ["orders.read", "orders.write", "users.read"] {
                _ = try await identity.create("scopes", of: server, ["name": name])
                identity.clock.advance(bySeconds: 1)
            }
            let path = "/v1/auth-servers/\(server.id)/scopes"
            func names(_ query: String) async throws -> [String?] {
                try await identity.get("\(path)?\(query)").data.map { $0["name"] as? String }
            }
            #expect(try await names("filter[name][contains]=ORDERS") == ["orders.read", "orders.write"])
            #expect(try await names("filter[name][eq]=users.read") == ["users.read"])
            #expect(try await names("sort=name%20desc") == ["users.read", "orders.write", "orders.read"])
            #expect(try await names("page[size]=2&page[number]=2") == ["users.read"])
            #expect(try await names("page[size]=2&page[number]=9") == [])
            #expect(try await identity.get("\(path)?page[size]=0").status == .badRequest)
            #expect(try await identity.get("\(path)?sort=colour").status == .badRequest)
        }
    }

    @Test func `a new signing algorithm signs new tokens and old ones still verify`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let old = try await identity.token(of: server, client)
            let changed = try await identity.send(
                .patch, "/v1/auth-servers/\(server.id)", json: ["signing_algorithm": "PS384"])
            #expect(changed.status == .ok)
            let new = try await identity.token(of: server, client)
            let header = try identity.part(0, of: new)
            #expect(header["alg"] as? String == "PS384")
            for token in [old, new] {
                let answer = try await identity.form("\(server.path)/introspect", ["token": token], basic: client)
                #expect(answer["active"] as? Bool == true)
            }
        }
    }

    // MARK: Scopes and claims

    @Test func `deleting a scope takes it from clients and claims`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let id = try #require(try await identity.create("scopes", of: server, ["name": "s"]).text("id"))
            let client = try await identity.createClient(of: server, ["allow_scopes": [id]])
            let claim = try await identity.create(
                "claims", of: server, ["name": "c", "value": "v", "include_in_scopes": [id]])
            let base = "/v1/auth-servers/\(server.id)"
            #expect(try await identity.send(.delete, "\(base)/scopes/\(id)").status == .noContent)
            #expect(try await identity.send(.delete, "\(base)/scopes/\(id)").status == .notFound)
            #expect(try await identity.get("\(base)/clients/\(client.id)").texts("allow_scopes") == [])
            let left = try await identity.get("\(base)/claims/\(claim.text("id") ?? "")")
            #expect(left.texts("include_in_scopes") == [])
        }
    }

    @Test func `a scope that does not exist is a missing reference`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let claim = try await identity.create(
                "claims", of: server, ["name": "c", "value": "v", "include_in_scopes": ["nope"]])
            #expect(claim.faults == ["include_in_scopes[0] missing_reference"])
            let client = try await identity.create(
                "clients", of: server,
                ["name": "c", "grant_types": [], "response_types": [], "allow_scopes": ["nope"]])
            #expect(client.faults == ["allow_scopes[0] missing_reference"])
        }
    }

    @Test(arguments: ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "scope", "client_id"])
    func `a claim cannot replace one of the server's own`(name: String) async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let answer = try await identity.create("claims", of: server, ["name": name, "value": "v"])
            #expect(answer.status == .badRequest)
            #expect(answer.faults == ["name invalid"])
        }
    }

    @Test func `a template is refused with the reason`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let answer = try await identity.create("claims", of: server, ["name": "c", "value": "a ${ uuidv4 }"])
            #expect(answer.status == .badRequest)
            #expect(answer.faults == ["value invalid"])
            #expect(answer.body.contains("templates are not supported yet"))
        }
    }

    // MARK: Clients and secrets

    @Test func `a secret is shown once and nowhere kept in clear`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let path = "/v1/auth-servers/\(server.id)/clients/\(client.id)"
            let chosen = try await identity.send(.post, "\(path)/secrets", json: ["secret": "a chosen secret"])
            #expect(chosen.status == .created)
            #expect(chosen.text("secret") == "a chosen secret")
            let tokens = [
                try await identity.token(of: server, client),
                try await identity.token(of: server, .init(id: client.id, secret: "a chosen secret")),
            ]
            for text in [client.secret, "a chosen secret"] {
                #expect(try await !identity.get(path).body.contains(text))
                #expect(try await !identity.get("\(path)/secrets").body.contains(text))
                #expect(try !identity.storedBytes().contains(Data(text.utf8)))
                #expect(!identity.log.text.contains(text))
            }
            for token in tokens {
                #expect(!identity.log.text.contains(token))
                #expect(try !identity.storedBytes().contains(Data(token.utf8)))
            }
            #expect(try !identity.storedBytes().contains(Data("PRIVATE KEY".utf8)))
            #expect(try identity.storedBytes().contains(Data(client.id.utf8)))
        }
    }

    @Test func `two secrets may be active, a third is refused, a disabled one does not work`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let path = "/v1/auth-servers/\(server.id)/clients/\(client.id)/secrets"
            let first = try #require(try await identity.get(path).data.first?["id"] as? String)
            let second = try await identity.send(.post, path, json: [:])
            #expect(second.status == .created)
            #expect(try await identity.send(.post, path, json: [:]).status == .forbidden)

            let disabled = try await identity.send(.patch, "\(path)/\(first)", json: ["enabled": false])
            #expect(disabled["enabled"] as? Bool == false)
            #expect(try await identity.requestToken(of: server, client).text("error") == "invalid_client")
            let other = TestIdentity.Client(id: client.id, secret: try #require(second.text("secret")))
            #expect(try await identity.requestToken(of: server, other).status == .ok)

            #expect(try await identity.send(.post, path, json: [:]).status == .created)
            let enabled = try await identity.send(.patch, "\(path)/\(first)", json: ["enabled": true])
            #expect(enabled.status == .badRequest)
            #expect(try await identity.send(.delete, "\(path)/\(first)").status == .noContent)
            #expect(try await identity.get("\(path)/\(first)").status == .notFound)
        }
    }

    @Test func `PUT creates a client with the id and secret of one's choice, then replaces it`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let path = "/v1/auth-servers/\(server.id)/clients/my-client"
            let body: [String: Any] = [
                "name": "Mine", "client_secret": "chosen", "grant_types": ["client_credentials"],
                "response_types": ["token"], "labels": ["a": "b"],
            ]
            let created = try await identity.send(.put, path, json: body)
            #expect(created.status == .created)
            #expect(created.text("id") == "my-client")
            let mine = TestIdentity.Client(id: "my-client", secret: "chosen")
            #expect(try await identity.requestToken(of: server, mine).status == .ok)

            var changed = body
            changed["labels"] = nil
            changed["client_secret"] = "changed"
            let replaced = try await identity.send(.put, path, json: changed)
            #expect(replaced.status == .ok)
            #expect(replaced["labels"] as? [String: String] == [:])
            #expect(replaced.text("created_at") == created.text("created_at"))
            #expect(try await identity.requestToken(of: server, mine).text("error") == "invalid_client")
            let now = TestIdentity.Client(id: "my-client", secret: "changed")
            #expect(try await identity.requestToken(of: server, now).status == .ok)

            let bad = try await identity.send(.put, "/v1/auth-servers/\(server.id)/clients/a.b", json: body)
            #expect(bad.status == .badRequest)
            // Left out, the secret stays.
            changed["client_secret"] = nil
            let kept = try await identity.send(.put, path, json: changed)
            #expect(kept.status == .ok)
            #expect(kept["client_secret"] == nil)
            #expect(try await identity.requestToken(of: server, now).status == .ok)
        }
    }

    @Test func `PUT of a new client without a secret generates one, which is as cheap to check as of a POST`()
        async throws
    {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let created = try await identity.send(
                .put, "/v1/auth-servers/\(server.id)/clients/mine",
                json: ["name": "Mine", "grant_types": ["client_credentials"], "response_types": ["token"]])
            #expect(created.status == .created)
            let secret = try #require(created.text("client_secret"))
            #expect(secret.count == RandomText.secretLength)
            let client = TestIdentity.Client(id: "mine", secret: secret)
            #expect(try await identity.requestToken(of: server, client).status == .ok)
            #expect(try identity.storedBytes().contains(Data("hmac-sha256$".utf8)))
            #expect(try !identity.storedBytes().contains(Data("scrypt$".utf8)))
        }
    }

    @Test func `PUT with the secret that a client has leaves its tokens good, and with another does not`() async throws
    {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let path = "/v1/auth-servers/\(server.id)/clients/mine"
            let body = [
                "name": "Mine", "client_secret": "chosen", "grant_types": ["client_credentials"],
                "response_types": ["token"],
            ]
            _ = try await identity.send(.put, path, json: body)
            let token = try await identity.token(of: server, TestIdentity.Client(id: "mine", secret: "chosen"))
            _ = try await identity.send(.put, path, json: body)
            #expect(try await identity.standing(of: token) == .good)
            _ = try await identity.send(.put, path, json: body.merging(["client_secret": "other"]) { $1 })
            #expect(try await identity.standing(of: token) == .withdrawn(.secretWithdrawn))
        }
    }

    @Test func `a client has at most ten secrets, disabled ones too, and may always disable one`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let path = "/v1/auth-servers/\(server.id)/clients/\(client.id)/secrets"
            for _ in 1..<10 {
                #expect(try await identity.send(.post, path, json: ["enabled": false]).status == .created)
            }
            let refused = try await identity.send(.post, path, json: ["enabled": false])
            #expect(refused.status == .conflict)
            #expect(refused.text("detail")?.contains("has [10] secrets already; delete one first") == true)
            #expect(try await identity.send(.post, path, json: [:]).status == .conflict)
            for secret in try await identity.get(path).data {
                let id = secret["id"] as? String ?? ""
                #expect(try await identity.send(.patch, "\(path)/\(id)", json: ["enabled": false]).status == .ok)
            }
        }
    }

    @Test func `a client of another auth server is not found and cannot get a token`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let other = try await identity.createServer(["name": "Other"])
            let client = try await identity.createClient(of: server)
            #expect(
                try await identity.get("/v1/auth-servers/\(other.id)/clients/\(client.id)").status == .notFound)
            #expect(try await identity.requestToken(of: other, client).text("error") == "invalid_client")
        }
    }

    // MARK: Entity tags

    @Test func `entities have a tag that tokens do not change, and what ends by itself has none`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let base = "/v1/auth-servers/\(server.id)"
            let tag = try #require(try await identity.get("\(base)/clients").headers[.eTag])
            _ = try await identity.token(of: server, client)
            for path in ["/v1/auth-servers", "\(base)/scopes", "\(base)/claims", "\(base)/clients"] {
                let again = try await identity.send(.get, path, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified, "\(path)")
            }
            let own = try #require(try await identity.get(base).headers[.eTag])
            #expect(try await identity.send(.get, base, headers: [.ifNoneMatch: own]).status == .notModified)
            for path in ["secrets", "tokens"] {
                let list = try await identity.send(
                    .get, "\(base)/clients/\(client.id)/\(path)", headers: [.ifNoneMatch: tag])
                #expect(list.status == .ok)
                #expect(list.headers[.eTag] == nil)
            }
            _ = try await identity.create("scopes", of: server, ["name": "more"])
            #expect(try await identity.send(.get, "\(base)/scopes", headers: [.ifNoneMatch: tag]).status == .ok)
            // A scope is not the server: its tag stays.
            #expect(try await identity.send(.get, base, headers: [.ifNoneMatch: own]).status == .notModified)
        }
    }

    // MARK: Tokens

    @Test func `tokens are listed and revoked`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            let client = try await identity.createClient(of: server)
            let token = try await identity.token(of: server, client)
            let path = "/v1/auth-servers/\(server.id)/clients/\(client.id)/tokens"
            let listed = try await identity.get(path)
            let id = try #require(listed.data.first?["id"] as? String)
            let claims = try identity.part(1, of: token)
            #expect(claims["jti"] as? String == id)
            #expect(listed.data.first?["granted_scope_names"] as? [String] == [])
            #expect(try await identity.get("\(path)/\(id)").text("id") == id)

            #expect(try await identity.send(.delete, "\(path)/\(id)").status == .noContent)
            #expect(try await identity.send(.delete, "\(path)/\(id)").status == .notFound)
            let answer = try await identity.form("\(server.path)/introspect", ["token": token], basic: client)
            #expect(answer["active"] as? Bool == false)

            _ = try await identity.token(of: server, client)
            #expect(try await identity.send(.delete, path).status == .noContent)
            #expect(try await identity.get(path).data.isEmpty)
        }
    }

    @Test func `what is below an auth server or client that does not exist is not found`() async throws {
        try await withIdentity { identity in
            let server = try await identity.createServer()
            for path in [
                "nope", "nope/scopes", "nope/claims", "nope/clients", "\(server.id)/clients/nope/secrets",
                "\(server.id)/clients/nope/tokens", "\(server.id)/scopes/nope", "\(server.id)/claims/nope",
            ] {
                let answer = try await identity.get("/v1/auth-servers/\(path)")
                #expect(answer.status == .notFound, "\(path)")
                #expect(answer["status"] as? Int == 404)
            }
        }
    }
}
