import NIOCore

/// Identifies a request whose answer the coordinator owes, while its connection waits.
struct ReplyID: Hashable, Sendable {
    var rawValue: UInt64
}

/// One member of a classic consumer group.
struct GroupMember: Equatable {
    struct Proposal: Equatable {
        var name: String
        var metadata: ByteBuffer
    }

    var id: String
    /// `group.instance.id` of a static member (KIP-345).
    var instanceID: String?
    var clientID: String
    var clientHost: String
    var sessionTimeout: TimeAmount
    var rebalanceTimeout: TimeAmount
    /// The protocols that the member supports, most preferred first.
    var protocols: [Proposal]
    var assignment = ByteBuffer()
    /// The time at which the member is removed unless it sends a heartbeat. It does not apply while a join or sync of
    /// the member waits.
    var sessionDeadline: NIODeadline
    var awaitingJoin: ReplyID?
    var awaitingSync: ReplyID?

    var isWaiting: Bool { self.awaitingJoin != nil || self.awaitingSync != nil }

    func metadata(for protocolName: String?) -> ByteBuffer {
        self.protocols.first { $0.name == protocolName }?.metadata ?? ByteBuffer()
    }

    mutating func heardOf(at now: NIODeadline) {
        self.sessionDeadline = now + self.sessionTimeout
    }
}
