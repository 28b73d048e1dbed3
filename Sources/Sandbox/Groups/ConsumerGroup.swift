import KafkaProtocol
import NIOCore

/// A partition by its topic's ID, as the newer group protocols name it.
struct TopicIDPartition: Hashable {
    var topic: KafkaUUID
    var partition: Int32
}

/// One consumer group of the newer protocol (KIP-848): the broker assigns, and members follow at their own pace.
///
/// Three epochs drive it. The group's rises when members or topics change; a target assignment is then made for that
/// epoch; each member revokes the partitions that are not in its target, and then reaches the target's epoch. A
/// partition is given to its next owner once the previous one has revoked it.
///
/// A pure value: the caller passes the time and the topics.
struct ConsumerGroup {
    /// The times that the broker sets for all members.
    struct Timing: Sendable, Equatable {
        var heartbeatInterval: TimeAmount = .seconds(5)
        var sessionTimeout: TimeAmount = .seconds(45)
    }

    /// A topic that a member subscribes to, with the shape that the target assignment was made for.
    struct TopicShape: Equatable {
        var id: KafkaUUID
        var partitions: Int32
    }

    let id: String
    /// The group's epoch; the first change raises it to 2.
    private(set) var epoch: Int32 = 1
    /// The group epoch that `target` was made for.
    private(set) var assignmentEpoch: Int32 = 1
    private(set) var assignor = GroupAssignor.uniform
    /// The members in the order of joining.
    private(set) var members: [ConsumerGroupMember] = []
    private(set) var target: [String: Set<TopicIDPartition>] = [:]
    private var shapes: [String: TopicShape] = [:]
    /// Names that match the members' patterns, by pattern.
    private var resolved: [String: Set<String>] = [:]

    init(id: String) {
        self.id = id
    }

    /// The name that ConsumerGroupDescribe and ListGroups show.
    var stateName: String {
        if self.members.isEmpty { return "Empty" }
        if self.epoch > self.assignmentEpoch { return "Assigning" }
        let isSettled = self.members.allSatisfy { $0.state == .stable && $0.epoch == self.assignmentEpoch }
        return isSettled ? "Stable" : "Reconciling"
    }

    func index(of memberID: String) -> Int? { self.members.firstIndex { $0.id == memberID } }

    private func index(ofInstance instanceID: String) -> Int? {
        self.members.firstIndex { $0.instanceID == instanceID }
    }

    /// All topics that a member reads.
    func topics(of member: ConsumerGroupMember) -> Set<String> {
        Set(member.topics).union(member.pattern.flatMap { self.resolved[$0.text] } ?? [])
    }

    func isSubscribed(to topic: String) -> Bool {
        self.members.contains { self.topics(of: $0).contains(topic) }
    }

    // MARK: Heartbeat

    mutating func heartbeat(
        _ beat: MemberHeartbeat, topics: TopicRegistry, timing: Timing, now: NIODeadline
    ) throws(GroupFault) -> MemberHeartbeatAnswer {
        if beat.isLeaving { return try self.leave(beat, now: now) }
        if self.resolvePatterns(topics, beat.mayMatch) { self.raiseEpoch() }
        let index = try self.member(of: beat)
        let isNew = self.members[index].epoch == 0
        let pattern = self.members[index].pattern
        var isNewTarget = self.members[index].update(with: beat)
        if pattern != self.members[index].pattern {
            // A new pattern is resolved later, and then needs a new target.
            isNewTarget =
                isNewTarget || pattern != nil
                || self.members[index].pattern.map { self.resolved[$0.text] != nil } == true
        }
        if isNewTarget { self.raiseEpoch() }
        self.refreshShapes(topics)
        if self.epoch > self.assignmentEpoch { self.assign() }
        let before = self.members[index].assigned
        self.reconcile(index, owned: beat.owned, now: now)
        self.members[index].sessionDeadline = now + timing.sessionTimeout
        let member = self.members[index]
        var answer = MemberHeartbeatAnswer(
            memberID: member.id, memberEpoch: member.epoch, heartbeatInterval: timing.heartbeatInterval)
        if isNew || beat.memberEpoch == 0 || beat.saysAll || member.assigned != before {
            answer.assignment = member.assigned
        }
        return answer
    }

    /// Finds the member of a heartbeat, or lets it join.
    private mutating func member(of beat: MemberHeartbeat) throws(GroupFault) -> Int {
        if beat.memberEpoch == 0 { return try self.join(beat) }
        let index: Int
        if let instanceID = beat.instanceID {
            guard let found = self.index(ofInstance: instanceID) else {
                throw GroupFault(
                    code: .unknownMemberId, message: "Instance id \(instanceID) is unknown.")
            }
            guard self.members[found].id == beat.memberID else {
                throw GroupFault(
                    code: .fencedInstanceId,
                    message: "Static member \(beat.memberID) with instance id \(instanceID) was fenced by member "
                        + "\(self.members[found].id).")
            }
            index = found
        } else {
            index = try self.known(beat.memberID)
        }
        let member = self.members[index]
        guard beat.memberEpoch != member.epoch else { return index }
        // The answer with the raised epoch may have been lost: the member may still send the epoch that it had before.
        guard beat.memberEpoch == member.previousEpoch, beat.memberEpoch < member.epoch,
            let owned = beat.owned, owned.isSubset(of: member.assigned)
        else {
            throw GroupFault(
                code: .fencedMemberEpoch,
                message: "The consumer group member has a different member epoch (\(beat.memberEpoch)) from the one "
                    + "known by the group coordinator (\(member.epoch)). The member must abandon all its partitions "
                    + "and rejoin.")
        }
        return index
    }

    private func known(_ memberID: String) throws(GroupFault) -> Int {
        guard let index = self.index(of: memberID) else {
            throw GroupFault(
                code: .unknownMemberId, message: "Member \(memberID) is not a member of group \(self.id).")
        }
        return index
    }

    private mutating func join(_ beat: MemberHeartbeat) throws(GroupFault) -> Int {
        if let instanceID = beat.instanceID, let index = self.index(ofInstance: instanceID) {
            let old = self.members[index]
            guard old.id != beat.memberID else { return index }
            guard old.hasLeftForAWhile else {
                throw GroupFault(
                    code: .unreleasedInstanceId,
                    message: "Static member \(old.id) with instance id \(instanceID) cannot be replaced: it has not "
                        + "left the group.")
            }
            // The new member gets the place of the old one, with its assignment.
            self.members[index].id = beat.memberID
            self.members[index].hasLeftForAWhile = false
            self.target[beat.memberID] = self.target.removeValue(forKey: old.id)
            return index
        }
        if let index = self.index(of: beat.memberID) { return index }
        self.members.append(ConsumerGroupMember(id: beat.memberID, instanceID: beat.instanceID))
        return self.members.count - 1
    }

    // MARK: Leaving

    private mutating func leave(_ beat: MemberHeartbeat, now: NIODeadline) throws(GroupFault) -> MemberHeartbeatAnswer {
        let index: Int
        if let instanceID = beat.instanceID {
            guard let found = self.index(ofInstance: instanceID) else {
                throw GroupFault(code: .unknownMemberId, message: "Instance id \(instanceID) is unknown.")
            }
            guard self.members[found].id == beat.memberID else {
                throw GroupFault(
                    code: .fencedInstanceId,
                    message: "Static member \(beat.memberID) with instance id \(instanceID) was fenced by member "
                        + "\(self.members[found].id).")
            }
            index = found
        } else {
            index = try self.known(beat.memberID)
        }
        if beat.memberEpoch == MemberHeartbeat.leavesForAWhile {
            self.members[index].hasLeftForAWhile = true
            self.members[index].rebalanceDeadline = nil
        } else {
            self.remove(at: index)
        }
        return MemberHeartbeatAnswer(memberID: beat.memberID, memberEpoch: beat.memberEpoch, heartbeatInterval: .zero)
    }

    /// An administrator removes a member, a static one by its instance ID.
    mutating func remove(memberID: String, instanceID: String?) -> KafkaErrorCode {
        let found =
            instanceID.map { instanceID in self.index(ofInstance: instanceID) } ?? self.index(of: memberID)
        guard let index = found else { return .unknownMemberId }
        guard memberID.isEmpty || self.members[index].id == memberID else { return .fencedInstanceId }
        self.remove(at: index)
        return .none
    }

    private mutating func remove(at index: Int) {
        self.target[self.members.remove(at: index).id] = nil
        self.raiseEpoch()
    }

    private mutating func raiseEpoch() {
        self.epoch = self.epoch == .max ? 1 : self.epoch + 1
        if self.epoch == 1 { self.assignmentEpoch = 0 }
    }

    // MARK: Assigning

    /// - Returns: Whether a member's pattern now matches other topics.
    private mutating func resolvePatterns(_ topics: TopicRegistry, _ mayMatch: (String) -> Bool) -> Bool {
        var resolved: [String: Set<String>] = [:]
        for pattern in self.members.compactMap(\.pattern) where resolved[pattern.text] == nil {
            resolved[pattern.text] = Set(topics.topics.keys.filter { pattern.matches($0) && mayMatch($0) })
        }
        guard resolved != self.resolved else { return false }
        self.resolved = resolved
        return true
    }

    /// Records topics that were created, deleted or grew since the last target assignment.
    private mutating func refreshShapes(_ topics: TopicRegistry) {
        let names = self.members.reduce(into: Set<String>()) { $0.formUnion(self.topics(of: $1)) }
        var shapes: [String: TopicShape] = [:]
        for name in names {
            guard let topic = topics[name] else { continue }
            shapes[name] = TopicShape(id: topic.id, partitions: Int32(clamping: topic.partitions.count))
        }
        guard shapes != self.shapes else { return }
        self.shapes = shapes
        // One new target is enough for all that changes at once.
        if self.epoch == self.assignmentEpoch { self.raiseEpoch() }
    }

    private mutating func assign() {
        self.assignor = GroupAssignor.chosen(by: self.members.map(\.assignor))
        let subscribers = self.members.map { member in
            GroupAssignor.Subscriber(
                id: member.id,
                topics: self.topics(of: member).sorted().compactMap { self.shapes[$0] },
                current: self.target[member.id] ?? [])
        }
        self.target = self.assignor.assign(subscribers)
        self.assignmentEpoch = self.epoch
    }

    // MARK: Reconciling

    /// Brings a member as close to its target as the other members allow.
    ///
    /// - Parameter owned: The partitions that the member lists as owned; nil when it lists none.
    private mutating func reconcile(_ index: Int, owned: Set<TopicIDPartition>?, now: NIODeadline) {
        var member = self.members[index]
        if !member.pendingRevocation.isEmpty {
            // Only the member's own list shows that it has revoked partitions.
            guard let owned, owned.isDisjoint(with: member.pendingRevocation) else { return }
            member.pendingRevocation = []
        } else if member.state == .stable, member.epoch == self.assignmentEpoch {
            return
        }
        let target = self.target[member.id] ?? []
        let kept = member.assigned.intersection(target)
        let revoked = member.assigned.subtracting(target)
        let isOwned = owned.map { !$0.isDisjoint(with: revoked) } ?? true
        member.rebalanceDeadline = nil
        if !revoked.isEmpty, isOwned, member.epoch != 0 {
            member.assigned = kept
            member.pendingRevocation = revoked
            member.state = .unrevoked
            member.rebalanceDeadline = now + member.rebalanceTimeout
        } else {
            let taken = self.members.enumerated().reduce(into: Set<TopicIDPartition>()) { taken, other in
                guard other.offset != index else { return }
                taken.formUnion(other.element.assigned)
                taken.formUnion(other.element.pendingRevocation)
            }
            member.assigned = kept.union(target.subtracting(taken))
            member.state = member.assigned == target ? .stable : .unreleased
            if member.epoch != self.assignmentEpoch {
                member.previousEpoch = member.epoch
                member.epoch = self.assignmentEpoch
            }
        }
        self.members[index] = member
    }

    // MARK: Time

    /// Removes members that sent no heartbeat, or did not revoke partitions, in time.
    mutating func advance(to now: NIODeadline) {
        while let index = self.members.firstIndex(where: { $0.nextDeadline <= now }) { self.remove(at: index) }
    }

    var nextDeadline: NIODeadline? { self.members.map(\.nextDeadline).min() }

    // MARK: Offsets

    /// Whether a commit or fetch of offsets may be made under this member epoch.
    func check(memberID: String, memberEpoch: Int32) -> KafkaErrorCode {
        guard let index = self.index(of: memberID) else { return .unknownMemberId }
        return self.members[index].epoch == memberEpoch ? .none : .staleMemberEpoch
    }
}
