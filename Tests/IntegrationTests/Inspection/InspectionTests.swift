import Foundation
import Testing

extension IntegrationSuite {
    /// What the gateway foretells, against what real requests are told.
    @Suite(.serialized) struct InspectionTests {
        @Test func `each decision of real requests is what explain and the matrix say`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                for topic in ["orders", "payments"] {
                    let made = try await sluice.api.post(
                        "\(quickstart.virtualClusterPath)/topics", ["name": .string(topic), "partitions": 1])
                    #expect(made.status == 204, "\(made)")
                }
                let token = try await quickstart.token()
                for token in [nil, token] {
                    try await RawConnection.run(port: quickstart.port) { client in
                        if let token { #expect(try await client.signIn(token: token)?.error == 0) }
                        _ = try await client.metadata(topics: nil)
                        _ = try await client.metadata(topics: ["orders", "no-such-topic"])
                        _ = try await client.produce("x", to: "orders")
                        _ = try await client.fetch(topic: "payments")
                        _ = try await client.findCoordinator(group: "workers")
                    }
                }
                let decisions = try await sluice.api.get("\(quickstart.gatewayPath)/decisions").json.array ?? []
                #expect(decisions.count > 8)
                for decision in decisions {
                    let subject: JSON =
                        decision["principal"] == "anonymous"
                        ? ["type": "anonymous"] : ["type": "token", "token": .string(token)]
                    let explanation = try await sluice.api.post(
                        "\(quickstart.gatewayPath)/explain",
                        [
                            "virtual_cluster": "example_virtual_cluster", "subject": subject,
                            "resource_type": decision["resource_type"], "resource_name": decision["resource_name"],
                            "operation": decision["operation"],
                        ]
                    ).json
                    #expect(explanation["allowed"].bool == (decision["verdict"] == "allowed"), "\(decision.text)")
                    #expect(explanation["rule"] == decision["rule"], "\(decision.text)")
                    #expect(explanation["reason"] == decision["reason"], "\(decision.text)")
                    let matrix = try await sluice.api.post(
                        "\(quickstart.gatewayPath)/access-matrix",
                        [
                            "virtual_cluster": "example_virtual_cluster", "subject": subject,
                            "resources": [["type": decision["resource_type"], "name": decision["resource_name"]]],
                        ]
                    ).json
                    let cell = (matrix["rows"][0]["cells"].array ?? []).first {
                        $0["operation"] == decision["operation"]
                    }
                    #expect(cell?["allowed"].bool == (decision["verdict"] == "allowed"), "\(decision.text)")
                    #expect(cell?["rule"] == decision["rule"], "\(decision.text)")
                }
            }
        }

        @Test func `a probe sees through the listener what was foretold, and says why it is refused`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                _ = try await sluice.api.post("\(quickstart.virtualClusterPath)/topics", ["name": "orders"])
                let token = try await quickstart.token()
                func probe(_ token: String?) async throws -> JSON {
                    var question: JSON = ["virtual_cluster": "example_virtual_cluster"]
                    if let token { question = question.adding(["token": .string(token)]) }
                    return try await sluice.api.post("/v1/event-gateways/-/probe", question).json
                }
                let open = try await probe(token)
                #expect(open["topics"] == ["orders"], "\(open.text)")
                #expect(open["predicted_topics"] == ["orders"])
                #expect(open["address"].string == quickstart.bootstrap)
                let anonymous = try await probe(nil)
                #expect(anonymous["succeeded"] == true)
                #expect(anonymous["topics"] == [], "\(anonymous.text)")
                #expect(anonymous["detail"].string?.contains("as predicted") == true)
                let refused = try await probe(Tokens.alteringSignature(of: token))
                #expect(refused["succeeded"] == false)
                #expect(refused["detail"].string?.contains("signature") == true, "\(refused.text)")
            }
        }

        @Test func `topics say who may read them, and decisions where they came from, also when the client is gone`()
            async throws
        {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                _ = try await sluice.api.post(
                    "\(quickstart.virtualClusterPath)/topics", ["name": "orders", "partitions": 2])
                let token = try await quickstart.token()
                try await RawConnection.run(port: quickstart.port) { client in
                    #expect(try await client.signIn(token: token)?.error == 0)
                    _ = try await client.metadata(topics: nil)
                    let topics = try await sluice.api.get("\(quickstart.virtualClusterPath)/topics").json
                    #expect(topics[0]["name"] == "orders")
                    #expect(topics[0]["partitions"].array?.count == 2)
                    #expect(topics[0]["readers"] == [.string(quickstart.clientID)])
                    let live = try await quickstart.liveView()
                    let session = try #require(live.connections.first?.session)
                    let closed = try await sluice.api.delete("\(quickstart.gatewayPath)/connections/\(session)")
                    #expect(closed.status == 204)
                    try await client.closed()
                }
                let topics = try await sluice.api.get("\(quickstart.virtualClusterPath)/topics").json
                // The rule that lets it read is in force as before.
                #expect(topics[0]["readers"] == [.string(quickstart.clientID)])
                let decisions = try await sluice.api.get("\(quickstart.gatewayPath)/decisions").json.array ?? []
                #expect(!decisions.isEmpty)
                for decision in decisions {
                    #expect(decision["remote_address"].string?.hasPrefix("127.0.0.1:") == true)
                    #expect(decision["client_id"].string?.isEmpty == false)
                }
                let groups = try await sluice.api.get("\(quickstart.virtualClusterPath)/groups")
                #expect(groups.status == 200)
                #expect(groups.json == [])
                try await sluice.logged("connection closed by an operator")
                try await sluice.logged("listener is UP")
                let lines = try await sluice.api.get("/v1/event-gateways/-/logs").json.array ?? []
                #expect(lines.contains { $0["message"] == "connection closed by an operator" })
                #expect(lines.contains { $0["message"] == "listener is UP" })
                #expect(!lines.contains { $0.text.contains(token) })
            }
        }

        @Test func `sluice explain says why, and exits as it decides`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let question = ["explain", "--operation", "read", "--topic", "orders"]
                let allowed = try await sluice.command(question + ["--principal", quickstart.clientID])
                #expect(allowed.status == 0, "\(allowed.errors)")
                #expect(allowed.output.hasPrefix("ALLOWED  \(quickstart.clientID): read topic 'orders'\n"))
                let denied = try await sluice.command(question + ["--anonymous", "--json"])
                #expect(denied.status == 3)
                #expect(try denied.json["rule"] == "__internal/default-deny")
                let token = try await sluice.command(
                    question + ["--token", "-"], input: try await quickstart.token())
                #expect(token.status == 0, "\(token.errors)")
                let wrong = try await runToEnd(SluiceProcess.binary, question)
                #expect(wrong.status == 2)
                #expect(wrong.errors.contains("--principal"), "\(wrong.errors)")
            }
        }
    }
}
