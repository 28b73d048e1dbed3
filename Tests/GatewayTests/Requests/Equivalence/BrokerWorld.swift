import KafkaProtocol
import Logging
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import Sandbox

/// A sandbox cluster of two brokers with something in it, and one client's connection to the first: no sockets, and
/// whatever is made by chance in a cluster is the same in each, as far as it is made here.
final class BrokerWorld {
    static let topics = ["orders", "orders-eu", "payments", "audit"]
    static let missingTopics = ["orders-new", "nothing"]
    /// Classic, consumer, share, with offsets alone; a broker of this number coordinates it.
    static let classicGroup = named("classic")
    static let consumerGroup = named("consumer")
    static let shareGroup = named("share")
    static let offsetsGroup = named("offsets")
    static let otherGroup = named("elsewhere", coordinator: 1)
    static let groups = [
        classicGroup, consumerGroup, shareGroup, offsetsGroup, otherGroup, named("nobody"),
    ]
    static let openTransaction = named("open")
    static let emptyTransaction = named("empty")
    static let transactions = [openTransaction, emptyTransaction, named("never")]

    /// Answers of the client's connection that is closed, or that waits, have no body.
    enum Answer {
        case body(ByteBuffer)
        case none
        case closed
    }

    let cluster: Cluster
    private let loop = EmbeddedEventLoop()
    private var channel: EmbeddedChannel

    init(host: String, firstPort: Int32) throws {
        var configuration = SandboxConfiguration()
        configuration.ports = [0, 0]
        configuration.advertisedHost = host
        configuration.autoCreateTopics = true
        configuration.initialRebalanceDelay = .zero
        let cluster = Cluster(
            configuration: configuration, eventLoop: self.loop,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for node in [Int32(0), 1] { cluster.brokerCameUp(node, port: Int(firstPort + node)) }
        self.cluster = cluster
        self.channel = EmbeddedChannel(handler: BrokerConnection(nodeID: 0, cluster: cluster), loop: self.loop)
        try self.fill()
    }

    /// The first such name that this broker coordinates.
    private static func named(_ name: String, coordinator: Int32 = 0) -> String {
        let cluster = Cluster(
            configuration: {
                var configuration = SandboxConfiguration()
                configuration.ports = [0, 0]
                return configuration
            }(), eventLoop: EmbeddedEventLoop(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for node in [Int32(0), 1] { cluster.brokerCameUp(node, port: 1) }
        return (0...).lazy.map { "\(name)\($0)" }.first { cluster.coordinator(of: $0)?.id == coordinator } ?? name
    }

    static func id(of topic: String) -> KafkaUUID {
        KafkaUUID(high: 7, low: topic.utf8.reduce(UInt64(1)) { $0 &* 31 &+ UInt64($1) })
    }

    static func batch(producer: (id: Int64, epoch: Int16)? = nil, isTransactional: Bool = false) -> ByteBuffer {
        var writer = RecordBatchWriter()
        writer.baseTimestamp = 1_000
        if let producer {
            writer.producerID = producer.id
            writer.producerEpoch = producer.epoch
            writer.baseSequence = 0
        }
        writer.attributes = isTransactional ? 0x10 : 0
        return writer.batch([Record(value: ByteBuffer(string: "v"))])
    }

    private func fill() throws {
        let cluster = self.cluster
        let now = NIODeadline.now()
        for topic in Self.topics {
            let replicas: [[Int32]] = topic == "audit" ? [[0, 1], [1, 0]] : [[0, 1], [0, 1]]
            cluster.topics.create(topic, id: Self.id(of: topic), replicas: replicas, configs: [:])
            for _ in 0..<2 {
                let place = TopicPartition(topic: topic, partition: 0)
                let batch = try CheckedBatch(
                    Self.batch(), rules: BatchRules(maximumBytes: 1 << 20), for: place, produceVersion: 13)
                _ = cluster.topics.append(batch, to: place)
            }
            for group in [Self.offsetsGroup, Self.classicGroup, Self.consumerGroup] {
                cluster.groups.commit(
                    CommittedOffset(offset: 1, leaderEpoch: 0, metadata: "m"),
                    for: TopicPartition(topic: topic, partition: 0), groupID: group)
            }
        }
        try self.fillGroups(now: now)
        for id in [Self.openTransaction, Self.emptyTransaction] {
            let producer = cluster.transactions.initialize(id, timeout: .minutes(1), expected: nil).producer
            guard id == Self.openTransaction else { continue }
            _ = cluster.transactions.add(
                ["orders", "payments"].map { TopicPartition(topic: $0, partition: 0) }, to: id, by: producer,
                bumpsEpoch: false, now: now, timestamp: 1)
        }
        cluster.quotas.set("producer_byte_rate", to: 100, of: ["user": "u"])
        _ = cluster.scramCredentials.alter([.init(user: "u", mechanism: 1, iterations: 4096)])
        cluster.settings.set(["metrics": "a."], of: ConfigResource(kind: .clientMetrics, name: "metrics"))
    }

    private func fillGroups(now: NIODeadline) throws {
        let cluster = self.cluster
        let join = GroupJoin(
            groupID: Self.classicGroup, memberID: "", clientID: "c", clientHost: "/h", sessionTimeout: .seconds(30),
            rebalanceTimeout: .seconds(30), protocolType: "consumer",
            protocols: [.init(name: "range", metadata: ByteBuffer(bytes: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]))],
            requiresKnownMemberID: false, supportsSkippingAssignment: false)
        _ = cluster.groups.join(join, newMemberID: "m", reply: ReplyID(rawValue: 1 << 40), now: now)
        _ = cluster.groups.advance(to: now)
        let sync = GroupSync(
            groupID: Self.classicGroup, generation: 1, memberID: "m", assignments: [("m", ByteBuffer(bytes: [0, 1]))])
        _ = cluster.groups.sync(sync, reply: ReplyID(rawValue: 1 << 41), now: now)
        var beat = MemberHeartbeat(
            groupID: Self.consumerGroup, memberID: "m", memberEpoch: 0, clientID: "c", clientHost: "/h")
        beat.rebalanceTimeout = .seconds(30)
        beat.topics = ["orders", "payments"]
        beat.owned = []
        // One that was committed to is a classic group until somebody joins.
        _ = try cluster.groups.heartbeat(beat, topics: cluster.topics, now: now)
        beat.groupID = Self.shareGroup
        beat.topics = ["orders", "audit"]
        for epoch in [Int32(0), 2] {
            beat.memberEpoch = epoch
            _ = try cluster.groups.shareHeartbeat(beat, topics: cluster.topics, now: now)
        }
    }

    // MARK: Asking

    /// Sends one request on the client's connection. A connection that closes or waits is followed by a new one.
    func ask(_ api: APIKey, _ version: Int16, _ body: ByteBuffer) throws -> Answer {
        var header = RequestHeader()
        header.requestApiKey = api.rawValue
        header.requestApiVersion = version
        header.correlationId = 5
        header.clientId = "probe"
        var frame = ByteBuffer()
        header.encode(into: &frame, version: api.requestHeaderVersion(for: version))
        frame.writeImmutableBuffer(body)
        try self.channel.writeInbound(frame.framed)
        self.loop.advanceTime(to: .now())
        var answer = ByteBuffer()
        while var part = try self.channel.readOutbound(as: ByteBuffer.self) { answer.writeBuffer(&part) }
        let isActive = self.channel.isActive
        guard answer.readableBytes > 4 else {
            _ = try self.channel.finish(acceptAlreadyClosed: true)
            self.channel = EmbeddedChannel(
                handler: BrokerConnection(nodeID: 0, cluster: self.cluster), loop: self.loop)
            return isActive ? .none : .closed
        }
        answer.moveReaderIndex(forwardBy: 4)
        _ = try ResponseHeader(from: &answer, version: api.responseHeaderVersion(for: version))
        return .body(answer.slice())
    }

    // MARK: Looking

    /// What requests may have changed, in words.
    var state: [String] {
        let cluster = self.cluster
        var lines: [String] = []
        for name in cluster.topics.sortedNames {
            guard let topic = cluster.topics[name] else { continue }
            let partitions = topic.partitions.map {
                "\($0.leader) \($0.replicas) \($0.log.startOffset)…\($0.log.endOffset)"
            }
            lines.append("topic \(name) \(topic.configs.sorted { $0.key < $1.key }) \(partitions)")
        }
        for group in cluster.groups.listing.sorted(by: { $0.id < $1.id }) {
            lines.append("group \(group)")
            let offsets = cluster.groups.offsets(of: group.id).committed.map { "\($0.key) \($0.value)" }
            lines += offsets.sorted().map { "offset of \(group.id): \($0)" }
            let members = (cluster.groups.consumerGroups[group.id]?.members ?? []).map { "\($0.id) \($0.epoch)" }
            lines += members.sorted().map { "member of \(group.id): \($0)" }
        }
        for id in cluster.transactions.transactions.keys.sorted() {
            guard let transaction = cluster.transactions[id] else { continue }
            let places = transaction.partitions.map { "\($0.topic)-\($0.partition)" }.sorted()
            lines.append(
                "transaction \(id) \(transaction.state) \(transaction.producerID) \(transaction.producerEpoch) "
                    + "\(places) \(transaction.groups.sorted())")
        }
        let quotas = cluster.quotas.matching([:], strict: false).map { "quota \($0.entity) \($0.values)" }
        let users = cluster.scramCredentials.users.map { "user \($0.key) \($0.value)" }
        let configs = cluster.groups.configs.map { "settings of \($0.key) \($0.value)" }
        let features = cluster.features.features.map { "feature \($0.name) \($0.level)" }
        return lines + (quotas + users + configs).sorted() + features
    }
}
