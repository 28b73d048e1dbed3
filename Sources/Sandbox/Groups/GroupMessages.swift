import KafkaProtocol
import NIOCore

/// A JoinGroup request, without its version's peculiarities.
struct GroupJoin {
    var groupID: String
    var memberID: String
    var instanceID: String?
    var clientID: String
    var clientHost: String
    var sessionTimeout: TimeAmount
    var rebalanceTimeout: TimeAmount
    var protocolType: String
    var protocols: [GroupMember.Proposal]
    /// From version 4 on a new dynamic member is given an ID first and joins with it (KIP-394).
    var requiresKnownMemberID: Bool
    /// From version 9 on a returning static leader may be asked to keep its assignment (KIP-814).
    var supportsSkippingAssignment: Bool
}

struct GroupJoinAnswer: Equatable {
    struct Member: Equatable {
        var id: String
        var instanceID: String?
        var metadata: ByteBuffer
    }

    var error: KafkaErrorCode = .none
    var generation: Int32 = -1
    var protocolType: String?
    var protocolName: String?
    var leader = ""
    var skipAssignment = false
    var memberID: String
    /// Filled for the leader alone.
    var members: [Member] = []

    static func failure(_ error: KafkaErrorCode, memberID: String) -> Self {
        Self(error: error, memberID: memberID)
    }
}

/// A SyncGroup request.
struct GroupSync {
    var groupID: String
    var generation: Int32
    var memberID: String
    var instanceID: String?
    var protocolType: String?
    var protocolName: String?
    var assignments: [(memberID: String, assignment: ByteBuffer)]
}

struct GroupSyncAnswer: Equatable {
    var error: KafkaErrorCode = .none
    var protocolType: String?
    var protocolName: String?
    var assignment = ByteBuffer()
}

/// An answer that has become due, for the request it belongs to.
enum GroupReply: Equatable {
    case join(ReplyID, GroupJoinAnswer)
    case sync(ReplyID, GroupSyncAnswer)
}
