import Foundation
import NIOCore
import Testing

extension IntegrationSuite {
    @Suite(.serialized) struct RestartTests {
        @Test func `SIGTERM ends with status 0, and the next start serves the same configuration`() async throws {
            try await TemporaryDirectory.run { directory in
                // A fixed public URL: the issuer that a token names stays reachable over a restart.
                let apiPort = try FreePorts.first(of: 1)
                try await TansuProcess.run { tansu in
                    let first = try await SluiceProcess.start(
                        dataDirectory: directory, arguments: ["--api", "127.0.0.1:\(apiPort)"])
                    let quickstart: Quickstart
                    let token: String
                    do {
                        quickstart = try await Quickstart(
                            first.api, bootstrapServers: [tansu.bootstrap], brokers: 1, minimumBrokerID: 111)
                        token = try await quickstart.token()
                        first.child.signal(SIGTERM)
                        #expect(try await first.child.exited() == 0, "\(first.child.errorTail)")
                        #expect(first.child.terminatingSignal == nil)
                    } catch {
                        await first.child.stop()
                        throw error
                    }
                    #expect(!FileManager.default.fileExists(atPath: "\(directory)/serve.json"))

                    try await SluiceProcess.run(
                        sandbox: false, dataDirectory: directory, arguments: ["--api", "127.0.0.1:\(apiPort)"]
                    ) { second in
                        #expect(second.api.token == first.api.token)
                        for (path, resource) in [
                            ("/v1/auth-servers/\(quickstart.authServer.id)", quickstart.authServer),
                            (quickstart.virtualClusterPath, quickstart.virtualCluster),
                            ("\(quickstart.gatewayPath)/listeners/\(quickstart.listener.id)", quickstart.listener),
                            (
                                "\(quickstart.virtualClusterPath)/cluster-policies/\(quickstart.aclPolicy.id)",
                                quickstart.aclPolicy
                            ),
                        ] {
                            let answer = try await second.api.get(path)
                            #expect(answer.status == 200)
                            #expect(answer.json == resource)
                        }
                        // The token of before and the key that signed it are still good.
                        try await KafkaClient.run(.confluent, bootstrap: tansu.bootstrap) { direct in
                            try await direct.create(topic: "my-test-topic")
                        }
                        try await KafkaClient.run(.confluent, bootstrap: quickstart.bootstrap, token: token) {
                            client async throws in
                            #expect(try await client.topics().keys.sorted() == ["my-test-topic"])
                        }
                        #expect(try await quickstart.tokenAnswer().status == 200)
                    }
                }
            }
        }

        @Test func `SIGTERM lets a pending answer out before the connection closes`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "empty")
                }
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let token = try await quickstart.token()
                let leader = try await RawConnection.run(port: quickstart.port) { client in
                    try await client.signIn(token: token)
                    return Int(try await client.metadata(topics: ["empty"]).leaders["empty"]?.first ?? -1)
                }
                try await RawConnection.run(port: quickstart.port + 1 + leader) { client in
                    #expect(try await client.signIn(token: token)?.error == 0)
                    _ = try await client.metadata(topics: nil)
                    func requests() async throws -> Int {
                        try await quickstart.liveView().connections.map(\.requests).max() ?? 0
                    }
                    let before = try await requests()
                    try await client.sendFetch(topic: "empty", correlationID: 77, waitingMilliseconds: 2_000)
                    try await waitUntil("the request to arrive") { try await requests() > before }
                    sluice.child.signal(SIGTERM)
                    var answer = try #require(try await client.frame(), "the answer was lost")
                    let correlationID = answer.readInteger(as: Int32.self)
                    #expect(correlationID == 77)
                    try await client.closed()
                }
                #expect(try await sluice.child.exited() == 0)
            }
        }

        @Test func `a second process on the same data directory is refused and the first goes on`() async throws {
            try await SluiceProcess.run(sandbox: false) { first in
                let second = try await runToEnd(
                    SluiceProcess.binary, ["serve", "--data-dir", first.dataDirectory, "--api", "127.0.0.1:0"])
                #expect(second.status == 1)
                #expect(second.errors.contains(first.dataDirectory), "\(second.errors)")
                #expect(
                    second.errors.contains(String(first.child.processID)),
                    "the message names the holder: \(second.errors)")
                #expect(try await first.api.get("/v1/event-gateways").status == 200)
            }
        }

        @Test func `the data directory and the admin token are for their owner only`() async throws {
            try await TemporaryDirectory.run { directory in
                let data = "\(directory)/data"
                try await SluiceProcess.run(sandbox: false, dataDirectory: data) { sluice async throws in
                    func mode(_ path: String) throws -> Int? {
                        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    }
                    #expect(try mode(data) == 0o700)
                    #expect(try mode("\(data)/admin-token") == 0o600)
                    #expect(try mode("\(data)/serve.json") == 0o600)
                    #expect(!sluice.child.errorText.contains(sluice.api.token ?? ""), "the admin token is not logged")
                }
            }
        }

        @Test func `a port that cannot be bound after a restart leaves one listener down and the rest up`() async throws
        {
            try await TemporaryDirectory.run { directory in
                let port = try FreePorts.first(of: 2)
                let first = try await SluiceProcess.start(dataDirectory: directory)
                let gateway: JSON
                do {
                    gateway = try await first.api.create("/v1/event-gateways", ["name": "edge"])
                    for (name, port) in [("one", port), ("two", port + 1)] {
                        _ = try await first.api.create(
                            "/v1/event-gateways/\(gateway.id)/listeners",
                            ["name": .string(name), "addresses": ["127.0.0.1"], "ports": [.integer(port)]])
                    }
                } catch {
                    await first.child.stop()
                    throw error
                }
                await first.child.stop()

                let occupant = try await TansuProcess.start(port: port)
                do {
                    try await SluiceProcess.run(sandbox: false, dataDirectory: directory) { second in
                        let live = try await second.api.liveView(gateway: gateway.id)
                        let down = try #require(live.component("listener", "one"))
                        #expect(down.state == "DOWN")
                        #expect(down.reason.contains(String(port)), "\(down.reason)")
                        #expect(try #require(live.component("listener", "two")).state != "DOWN")
                        let readiness = try await second.api.get("/health/probes/readiness")
                        #expect(readiness.status == 200)
                        #expect(readiness.text.contains("degraded"), "\(readiness.text)")

                        await occupant.stop()
                        try await waitUntil("the listener to come up by itself", within: .seconds(40)) {
                            try await second.api.liveView(gateway: gateway.id).component("listener", "one")?.state
                                != "DOWN"
                        }
                    }
                } catch {
                    await occupant.stop()
                    throw error
                }
            }
        }
    }
}
