import Testing

extension IntegrationSuite {
    /// Backends that go away and come back, that have several brokers, and more of them than the listener has ports.
    @Suite(.serialized) struct BackendTests {
        @Test func `a backend that is down is an error to clients, a state with a reason, and no harm once it is back`()
            async throws
        {
            let port = try FreePorts.first(of: 1)
            var tansu: TansuProcess? = try await TansuProcess.start(port: port)
            do {
                try await SluiceProcess.run(sandbox: false) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: ["127.0.0.1:\(port)"], brokers: 1, minimumBrokerID: 111)
                    let token = try await quickstart.token()
                    func makeTopic() async throws {
                        try await KafkaClient.run(.confluent, bootstrap: "127.0.0.1:\(port)") { direct in
                            try await direct.create(topic: "my-test-topic")
                        }
                    }
                    try await makeTopic()
                    try await KafkaClient.run(.confluent, bootstrap: quickstart.bootstrap, token: token) { client in
                        #expect(try await client.produce(["before"], to: "my-test-topic") == [0])
                        await tansu?.stop()
                        tansu = nil
                        await #expect(throws: ClientFailure.self) {
                            try await client.produce(["during"], to: "my-test-topic", timeout: 4)
                        }
                        let live = try await quickstart.liveView()
                        let states = [
                            live.component("backend_cluster", "default_backend_cluster"),
                            live.component("listener", "example_listener"),
                        ].compactMap { $0 }
                        #expect(states.contains { $0.state != "UP" && $0.reason.contains(String(port)) }, "\(states)")
                        try await sluice.logged("127.0.0.1:\(port)")
                        let readiness = try await sluice.api.get("/health/probes/readiness")
                        #expect(readiness.status == 200)
                        #expect(readiness.text.contains("degraded"), "\(readiness.text)")

                        tansu = try await TansuProcess.start(port: port)
                        try await makeTopic()
                        try await waitUntil("the same client to produce again", within: .seconds(40)) {
                            (try? await client.produce(["after"], to: "my-test-topic", timeout: 5)) != nil
                        }
                    }
                    try await waitUntil("the states to be UP again", within: .seconds(70)) {
                        let live = try await quickstart.liveView()
                        return live.component("backend_cluster", "default_backend_cluster")?.state == "UP"
                            && live.component("listener", "example_listener")?.state == "UP"
                    }
                }
            } catch {
                await tansu?.stop()
                throw error
            }
            await tansu?.stop()
        }

        @Test func `the gateway bootstraps from whichever server answers`() async throws {
            try await TansuProcess.run { tansu in
                try await SluiceProcess.run(sandbox: false) { sluice in
                    let nobody = try FreePorts.first(of: 2)
                    let quickstart = try await Quickstart(
                        sluice.api,
                        bootstrapServers: ["127.0.0.1:\(nobody)", "127.0.0.1:\(nobody + 1)", tansu.bootstrap],
                        brokers: 1,
                        minimumBrokerID: 111)
                    try await RawConnection.run(port: quickstart.port) { client async throws in
                        #expect(
                            try await client.metadata(topics: nil).brokers == [111: "localhost:\(quickstart.port + 1)"])
                    }
                }
            }
        }

        @Test func `records go to and come from each of three foreign brokers, and no address of theirs shows`()
            async throws
        {
            try await PythonClient.run("mock_cluster") { cluster in
                let servers = try await cluster.call("start", ["brokers": 3]).array?.compactMap(\.string) ?? []
                #expect(servers.count == 3)
                // The mock makes topics of 4 partitions by first use and picks their leaders at random among its node ids
                // 1, 2 and 3. Of 24 partitions each broker leads some.
                let topics = (0..<6).map { "spread-\($0)" }
                try await KafkaClient.run(.confluent, bootstrap: servers[0]) { direct async throws in
                    try await direct.python.call(
                        "configure", ["bootstrap": .string(servers[0]), "auto_create": true])
                    for topic in topics {
                        #expect(try await direct.produce(["direct"], to: topic).count == 1)
                    }
                }
                try await SluiceProcess.run(sandbox: false) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: servers, brokers: 3, minimumBrokerID: 1)
                    let token = try await quickstart.token()
                    for library in [KafkaLibrary.confluent, .aiokafka] {
                        try await KafkaClient.run(library, bootstrap: quickstart.bootstrap, token: token) { client in
                            #expect(try await client.topics().mapValues(\.partitions)["spread-0"] == 4)
                            for topic in topics {
                                for partition in 0..<4 {
                                    try await client.python.call(
                                        "produce",
                                        [
                                            "topic": .string(topic), "values": ["\(library) \(partition)"],
                                            "partition": .integer(partition),
                                        ])
                                }
                                #expect(try await client.consume(1, from: topic) == ["direct"])
                            }
                        }
                    }
                    try await RawConnection.run(port: quickstart.port) { client in
                        #expect(try await client.signIn(token: token)?.error == 0)
                        let metadata = try await client.metadata(topics: nil)
                        #expect(
                            metadata.brokers == [
                                1: "localhost:\(quickstart.port + 1)", 2: "localhost:\(quickstart.port + 2)",
                                3: "localhost:\(quickstart.port + 3)",
                            ])
                        #expect(Set(metadata.leaders.values.joined()) == [1, 2, 3], "records went to every broker")
                    }
                    let live = try await quickstart.liveView()
                    #expect(
                        live.count("allowed", principal: quickstart.clientID, resourceType: "topic", operation: "write")
                            >= 48)
                }
            }
        }

        @Test func `a broker without a port is left out, its partitions have no leader, and the listener warns`()
            async throws
        {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "spread", partitions: 3)
                }
                // Ports for the bootstrap and two of the three brokers.
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 2)
                try await RawConnection.run(port: quickstart.port) { client in
                    #expect(try await client.signIn(token: try await quickstart.token())?.error == 0)
                    let metadata = try await client.metadata(topics: ["spread"])
                    #expect(
                        metadata.brokers == [
                            0: "localhost:\(quickstart.port + 1)", 1: "localhost:\(quickstart.port + 2)",
                        ])
                    #expect(metadata.leaders["spread"]?.sorted() == [-1, 0, 1])
                }
                try await waitUntil("the listener to warn") {
                    let listener = try await quickstart.liveView().component("listener", "example_listener")
                    return listener?.state == "WARN" && listener?.reason.contains(String(quickstart.port + 3)) == true
                }
                try await sluice.logged(String(quickstart.port + 3))
            }
        }
    }
}
