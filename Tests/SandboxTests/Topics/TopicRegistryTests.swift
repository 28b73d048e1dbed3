import Foundation
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

    /// Memory that one produced batch takes.
    private static func heldBytes() throws -> Int {
        var registry = Self.registry()
        _ = registry.append(try checked(producedBatch()), to: Self.firstOfA)
        return registry.heldBytes
    }

    private static let firstOfA = TopicPartition(topic: "a", partition: 0)

    @Test func `leaders spread over the brokers`() {
        let registry = Self.registry()
        #expect(registry["a"]?.partitions.map(\.leader) == [0, 1, 2])
        #expect(registry["a"]?.partitions.map(\.replicas) == [[0, 1], [1, 2], [2, 0]])
    }

    @Test func `brokers that are down get copies after those that are up, and lead nothing`() {
        var registry = Self.registry()
        registry.brokerWentDown(1)
        let placement = registry.placement(of: 3, replicationFactor: 3)
        #expect(placement.allSatisfy { $0.last == 1 })
        registry.create("c", id: .random(), replicas: placement, configs: [:])
        #expect(registry["c"]?.partitions.map(\.leader) == [0, 2, 0])
        #expect(registry.placement(of: 3, replicationFactor: 1).allSatisfy { $0 != [1] })
    }

    @Test func `the cluster's oldest batches go when the bound is reached, whatever their topic`() throws {
        let batch = try checked(producedBatch())
        let size = producedBatch().readableBytes
        var registry = Self.registry(capacityBytes: try 3 * Self.heldBytes())
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
        var registry = Self.registry(capacityBytes: try 2 * Self.heldBytes())
        _ = registry.append(batch, to: Self.firstOfA)
        registry.delete("a")
        #expect(registry.storedBytes == 0)
        #expect(registry.heldBytes == 0)
        for _ in 0..<3 { _ = registry.append(batch, to: TopicPartition(topic: "b", partition: 0)) }
        #expect(registry.storedBytes == 2 * size)
        #expect(registry["b"]?.partitions[0].log.startOffset == 1)
    }

    @Test func `a topic keeps no more bytes than it was told, but what fills them`() throws {
        let batch = try checked(producedBatch())
        let size = producedBatch().readableBytes
        var registry = Self.registry()
        registry.setConfigs(of: "a", to: ["retention.bytes": "\(2 * size)"])
        for _ in 0..<5 { _ = registry.append(batch, to: Self.firstOfA) }
        #expect(registry["a"]?.partitions[0].log.startOffset == 3)
        #expect(registry.storedBytes == 2 * size)
        registry.setConfigs(of: "a", to: ["retention.bytes": "\(2 * size)", "cleanup.policy": "compact"])
        for _ in 0..<5 { _ = registry.append(batch, to: Self.firstOfA) }
        #expect(registry["a"]?.partitions[0].log.startOffset == 3)
    }

    @Test func `records older than their topic keeps them go`() throws {
        var registry = Self.registry()
        registry.setConfigs(of: "a", to: ["retention.ms": "500"])
        registry.setConfigs(of: "b", to: ["retention.ms": "-1"])
        for timestamp: Int64 in [1000, 2000, 1900] {
            let batch = try checked(producedBatch(timestamp: timestamp))
            _ = registry.append(batch, to: Self.firstOfA)
            _ = registry.append(batch, to: TopicPartition(topic: "b", partition: 0))
        }
        #expect(registry.dropOldRecords(before: 1500) == false)
        #expect(registry.dropOldRecords(before: 1501) == true)
        #expect(registry["a"]?.partitions[0].log.startOffset == 1)
        #expect(registry["b"]?.partitions[0].log.startOffset == 0)
        registry.configDefaults = ["retention.ms": "100"]
        registry.setConfigs(of: "b", to: [:])
        #expect(registry.dropOldRecords(before: 3000) == true)
        #expect(registry["b"]?.partitions[0].log.startOffset == 3)
        #expect(registry.heldBytes == 0)
    }

    @Test func `what an open transaction wrote is kept`() throws {
        var registry = Self.registry()
        let batch = try checked(producedBatch(producerID: 1, epoch: 0, sequence: 0, attributes: 0x10))
        _ = registry.append(batch, to: Self.firstOfA)
        #expect(registry.dropOldRecords(before: .max) == false)
        let marker = TransactionMarker(producerID: 1, producerEpoch: 0, isCommit: true, timestamp: 0)
        #expect(registry.append(marker, to: Self.firstOfA) == true)
        #expect(registry.dropOldRecords(before: .max) == true)
        #expect(registry["a"]?.partitions[0].log.startOffset == 2)
    }

    @Test func `a partition is led by one of the brokers it was moved to`() {
        var registry = Self.registry()
        registry.reassign(Self.firstOfA, to: [2, 1])
        #expect(registry["a"]?.partitions[0].replicas == [2, 1])
        #expect(registry["a"]?.partitions[0].leader == 2)
        #expect(registry["a"]?.partitions[0].leaderEpoch == 1)
        registry.reassign(Self.firstOfA, to: [1, 2, 0])
        #expect(registry["a"]?.partitions[0].leader == 2)
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

    /// Memory of this process, in bytes.
    private static var residentBytes: Int? {
        let sizes = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return sizes?.dropFirst().first.flatMap { Int($0) }.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
    }

    /// In a process of its own, which has no other test beside it.
    @Test func `what records are said to take is what the process takes for them`() async {
        await #expect(processExitsWith: .success) {
            var registry = TopicRegistry(brokers: [0], capacityBytes: 1 << 30)
            registry.create("t", id: .random(), replicas: [[0]], configs: [:])
            let place = TopicPartition(topic: "t", partition: 0)
            let before = try #require(Self.residentBytes)
            // Small batches, of which most is not their bytes. Each has memory of its own, as those of several requests.
            let template = producedBatch(value: String(repeating: "x", count: 100))
            for _ in 0..<80_000 { _ = registry.append(try checked(ByteBuffer(buffer: template)), to: place) }
            let taken = try #require(Self.residentBytes) - before
            #expect(registry.heldBytes > 30_000_000)
            #expect(Double(taken) < 1.1 * Double(registry.heldBytes), "\(taken) of \(registry.heldBytes)")
        }
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
        ("message.timestamp.type", "LogAppendTime", true), ("message.timestamp.type", "Never", false),
    ])
    func `settings are checked by their kind`(name: String, value: String, isFine: Bool) {
        #expect((TopicConfigs.fault(in: name, value: value) == nil) == isFine)
    }
}
