import Foundation
import Testing

extension IntegrationSuite {
    /// The tutorial against the sandbox, with every client that can do it.
    @Suite(.serialized) struct OAuthACLSandboxTests {
        private static func run(_ body: (SluiceProcess, Quickstart) async throws -> Void) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let servers = sluice.sandbox.map { $0.replacing("127.0.0.1", with: "localhost") }
                try await body(sluice, try await Quickstart(sluice.api, bootstrapServers: servers, brokers: 3))
            }
        }

        @Test func `each step of the tutorial answers 201 with the resource`() async throws {
            try await Self.run { sluice, quickstart in
                #expect(sluice.sandbox.count == 3)
                #expect(quickstart.authServer["name"] == "Appointments Dev")
                #expect(quickstart.authServer["audience"] == "http://myhttpbin.dev")
                #expect(quickstart.issuer.hasPrefix("http://localhost:"))
                #expect(quickstart.issuer.hasSuffix("/auth"))
                #expect(quickstart.scope["name"] == "my-scope")
                #expect(quickstart.client["access_token_duration"] == 3600)
                #expect(!quickstart.clientSecret.isEmpty)
                #expect(quickstart.gateway["name"] == "event-gateway-quickstart")
                #expect(quickstart.backendCluster["insecure_allow_anonymous_virtual_cluster_auth"] == true)
                #expect(quickstart.virtualCluster["destination"]["id"] == quickstart.backendCluster["id"])
                #expect(quickstart.virtualCluster["destination"]["name"] == "default_backend_cluster")
                #expect(quickstart.virtualCluster["acl_mode"] == "enforce_on_gateway")
                #expect(quickstart.listener["ports"] == ["\(quickstart.port)-\(quickstart.port + 3)"])
                #expect(quickstart.forwardPolicy["config"]["destination"]["id"] == quickstart.virtualCluster["id"])
                #expect(quickstart.aclPolicy["enabled"] == true)

                let listed = try await sluice.api.get("/v1/auth-servers/\(quickstart.authServer.id)/clients")
                #expect(listed.status == 200)
                #expect(listed.json["data"][0]["id"] == quickstart.client["id"])
                #expect(!listed.text.contains(quickstart.clientSecret), "a client secret is shown once, at creation")
            }
        }

        @Test func `the token carries the client, scope and claim, and the key set verifies it`() async throws {
            try await Self.run { sluice, quickstart in
                let answer = try await quickstart.tokenAnswer()
                #expect(answer.status == 200)
                #expect(answer.headers["cache-control"]?.contains("no-store") == true)
                #expect(answer.json["token_type"] == "Bearer")
                #expect((3_590...3_600).contains(answer.json["expires_in"].integer ?? 0))
                #expect(answer.json["scope"] == "my-scope")
                let claims = Tokens.claims(of: answer.json["access_token"].string ?? "")
                #expect(claims["sub"] == quickstart.client["id"])
                #expect(claims["client_id"] == quickstart.client["id"])
                #expect(claims["iss"] == quickstart.authServer["issuer"])
                #expect(claims["aud"] == ["http://myhttpbin.dev"])
                #expect(claims["scope"] == "my-scope")
                #expect(claims["test-claim"] == "test")

                let keys = try await ManagementClient(base: "").get("\(quickstart.issuer)/.well-known/jwks")
                #expect(keys.status == 200)
                #expect(keys.json["keys"][0]["kty"] == "RSA")
                #expect(keys.json["keys"][0]["d"] == .null, "the set holds public keys only")

                let check = try await sluice.command(
                    [
                        "token", "check", "--virtual-cluster", "example_virtual_cluster", "--gateway",
                        "event-gateway-quickstart", "--json", "-",
                    ], input: answer.json["access_token"].string)
                #expect(check.status == 0)
                #expect(try check.json["accepted"] == true)
                #expect(try check.json["principal"] == quickstart.client["id"])
            }
        }

        @Test(arguments: KafkaLibrary.allCases)
        func `a client with the token lists, produces, consumes; groups need a rule of their own`(
            library: KafkaLibrary
        ) async throws {
            try await Self.run { sluice, quickstart in
                // Proof 1: direct, no authentication.
                try await KafkaClient.run(library, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                let token = try await quickstart.token()
                try await KafkaClient.run(library, bootstrap: quickstart.bootstrap, token: token) { client in
                    // Proof 2.
                    #expect(try await client.topics() == ["my-test-topic": .init(partitions: 1, replication: 1)])
                    #expect(try await client.produce(["one", "two"], to: "my-test-topic") == [0, 1])
                    #expect(try await client.consume(2, from: "my-test-topic") == ["one", "two"])

                    // Proof 6.
                    #expect(try await client.brokers() == Self.advertised(quickstart))

                    // Proof 4: refused, then allowed at once, on the connections that are already there.
                    let refusal = await #expect(throws: ClientFailure.self) {
                        try await client.join(group: "my-group", topic: "my-test-topic", reading: 1)
                    }
                    #expect(refusal?.code == 30, "\(String(describing: refusal))")
                    let (before, socketsBefore) = try await (quickstart.liveView(), client.sockets())
                    let session = try #require(
                        before.connections.first { $0.principal == quickstart.clientID && $0.state == "active" })
                    try await quickstart.allowGroups()
                    #expect(
                        try await client.join(group: "my-group", topic: "my-test-topic", reading: 2) == ["one", "two"])
                    #expect(try await client.commit() == [2])
                    let (after, socketsAfter) = try await (quickstart.liveView(), client.sockets())
                    #expect(after.connections.contains { $0.session == session.session && $0.state == "active" })
                    // The producer and the admin client keep the very sockets that they had; only the consumer is new.
                    #expect(
                        socketsAfter.intersection(socketsBefore).count >= 2, "\(socketsBefore) then \(socketsAfter)")

                    // What the gateway lets through it also counts, for this principal and no other.
                    #expect(after.principals == [quickstart.clientID])
                    #expect(
                        after.count(
                            "allowed", principal: quickstart.clientID, resourceType: "topic", operation: "write") >= 1)
                    #expect(
                        after.count("allowed", principal: quickstart.clientID, resourceType: "topic", operation: "read")
                            >= 1)
                    #expect(after.count("denied", principal: quickstart.clientID, resourceType: "topic") == 0)
                    #expect(after.count("denied", principal: quickstart.clientID, resourceType: "group") >= 1)
                    #expect(
                        after.count("allowed", principal: quickstart.clientID, resourceType: "group", operation: "read")
                            >= 1)
                }
            }
        }

        @Test(arguments: KafkaLibrary.allCases)
        func `a client without authentication sees no topic and may not produce`(library: KafkaLibrary) async throws {
            try await Self.run { sluice, quickstart in
                try await KafkaClient.run(library, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                try await KafkaClient.run(library, bootstrap: quickstart.bootstrap) { client in
                    // Proof 3: an empty list without an error is filtered, not denied.
                    #expect(try await client.topics() == [:])
                    let listed = try await quickstart.liveView()
                    #expect(listed.principals == ["anonymous"])
                    #expect(
                        listed.count("filtered", principal: "anonymous", resourceType: "topic", operation: "describe")
                            >= 1)
                    #expect(listed.count("denied", principal: "anonymous") == 0)
                    #expect(listed.count("allowed", principal: "anonymous") == 0)

                    let refusal = await #expect(throws: ClientFailure.self) {
                        try await client.produce(["forbidden"], to: "my-test-topic")
                    }
                    #expect(refusal?.code == 29, "\(String(describing: refusal))")
                    #expect(try await client.brokers() == Self.advertised(quickstart))

                    let produced = try await quickstart.liveView()
                    #expect(produced.count("denied", principal: "anonymous", resourceType: "topic") >= 1)
                    let denials = produced.decisions.filter {
                        $0["verdict"] == "denied" && $0["resource_type"] == "topic"
                    }
                    #expect(!denials.isEmpty)
                    for denial in denials {
                        #expect(denial["principal"] == "anonymous")
                        #expect(denial["resource_name"] == "my-test-topic")
                        #expect(denial["rule"].string?.hasPrefix("__internal") == true)
                        #expect(denial["reason"].string?.isEmpty == false)
                    }
                }
                try await KafkaClient.run(library, bootstrap: sluice.sandbox[0]) { direct async throws in
                    #expect(
                        try await direct.produce(["first"], to: "my-test-topic") == [0], "nothing was written before")
                }
            }
        }

        @Test func `kcat creates directly, sees nothing through the gateway, and its unsecured token is refused`()
            async throws
        {
            try await Self.run { sluice, quickstart in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                // Proof 1, as far as kcat goes: it writes and reads directly.
                let written = try await Kcat.run(
                    ["-b", sluice.sandbox[0], "-t", "my-test-topic", "-P", "-k", "key"], input: "value")
                #expect(written.status == 0, "\(written.errors)")
                let read = try await Kcat.run([
                    "-b", sluice.sandbox[0], "-t", "my-test-topic", "-C", "-e", "-q", "-o", "beginning",
                ])
                #expect(read.output.split(separator: "\n") == ["value"])
                let direct = try await Kcat.metadata(bootstrap: sluice.sandbox[0])
                #expect(direct.topics == ["my-test-topic": 1])
                #expect(Set(direct.brokers.values) == Set(sluice.sandbox))

                // Proofs 3 and 6.
                let seen = try await Kcat.metadata(bootstrap: quickstart.bootstrap)
                #expect(seen == .init(brokers: Self.advertised(quickstart), topics: [:]))
                let refused = try await Kcat.run(
                    ["-b", quickstart.bootstrap, "-t", "my-test-topic", "-P", "-X", "message.timeout.ms=8000"],
                    input: "value")
                #expect(refused.status != 0)
                #expect(
                    refused.errors.localizedCaseInsensitiveContains("topic authorization failed"), "\(refused.errors)")

                // Proof 5: an unsecured JWT.
                let unsecured = try await Kcat.run(
                    [
                        "-b", quickstart.bootstrap, "-L", "-m", "6", "-X", "security.protocol=SASL_PLAINTEXT", "-X",
                        "sasl.mechanism=OAUTHBEARER", "-X", "enable.sasl.oauthbearer.unsecure.jwt=true", "-X",
                        "sasl.oauthbearer.config=principal=\(quickstart.clientID)",
                    ])
                #expect(unsecured.status != 0)
                #expect(unsecured.errors.localizedCaseInsensitiveContains("authentication"), "\(unsecured.errors)")
                #expect(try await quickstart.liveView().principals == ["anonymous"])
            }
        }

        @Test func `the live view counts exactly what was caused, once for each operation on a resource`() async throws
        {
            try await Self.run { sluice, quickstart in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                    try await direct.create(topic: "other-topic")
                }
                try await RawConnection.run(port: quickstart.port + 1) { anonymous async throws in
                    #expect(try await anonymous.metadata(topics: nil).topics == [:])
                    #expect(
                        try await anonymous.metadata(topics: ["my-test-topic"]).topics == ["my-test-topic": [29, 0]])
                    #expect(try await anonymous.produce("x", to: "my-test-topic") == 29)
                    #expect(try await anonymous.fetch(topic: "my-test-topic").error == 29)
                    #expect(try await anonymous.findCoordinator(group: "g") == (30, -1, ":-1"))
                    #expect(try await anonymous.heartbeat(group: "g") == 30)
                }
                let token = try await quickstart.token()
                let leader = try await RawConnection.run(port: quickstart.port) { client in
                    #expect(try await client.signIn(token: token)?.error == 0)
                    let all = try await client.metadata(topics: nil)
                    #expect(all.topics == ["my-test-topic": [0, 1], "other-topic": [0, 1]])
                    #expect(try await client.findCoordinator(group: "g") == (30, -1, ":-1"))
                    #expect(try await client.heartbeat(group: "g") == 30)
                    return Int(all.leaders["my-test-topic"]?.first ?? -1)
                }
                try await RawConnection.run(port: quickstart.port + 1 + leader) { client in
                    #expect(try await client.signIn(token: token)?.error == 0)
                    #expect(try await client.produce("x", to: "my-test-topic") == 0)
                    #expect(try await client.produce("y", to: "my-test-topic") == 0)
                    let fetched = try await client.fetch(topic: "my-test-topic")
                    #expect(fetched.error == 0)
                    #expect(fetched.recordBytes > 0)
                }

                let live = try await quickstart.liveView()
                #expect(
                    live.counts(principal: "anonymous") == [
                        "filtered topic describe": 2, "denied topic describe": 1, "denied topic write": 1,
                        "denied topic read": 1, "denied group describe": 1, "denied group read": 1,
                    ])
                #expect(
                    live.counts(principal: quickstart.clientID) == [
                        "allowed topic describe": 2, "allowed topic write": 2, "allowed topic read": 1,
                        "denied group describe": 1, "denied group read": 1,
                    ])
                #expect(live.principals == ["anonymous", quickstart.clientID])

                // The same as plain data from the command line.
                let command = try await sluice.command(["live", "--once", "--json"])
                #expect(command.status == 0, "\(command.errors)")
                let seen = LiveView(json: try command.json)
                #expect(seen.counts(principal: "anonymous") == live.counts(principal: "anonymous"))
                #expect(seen.counts(principal: quickstart.clientID) == live.counts(principal: quickstart.clientID))

                let decisions = try await sluice.command(["decisions", "--json"])
                #expect(decisions.status == 0, "\(decisions.errors)")
                let lines = try decisions.output.split(separator: "\n").map { try JSON(text: String($0)) }
                #expect(lines.count == 7 + 7)
                let allowed = lines.filter { $0["verdict"] == "allowed" }
                #expect(
                    allowed.allSatisfy { $0["rule"] == "acl_policy[0]" && $0["principal"] == quickstart.client["id"] })
                #expect(lines.allSatisfy { $0["reason"].string?.isEmpty == false })
            }
        }

        /// Node ids and the addresses at which clients must see them.
        private static func advertised(_ quickstart: Quickstart) -> [String: String] {
            Dictionary(uniqueKeysWithValues: (0..<3).map { ("\($0)", "localhost:\(quickstart.port + 1 + $0)") })
        }
    }
}
