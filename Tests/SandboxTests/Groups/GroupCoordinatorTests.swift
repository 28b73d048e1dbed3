import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// A coordinator with a clock that the test moves, and short names for what clients do.
private struct Conversation {
    var coordinator: GroupCoordinator
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private var lastReply: UInt64 = 0
    private var lastMember = 0

    init(initialDelay: TimeAmount = .zero) {
        self.coordinator = GroupCoordinator(configuration: .init(initialRebalanceDelay: initialDelay))
    }

    mutating func nextReply() -> ReplyID {
        self.lastReply += 1
        return ReplyID(rawValue: self.lastReply)
    }

    mutating func join(
        _ member: String = "", instance: String? = nil, protocols: [String] = ["range"], metadata: String = "m",
        protocolType: String = "consumer", knownIDs: Bool = false, skips: Bool = false,
        session: TimeAmount = .seconds(10)
    ) -> [GroupReply] {
        let reply = self.nextReply()
        self.lastMember += 1
        return self.coordinator.join(
            GroupJoin(
                groupID: "g", memberID: member, instanceID: instance, clientID: "c", clientHost: "/h",
                sessionTimeout: session, rebalanceTimeout: .seconds(60), protocolType: protocolType,
                protocols: protocols.map { .init(name: $0, metadata: ByteBuffer(string: metadata)) },
                requiresKnownMemberID: knownIDs, supportsSkippingAssignment: skips),
            newMemberID: "member-\(self.lastMember)", reply: reply, now: self.now)
    }

    mutating func sync(
        _ member: String, generation: Int32, assignments: [(String, String)] = [], protocolName: String? = "range"
    ) -> [GroupReply] {
        let reply = self.nextReply()
        return self.coordinator.sync(
            GroupSync(
                groupID: "g", generation: generation, memberID: member, protocolType: "consumer",
                protocolName: protocolName,
                assignments: assignments.map { (memberID: $0.0, assignment: ByteBuffer(string: $0.1)) }),
            reply: reply, now: self.now)
    }

    mutating func heartbeat(_ member: String, generation: Int32) -> KafkaErrorCode {
        self.coordinator.heartbeat(
            groupID: "g", memberID: member, instanceID: nil, generation: generation, now: self.now)
    }

    mutating func pass(_ time: TimeAmount) -> [GroupReply] {
        self.now = self.now + time
        return self.coordinator.advance(to: self.now)
    }

    var state: String? { self.coordinator["g"]?.state.name }

    /// Two members, stable in generation 2: `member-1` leads.
    static func withTwoMembers() -> Conversation {
        var conversation = Conversation()
        _ = conversation.join()
        _ = conversation.sync("member-1", generation: 1, assignments: [("member-1", "all")])
        _ = conversation.join()
        _ = conversation.join("member-1")
        _ = conversation.sync("member-2", generation: 2)
        _ = conversation.sync("member-1", generation: 2, assignments: [("member-1", "a"), ("member-2", "b")])
        return conversation
    }
}

/// The answers to joins among `replies`, by the number of the request.
private func joins(_ replies: [GroupReply]) -> [UInt64: GroupJoinAnswer] {
    replies.reduce(into: [:]) { if case .join(let id, let answer) = $1 { $0[id.rawValue] = answer } }
}

private func syncs(_ replies: [GroupReply]) -> [UInt64: GroupSyncAnswer] {
    replies.reduce(into: [:]) { if case .sync(let id, let answer) = $1 { $0[id.rawValue] = answer } }
}

@Suite struct `Group coordinator` {
    @Test func `a first member leads generation 1 and gets its own assignment back`() {
        var group = Conversation()
        let joined = joins(group.join())[1]
        #expect(joined?.error == KafkaErrorCode.none)
        #expect(joined?.generation == 1)
        #expect(joined?.leader == "member-1")
        #expect(joined?.members.map(\.id) == ["member-1"])
        #expect(group.state == "CompletingRebalance")
        let synced = syncs(group.sync("member-1", generation: 1, assignments: [("member-1", "all")]))[2]
        #expect(synced?.assignment == ByteBuffer(string: "all"))
        #expect(group.state == "Stable")
        #expect(group.heartbeat("member-1", generation: 1) == .none)
    }

    @Test func `a new group waits for company before its first generation`() {
        var group = Conversation(initialDelay: .milliseconds(500))
        #expect(group.join().isEmpty)
        #expect(group.pass(.milliseconds(300)).isEmpty)
        #expect(group.join().isEmpty)
        #expect(group.pass(.milliseconds(300)).isEmpty, "each newcomer renews the wait")
        let joined = joins(group.pass(.milliseconds(200)))
        #expect(joined[1]?.members.map(\.id) == ["member-1", "member-2"])
        #expect(joined[2]?.members.isEmpty == true)
        #expect(joined[2]?.leader == "member-1")
    }

    @Test func `a dynamic member of a newer client is given an ID first`() {
        var group = Conversation()
        let refused = joins(group.join(knownIDs: true))[1]
        #expect(refused?.error == .memberIdRequired)
        #expect(refused?.memberID == "member-1")
        #expect(joins(group.join("member-1", knownIDs: true))[2]?.generation == 1)
    }

    @Test func `an ID that was given out and never used lapses with its group`() {
        var group = Conversation()
        _ = group.join(knownIDs: true)
        #expect(group.coordinator["g"] != nil)
        #expect(group.pass(.seconds(10)).isEmpty)
        #expect(group.coordinator["g"] == nil)
    }

    @Test func `a second member makes the first rejoin`() {
        var group = Conversation()
        _ = group.join()
        _ = group.sync("member-1", generation: 1)
        #expect(group.join().isEmpty)
        #expect(group.heartbeat("member-1", generation: 1) == .rebalanceInProgress)
        let joined = joins(group.join("member-1"))
        #expect(Set(joined.keys) == [3, 4])
        #expect(joined[4]?.members.map(\.id) == ["member-1", "member-2"])
        #expect(joined[3]?.generation == 2)
        #expect(group.sync("member-2", generation: 2).isEmpty, "followers wait for the leader")
        let synced = syncs(
            group.sync("member-1", generation: 2, assignments: [("member-1", "a"), ("member-2", "b")]))
        #expect(synced[5]?.assignment == ByteBuffer(string: "b"))
        #expect(synced[6]?.assignment == ByteBuffer(string: "a"))
    }

    @Test func `who does not rejoin in time is left behind`() {
        var group = Conversation()
        _ = group.join(session: .minutes(5))
        _ = group.sync("member-1", generation: 1)
        #expect(group.join(session: .minutes(5)).isEmpty)
        let joined = joins(group.pass(.seconds(60)))
        #expect(joined[3]?.members.map(\.id) == ["member-2"])
        #expect(group.heartbeat("member-1", generation: 2) == .unknownMemberId)
    }

    @Test func `a member that is not heard of is removed`() {
        var group = Conversation.withTwoMembers()
        #expect(group.pass(.seconds(9)).isEmpty)
        #expect(group.heartbeat("member-1", generation: 2) == .none)
        #expect(group.pass(.seconds(1)).isEmpty)
        #expect(group.coordinator["g"]?.members.map(\.id) == ["member-1"])
        #expect(group.heartbeat("member-1", generation: 2) == .rebalanceInProgress)
    }

    @Test func `the group is empty when the last member leaves, and keeps its offsets`() {
        var group = Conversation.withTwoMembers()
        let place = TopicPartition(topic: "t", partition: 0)
        group.coordinator.commit(.init(offset: 7, leaderEpoch: 0, metadata: ""), for: place, groupID: "g")
        for member in ["member-1", "member-2"] {
            let left = group.coordinator.leave(groupID: "g", memberID: member, instanceID: nil, now: group.now)
            #expect(left.error == .none)
        }
        #expect(group.state == "Empty")
        #expect(group.coordinator.offsets(of: "g")[place]?.offset == 7)
        #expect(group.coordinator.delete("g") == .none)
        #expect(group.coordinator.delete("g") == .groupIdNotFound)
    }

    @Test func `the leader's departure during a join gives the group another one`() {
        var group = Conversation.withTwoMembers()
        let left = group.coordinator.leave(groupID: "g", memberID: "member-1", instanceID: nil, now: group.now)
        #expect(left.error == .none)
        let joined = joins(group.join("member-2")).values.first
        #expect(joined?.leader == "member-2")
        #expect(joined?.generation == 3)
    }

    @Test func `a waiting sync is refused when a member joins`() {
        var group = Conversation()
        _ = group.join()
        _ = group.sync("member-1", generation: 1)
        _ = group.join()
        _ = group.join("member-1")
        #expect(group.sync("member-2", generation: 2).isEmpty)
        let replies = group.join()
        #expect(syncs(replies)[5]?.error == .rebalanceInProgress)
    }

    @Test func `a member that joins and never syncs is removed, so that the others go on`() {
        var group = Conversation()
        _ = group.join(session: .minutes(5))
        _ = group.sync("member-1", generation: 1)
        _ = group.join(session: .minutes(5))
        _ = group.join("member-1", session: .minutes(5))
        #expect(group.sync("member-2", generation: 2).isEmpty)
        let replies = group.pass(.seconds(60))
        #expect(syncs(replies)[5]?.error == .rebalanceInProgress)
        #expect(group.coordinator["g"]?.members.map(\.id) == ["member-2"])
    }

    @Test func `the protocol that most members prefer among those that all know is chosen`() {
        var group = Conversation(initialDelay: .milliseconds(1))
        _ = group.join(protocols: ["sticky", "range"])
        _ = group.join(protocols: ["range", "roundrobin", "sticky"])
        _ = group.join(protocols: ["roundrobin", "range", "sticky"])
        _ = group.join(protocols: ["range", "sticky"])
        #expect(joins(group.pass(.milliseconds(1)))[1]?.protocolName == "range")
    }

    @Test func `a member without a common protocol is refused`() {
        var group = Conversation.withTwoMembers()
        #expect(joins(group.join(protocols: ["sticky"])).values.first?.error == .inconsistentGroupProtocol)
        #expect(joins(group.join(protocolType: "connect")).values.first?.error == .inconsistentGroupProtocol)
        #expect(group.state == "Stable")
    }

    @Test(arguments: [
        ("member-9", Int32(2), KafkaErrorCode.unknownMemberId),
        ("member-1", Int32(1), .illegalGeneration),
        ("member-1", Int32(2), .none),
    ])
    func `heartbeats and commits of strangers and old generations are refused`(
        member: String, generation: Int32, expected: KafkaErrorCode
    ) {
        var group = Conversation.withTwoMembers()
        #expect(group.heartbeat(member, generation: generation) == expected)
        let mayCommit = group.coordinator.mayCommit(
            groupID: "g", generation: generation, memberID: member, instanceID: nil, now: group.now)
        #expect(mayCommit == expected)
    }

    @Test func `a client without a group membership may commit only while the group is empty`() {
        var group = Conversation()
        func mayCommit(_ group: inout Conversation) -> KafkaErrorCode {
            group.coordinator.mayCommit(groupID: "g", generation: -1, memberID: "", instanceID: nil, now: group.now)
        }
        #expect(mayCommit(&group) == .none)
        _ = group.join()
        #expect(mayCommit(&group) == .unknownMemberId)
    }

    @Test func `a returning static member keeps its assignment without a rebalance`() {
        var group = Conversation()
        _ = group.join(instance: "i-1")
        _ = group.sync("member-1", generation: 1, assignments: [("member-1", "all")])
        let back = joins(group.join(instance: "i-1", skips: true))[3]
        #expect(back?.generation == 1)
        #expect(back?.memberID == "member-2")
        #expect(back?.skipAssignment == true)
        #expect(back?.members.map(\.instanceID) == ["i-1"])
        #expect(group.state == "Stable")
        #expect(syncs(group.sync("member-2", generation: 1))[4]?.assignment == ByteBuffer(string: "all"))
        let fenced = group.coordinator.heartbeat(
            groupID: "g", memberID: "member-1", instanceID: "i-1", generation: 1, now: group.now)
        #expect(fenced == .fencedInstanceId)
    }

    @Test func `a static member outlives its connection until its session ends`() {
        var group = Conversation()
        _ = group.join(instance: "i-1")
        _ = group.sync("member-1", generation: 1)
        #expect(group.pass(.seconds(9)).isEmpty)
        #expect(group.coordinator["g"]?.members.count == 1)
        _ = group.pass(.seconds(1))
        #expect(group.state == "Empty")
    }

    @Test func `session timeouts outside the allowed range are refused`() {
        var group = Conversation()
        #expect(joins(group.join(session: .seconds(5)))[1]?.error == .invalidSessionTimeout)
        #expect(joins(group.join(session: .minutes(31)))[2]?.error == .invalidSessionTimeout)
        #expect(group.coordinator["g"] == nil)
    }

    @Test func `an unknown member of an unknown group is refused everywhere`() {
        var group = Conversation()
        #expect(joins(group.join("stranger"))[1]?.error == .unknownMemberId)
        #expect(syncs(group.sync("stranger", generation: 1))[2]?.error == .unknownMemberId)
        #expect(group.heartbeat("stranger", generation: 1) == .unknownMemberId)
        let left = group.coordinator.leave(groupID: "g", memberID: "stranger", instanceID: nil, now: group.now)
        #expect(left.error == .unknownMemberId)
        let commit = group.coordinator.mayCommit(
            groupID: "g", generation: 3, memberID: "stranger", instanceID: nil, now: group.now)
        #expect(commit == .illegalGeneration)
    }

    @Test func `the next deadline is that of the member that is silent longest`() {
        var group = Conversation.withTwoMembers()
        let joined = group.now
        group.now = joined + .seconds(3)
        _ = group.heartbeat("member-1", generation: 2)
        #expect(group.coordinator.nextDeadline == joined + .seconds(10))
    }
}
