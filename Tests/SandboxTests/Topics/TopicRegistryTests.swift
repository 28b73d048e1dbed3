import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

@Suite struct `Topic registry` {
    private static func registry(capacityBytes: Int = 1 << 20) -> TopicRegistry {
        var registry = TopicRegistry(brokers: [0, 1, 2], capacityBytes: capacityBytes)
        for name in ["a", "b"] {
            registry.create(
                name, id: .random(), replicas: registry.placement(of: 3, replicationFactor: 2), configs: [:])
        }
        return registry
    }

    private static let firstOfA = TopicPartition(topic: "a", partition: 0)

    @Test func `leaders spread over the brokers`() {
        let registry = Self.registry()
        #expect(registry["a"]?.partitions.map(\.leader) == [0, 1, 2])
        #expect(registry["a"]?.partitions.map(\.replicas) == [[0, 1], [1, 2], [2, 0]])
    }

    @Test func `the cluster's oldest batches go when the bound is reached, whatever their topic`() throws {
        let batch = try checked(producedBatch())
        let size = producedBatch().readableBytes
        var registry = Self.registry(capacityBytes: 3 * size)
        let places = [Self.firstOfA, TopicPartition(topic: "b", partition: 1)]
        for number in 0..<5 { _ = registry.append(batch, to: places[number % 2]) }
        #expect(registry.storedBytes == 3 * size)
        #expect(registry["a"]?.partitions[0].log.startOffset == 1)
        #expect(registry["a"]?.partitions[0].log.endOffset == 3)
        #expect(registry["b"]?.partitions[1].log.startOffset == 1)
    }

    @Test func `a deleted topic gives its bytes back and its batches no longer count`() throws {
        let batch = try checked(producedBatch())
        let size = producedBatch().readableBytes
        var registry = Self.registry(capacityBytes: 2 * size)
        _ = registry.append(batch, to: Self.firstOfA)
        registry.delete("a")
        #expect(registry.storedBytes == 0)
        for _ in 0..<3 { _ = registry.append(batch, to: TopicPartition(topic: "b", partition: 0)) }
        #expect(registry.storedBytes == 2 * size)
        #expect(registry["b"]?.partitions[0].log.startOffset == 1)
    }

    @Test func `another replica leads while a broker is down`() {
        var registry = Self.registry()
        registry.brokerWentDown(0)
        #expect(registry["a"]?.partitions.map(\.leader) == [1, 1, 2])
        #expect(registry["a"]?.partitions.map(\.leaderEpoch) == [1, 0, 0])
        registry.brokerWentDown(1)
        #expect(registry["a"]?.partitions.map(\.leader) == [-1, 2, 2])
        registry.brokerCameUp(0)
        #expect(registry["a"]?.partitions.map(\.leader) == [0, 2, 2])
    }

    @Test(arguments: ["", ".", "..", "a b", "ä", "a/b", String(repeating: "a", count: 250)])
    func `names that Kafka refuses`(name: String) {
        #expect(TopicName.fault(in: name) != nil)
    }

    @Test(arguments: ["a", "A-1_b.c", String(repeating: "a", count: 249)])
    func `names that Kafka accepts`(name: String) {
        #expect(TopicName.fault(in: name) == nil)
    }

    @Test func `names that differ in dots and underscores collide`() {
        var registry = Self.registry()
        registry.create("x.y", id: .random(), replicas: [[0]], configs: [:])
        #expect(registry.collision(with: "x_y") == "x.y")
        registry.delete("x.y")
        #expect(registry.collision(with: "x_y") == nil)
    }

    @Test(arguments: [
        ("retention.ms", "-1", true), ("retention.ms", "-2", false), ("retention.ms", "soon", false),
        ("cleanup.policy", "compact,delete", true), ("cleanup.policy", "keep", false),
        ("preallocate", "maybe", false), ("no.such.thing", "1", false),
        ("message.timestamp.type", "LogAppendTime", false),
    ])
    func `settings are checked by their kind`(name: String, value: String, isFine: Bool) {
        #expect((TopicConfigs.fault(in: name, value: value) == nil) == isFine)
    }
}
