import KafkaProtocol
import Resources
import Testing

@testable import Gateway

/// Which brokers a connection to one of a listener's ports may lead to.
@Suite struct UpstreamCandidatesTests {
    private static let versions = BrokerVersions(SessionFixture.offer)
    private static func address(_ host: String) -> BrokerAddress { .init(host: host, port: 9092) }

    private func question(port: Int, rotation: Int = 0) -> UpstreamQuestion {
        UpstreamQuestion(
            port: port, endpoints: SessionFacts.test(rules: nil, ports: [29_290...29_294]).endpoints,
            bootstrapServers: ["seed:9092", "b1:9092", "no address"], rotation: rotation)
    }

    /// - Parameter answered: Hosts whose versions are known; nil for all.
    private func snapshot(_ brokers: [Int32: String], answered: Set<String>? = nil) -> BackendDirectory.Snapshot {
        var snapshot = BackendDirectory.Snapshot()
        snapshot.brokers = brokers.mapValues(Self.address)
        for host in answered ?? Set(brokers.values).union(["seed", "b1"]) {
            snapshot.versions[Self.address(host)] = Self.versions
        }
        return snapshot
    }

    private func hosts(port: Int, _ snapshot: BackendDirectory.Snapshot, rotation: Int = 0) -> [String]? {
        switch self.question(port: port, rotation: rotation).candidates(in: snapshot) {
        case .absent: nil
        case .brokers(let addresses): addresses.map(\.host)
        }
    }

    @Test func `the port of a broker leads to that broker alone, also once it has moved`() {
        #expect(self.hosts(port: 29_292, self.snapshot([1: "b1", 2: "b2"])) == ["b2"])
        #expect(self.hosts(port: 29_292, self.snapshot([1: "b1", 2: "elsewhere"])) == ["elsewhere"])
    }

    @Test func `the bootstrap port leads to any broker, in turns, and then to the servers of the configuration`() {
        let snapshot = self.snapshot([1: "b1", 2: "b2", 3: "b3"])
        #expect(self.hosts(port: 29_290, snapshot) == ["b1", "b2", "b3", "seed"])
        #expect(self.hosts(port: 29_290, snapshot, rotation: 4) == ["b2", "b3", "b1", "seed"])
    }

    @Test func `the bootstrap port leads to brokers of which is known what they offer`() {
        let snapshot = self.snapshot([1: "b1", 2: "b2", 3: "b3"], answered: ["b2", "seed"])
        #expect(self.hosts(port: 29_290, snapshot) == ["b2", "seed"])
        #expect(self.question(port: 29_290).isAnswered(by: snapshot))
    }

    @Test func `a port whose broker was never seen leads to those that are there`() {
        #expect(self.hosts(port: 29_293, self.snapshot([1: "b1", 2: "b2"])) == ["b1", "b2", "seed"])
        #expect(self.hosts(port: 29_293, self.snapshot([:])) == ["seed", "b1"])
    }

    @Test func `a port whose broker was seen and has left leads nowhere, until it is back`() {
        var snapshot = self.snapshot([1: "b1", 2: "b2"])
        snapshot.brokers[2] = nil
        #expect(self.question(port: 29_292).candidates(in: snapshot) == .absent(nodeID: 2))
        #expect(self.question(port: 29_292).isAnswered(by: snapshot))
        #expect(self.hosts(port: 29_290, snapshot) == ["b1", "seed"])
        snapshot.brokers = [:]
        #expect(self.question(port: 29_291).candidates(in: snapshot) == .absent(nodeID: 1))
        snapshot.brokers = [2: Self.address("back")]
        #expect(self.hosts(port: 29_292, snapshot) == ["back"])
    }

    @Test func `a connection waits for what its own broker offers`() {
        let snapshot = self.snapshot([1: "b1", 2: "b2"], answered: ["b1"])
        #expect(self.question(port: 29_291).isAnswered(by: snapshot))
        #expect(!self.question(port: 29_292).isAnswered(by: snapshot))
        #expect(!self.question(port: 29_290).isAnswered(by: BackendDirectory.Snapshot()))
    }
}
