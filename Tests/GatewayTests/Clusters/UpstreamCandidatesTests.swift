import Testing

@testable import Gateway

/// Which brokers a connection to one of a listener's ports may lead to.
@Suite struct UpstreamCandidatesTests {
    private static func address(_ host: String) -> BackendDirectory.Address { .init(host: host, port: 9092) }

    private func candidates(port: Int, brokers: [Int32: String], rotation: Int = 0) -> [String] {
        var snapshot = BackendDirectory.Snapshot()
        snapshot.brokers = brokers.mapValues(Self.address)
        return UpstreamConnector.candidates(
            port: port, endpoints: SessionFacts.test(rules: nil, ports: [29_290...29_294]).endpoints,
            snapshot: snapshot, bootstrapServers: ["seed:9092", "b1:9092", "no address"], rotation: rotation
        ).map(\.host)
    }

    @Test func `the port of a broker leads to that broker alone, also once it has moved`() {
        #expect(self.candidates(port: 29_292, brokers: [1: "b1", 2: "b2"]) == ["b2"])
        #expect(self.candidates(port: 29_292, brokers: [1: "b1", 2: "elsewhere"]) == ["elsewhere"])
    }

    @Test func `the bootstrap port leads to any broker, in turns, and then to the servers of the configuration`() {
        let brokers: [Int32: String] = [1: "b1", 2: "b2", 3: "b3"]
        #expect(self.candidates(port: 29_290, brokers: brokers) == ["b1", "b2", "b3", "seed"])
        #expect(self.candidates(port: 29_290, brokers: brokers, rotation: 4) == ["b2", "b3", "b1", "seed"])
    }

    @Test func `a port whose broker has left leads to those that are there`() {
        #expect(self.candidates(port: 29_293, brokers: [1: "b1", 2: "b2"]) == ["b1", "b2", "seed"])
        #expect(self.candidates(port: 29_293, brokers: [:]) == ["seed", "b1"])
    }
}
