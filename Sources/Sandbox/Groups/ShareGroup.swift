import KafkaProtocol
import NIOCore

/// One share group (KIP-932): members that read the same partitions side by side, record by record.
///
/// As on a broker, a topic is set up for the group after the first heartbeat that asks for it, and is assigned from the
/// next one on. A pure value: the caller passes the time and the topics.
struct ShareGroup {
    struct Member: Equatable {
        let id: String
        var rackID: String?
        var clientID = ""
        var clientHost = ""
        /// The member's epoch; 0 until it is given its first.
        var epoch: Int32 = 0
        var previousEpoch: Int32 = 0
        var topics: [String] = []
        var assigned: Set<TopicIDPartition> = []
        var sessionDeadline: NIODeadline = .distantFuture
    }

    let id: String
    /// The group's epoch; the first change raises it to 2.
    private(set) var epoch: Int32 = 1
    private(set) var assignmentEpoch: Int32 = 1
    /// The members in the order of joining.
    private(set) var members: [Member] = []
    /// The topics that can be assigned.
    private(set) var ready: Set<KafkaUUID> = []
    private var shapes: [KafkaUUID: Int32] = [:]

    init(id: String) {
        self.id = id
    }

    var stateName: String { self.members.isEmpty ? "Empty" : "Stable" }

    mutating func heartbeat(
        _ beat: MemberHeartbeat, topics: TopicRegistry, timing: ConsumerGroup.Timing, now: NIODeadline
    ) throws(GroupFault) -> MemberHeartbeatAnswer {
        if beat.memberEpoch == MemberHeartbeat.leaves {
            let index = try self.known(beat.memberID)
            self.members.remove(at: index)
            self.raiseEpoch()
            return MemberHeartbeatAnswer(
                memberID: beat.memberID, memberEpoch: beat.memberEpoch, heartbeatInterval: .zero)
        }
        let index = try self.member(of: beat)
        self.members[index].clientID = beat.clientID
        self.members[index].clientHost = beat.clientHost
        if let rackID = beat.rackID { self.members[index].rackID = rackID }
        if let wanted = beat.topics.map({ Set($0).sorted() }), wanted != self.members[index].topics {
            self.members[index].topics = wanted
            self.raiseEpoch()
        }
        self.refreshShapes(topics)
        let before = self.members[index].assigned
        self.assign(topics)
        if self.members[index].epoch != self.epoch {
            self.members[index].previousEpoch = self.members[index].epoch
            self.members[index].epoch = self.epoch
        }
        self.members[index].sessionDeadline = now + timing.sessionTimeout
        self.getReady(topics)
        let member = self.members[index]
        var answer = MemberHeartbeatAnswer(
            memberID: member.id, memberEpoch: member.epoch, heartbeatInterval: timing.heartbeatInterval)
        if beat.memberEpoch == 0 || beat.memberEpoch != member.epoch || member.assigned != before {
            answer.assignment = member.assigned
        }
        return answer
    }

    private func known(_ memberID: String) throws(GroupFault) -> Int {
        guard let index = self.members.firstIndex(where: { $0.id == memberID }) else {
            throw GroupFault(
                code: .unknownMemberId, message: "Member \(memberID) is not a member of group \(self.id).")
        }
        return index
    }

    private mutating func member(of beat: MemberHeartbeat) throws(GroupFault) -> Int {
        guard beat.memberEpoch == 0 else {
            let index = try self.known(beat.memberID)
            let member = self.members[index]
            guard beat.memberEpoch == member.epoch || beat.memberEpoch == member.previousEpoch else {
                throw GroupFault(
                    code: .fencedMemberEpoch,
                    message: "The share group member has a different member epoch (\(beat.memberEpoch)) from the one "
                        + "known by the group coordinator (\(member.epoch)). The member must abandon all its "
                        + "partitions and rejoin.")
            }
            return index
        }
        if let index = self.members.firstIndex(where: { $0.id == beat.memberID }) { return index }
        self.members.append(Member(id: beat.memberID))
        return self.members.count - 1
    }

    private mutating func raiseEpoch() {
        self.epoch = self.epoch == .max ? 1 : self.epoch + 1
    }

    private func wanted(_ topics: TopicRegistry) -> [Topic] {
        Set(self.members.flatMap(\.topics)).sorted().compactMap { topics[$0] }
    }

    /// Records topics that became ready, were deleted or grew.
    private mutating func refreshShapes(_ topics: TopicRegistry) {
        var shapes: [KafkaUUID: Int32] = [:]
        for topic in self.wanted(topics) where self.ready.contains(topic.id) {
            shapes[topic.id] = Int32(clamping: topic.partitions.count)
        }
        guard shapes != self.shapes else { return }
        self.shapes = shapes
        if self.epoch == self.assignmentEpoch { self.raiseEpoch() }
    }

    private mutating func getReady(_ topics: TopicRegistry) {
        self.ready.formUnion(self.wanted(topics).map(\.id))
    }

    /// Sets a topic up, or removes it, without a member that asks for it.
    mutating func setReady(_ topic: KafkaUUID, to isReady: Bool) {
        if isReady { self.ready.insert(topic) } else { self.ready.remove(topic) }
    }

    /// Assigns every partition to some member; if there are more members than partitions, every member still gets one.
    private mutating func assign(_ topics: TopicRegistry) {
        guard self.epoch != self.assignmentEpoch else { return }
        self.assignmentEpoch = self.epoch
        for index in self.members.indices { self.members[index].assigned = [] }
        for topic in self.wanted(topics) {
            let count = Int(self.shapes[topic.id] ?? 0)
            let readers = self.members.indices.filter { self.members[$0].topics.contains(topic.name) }
            guard count > 0, !readers.isEmpty else { continue }
            for number in 0..<max(count, readers.count) {
                let partition = TopicIDPartition(topic: topic.id, partition: Int32(clamping: number % count))
                self.members[readers[number % readers.count]].assigned.insert(partition)
            }
        }
    }

    /// Removes members that sent no heartbeat.
    ///
    /// - Returns: The IDs of the removed members.
    mutating func advance(to now: NIODeadline) -> [String] {
        let gone = self.members.filter { $0.sessionDeadline <= now }.map(\.id)
        guard !gone.isEmpty else { return [] }
        self.members.removeAll { $0.sessionDeadline <= now }
        self.raiseEpoch()
        return gone
    }

    var nextDeadline: NIODeadline? { self.members.map(\.sessionDeadline).min() }
}
