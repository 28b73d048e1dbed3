import KafkaProtocol
import Testing

@testable import Gateway

@Suite struct BackendDirectoryTests {
    private static func id(_ number: Int) -> KafkaUUID { KafkaUUID(high: 1, low: UInt64(number)) }
    private static func address(_ port: Int) -> BackendDirectory.Address { .init(host: "broker", port: port) }

    @Test func `a topic that was made anew is known by its new id alone`() {
        let directory = BackendDirectory()
        directory.learn(topicID: Self.id(1), name: "t")
        directory.learn(topicID: Self.id(2), name: "t")
        #expect(directory.topicName(of: Self.id(1)) == nil)
        #expect(directory.topicName(of: Self.id(2)) == "t")
        directory.learn(topicID: Self.id(2), name: "t")
        #expect(directory.topicName(of: Self.id(2)) == "t")
    }

    @Test func `as many ids are kept as may be, and the newest is among them`() {
        let directory = BackendDirectory()
        let count = BackendDirectory.maximumTopicIDs + 10
        for number in 0..<count { directory.learn(topicID: Self.id(number), name: "t\(number)") }
        #expect(directory.topicName(of: Self.id(count - 1)) == "t\(count - 1)")
        let kept = (0..<count).count { directory.topicName(of: Self.id($0)) != nil }
        #expect(kept == BackendDirectory.maximumTopicIDs)
    }

    @Test func `a broker that joins or moves is known from an answer to a client, one that is not listed stays`() {
        let directory = BackendDirectory()
        directory.update { $0.brokers = [1: Self.address(1), 2: Self.address(2)] }
        directory.learn(brokers: [2: Self.address(22), 3: Self.address(3)])
        #expect(directory.snapshot.brokers == [1: Self.address(1), 2: Self.address(22), 3: Self.address(3)])
    }
}
