import KafkaProtocol
import NIOCore

/// A group in which the broker assigns: consumer groups of the newer protocol (KIP-848) and share groups (KIP-932).
protocol AssignedGroup {
    /// The word for groups of this kind in messages.
    static var kind: String { get }

    init(id: String)

    /// The name that descriptions and lists show.
    var stateName: String { get }
    var epoch: Int32 { get }
    /// The group epoch that the members' assignments were made for.
    var assignmentEpoch: Int32 { get }
    var assignorName: String { get }
    /// Every partition that some member has or is going to have.
    var assigned: Set<TopicIDPartition> { get }

    /// Handles a member's heartbeat, with which it may join, list the partitions that it owns, change its subscription,
    /// or leave.
    ///
    /// - Parameter beat: A heartbeat whose own fields have been checked.
    mutating func heartbeat(
        _ beat: MemberHeartbeat, topics: TopicRegistry, timing: ConsumerGroup.Timing, now: NIODeadline
    ) throws(GroupFault) -> MemberHeartbeatAnswer
}

extension ConsumerGroup: AssignedGroup {
    static var kind: String { "consumer" }

    var assignorName: String { self.assignor.rawValue }

    var assigned: Set<TopicIDPartition> {
        self.members.reduce(into: []) { partitions, member in
            partitions.formUnion(member.assigned)
            partitions.formUnion(self.target[member.id] ?? [])
        }
    }
}

extension ShareGroup: AssignedGroup {
    static var kind: String { "share" }

    var assignorName: String { "simple" }

    var assigned: Set<TopicIDPartition> { self.members.reduce(into: []) { $0.formUnion($1.assigned) } }
}
