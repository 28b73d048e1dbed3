import KafkaProtocol
import NIOCore

/// All groups of the cluster, of both protocols, and the offsets they have committed.
///
/// A pure value; each event returns the answers that it made due. A group has one protocol at a time, and an empty
/// group takes that of its next member.
struct GroupCoordinator {
    struct Configuration: Sendable {
        /// The time for which a new group waits for more members before its first generation.
        var initialRebalanceDelay: TimeAmount = .milliseconds(200)
        var sessionTimeouts: ClosedRange<TimeAmount> = .seconds(6) ... .minutes(30)
        /// The times of groups of the newer protocol.
        var timing = ConsumerGroup.Timing()
    }

    /// Longest group ID and other name that is kept, so that it fits the answers of every version.
    private static let maximumNameBytes = 4096

    private(set) var groups: [String: ClassicGroup] = [:]
    private(set) var consumerGroups: [String: ConsumerGroup] = [:]
    private(set) var shareGroups: [String: ShareGroup] = [:]
    /// Settings of groups that differ from the broker's, by group and setting.
    var configs: [String: [String: String]] = [:]
    private(set) var offsets = OffsetStore()
    /// The times at which groups were first found idle since their last commit.
    var idleSince: [String: NIODeadline] = [:]
    private let configuration: Configuration

    init(configuration: Configuration) {
        self.configuration = configuration
    }

    subscript(groupID: String) -> ClassicGroup? { self.groups[groupID] }

    private static func isValid(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= Self.maximumNameBytes
    }

    var nextDeadline: NIODeadline? {
        [
            self.groups.values.compactMap(\.nextDeadline).min(),
            self.consumerGroups.values.compactMap(\.nextDeadline).min(),
            self.shareGroups.values.compactMap(\.nextDeadline).min(),
        ].compactMap { $0 }.min()
    }

    private func newGroup(_ id: String) -> ClassicGroup {
        ClassicGroup(id: id, initialRebalanceDelay: self.configuration.initialRebalanceDelay)
    }

    mutating func join(_ join: GroupJoin, newMemberID: String, reply: ReplyID, now: NIODeadline) -> [GroupReply] {
        func refuse(_ error: KafkaErrorCode) -> [GroupReply] {
            [.join(reply, .failure(error, memberID: join.memberID))]
        }
        guard Self.isValid(join.groupID) else { return refuse(.invalidGroupId) }
        guard join.instanceID.map(Self.isValid) ?? true, join.protocolType.utf8.count <= Self.maximumNameBytes,
            join.protocols.allSatisfy({ $0.name.utf8.count <= Self.maximumNameBytes })
        else { return refuse(.invalidRequest) }
        guard self.configuration.sessionTimeouts.contains(join.sessionTimeout) else {
            return refuse(.invalidSessionTimeout)
        }
        guard self.groups[join.groupID] != nil || join.memberID.isEmpty else { return refuse(.unknownMemberId) }
        guard self.shareGroups[join.groupID] == nil else { return refuse(.inconsistentGroupProtocol) }
        if let group = self.consumerGroups[join.groupID] {
            guard group.members.isEmpty else { return refuse(.inconsistentGroupProtocol) }
            self.consumerGroups[join.groupID] = nil
        }
        let created = self.newGroup(join.groupID)
        let replies = self.groups[join.groupID, default: created].join(
            join, newMemberID: newMemberID, reply: reply, now: now)
        self.forgetIfUnused(join.groupID)
        return replies
    }

    mutating func sync(_ sync: GroupSync, reply: ReplyID, now: NIODeadline) -> [GroupReply] {
        self.groups[sync.groupID]?.sync(sync, reply: reply, now: now)
            ?? [.sync(reply, GroupSyncAnswer(error: sync.groupID.isEmpty ? .invalidGroupId : .unknownMemberId))]
    }

    mutating func heartbeat(
        groupID: String, memberID: String, instanceID: String?, generation: Int32, now: NIODeadline
    ) -> KafkaErrorCode {
        self.groups[groupID]?.heartbeat(
            memberID: memberID, instanceID: instanceID, generation: generation, now: now)
            ?? (groupID.isEmpty ? .invalidGroupId : .unknownMemberId)
    }

    mutating func leave(
        groupID: String, memberID: String, instanceID: String?, now: NIODeadline
    ) -> (error: KafkaErrorCode, replies: [GroupReply]) {
        if let error = self.consumerGroups[groupID]?.remove(memberID: memberID, instanceID: instanceID) {
            return (error, [])
        }
        let result = self.groups[groupID]?.leave(memberID: memberID, instanceID: instanceID, now: now)
        self.forgetIfUnused(groupID)
        return result ?? (groupID.isEmpty ? .invalidGroupId : .unknownMemberId, [])
    }

    mutating func advance(to now: NIODeadline) -> [GroupReply] {
        var replies: [GroupReply] = []
        for id in self.groups.keys.sorted() {
            guard let deadline = self.groups[id]?.nextDeadline, deadline <= now else { continue }
            replies += self.groups[id]?.advance(to: now) ?? []
            self.forgetIfUnused(id)
        }
        for id in self.consumerGroups.keys { self.consumerGroups[id]?.advance(to: now) }
        return replies
    }

    // MARK: Groups in which the broker assigns

    func timing(of groupID: String) -> ConsumerGroup.Timing {
        var timing = self.configuration.timing
        let configs = self.configs[groupID] ?? [:]
        if let value = configs[GroupConfigs.heartbeatInterval].flatMap(Int64.init) {
            timing.heartbeatInterval = .milliseconds(value)
        }
        if let value = configs[GroupConfigs.sessionTimeout].flatMap(Int64.init) {
            timing.sessionTimeout = .milliseconds(value)
        }
        return timing
    }

    mutating func heartbeat(
        _ beat: MemberHeartbeat, topics: TopicRegistry, now: NIODeadline
    ) throws(GroupFault) -> MemberHeartbeatAnswer {
        let classic = self.groups[beat.groupID]
        guard self.shareGroups[beat.groupID] == nil, classic?.members.isEmpty ?? true,
            classic?.pendingMembers.isEmpty ?? true
        else { throw self.notFound(beat.groupID, kind: ConsumerGroup.kind) }
        if beat.memberEpoch == 0 { self.groups[beat.groupID] = nil }
        return try Self.take(
            beat, in: &self.consumerGroups, topics: topics, timing: self.timing(of: beat.groupID), now: now)
    }

    mutating func shareHeartbeat(
        _ beat: MemberHeartbeat, topics: TopicRegistry, now: NIODeadline
    ) throws(GroupFault) -> MemberHeartbeatAnswer {
        guard self.groups[beat.groupID] == nil, self.consumerGroups[beat.groupID] == nil else {
            throw self.notFound(beat.groupID, kind: ShareGroup.kind)
        }
        return try Self.take(
            beat, in: &self.shareGroups, topics: topics, timing: self.configuration.timing, now: now)
    }

    private static func take<Group: AssignedGroup>(
        _ beat: MemberHeartbeat, in groups: inout [String: Group], topics: TopicRegistry,
        timing: ConsumerGroup.Timing, now: NIODeadline
    ) throws(GroupFault) -> MemberHeartbeatAnswer {
        guard Self.isValid(beat.groupID) else {
            throw GroupFault(code: .invalidRequest, message: "GroupId can't be empty.")
        }
        guard beat.memberEpoch == 0 || groups[beat.groupID] != nil else {
            throw GroupFault(code: .groupIdNotFound, message: "Group \(beat.groupID) not found.")
        }
        var group = groups[beat.groupID] ?? Group(id: beat.groupID)
        let answer = try group.heartbeat(beat, topics: topics, timing: timing, now: now)
        groups[beat.groupID] = group
        return answer
    }

    /// The fault for a group that does not exist, or is of another kind.
    func notFound(_ groupID: String, kind: String) -> GroupFault {
        GroupFault(
            code: .groupIdNotFound,
            message: self.typeName(of: groupID) == nil
                ? "Group \(groupID) not found." : "Group \(groupID) is not a \(kind) group.")
    }

    /// - Returns: The members that sent no heartbeat in time.
    mutating func advanceShareGroups(to now: NIODeadline) -> [(group: String, member: String)] {
        var gone: [(group: String, member: String)] = []
        for id in self.shareGroups.keys.sorted() {
            gone += self.shareGroups[id]?.advance(to: now).map { (group: id, member: $0) } ?? []
        }
        return gone
    }

    mutating func setReady(_ topic: KafkaUUID, group groupID: String, to isReady: Bool) {
        self.shareGroups[groupID]?.setReady(topic, to: isReady)
    }

    private mutating func forgetIfUnused(_ id: String) {
        guard self.groups[id]?.isForgettable == true, self.offsets[id]?.isEmpty ?? true else { return }
        self.forget(id)
    }

    /// Forgets a group, its offsets included.
    mutating func forget(_ id: String) {
        self.groups[id] = nil
        self.consumerGroups[id] = nil
        self.offsets.forget(id)
        self.idleSince[id] = nil
    }

    // MARK: Offsets

    func offsets(of groupID: String) -> GroupOffsets { self.offsets[groupID] ?? GroupOffsets() }

    /// Whether this client may commit to this group now. A client that manages its partitions itself creates the group
    /// by committing.
    mutating func mayCommit(
        groupID: String, generation: Int32, memberID: String, instanceID: String?, isTransactional: Bool = false,
        knowsMemberEpochs: Bool = true, now: NIODeadline
    ) -> KafkaErrorCode {
        guard Self.isValid(groupID) else { return .invalidGroupId }
        guard self.shareGroups[groupID] == nil else { return .groupIdNotFound }
        if let group = self.consumerGroups[groupID] {
            if generation < 0, group.members.isEmpty { return .none }
            if isTransactional, generation < 0, memberID.isEmpty, instanceID == nil { return .none }
            if !isTransactional, !knowsMemberEpochs, group.index(of: memberID) != nil { return .unsupportedVersion }
            let error = group.check(memberID: memberID, memberEpoch: generation)
            return isTransactional && error == .staleMemberEpoch ? .illegalGeneration : error
        }
        guard self.groups[groupID] != nil else { return generation < 0 ? .none : .illegalGeneration }
        return self.groups[groupID]?.mayCommit(
            generation: generation, memberID: memberID, instanceID: instanceID, isTransactional: isTransactional,
            now: now) ?? .none
    }

    private mutating func makeSureOfGroup(_ groupID: String) {
        guard self.groups[groupID] == nil, self.consumerGroups[groupID] == nil else { return }
        self.groups[groupID] = self.newGroup(groupID)
    }

    mutating func commit(_ offset: CommittedOffset, for partition: TopicPartition, groupID: String) {
        self.makeSureOfGroup(groupID)
        self.idleSince[groupID] = nil
        self.offsets.change(groupID) { $0.commit(offset, for: partition) }
    }

    /// Whether offsets may be fetched under this member epoch; a client outside of the group names no member.
    func mayFetch(groupID: String, memberID: String?, memberEpoch: Int32) -> KafkaErrorCode {
        guard let group = self.consumerGroups[groupID], memberID != nil || memberEpoch >= 0 else { return .none }
        return group.check(memberID: memberID ?? "", memberEpoch: memberEpoch)
    }

    /// Forgets the offset that a group has committed for one partition.
    mutating func deleteOffset(of partition: TopicPartition, groupID: String) {
        self.offsets.change(groupID) { $0.delete(partition) }
        self.forgetIfUnused(groupID)
    }

    /// The error why a group's offsets for a topic may not be deleted now, or `.none`.
    func mayDeleteOffsets(of topic: String, groupID: String) -> KafkaErrorCode {
        if let group = self.consumerGroups[groupID] {
            return group.isSubscribed(to: topic) ? .groupSubscribedToTopic : .none
        }
        return self.groups[groupID]?.isSubscribed(to: topic) == true ? .groupSubscribedToTopic : .none
    }

    /// Keeps an offset until the transaction that it is part of has ended.
    mutating func stage(
        _ offset: CommittedOffset, for partition: TopicPartition, groupID: String, producerID: Int64
    ) {
        self.makeSureOfGroup(groupID)
        self.offsets.change(groupID) { $0.stage(offset, for: partition, producerID: producerID) }
    }

    /// Ends a transaction that offsets of this group may be part of.
    mutating func settle(groupID: String, producerID: Int64, isCommit: Bool) {
        self.offsets.change(groupID) { $0.settle(producerID: producerID, isCommit: isCommit) }
        self.forgetIfUnused(groupID)
    }

    mutating func topicDeleted(_ topic: String) {
        for id in self.offsets.groupIDs {
            self.offsets.change(id) { $0.forget(topic: topic) }
            self.forgetIfUnused(id)
        }
    }

    /// Forgets a group and its offsets, unless it has members.
    mutating func delete(_ groupID: String) -> KafkaErrorCode {
        if let group = self.shareGroups[groupID] {
            guard group.members.isEmpty else { return .nonEmptyGroup }
            self.shareGroups[groupID] = nil
            return .none
        }
        if let group = self.consumerGroups[groupID] {
            guard group.members.isEmpty else { return .nonEmptyGroup }
            self.forget(groupID)
            return .none
        }
        guard let group = self.groups[groupID] else { return .groupIdNotFound }
        guard group.members.isEmpty, group.pendingMembers.isEmpty else { return .nonEmptyGroup }
        self.forget(groupID)
        return .none
    }
}
