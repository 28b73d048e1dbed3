import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

extension SharePartition {
    fileprivate mutating func take(
        _ batches: [ClosedRange<Int64>], by member: String, count: Int = 100, isStrict: Bool = false,
        now: NIODeadline = start
    ) -> [Acquired] {
        self.acquire(
            batches.map { ($0, true) }, count: count, isStrict: isStrict, by: member, lock: .seconds(30), now: now)
    }

    fileprivate mutating func settle(
        _ first: Int64, _ last: Int64, _ types: Int8..., by member: String, now: NIODeadline = start
    ) -> KafkaErrorCode {
        self.acknowledge(first, last, types: types, by: member, lock: .seconds(30), now: now)
    }
}

@Suite struct `Share partition` {
    @Test func `records go to one member each, batch by batch`() {
        var partition = SharePartition(startOffset: 0)
        #expect(
            partition.take([0...2, 3...5], by: "a", count: 2) == [.init(firstOffset: 0, lastOffset: 2, deliveries: 1)])
        #expect(partition.nextOffset(now: start) == 3)
        #expect(
            partition.take([0...2, 3...5], by: "b", count: 2, isStrict: true) == [
                .init(firstOffset: 3, lastOffset: 4, deliveries: 1)
            ])
        #expect(partition.nextOffset(now: start) == 5)
    }

    @Test func `the start moves over what is settled`() {
        var partition = SharePartition(startOffset: 0)
        _ = partition.take([0...3], by: "a")
        #expect(partition.settle(1, 2, 1, by: "a") == .none)
        #expect(partition.startOffset == 0)
        #expect(partition.settledAboveStart == 2)
        #expect(partition.settle(0, 0, 3, by: "a") == .none)
        #expect(partition.startOffset == 3)
        #expect(partition.settle(0, 0, 1, by: "a") == .none)
    }

    @Test func `who does not have a record cannot settle it`() {
        var partition = SharePartition(startOffset: 0)
        _ = partition.take([0...3], by: "a")
        #expect(partition.settle(0, 0, 1, by: "b") == .invalidRecordState)
        #expect(partition.settle(3, 4, 1, by: "a") == .invalidRecordState)
        #expect(partition.settle(2, 1, 1, by: "a") == .invalidRecordState)
        #expect(partition.settle(0, 2, 1, 1, by: "a") == .invalidRequest)
        #expect(partition.settle(0, 0, 9, by: "a") == .invalidRequest)
        #expect(partition.settle(0, 3, 1, 2, 3, 0, by: "a") == .none)
        #expect(partition.nextOffset(now: start) == 1)
    }

    @Test func `a released record is delivered again, up to five times`() {
        var partition = SharePartition(startOffset: 0)
        for delivery: Int16 in 1...5 {
            #expect(
                partition.take([0...0], by: "a") == [.init(firstOffset: 0, lastOffset: 0, deliveries: delivery)])
            #expect(partition.settle(0, 0, 2, by: "a") == .none)
        }
        #expect(partition.take([0...0], by: "a").isEmpty)
        #expect(partition.startOffset == 1)
    }

    @Test func `a lock runs out unless it is renewed`() {
        var partition = SharePartition(startOffset: 0)
        _ = partition.take([0...1], by: "a")
        #expect(partition.settle(1, 1, 4, by: "a", now: start + .seconds(20)) == .none)
        let later = start + .seconds(30)
        #expect(partition.nextOffset(now: later) == 0)
        #expect(
            partition.take([0...1], by: "b", now: later) == [.init(firstOffset: 0, lastOffset: 0, deliveries: 2)])
        #expect(partition.settle(0, 0, 1, by: "a", now: later) == .invalidRecordState)
    }

    @Test func `what a leaving member has is given back`() {
        var partition = SharePartition(startOffset: 0)
        _ = partition.take([0...1], by: "a")
        partition.release(of: "a")
        #expect(partition.nextOffset(now: start) == 0)
    }

    @Test func `markers are passed over, and what the log has dropped is forgotten`() {
        var partition = SharePartition(startOffset: 0)
        let taken = partition.acquire(
            [(0...0, false), (1...1, true)], count: 9, isStrict: false, by: "a", lock: .seconds(30), now: start)
        #expect(taken == [.init(firstOffset: 1, lastOffset: 1, deliveries: 1)])
        #expect(partition.startOffset == 1)
        partition.logStarts(at: 7)
        #expect(partition.startOffset == 7)
        #expect(partition.endOffset == 7)
    }

    @Test func `no more than so many records are out, whatever a batch claims`() {
        var partition = SharePartition(startOffset: 0)
        let taken = partition.take([0...Int64.max - 1], by: "a", count: .max)
        #expect(taken == [.init(firstOffset: 0, lastOffset: 1999, deliveries: 1)])
        #expect(partition.nextOffset(now: start) == nil)
    }
}

@Suite struct `Share sessions` {
    private static let key = ShareState.SessionKey(nodeID: 0, group: "g", member: "m")
    /// Stands for a connection.
    private static let connection = ObjectIdentifier(SharePartition.self)
    private static let places = (0..<3).map { TopicIDPartition(topic: KafkaUUID(high: 0, low: 1), partition: $0) }

    @Test func `a session remembers what was asked for`() throws {
        var state = ShareState()
        let places = Self.places
        func begin(_ epoch: Int32, _ asked: [TopicIDPartition], forgotten: [TopicIDPartition] = [])
            -> Result<[TopicIDPartition], ShareRefusal>
        {
            state.begin(Self.key, epoch: epoch, asked: asked, forgotten: forgotten, connection: Self.connection)
        }
        #expect(begin(1, [places[0]]) == .failure(.init(code: .shareSessionNotFound)))
        #expect(begin(0, [places[0]]) == .success([places[0]]))
        #expect(begin(1, [places[1]]) == .success([places[0], places[1]]))
        #expect(begin(1, []) == .failure(.init(code: .invalidShareSessionEpoch)))
        #expect(begin(2, [], forgotten: [places[0]]) == .success([places[1]]))
        #expect(begin(-1, [places[2]]) == .success([places[2]]))
        #expect(begin(3, []) == .failure(.init(code: .shareSessionNotFound)))
    }

    @Test func `with its connection a member loses its session and what it has`() {
        var state = ShareState()
        let place = ShareState.Place(group: "g", partition: Self.places[0])
        _ = state.begin(Self.key, epoch: 0, asked: [Self.places[0]], forgotten: [], connection: Self.connection)
        var partition = SharePartition(startOffset: 0)
        _ = partition.take([0...1], by: "m")
        state.partitions[place] = partition
        state.connectionClosed(ObjectIdentifier(ShareState.self))
        #expect(state.sessions.count == 1)
        #expect(state.partitions[place]?.nextOffset(now: start) == 2)
        state.connectionClosed(Self.connection)
        #expect(state.sessions.isEmpty)
        #expect(state.partitions[place]?.nextOffset(now: start) == 0)
    }
}

@Suite struct `Share group` {
    private struct Conversation {
        var coordinator = GroupCoordinator(configuration: .init())
        var topics = TopicRegistry(brokers: [0], capacityBytes: 1 << 20)
        var now = start

        init() {
            self.topics.create("t", id: .random(), replicas: [[0], [0]], configs: [:])
        }

        mutating func beat(_ member: String, _ epoch: Int32) throws -> MemberHeartbeatAnswer {
            var beat = MemberHeartbeat(
                groupID: "g", memberID: member, memberEpoch: epoch, clientID: "c", clientHost: "/h")
            if epoch == 0 { beat.topics = ["t"] }
            return try self.coordinator.shareHeartbeat(beat, topics: self.topics, now: self.now)
        }
    }

    @Test func `a topic is handed out from the second heartbeat on, to all members`() throws {
        var talk = Conversation()
        let joined = try talk.beat("a", 0)
        #expect(joined.memberEpoch == 2)
        #expect(joined.assignment == [])
        let second = try talk.beat("a", 2)
        #expect(second.memberEpoch == 3)
        #expect(second.assignment?.map(\.partition).sorted() == [0, 1])
        #expect(try talk.beat("a", 3).assignment == nil)
        for member in ["b", "c"] { #expect(try talk.beat(member, 0).assignment?.count == 1) }
        #expect(talk.coordinator.shareGroups["g"]?.members.map(\.assigned.count) == [1, 1, 1])
    }

    @Test func `members leave, or are not heard of, and the group stays`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0)
        _ = try talk.beat("b", 0)
        #expect(try talk.beat("a", -1).memberEpoch == -1)
        #expect(talk.coordinator.delete("g") == .nonEmptyGroup)
        #expect(talk.coordinator.advanceShareGroups(to: start + .seconds(44)).isEmpty)
        #expect(talk.coordinator.advanceShareGroups(to: start + .seconds(45)).map(\.member) == ["b"])
        #expect(talk.coordinator.listing.map(\.state) == ["Empty"])
        #expect(talk.coordinator.typeName(of: "g") == "share")
        let gone = #expect(throws: GroupFault.self) { _ = try talk.beat("b", 2) }
        #expect(gone?.code == .unknownMemberId)
        #expect(talk.coordinator.delete("g") == .none)
    }

    @Test func `an epoch that is not the member's fences it`() throws {
        var talk = Conversation()
        _ = try talk.beat("a", 0)
        let fault = #expect(throws: GroupFault.self) { _ = try talk.beat("a", 7) }
        #expect(fault?.code == .fencedMemberEpoch)
    }
}
