import KafkaProtocol
import NIOCore

/// One classic consumer group: its members, their generation, and their assignments.
///
///     empty ──join──▶ preparingRebalance ──all joined, or time up──▶ completingRebalance ──leader synced──▶ stable
///       ▲                  │    ▲                                          │                            │
///       └──no members──────┘    └──────────── join, leave, expiry ─────────┴────────────────────────────┘
///
/// A pure value: the caller passes the time. Each event returns the answers that it made due.
struct ClassicGroup {
    enum State: Equatable {
        case empty
        /// `isFirst`: the group was empty before, so the wait is for new members rather than for known ones.
        case preparingRebalance(deadline: NIODeadline, isFirst: Bool, limit: NIODeadline)
        case completingRebalance(deadline: NIODeadline)
        case stable

        /// The name that DescribeGroups and ListGroups show.
        var name: String {
            switch self {
            case .empty: "Empty"
            case .preparingRebalance: "PreparingRebalance"
            case .completingRebalance: "CompletingRebalance"
            case .stable: "Stable"
            }
        }
    }

    let id: String
    private(set) var state: State = .empty
    private(set) var generation: Int32 = 0
    private(set) var protocolType: String?
    private(set) var protocolName: String?
    private(set) var leader: String?
    /// The members in the order of joining.
    private(set) var members: [GroupMember] = []
    /// Member IDs given out and not yet used, with the time when they lapse.
    private(set) var pendingMembers: [String: NIODeadline] = [:]
    private let initialRebalanceDelay: TimeAmount

    init(id: String, initialRebalanceDelay: TimeAmount) {
        self.id = id
        self.initialRebalanceDelay = initialRebalanceDelay
    }

    /// Whether the group has no state that a client could ask for, except offsets.
    var isForgettable: Bool {
        self.members.isEmpty && self.pendingMembers.isEmpty && self.generation == 0
    }

    // MARK: Join

    mutating func join(_ join: GroupJoin, newMemberID: String, reply: ReplyID, now: NIODeadline) -> [GroupReply] {
        guard self.accepts(join) else {
            return [.join(reply, .failure(.inconsistentGroupProtocol, memberID: join.memberID))]
        }
        if join.memberID.isEmpty {
            return self.joinWithoutID(join, newMemberID: newMemberID, reply: reply, now: now)
        }
        if let instanceID = join.instanceID {
            guard let owner = self.members.first(where: { $0.instanceID == instanceID }) else {
                return [.join(reply, .failure(.unknownMemberId, memberID: join.memberID))]
            }
            guard owner.id == join.memberID else {
                return [.join(reply, .failure(.fencedInstanceId, memberID: join.memberID))]
            }
        }
        if self.pendingMembers.removeValue(forKey: join.memberID) != nil {
            return self.add(join, memberID: join.memberID, reply: reply, now: now)
        }
        guard let index = self.index(of: join.memberID) else {
            return [.join(reply, .failure(.unknownMemberId, memberID: join.memberID))]
        }
        return self.rejoin(join, index: index, reply: reply, now: now)
    }

    private mutating func joinWithoutID(
        _ join: GroupJoin, newMemberID: String, reply: ReplyID, now: NIODeadline
    ) -> [GroupReply] {
        if let instanceID = join.instanceID,
            let index = self.members.firstIndex(where: { $0.instanceID == instanceID })
        {
            return self.replaceStaticMember(at: index, with: join, memberID: newMemberID, reply: reply, now: now)
        }
        if join.instanceID == nil, join.requiresKnownMemberID {
            self.pendingMembers[newMemberID] = now + join.sessionTimeout
            return [.join(reply, .failure(.memberIdRequired, memberID: newMemberID))]
        }
        return self.add(join, memberID: newMemberID, reply: reply, now: now)
    }

    private mutating func add(
        _ join: GroupJoin, memberID: String, reply: ReplyID, now: NIODeadline
    ) -> [GroupReply] {
        self.members.append(
            GroupMember(
                id: memberID, instanceID: join.instanceID, clientID: join.clientID, clientHost: join.clientHost,
                sessionTimeout: join.sessionTimeout, rebalanceTimeout: join.rebalanceTimeout,
                protocols: join.protocols, sessionDeadline: now + join.sessionTimeout, awaitingJoin: reply))
        self.protocolType = join.protocolType
        return self.prepareRebalance(now: now)
    }

    private mutating func rejoin(
        _ join: GroupJoin, index: Int, reply: ReplyID, now: NIODeadline
    ) -> [GroupReply] {
        let member = self.members[index]
        let isUnchanged = member.protocols == join.protocols
        switch self.state {
        case .completingRebalance where isUnchanged:
            // The client assumes that the answer was lost, so send it again.
            self.members[index].heardOf(at: now)
            return [.join(reply, self.joinAnswer(for: self.members[index]))]
        case .stable where isUnchanged && member.id != self.leader:
            self.members[index].heardOf(at: now)
            return [.join(reply, self.joinAnswer(for: self.members[index]))]
        case .empty, .preparingRebalance, .completingRebalance, .stable:
            var replies = self.update(index, with: join, reply: reply, now: now)
            replies += self.prepareRebalance(now: now)
            return replies
        }
    }

    /// Adopts the contents of a join and lets it wait. An older join of the same member is answered, because its client
    /// no longer waits for it.
    private mutating func update(
        _ index: Int, with join: GroupJoin, reply: ReplyID, now: NIODeadline
    ) -> [GroupReply] {
        var replies: [GroupReply] = []
        if let older = self.members[index].awaitingJoin {
            replies.append(.join(older, .failure(.rebalanceInProgress, memberID: self.members[index].id)))
        }
        self.members[index].protocols = join.protocols
        self.members[index].sessionTimeout = join.sessionTimeout
        self.members[index].rebalanceTimeout = join.rebalanceTimeout
        self.members[index].clientID = join.clientID
        self.members[index].clientHost = join.clientHost
        self.members[index].awaitingJoin = reply
        self.members[index].heardOf(at: now)
        return replies
    }

    /// Handles a static member that returns under a new ID: the old one is fenced. A stable group stays stable if
    /// nothing changed.
    private mutating func replaceStaticMember(
        at index: Int, with join: GroupJoin, memberID: String, reply: ReplyID, now: NIODeadline
    ) -> [GroupReply] {
        var replies: [GroupReply] = []
        let old = self.members[index]
        if let waiting = old.awaitingJoin {
            replies.append(.join(waiting, .failure(.fencedInstanceId, memberID: old.id)))
        }
        if let waiting = old.awaitingSync {
            replies.append(.sync(waiting, GroupSyncAnswer(error: .fencedInstanceId)))
        }
        let oldMetadata = old.metadata(for: self.protocolName)
        self.members[index].id = memberID
        self.members[index].awaitingJoin = nil
        self.members[index].awaitingSync = nil
        let wasLeader = self.leader == old.id
        if wasLeader { self.leader = memberID }
        replies += self.update(index, with: join, reply: reply, now: now)
        if self.state == .stable, self.members[index].metadata(for: self.protocolName) == oldMetadata,
            self.selectedProtocol() == self.protocolName
        {
            self.members[index].awaitingJoin = nil
            var answer = self.joinAnswer(for: self.members[index])
            if wasLeader {
                answer.skipAssignment = join.supportsSkippingAssignment
                if !join.supportsSkippingAssignment {
                    // An older client that was named leader would assign again; the fenced ID keeps it a follower.
                    answer.leader = old.id
                    answer.members = []
                }
            }
            replies.append(.join(reply, answer))
            return replies
        }
        replies += self.prepareRebalance(now: now)
        return replies
    }

    /// Whether the group's members and this one have a protocol in common.
    private func accepts(_ join: GroupJoin) -> Bool {
        guard !join.protocols.isEmpty, !join.protocolType.isEmpty else { return false }
        guard !self.members.isEmpty else { return true }
        guard join.protocolType == self.protocolType else { return false }
        return join.protocols.contains { proposal in
            self.members.allSatisfy { member in member.protocols.contains { $0.name == proposal.name } }
        }
    }

    /// The protocol with the most votes among those that all members support; each votes for the first in its list.
    private func selectedProtocol() -> String? {
        let common = self.members.dropFirst().reduce(into: Set(self.members.first?.protocols.map(\.name) ?? [])) {
            $0.formIntersection($1.protocols.map(\.name))
        }
        var votes: [String: Int] = [:]
        for member in self.members {
            guard let vote = member.protocols.first(where: { common.contains($0.name) }) else { continue }
            votes[vote.name, default: 0] += 1
        }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private func joinAnswer(for member: GroupMember) -> GroupJoinAnswer {
        var answer = GroupJoinAnswer(
            generation: self.generation, protocolType: self.protocolType, protocolName: self.protocolName,
            leader: self.leader ?? "", memberID: member.id)
        if member.id == self.leader {
            answer.members = self.members.map {
                .init(id: $0.id, instanceID: $0.instanceID, metadata: $0.metadata(for: self.protocolName))
            }
        }
        return answer
    }

    // MARK: Rebalance

    private var longestRebalanceTimeout: TimeAmount {
        self.members.map(\.rebalanceTimeout).max() ?? .zero
    }

    private mutating func prepareRebalance(now: NIODeadline) -> [GroupReply] {
        var replies: [GroupReply] = []
        switch self.state {
        case .empty:
            let limit = now + self.longestRebalanceTimeout
            self.state = .preparingRebalance(
                deadline: min(now + self.initialRebalanceDelay, limit), isFirst: true, limit: limit)
        case .preparingRebalance(_, isFirst: true, let limit):
            // Each new member extends the wait for more, up to the first one's rebalance timeout.
            self.state = .preparingRebalance(
                deadline: min(now + self.initialRebalanceDelay, limit), isFirst: true, limit: limit)
        case .preparingRebalance(_, isFirst: false, _):
            break
        case .completingRebalance:
            replies = self.refuseWaitingSyncs()
            self.waitForMembers(now: now)
        case .stable:
            self.waitForMembers(now: now)
        }
        return replies + self.completeJoinIfReady(now: now)
    }

    private mutating func waitForMembers(now: NIODeadline) {
        let deadline = now + self.longestRebalanceTimeout
        self.state = .preparingRebalance(deadline: deadline, isFirst: false, limit: deadline)
    }

    private mutating func refuseWaitingSyncs() -> [GroupReply] {
        var replies: [GroupReply] = []
        for index in self.members.indices {
            self.members[index].assignment = ByteBuffer()
            guard let waiting = self.members[index].awaitingSync else { continue }
            self.members[index].awaitingSync = nil
            replies.append(.sync(waiting, GroupSyncAnswer(error: .rebalanceInProgress)))
        }
        return replies
    }

    private mutating func completeJoinIfReady(now: NIODeadline) -> [GroupReply] {
        guard case .preparingRebalance(let deadline, let isFirst, _) = self.state else { return [] }
        let allJoined = self.pendingMembers.isEmpty && self.members.allSatisfy { $0.awaitingJoin != nil }
        guard now >= deadline || (allJoined && !isFirst) || self.members.isEmpty else { return [] }
        return self.completeJoin(now: now)
    }

    private mutating func completeJoin(now: NIODeadline) -> [GroupReply] {
        // Remove members that did not join again in time; a static member stays until its session ends.
        self.members.removeAll { $0.awaitingJoin == nil && $0.instanceID == nil }
        guard !self.members.isEmpty else {
            self.becomeEmpty()
            return []
        }
        let leaderJoined = self.members.contains { $0.id == self.leader && $0.awaitingJoin != nil }
        if !leaderJoined {
            guard let next = self.members.first(where: { $0.awaitingJoin != nil }) else {
                self.waitForMembers(now: now)
                return []
            }
            self.leader = next.id
        }
        self.generation = self.generation == .max ? 1 : self.generation + 1
        self.protocolName = self.selectedProtocol()
        self.state = .completingRebalance(deadline: now + self.longestRebalanceTimeout)
        var replies: [GroupReply] = []
        for index in self.members.indices {
            guard let waiting = self.members[index].awaitingJoin else { continue }
            self.members[index].awaitingJoin = nil
            self.members[index].heardOf(at: now)
            replies.append(.join(waiting, self.joinAnswer(for: self.members[index])))
        }
        return replies
    }

    private mutating func becomeEmpty() {
        self.state = .empty
        self.generation = self.generation == .max ? 1 : self.generation + 1
        self.protocolName = nil
        self.leader = nil
    }

    // MARK: Sync, heartbeat, leave

    mutating func sync(_ sync: GroupSync, reply: ReplyID, now: NIODeadline) -> [GroupReply] {
        let index: Int
        switch self.find(sync.memberID, instanceID: sync.instanceID) {
        case .success(let found): index = found
        case .failure(let refusal): return [.sync(reply, GroupSyncAnswer(error: refusal.code))]
        }
        func refuse(_ error: KafkaErrorCode) -> [GroupReply] { [.sync(reply, GroupSyncAnswer(error: error))] }
        guard sync.generation == self.generation else { return refuse(.illegalGeneration) }
        guard sync.protocolType == nil || sync.protocolType == self.protocolType,
            sync.protocolName == nil || sync.protocolName == self.protocolName
        else { return refuse(.inconsistentGroupProtocol) }
        switch self.state {
        case .empty:
            return refuse(.unknownMemberId)
        case .preparingRebalance:
            return refuse(.rebalanceInProgress)
        case .completingRebalance:
            var replies: [GroupReply] = []
            if let older = self.members[index].awaitingSync {
                replies.append(.sync(older, GroupSyncAnswer(error: .rebalanceInProgress)))
            }
            self.members[index].awaitingSync = reply
            if sync.memberID == self.leader { replies += self.assign(sync.assignments, now: now) }
            return replies
        case .stable:
            self.members[index].heardOf(at: now)
            return [.sync(reply, self.syncAnswer(for: self.members[index]))]
        }
    }

    private mutating func assign(
        _ assignments: [(memberID: String, assignment: ByteBuffer)], now: NIODeadline
    ) -> [GroupReply] {
        let byMember = Dictionary(assignments.map { ($0.memberID, $0.assignment) }, uniquingKeysWith: { $1 })
        var replies: [GroupReply] = []
        self.state = .stable
        for index in self.members.indices {
            self.members[index].assignment = byMember[self.members[index].id] ?? ByteBuffer()
            self.members[index].heardOf(at: now)
            guard let waiting = self.members[index].awaitingSync else { continue }
            self.members[index].awaitingSync = nil
            replies.append(.sync(waiting, self.syncAnswer(for: self.members[index])))
        }
        return replies
    }

    private func syncAnswer(for member: GroupMember) -> GroupSyncAnswer {
        GroupSyncAnswer(
            protocolType: self.protocolType, protocolName: self.protocolName, assignment: member.assignment)
    }

    mutating func heartbeat(
        memberID: String, instanceID: String?, generation: Int32, now: NIODeadline
    ) -> KafkaErrorCode {
        let index: Int
        switch self.find(memberID, instanceID: instanceID) {
        case .success(let found): index = found
        case .failure(let refusal): return refusal.code
        }
        guard generation == self.generation else { return .illegalGeneration }
        self.members[index].heardOf(at: now)
        switch self.state {
        case .empty: return .unknownMemberId
        case .preparingRebalance: return .rebalanceInProgress
        case .completingRebalance, .stable: return .none
        }
    }

    /// - Returns: The leaving member's result, and the answers that its leaving made due.
    mutating func leave(
        memberID: String, instanceID: String?, now: NIODeadline
    ) -> (error: KafkaErrorCode, replies: [GroupReply]) {
        if instanceID == nil, self.pendingMembers.removeValue(forKey: memberID) != nil {
            return (.none, self.completeJoinIfReady(now: now))
        }
        let index: Int
        // An administrator removes a static member by its instance ID alone.
        if memberID.isEmpty, let instanceID {
            guard let found = self.members.firstIndex(where: { $0.instanceID == instanceID }) else {
                return (.unknownMemberId, [])
            }
            index = found
        } else {
            switch self.find(memberID, instanceID: instanceID) {
            case .success(let found): index = found
            case .failure(let refusal): return (refusal.code, [])
            }
        }
        return (.none, self.remove(at: index, now: now))
    }

    private mutating func remove(at index: Int, now: NIODeadline) -> [GroupReply] {
        let member = self.members.remove(at: index)
        var replies: [GroupReply] = []
        if let waiting = member.awaitingJoin {
            replies.append(.join(waiting, .failure(.unknownMemberId, memberID: member.id)))
        }
        if let waiting = member.awaitingSync {
            replies.append(.sync(waiting, GroupSyncAnswer(error: .unknownMemberId)))
        }
        if self.leader == member.id { self.leader = self.members.first?.id }
        switch self.state {
        case .empty: break
        case .preparingRebalance: replies += self.completeJoinIfReady(now: now)
        case .completingRebalance, .stable: replies += self.prepareRebalance(now: now)
        }
        return replies
    }

    private struct Refusal: Error {
        var code: KafkaErrorCode
    }

    private func find(_ memberID: String, instanceID: String?) -> Result<Int, Refusal> {
        if let instanceID {
            guard let index = self.members.firstIndex(where: { $0.instanceID == instanceID }) else {
                return .failure(Refusal(code: .unknownMemberId))
            }
            guard self.members[index].id == memberID else { return .failure(Refusal(code: .fencedInstanceId)) }
            return .success(index)
        }
        guard let index = self.index(of: memberID) else { return .failure(Refusal(code: .unknownMemberId)) }
        return .success(index)
    }

    private func index(of memberID: String) -> Int? {
        self.members.firstIndex { $0.id == memberID }
    }

    // MARK: Time

    /// Carries out what has become due by `now`.
    mutating func advance(to now: NIODeadline) -> [GroupReply] {
        var replies: [GroupReply] = []
        self.pendingMembers = self.pendingMembers.filter { $0.value > now }
        while let index = self.members.firstIndex(where: { !$0.isWaiting && $0.sessionDeadline <= now }) {
            replies += self.remove(at: index, now: now)
        }
        switch self.state {
        case .empty, .stable:
            break
        case .preparingRebalance:
            replies += self.completeJoinIfReady(now: now)
        case .completingRebalance(let deadline):
            guard now >= deadline else { break }
            // A member that has joined but does not sync delays all others.
            while let index = self.members.firstIndex(where: { $0.awaitingSync == nil && $0.awaitingJoin == nil }),
                case .completingRebalance = self.state
            {
                replies += self.remove(at: index, now: now)
            }
            if case .completingRebalance = self.state { replies += self.prepareRebalance(now: now) }
        }
        return replies
    }

    /// The time at which ``advance(to:)`` is next needed.
    var nextDeadline: NIODeadline? {
        var deadlines = self.members.filter { !$0.isWaiting }.map(\.sessionDeadline)
        deadlines += self.pendingMembers.values
        switch self.state {
        case .empty, .stable: break
        case .preparingRebalance(let deadline, _, _), .completingRebalance(let deadline): deadlines.append(deadline)
        }
        return deadlines.min()
    }

    // MARK: Offsets

    /// Whether a member that speaks the consumers' protocol reads a topic.
    func isSubscribed(to topic: String) -> Bool {
        guard self.protocolType == "consumer" else { return false }
        return self.members.contains { member in
            member.protocols.contains { proposal in
                var bytes = proposal.metadata
                guard let version = bytes.readInteger(as: Int16.self) else { return false }
                let known = min(version, ConsumerProtocolSubscription.versions.upperBound)
                let subscription = try? ConsumerProtocolSubscription(from: &bytes, version: max(0, known))
                return subscription?.topics.contains(topic) == true
            }
        }
    }

    /// Whether a commit may be made now, by a member or by a client that manages its partitions itself (generation -1).
    ///
    /// - Parameter isTransactional: The commit is part of a transaction: its producer need not name the member that it
    ///   works for.
    mutating func mayCommit(
        generation: Int32, memberID: String, instanceID: String?, isTransactional: Bool = false, now: NIODeadline
    ) -> KafkaErrorCode {
        if generation < 0, self.state == .empty { return .none }
        if isTransactional, generation < 0, memberID.isEmpty, instanceID == nil { return .none }
        let index: Int
        switch self.find(memberID, instanceID: instanceID) {
        case .success(let found): index = found
        case .failure(let refusal): return refusal.code
        }
        guard generation == self.generation else { return .illegalGeneration }
        switch self.state {
        case .empty: return .unknownMemberId
        case .completingRebalance where !isTransactional: return .rebalanceInProgress
        case .preparingRebalance, .completingRebalance, .stable:
            self.members[index].heardOf(at: now)
            return .none
        }
    }
}
