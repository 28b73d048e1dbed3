import Testing

extension IntegrationSuite {
    /// Proof 7 for stock clients: the decisions counted are those that the requests on the wire called for, worked out
    /// by a relay between client and gateway that shares no code with the product.
    @Suite(.serialized) struct DecisionTallyTests {
        @Test(arguments: KafkaLibrary.allCases)
        func `the counters are what the client's requests on the wire called for`(library: KafkaLibrary) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                    try await direct.create(topic: "other-topic")
                }
                let quickstart = try await Quickstart(
                    sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, address: "127.0.0.1",
                    advertisedHost: "127.0.0.2")
                try await PythonClient.run("tap") { tap in
                    let ports = (quickstart.port...(quickstart.port + 3)).map { JSON.integer($0) }
                    try await tap.call("start", ["ports": .array(ports)])
                    let bootstrap = "127.0.0.2:\(quickstart.port)"

                    try await KafkaClient.run(library, bootstrap: bootstrap, token: try await quickstart.token()) {
                        client in
                        #expect(try await client.topics().count == 2)
                        try await client.produce(["one", "two"], to: "my-test-topic")
                        #expect(try await client.consume(2, from: "my-test-topic") == ["one", "two"])
                        await #expect(throws: ClientFailure.self) {
                            try await client.join(group: "my-group", topic: "my-test-topic", reading: 1)
                        }
                        try await client.close()
                    }
                    try await KafkaClient.run(library, bootstrap: bootstrap) { client in
                        #expect(try await client.topics() == [:])
                        await #expect(throws: ClientFailure.self) {
                            try await client.produce(["forbidden"], to: "my-test-topic")
                        }
                        try await client.close()
                    }

                    // The clients are gone; what they sent last is counted as soon as the gateway has read it.
                    let tally = try await tap.call("tally", ["topics": 2])
                    #expect(tally["unknown"] == [], "requests that the relay cannot judge")
                    func expected(_ principal: String) -> [String: Int] {
                        (tally["expected"][principal].object ?? [:]).compactMapValues(\.integer)
                    }
                    try? await waitUntil("the gateway to have counted every request", within: .seconds(5)) {
                        let live = try await quickstart.liveView()
                        return live.counts(principal: quickstart.clientID) == expected("token")
                            && live.counts(principal: "anonymous") == expected("anonymous")
                    }
                    let live = try await quickstart.liveView()
                    #expect(live.counts(principal: quickstart.clientID) == expected("token"))
                    #expect(live.counts(principal: "anonymous") == expected("anonymous"))
                }
            }
        }
    }
}
