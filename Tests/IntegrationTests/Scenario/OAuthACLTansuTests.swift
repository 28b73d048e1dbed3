import Testing

extension IntegrationSuite {
    /// The tutorial in front of Tansu: one broker, node id 111, that we did not write.
    ///
    /// Tansu lacks several brokers (so proof 6 shows one), SASL, TLS and ACLs of its own, and KIP-848 groups. It answers a
    /// JoinGroup only after half of the session timeout, and Debian's kcat cannot connect to it directly, which the
    /// gateway's own ApiVersions answer mends.
    @Suite(.serialized) struct OAuthACLTansuTests {
        private static func run(_ body: (TansuProcess, Quickstart) async throws -> Void) async throws {
            try await TansuProcess.run { tansu in
                try await SluiceProcess.run(sandbox: false) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: [tansu.bootstrap], brokers: 1, minimumBrokerID: 111)
                    try await body(tansu, quickstart)
                }
            }
        }

        @Test(arguments: KafkaLibrary.allCases)
        func `the tutorial holds in front of a third-party broker`(library: KafkaLibrary) async throws {
            try await Self.run { tansu, quickstart in
                try await KafkaClient.run(library, bootstrap: tansu.bootstrap) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                let advertised = ["111": "localhost:\(quickstart.port + 1)"]
                try await KafkaClient.run(library, bootstrap: quickstart.bootstrap, token: try await quickstart.token())
                {
                    client in
                    #expect(try await client.topics() == ["my-test-topic": .init(partitions: 1, replication: 1)])
                    #expect(try await client.produce(["one", "two"], to: "my-test-topic") == [0, 1])
                    #expect(try await client.consume(2, from: "my-test-topic") == ["one", "two"])
                    #expect(try await client.brokers() == advertised)

                    let refusal = await #expect(throws: ClientFailure.self) {
                        try await client.join(group: "my-group", topic: "my-test-topic", reading: 1)
                    }
                    #expect(refusal?.code == 30, "\(String(describing: refusal))")
                    try await quickstart.allowGroups()
                    #expect(
                        try await client.join(group: "my-group", topic: "my-test-topic", reading: 2) == ["one", "two"])
                    #expect(try await client.commit() == [2])
                }
                try await KafkaClient.run(library, bootstrap: quickstart.bootstrap) { client async throws in
                    #expect(try await client.topics() == [:])
                    #expect(try await client.brokers() == advertised)
                    let refusal = await #expect(throws: ClientFailure.self) {
                        try await client.produce(["forbidden"], to: "my-test-topic")
                    }
                    #expect(refusal?.code == 29, "\(String(describing: refusal))")
                }
                let live = try await quickstart.liveView()
                #expect(live.principals == ["anonymous", quickstart.clientID])
                #expect(
                    live.count("filtered", principal: "anonymous", resourceType: "topic", operation: "describe") >= 1)
                #expect(live.count("denied", principal: "anonymous", resourceType: "topic") >= 1)
                #expect(live.count("allowed", principal: "anonymous") == 0)
                #expect(live.count("denied", principal: quickstart.clientID, resourceType: "group") >= 1)
                #expect(live.count("denied", principal: quickstart.clientID, resourceType: "topic") == 0)
            }
        }

        @Test func `kcat that cannot talk to Tansu directly can through the gateway`() async throws {
            try await Self.run { tansu, quickstart in
                try await KafkaClient.run(.confluent, bootstrap: tansu.bootstrap) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                let seen = try await Kcat.metadata(bootstrap: quickstart.bootstrap)
                #expect(seen == .init(brokers: ["111": "localhost:\(quickstart.port + 1)"], topics: [:]))
            }
        }
    }
}
