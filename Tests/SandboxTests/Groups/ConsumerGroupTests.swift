import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// A group coordinator with topics `t` and `u`, and short names for what members of the newer protocol do.
private struct Conversation {
    var coordinator = GroupCoordinator(configuration: .init())
    var topics = TopicRegistry(brokers: [0], capacityBytes: 1 << 20)
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)

    init(partitions: Int = 4) {
        self.create("t", partitions: partitions)
        self.create("u", partitions: 2)
    }

    mutating func create(_ name: String, partitions: Int) {
        self.topics.create(
            name, id: .random(), replicas: Array(repeating: [0], count: partitions), configs: [:])
    }

    mutating func beat(
        _ member: String, _ epoch: Int32, topics: [String]? = nil, pattern: String? = nil,
        owned: Set<TopicIDPartition>? = nil, instance: String? = nil, assignor: GroupAssignor? = nil
    ) throws -> MemberHeartbeatAnswer {
        var beat = MemberHeartbeat(
            groupID: "g", memberID: member, memberEpoch: epoch, instanceID: instance, clientID: "c", clientHost: "/h")
        beat.topics = topics
        beat.rebalanceTimeout = epoch == 0 ? .seconds(30) : nil
        beat.owned = epoch == 0 ? [] : owned
        beat.assignor = assignor
        if let pattern {
            let made: TopicPattern = try #require(TopicPattern(pattern))
            beat.pattern = made
            beat.saysPattern = true
        }
        return try self.coordinator.heartbeat(beat, topics: self.topics, now: self.now)
    }

    func all(of topic: String) -> Set<TopicIDPartition> {
        guard let topic = self.topics[topic] else { return [] }
        return Set(topic.partitions.indices.map { TopicIDPartition(topic: topic.id, partition: Int32($0)) })
    }

    var group: ConsumerGroup? { self.coordinator.consumerGroups["g"] }

    mutating func pass(_ time: TimeAmount) {
        self.now = self.now + time
        _ = self.coordinator.advance(to: self.now)
    }
}

@Suite struct `Consumer group` {
    @Test func `the first member gets all at once`() throws {
        var talk = Conversation()
        let joined = try talk.beat("a", 0, topics: ["t"])
        #expect(joined.memberEpoch == 2)
        #expect(joined.assignment == talk.all(of: "t"))
        #expect(talk.group?.stateName == "Stable")
        #expect(try talk.beat("a", 2).assignment == nil)
        #expect(try talk.beat("a", 2, topics: ["t"], owned: talk.all(of: "t")).assignment == nil)
    }

    @Test func `a second member waits until the first has let go`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        let second = try talk.beat("b", 0, topics: ["t"])
        #expect(second.memberEpoch == 3)
        #expect(second.assignment == [])
        #expect(talk.group?.stateName == "Reconciling")
        let revoking = try talk.beat("a", 2)
        #expect(revoking.memberEpoch == 2)
        let kept = try #require(revoking.assignment)
        #expect(kept.count == 2)
        // It does not say yet that it has let go.
        #expect(try talk.beat("a", 2).memberEpoch == 2)
        #expect(try talk.beat("b", 3).assignment == nil)
        let settled = try talk.beat("a", 2, owned: kept)
        #expect(settled.memberEpoch == 3)
        #expect(try talk.beat("b", 3).assignment == talk.all(of: "t").subtracting(kept))
        #expect(talk.group?.stateName == "Stable")
    }

    @Test func `what a leaving member had goes to the others`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        _ = try talk.beat("b", 0, topics: ["t"])
        let left = try talk.beat("a", MemberHeartbeat.leaves)
        #expect(left.memberEpoch == -1)
        #expect(talk.group?.stateName == "Assigning")
        let all = try talk.beat("b", 3)
        #expect(all.memberEpoch == 4)
        #expect(all.assignment == talk.all(of: "t"))
        _ = try talk.beat("b", MemberHeartbeat.leaves)
        #expect(talk.group?.stateName == "Empty")
        #expect(talk.coordinator.delete("g") == .none)
    }

    @Test func `a member that is not heard of is removed`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        talk.pass(.seconds(44))
        #expect(talk.group?.members.count == 1)
        talk.pass(.seconds(1))
        #expect(talk.group?.members.isEmpty == true)
        let fault = #expect(throws: GroupFault.self) { _ = try talk.beat("a", 2) }
        #expect(fault?.code == .unknownMemberId)
    }

    @Test func `a member that does not let go in its rebalance timeout is removed`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        _ = try talk.beat("b", 0, topics: ["t"])
        _ = try talk.beat("a", 2)
        talk.pass(.seconds(29))
        _ = try talk.beat("a", 2)
        talk.pass(.seconds(1))
        #expect(talk.group?.members.map(\.id) == ["b"])
    }

    @Test func `an epoch that is not the member's fences it, save when an answer was lost`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        for epoch: Int32 in [1, 3] {
            let fault = #expect(throws: GroupFault.self) { _ = try talk.beat("a", epoch) }
            #expect(fault?.code == .fencedMemberEpoch)
        }
        _ = try talk.beat("a", 2, topics: ["t", "u"])
        #expect(talk.group?.members.first?.epoch == 3)
        #expect(try talk.beat("a", 2, owned: talk.all(of: "t")).memberEpoch == 3)
    }

    @Test func `a pattern is resolved after the member has joined, and again when topics come`() throws {
        var talk = Conversation()
        let joined = try talk.beat("a", 0, pattern: "t|x.*")
        #expect(joined.memberEpoch == 1)
        #expect(joined.assignment == [])
        let resolved = try talk.beat("a", 1)
        #expect(resolved.memberEpoch == 2)
        #expect(resolved.assignment == talk.all(of: "t"))
        talk.create("x-1", partitions: 1)
        let more = try talk.beat("a", 2)
        #expect(more.memberEpoch == 3)
        #expect(more.assignment == talk.all(of: "t").union(talk.all(of: "x-1")))
        #expect(talk.group?.isSubscribed(to: "x-1") == true)
    }

    @Test func `partitions that a topic gains are handed out`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        talk.topics.addPartitions(to: "t", replicas: [[0]])
        #expect(try talk.beat("a", 2).assignment == talk.all(of: "t"))
    }

    @Test func `a static member that comes back takes over its partitions`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"], instance: "i")
        let taken = #expect(throws: GroupFault.self) { _ = try talk.beat("b", 0, topics: ["t"], instance: "i") }
        #expect(taken?.code == .unreleasedInstanceId)
        #expect(try talk.beat("a", MemberHeartbeat.leavesForAWhile, instance: "i").memberEpoch == -2)
        #expect(try talk.beat("b", 0, topics: ["t"], instance: "i").assignment == talk.all(of: "t"))
        let fenced = #expect(throws: GroupFault.self) { _ = try talk.beat("a", 2, instance: "i") }
        #expect(fenced?.code == .fencedInstanceId)
        #expect(talk.group?.epoch == 2)
    }

    @Test func `offsets are taken under the member's epoch alone`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0, topics: ["t"])
        func mayCommit(_ member: String, _ epoch: Int32, knowsEpochs: Bool = true) -> KafkaErrorCode {
            talk.coordinator.mayCommit(
                groupID: "g", generation: epoch, memberID: member, instanceID: nil, knowsMemberEpochs: knowsEpochs,
                now: talk.now)
        }
        #expect(mayCommit("a", 2) == .none)
        #expect(mayCommit("a", 1) == .staleMemberEpoch)
        #expect(mayCommit("x", 2) == .unknownMemberId)
        #expect(mayCommit("", -1) == .unknownMemberId)
        #expect(mayCommit("a", 2, knowsEpochs: false) == .unsupportedVersion)
        #expect(talk.coordinator.mayFetch(groupID: "g", memberID: nil, memberEpoch: -1) == .none)
        #expect(talk.coordinator.mayFetch(groupID: "g", memberID: "a", memberEpoch: 1) == .staleMemberEpoch)
    }

    @Test func `an empty group becomes one of the other protocol, and keeps its offsets`() throws {
        var talk = Conversation()
        let place = TopicPartition(topic: "t", partition: 0)
        talk.coordinator.commit(.init(offset: 7, leaderEpoch: 0, metadata: ""), for: place, groupID: "g")
        #expect(talk.coordinator.typeName(of: "g") == "classic")
        _ = try talk.beat("a", 0, topics: ["t"])
        #expect(talk.coordinator.typeName(of: "g") == "consumer")
        #expect(talk.coordinator.listing.count == 1)
        let join = GroupJoin(
            groupID: "g", memberID: "", clientID: "c", clientHost: "/h", sessionTimeout: .seconds(10),
            rebalanceTimeout: .seconds(60), protocolType: "consumer",
            protocols: [.init(name: "range", metadata: ByteBuffer())], requiresKnownMemberID: false,
            supportsSkippingAssignment: false)
        let refused = talk.coordinator.join(
            join, newMemberID: "m", reply: ReplyID(rawValue: 1), now: talk.now)
        #expect(refused == [.join(ReplyID(rawValue: 1), .failure(.inconsistentGroupProtocol, memberID: ""))])
        _ = try talk.beat("a", MemberHeartbeat.leaves)
        _ = talk.coordinator.join(join, newMemberID: "m", reply: ReplyID(rawValue: 2), now: talk.now)
        #expect(talk.coordinator.typeName(of: "g") == "classic")
        #expect(talk.coordinator.offsets(of: "g")[place]?.offset == 7)
        let foreign = #expect(throws: GroupFault.self) { _ = try talk.beat("a", 0, topics: ["t"]) }
        #expect(foreign?.code == .groupIdNotFound)
    }
}

@Suite struct `Group assignor` {
    private static let topic = KafkaUUID(high: 0, low: 9)
    private static let other = KafkaUUID(high: 0, low: 10)

    private func subscriber(
        _ id: String, partitions: Int32 = 7, current: Set<Int32> = [], alsoOther: Bool = false
    ) -> GroupAssignor.Subscriber {
        var topics = [ConsumerGroup.TopicShape(id: Self.topic, partitions: partitions)]
        if alsoOther { topics.append(.init(id: Self.other, partitions: 3)) }
        return .init(
            id: id, topics: topics,
            current: Set(current.map { TopicIDPartition(topic: Self.topic, partition: $0) }))
    }

    @Test(arguments: [GroupAssignor.uniform, .range])
    func `each partition has one owner, and nobody has two more than another`(assignor: GroupAssignor) {
        let assigned = assignor.assign(["a", "b", "c"].map { self.subscriber($0) })
        #expect(assigned.values.map(\.count).sorted() == [2, 2, 3])
        #expect(assigned.values.reduce(into: Set()) { $0.formUnion($1) }.count == 7)
    }

    @Test func `ranges are consecutive, in the order of member IDs`() {
        let assigned = GroupAssignor.range.assign(["b", "a"].map { self.subscriber($0) })
        #expect(assigned["a"]?.map(\.partition).sorted() == [0, 1, 2, 3])
        #expect(assigned["b"]?.map(\.partition).sorted() == [4, 5, 6])
    }

    @Test func `uniform moves no more than it must`() {
        let assigned = GroupAssignor.uniform.assign([
            self.subscriber("a", current: [0, 1, 2, 3, 4]), self.subscriber("b", current: [5, 6]),
        ])
        #expect(assigned["a"]?.isSubset(of: self.subscriber("a", current: [0, 1, 2, 3, 4]).current) == true)
        #expect(assigned["b"]?.isSuperset(of: self.subscriber("b", current: [5, 6]).current) == true)
        #expect(assigned.values.map(\.count).sorted() == [3, 4])
    }

    @Test func `members that read different topics get only those`() {
        let assigned = GroupAssignor.uniform.assign([
            self.subscriber("a", partitions: 2), self.subscriber("b", partitions: 2, alsoOther: true),
        ])
        #expect(assigned["a"]?.allSatisfy { $0.topic == Self.topic } == true)
        #expect(assigned["b"]?.filter { $0.topic == Self.other }.count == 3)
        #expect(assigned.values.map(\.count).sorted() == [2, 3])
    }

    @Test func `the majority chooses the assignor`() {
        #expect(GroupAssignor.chosen(by: [nil, nil]) == .uniform)
        #expect(GroupAssignor.chosen(by: [.range, nil]) == .range)
        #expect(GroupAssignor.chosen(by: [.range, .uniform]) == .uniform)
    }
}
