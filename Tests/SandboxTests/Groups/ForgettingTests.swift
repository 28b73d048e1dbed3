import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// What is forgotten of groups and transactional IDs by itself, and what they take until then.
@Suite struct `Forgetting of what nobody uses` {
    private static let retention = TimeAmount.hours(24)
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private static let place = TopicPartition(topic: "t", partition: 0)

    private static func commit(_ group: String, _ metadata: String = "", in groups: inout GroupCoordinator) {
        groups.commit(
            CommittedOffset(offset: 1, leaderEpoch: 0, metadata: metadata), for: Self.place, groupID: group)
    }

    private static func join(_ group: String, in groups: inout GroupCoordinator) {
        _ = groups.join(
            GroupJoin(
                groupID: group, memberID: "", instanceID: nil, clientID: "c", clientHost: "/h",
                sessionTimeout: .seconds(10), rebalanceTimeout: .seconds(60), protocolType: "consumer",
                protocols: [.init(name: "range", metadata: ByteBuffer(string: "m"))], requiresKnownMemberID: false,
                supportsSkippingAssignment: false),
            newMemberID: "member", reply: ReplyID(rawValue: 1), now: Self.start)
    }

    @Test func `a group's offsets go when nobody was in it for the retention time`() {
        var groups = GroupCoordinator(configuration: .init())
        Self.commit("idle", in: &groups)
        Self.commit("used", in: &groups)
        Self.join("joined", in: &groups)
        Self.commit("joined", in: &groups)
        groups.forgetIdleGroups(at: Self.start, after: Self.retention)
        groups.forgetIdleGroups(at: Self.start + .hours(23), after: Self.retention)
        #expect(groups.groups.keys.sorted() == ["idle", "joined", "used"])
        Self.commit("used", in: &groups)
        groups.forgetIdleGroups(at: Self.start + .hours(25), after: Self.retention)
        #expect(groups.groups.keys.sorted() == ["joined", "used"])
        #expect(groups.offsets(of: "idle").isEmpty)
        #expect(groups.offsets(of: "used")[Self.place]?.offset == 1)
        groups.forgetIdleGroups(at: Self.start + .hours(50), after: Self.retention)
        #expect(groups.groups.keys.sorted() == ["joined"])
    }

    @Test func `offsets of an open transaction stay`() {
        var groups = GroupCoordinator(configuration: .init())
        groups.stage(
            CommittedOffset(offset: 1, leaderEpoch: 0, metadata: nil), for: Self.place, groupID: "g", producerID: 7)
        groups.forgetIdleGroups(at: Self.start, after: Self.retention)
        groups.forgetIdleGroups(at: Self.start + .hours(48), after: Self.retention)
        groups.settle(groupID: "g", producerID: 7, isCommit: true)
        #expect(groups.offsets(of: "g")[Self.place]?.offset == 1)
    }

    @Test func `what groups take is counted, and given back`() {
        var groups = GroupCoordinator(configuration: .init())
        Self.commit("a", String(repeating: "x", count: 4000), in: &groups)
        let one = groups.heldBytes
        #expect((4000..<6000).contains(one))
        Self.commit("a", String(repeating: "x", count: 4000), in: &groups)
        #expect(groups.heldBytes == one)
        Self.commit("b", String(repeating: "x", count: 4000), in: &groups)
        #expect(groups.heldBytes == 2 * one)
        groups.stage(
            CommittedOffset(offset: 1, leaderEpoch: 0, metadata: nil), for: Self.place, groupID: "b", producerID: 7)
        groups.settle(groupID: "b", producerID: 7, isCommit: false)
        #expect(groups.heldBytes == 2 * one)
        #expect(groups.delete("b") == .none)
        groups.topicDeleted("t")
        #expect(groups.heldBytes == 0)
    }

    @Test func `groups give way to their bound, those that somebody is in do not`() {
        var groups = GroupCoordinator(configuration: .init())
        for number in 0..<100 { Self.commit("g\(number)", in: &groups) }
        groups.forgetIdleGroups(at: Self.start, after: Self.retention)
        Self.join("joined", in: &groups)
        Self.commit("joined", in: &groups)
        // Used again, and so the newest of all.
        Self.commit("g0", in: &groups)
        groups.shrink(to: groups.heldBytes / 10)
        #expect(groups.groups.count < 12)
        #expect(groups.groups["joined"] != nil)
        #expect(groups.groups["g0"] != nil)
        groups.shrink(to: 0)
        #expect(groups.groups.keys.sorted() == ["joined"])
    }

    @Test func `a transactional ID goes when nobody used it for the expiration time`() {
        var transactions = TransactionCoordinator()
        var producers: [String: TransactionCoordinator.Producer] = [:]
        for id in ["idle", "used", "open"] {
            producers[id] = transactions.initialize(id, timeout: .seconds(60), expected: nil).producer
        }
        func open(_ id: String) {
            guard let producer = producers[id] else { return }
            _ = transactions.add([Self.place], to: id, by: producer, bumpsEpoch: false, now: Self.start, timestamp: 5)
        }
        open("open")
        let held = transactions.heldBytes
        transactions.forgetIdleIDs(at: Self.start, after: Self.retention)
        producers["used"] = transactions.initialize("used", timeout: .seconds(60), expected: nil).producer
        transactions.forgetIdleIDs(at: Self.start + .hours(25), after: Self.retention)
        #expect(transactions.transactions.keys.sorted() == ["open", "used"])
        #expect(transactions.heldBytes < held)
        transactions.shrink(to: 0)
        #expect(transactions.transactions.keys.sorted() == ["open"])
    }

    @Test func `groups and transactional IDs take their memory from what records may fill`() throws {
        var registry = TopicRegistry(brokers: [0], capacityBytes: 10_000)
        registry.create("t", id: .random(), replicas: [[0]], configs: [:])
        while registry["t"]?.partitions[0].log.startOffset == 0 {
            _ = registry.append(try checked(producedBatch()), to: Self.place)
        }
        let full = registry.heldBytes
        registry.reserve(bytes: 5_000)
        #expect(registry.heldBytes <= 5_000)
        #expect(registry.heldBytes > full / 4)
    }

    @Test func `a cluster whose clients leave groups behind stays within its bound`() async throws {
        var configuration = SandboxConfiguration.onFreePorts
        configuration.capacityBytes = 1 << 20
        try await withCluster(configuration) { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            for number in 0..<200 {
                var partition = OffsetCommitRequest.OffsetCommitRequestPartition()
                partition.committedOffset = 1
                partition.committedMetadata = String(repeating: "x", count: 4000)
                var topic = OffsetCommitRequest.OffsetCommitRequestTopic()
                topic.name = "t"
                topic.partitions = [partition]
                var request = OffsetCommitRequest()
                request.groupId = "g\(number)"
                request.generationIdOrMemberEpoch = -1
                request.topics = [topic]
                let response: OffsetCommitResponse? = try await client.ask(request, version: 7)
                let code = response?.topics.first?.partitions.first?.errorCode
                #expect([0, KafkaErrorCode.notCoordinator.rawValue].contains(code))
            }
            #expect(try await cluster.administration.groups().count < configuration.groupBytes / 4000)
        }
    }
}
