import Testing

/// What two clients of the tutorial do, one with a token and one without, watched by a relay on the wire that works out
/// the decisions that their requests call for.
enum TappedClients {
    /// - Returns: the relay's `tally`: under `token` and `anonymous`, `allowed topic describe` and the like to a count.
    static func run(
        _ library: KafkaLibrary, _ quickstart: Quickstart, _ tap: PythonClient
    ) async throws -> [String: [String: Int]] {
        let ports = (quickstart.port...(quickstart.port + 3)).map { JSON.integer($0) }
        try await tap.call("start", ["ports": .array(ports)])
        let bootstrap = "\(self.host):\(quickstart.port)"
        try await KafkaClient.run(library, bootstrap: bootstrap, token: try await quickstart.token()) { client in
            #expect(try await client.topics().count == self.topics.count)
            try await client.produce(["one", "two"], to: self.topics[0])
            #expect(try await client.consume(2, from: self.topics[0]) == ["one", "two"])
            await #expect(throws: ClientFailure.self) {
                try await client.join(group: "my-group", topic: self.topics[0], reading: 1)
            }
            try await client.close()
        }
        try await KafkaClient.run(library, bootstrap: bootstrap) { client in
            #expect(try await client.topics() == [:])
            await #expect(throws: ClientFailure.self) {
                try await client.produce(["forbidden"], to: self.topics[0])
            }
            try await client.close()
        }
        let tally = try await tap.call("tally", ["topics": .integer(self.topics.count)])
        #expect(tally["unknown"] == [], "requests that the relay cannot judge")
        return (tally["expected"].object ?? [:]).mapValues { ($0.object ?? [:]).compactMapValues(\.integer) }
    }

    /// Where the relay listens: the gateway advertises it.
    static let host = "127.0.0.2"
    static let topics = ["my-test-topic", "other-topic"]

    /// Makes the topics, straight on the cluster.
    static func prepare(_ sluice: SluiceProcess) async throws {
        try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
            for topic in self.topics { try await direct.create(topic: topic) }
        }
    }
}
