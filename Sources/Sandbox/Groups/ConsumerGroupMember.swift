import KafkaProtocol
import NIOCore

/// Why a group request was refused, with words for people.
struct GroupFault: Error, Equatable {
    var code: KafkaErrorCode
    var message: String?
}

/// A ConsumerGroupHeartbeat or ShareGroupHeartbeat request: what a member says of itself. What it leaves out has not changed.
struct MemberHeartbeat {
    static let leaves: Int32 = -1
    /// A static member that will be back.
    static let leavesForAWhile: Int32 = -2

    var groupID: String
    var memberID: String
    /// 0 joins.
    var memberEpoch: Int32
    var instanceID: String?
    var rackID: String?
    var rebalanceTimeout: TimeAmount?
    var topics: [String]?
    var pattern: TopicPattern?
    /// Set when the request speaks of the pattern at all: an empty one takes it away.
    var saysPattern = false
    var assignor: GroupAssignor?
    var owned: Set<TopicIDPartition>?
    var clientID: String
    var clientHost: String
    /// The topics that a pattern may mean: those that the member may describe.
    var mayMatch: (String) -> Bool = { _ in true }

    var isLeaving: Bool { self.memberEpoch < 0 }
    /// A member that repeats everything wants to hear everything.
    var saysAll: Bool {
        self.rebalanceTimeout != nil && (self.topics != nil || self.saysPattern) && self.owned != nil
    }
}

struct MemberHeartbeatAnswer: Equatable {
    var memberID: String
    var memberEpoch: Int32
    var heartbeatInterval: TimeAmount
    /// Nil when the member knows it already.
    var assignment: Set<TopicIDPartition>?
}

/// One member of a group of the newer protocol.
struct ConsumerGroupMember: Equatable {
    enum State: Equatable {
        case stable
        /// It has to let go of partitions first.
        case unrevoked
        /// It waits for partitions that others have not let go of.
        case unreleased
    }

    var id: String
    var instanceID: String?
    var rackID: String?
    var clientID = ""
    var clientHost = ""
    /// 0 until it is given its first.
    var epoch: Int32 = 0
    var previousEpoch: Int32 = 0
    var state = State.stable
    /// A static member that has left and will be back: its partitions wait for it.
    var hasLeftForAWhile = false
    var topics: [String] = []
    var pattern: TopicPattern?
    var assignor: GroupAssignor?
    var assigned: Set<TopicIDPartition> = []
    var pendingRevocation: Set<TopicIDPartition> = []
    var rebalanceTimeout: TimeAmount = .minutes(5)
    var sessionDeadline: NIODeadline = .distantFuture
    /// When it must have let go of what it has to.
    var rebalanceDeadline: NIODeadline?

    init(id: String, instanceID: String?) {
        self.id = id
        self.instanceID = instanceID
    }

    var nextDeadline: NIODeadline { min(self.sessionDeadline, self.rebalanceDeadline ?? .distantFuture) }

    /// Takes over what a heartbeat says.
    ///
    /// - Returns: Whether the group's target assignment has to be made anew. A new pattern alone does not ask for it: it is resolved later.
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
