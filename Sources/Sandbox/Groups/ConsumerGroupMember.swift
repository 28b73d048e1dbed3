import KafkaProtocol
import NIOCore

/// Why a group request was refused, with a message for people.
struct GroupFault: Error, Equatable {
    var code: KafkaErrorCode
    var message: String?
}

/// A ConsumerGroupHeartbeat or ShareGroupHeartbeat request: a member's state. Fields that it leaves out have not
/// changed.
struct MemberHeartbeat {
    static let leaves: Int32 = -1
    /// The epoch of a static member that leaves and will return.
    static let leavesForAWhile: Int32 = -2

    var groupID: String
    var memberID: String
    /// The member's epoch; 0 joins.
    var memberEpoch: Int32
    var instanceID: String?
    var rackID: String?
    var rebalanceTimeout: TimeAmount?
    var topics: [String]?
    var pattern: TopicPattern?
    /// Whether the request has a pattern at all; an empty one removes it.
    var saysPattern = false
    var assignor: GroupAssignor?
    var owned: Set<TopicIDPartition>?
    var clientID: String
    var clientHost: String
    /// Whether a pattern may match a topic: only topics that the member may describe.
    var mayMatch: (String) -> Bool = { _ in true }

    var isLeaving: Bool { self.memberEpoch < 0 }
    /// Whether the request has all fields, whose answer then has all fields too.
    var saysAll: Bool {
        self.rebalanceTimeout != nil && (self.topics != nil || self.saysPattern) && self.owned != nil
    }
}

struct MemberHeartbeatAnswer: Equatable {
    var memberID: String
    var memberEpoch: Int32
    var heartbeatInterval: TimeAmount
    /// The assignment; nil when the member already has it.
    var assignment: Set<TopicIDPartition>?
}

/// One member of a group of the newer protocol.
struct ConsumerGroupMember: Equatable {
    enum State: Equatable {
        case stable
        /// The member has to revoke partitions first.
        case unrevoked
        /// The member waits for partitions that others have not revoked.
        case unreleased
    }

    var id: String
    var instanceID: String?
    var rackID: String?
    var clientID = ""
    var clientHost = ""
    /// The member's epoch; 0 until it is given its first.
    var epoch: Int32 = 0
    var previousEpoch: Int32 = 0
    var state = State.stable
    /// Whether a static member has left and will return; its partitions wait for it.
    var hasLeftForAWhile = false
    var topics: [String] = []
    var pattern: TopicPattern?
    var assignor: GroupAssignor?
    var assigned: Set<TopicIDPartition> = []
    var pendingRevocation: Set<TopicIDPartition> = []
    var rebalanceTimeout: TimeAmount = .minutes(5)
    var sessionDeadline: NIODeadline = .distantFuture
    /// The time by which it must have revoked partitions.
    var rebalanceDeadline: NIODeadline?

    init(id: String, instanceID: String?) {
        self.id = id
        self.instanceID = instanceID
    }

    var nextDeadline: NIODeadline { min(self.sessionDeadline, self.rebalanceDeadline ?? .distantFuture) }

    /// Adopts the contents of a heartbeat.
    ///
    /// - Returns: Whether the group needs a new target assignment. A new pattern alone does not need one, because it is
    ///   resolved later.
    mutating func update(with beat: MemberHeartbeat) -> Bool {
        self.clientID = beat.clientID
        self.clientHost = beat.clientHost
        if let rackID = beat.rackID { self.rackID = rackID }
        if let rebalanceTimeout = beat.rebalanceTimeout { self.rebalanceTimeout = rebalanceTimeout }
        var hasChanged = false
        if let topics = beat.topics.map({ Set($0).sorted() }), topics != self.topics {
            self.topics = topics
            hasChanged = true
        }
        if beat.saysPattern { self.pattern = beat.pattern }
        if let assignor = beat.assignor, assignor != self.assignor {
            self.assignor = assignor
            hasChanged = true
        }
        return hasChanged
    }
}
