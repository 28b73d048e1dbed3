import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

@Suite struct BackendDirectoryTests {
    private static func id(_ number: Int) -> KafkaUUID { KafkaUUID(high: 1, low: UInt64(number)) }
    private static func address(_ port: Int) -> BrokerAddress { .init(host: "broker", port: port) }

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

    @Test func `the list of all topics is asked for now and then, by one of those who want it`() {
        let directory = BackendDirectory()
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        // While there is none, nobody waits for the others.
        #expect(directory.topicList(at: start) == nil)
        #expect(directory.topicList(at: start) == nil)
        let first = directory.keep(TopicList(names: ["a"]))
        #expect(directory.topicList(at: start + .seconds(2)) == first)
        #expect(directory.topicList(at: start + .seconds(3)) == nil)
        #expect(directory.topicList(at: start + .seconds(3)) == first)
        let second = directory.keep(TopicList(names: ["a", "b"]))
        #expect(directory.topicList(at: start + .seconds(4)) == second)
        directory.learn(topicID: Self.id(1), name: "b")
        #expect(directory.topicList(at: start + .seconds(4)) == second)
        // A topic that is not in it.
        directory.learn(topicID: Self.id(2), name: "c")
        #expect(directory.topicList(at: start + .seconds(4)) == nil)
    }

    @Test func `names are found in a list by their bytes`() {
        let names = ["", "a", "b", "caf\u{e9}", "e"].sortedByBytes()
        let list = TopicList(names: names)
        for name in names { #expect(list.contains(name)) }
        for name in ["0", "aa", "cafe\u{301}", "z"] { #expect(!list.contains(name)) }
        #expect(!TopicList().contains("a"))
    }

    @Test func `a broker that joins or moves is known from an answer to a client, one that is not listed stays`() {
        let directory = BackendDirectory()
        directory.update { $0.brokers = [1: Self.address(1), 2: Self.address(2)] }
        directory.learn(brokers: [2: Self.address(22), 3: Self.address(3)])
        #expect(directory.snapshot.brokers == [1: Self.address(1), 2: Self.address(22), 3: Self.address(3)])
    }
}
