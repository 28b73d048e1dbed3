import Foundation
import Testing

extension IntegrationSuite {
    /// What a new user gets wrong, and what the answers say.
    @Suite(.serialized) struct MistakesTests {
        @Test func `a missing or wrong admin token is 401 with a problem body, health probes need none`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                for token in [nil, "wrong", ""] as [String?] {
                    let client = ManagementClient(base: sluice.api.base, token: token)
                    let answer = try await client.get("/v1/event-gateways")
                    #expect(answer.status == 401)
                    #expect(answer.contentType.hasPrefix("application/problem+json"))
                    #expect(answer.json["status"] == 401)
                    #expect(answer.json["instance"].string?.hasPrefix("kong:trace:") == true)
                    #expect(
                        answer.json["detail"].string?.localizedCaseInsensitiveContains("token") == true, "\(answer)")
                    #expect(try await client.get("/health/metrics").status == 401)
                    #expect(try await client.get("/health/probes/liveness").status == 200)
                    #expect(try await client.get("/health/probes/readiness").status == 200)
                }
            }
        }

        @Test func `wrong client credentials, grants and scopes get RFC 6749's errors`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let wrongSecret = try await quickstart.tokenAnswer(secret: "wrong")
                #expect(wrongSecret.status == 401)
                #expect(wrongSecret.json["error"] == "invalid_client")
                let wrongScope = try await quickstart.tokenAnswer(scope: "no-such-scope")
                #expect(wrongScope.status == 400)
                #expect(wrongScope.json["error"] == "invalid_scope")
                let noScope = try await quickstart.tokenAnswer(scope: nil)
                #expect(noScope.status == 200)
                #expect(Tokens.claims(of: noScope.json["access_token"].string ?? "")["test-claim"] == .null)
                let wrongGrant = try await ManagementClient(base: "").send(
                    "POST", "\(quickstart.issuer)/oauth/token",
                    form: [
                        "grant_type": "password", "client_id": quickstart.clientID,
                        "client_secret": quickstart.clientSecret,
                    ])
                #expect(wrongGrant.status == 400)
                #expect(wrongGrant.json["error"] == "unsupported_grant_type")
                #expect(!sluice.child.errorText.contains(quickstart.clientSecret))
            }
        }

        @Test func `a body with several mistakes is a 400 that lists them all`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let gateway = try await sluice.api.create("/v1/event-gateways", ["name": "edge"])
                let answer = try await sluice.api.post(
                    "/v1/event-gateways/\(gateway.id)/virtual-clusters",
                    [
                        "name": "v1", "destination": ["name": "nowhere"], "dns_label": "Not A Label",
                        "acl_mode": "sometimes", "authentication": [["type": "anonymous"]], "colour": "blue",
                    ])
                #expect(answer.status == 400)
                #expect(answer.contentType.hasPrefix("application/problem+json"))
                let rules = (answer.json["invalid_parameters"].array ?? []).reduce(into: [String: String]()) {
                    $0[$1["field"].string ?? ""] = $1["rule"].string
                }
                #expect(rules["colour"] == "unknown_property", "\(answer)")
                #expect(rules["dns_label"] == "matches_regex", "\(answer)")
                #expect(rules["acl_mode"] == "enum", "\(answer)")
                #expect(rules["destination"] == "missing_reference", "\(answer)")
            }
        }

        @Test func `a bad expression is refused when it is saved, with its position`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                for (condition, column) in [
                    ("context.auth.principal.name = \"x\"", "column 29"),
                    ("context.auth.principal.name +", "column 30"),
                    ("'a' == context.auth.nobody", "column 8"),
                ] {
                    let answer = try await quickstart.api.post(
                        "\(quickstart.virtualClusterPath)/cluster-policies",
                        [
                            "type": "acls", "name": "bad", "condition": .string(condition),
                            "config": [
                                "rules": [
                                    [
                                        "resource_type": "topic", "action": "allow", "operations": [["name": "read"]],
                                        "resource_names": [["match": "*"]],
                                    ]
                                ]
                            ],
                        ])
                    #expect(answer.status == 400, "\(condition)")
                    let parameter = answer.json["invalid_parameters"][0]
                    #expect(parameter["field"] == "condition", "\(answer)")
                    #expect(parameter["reason"].string?.contains(column) == true, "\(condition): \(answer)")
                }
            }
        }

        @Test func `a port in use is a 400 that names it, for a listener and for the API itself`() async throws {
            try await TansuProcess.run { tansu in
                try await SluiceProcess.run(sandbox: false) { sluice in
                    let gateway = try await sluice.api.create("/v1/event-gateways", ["name": "edge"])
                    let path = "/v1/event-gateways/\(gateway.id)/listeners"
                    let answer = try await sluice.api.post(
                        path, ["name": "taken", "addresses": ["127.0.0.1"], "ports": [.integer(tansu.port)]])
                    #expect(answer.status == 400)
                    #expect(answer.text.contains(String(tansu.port)), "\(answer)")
                    #expect(answer.text.localizedCaseInsensitiveContains("in use"), "\(answer)")
                    #expect(try await sluice.api.get(path).json["data"] == [], "nothing was stored")

                    let free = try FreePorts.first(of: 1)
                    let body: JSON = ["name": "first", "addresses": ["127.0.0.1"], "ports": [.integer(free)]]
                    _ = try await sluice.api.create(path, body)
                    let overlapping = try await sluice.api.post(
                        path, body.adding(["name": "second", "addresses": ["0.0.0.0"]]))
                    #expect(overlapping.status == 400)
                    #expect(overlapping.json["invalid_parameters"][0]["rule"] == "invalid", "\(overlapping)")
                    let sameName = try await sluice.api.post("/v1/event-gateways", ["name": "edge"])
                    #expect(sameName.status == 409)
                }
                try await TemporaryDirectory.run { directory in
                    let refused = try await runToEnd(
                        SluiceProcess.binary, ["serve", "--data-dir", directory, "--api", "127.0.0.1:\(tansu.port)"])
                    #expect(refused.status == 1)
                    #expect(refused.errors.contains(String(tansu.port)), "\(refused.errors)")
                    #expect(refused.errors.localizedCaseInsensitiveContains("in use"), "\(refused.errors)")
                }
            }
        }

        @Test func `what is still referred to cannot be deleted`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let backend = try await sluice.api.delete(
                    "\(quickstart.gatewayPath)/backend-clusters/\(quickstart.backendCluster.id)")
                #expect(backend.status == 400)
                #expect(backend.text.contains("example_virtual_cluster"), "\(backend)")
                let virtual = try await sluice.api.delete(quickstart.virtualClusterPath)
                #expect(virtual.status == 400)
                #expect(try await sluice.api.get("/v1/event-gateways/no-such-id").status == 404)
            }
        }
    }
}
