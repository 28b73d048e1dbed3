import NIOCore

/// The state of one transactional ID.
///
///     empty ──partitions or offsets added──▶ ongoing ──ended──▶ completeCommit | completeAbort
///                                               ▲                          │
///                                               └──────────────────────────┘
///
/// Markers are written at once, so the states of preparing to commit or abort are never visible.
struct Transaction: Equatable {
    enum State: String {
        case empty = "Empty"
        case ongoing = "Ongoing"
        case completeCommit = "CompleteCommit"
        case completeAbort = "CompleteAbort"
    }

    let id: String
    var state = State.empty
    var producerID: Int64
    var producerEpoch: Int16
    /// The epoch before the last bump, so that a repeated request is known; -1: none.
    var lastEpoch: Int16 = -1
    /// The producer ID before the last one ran out of epochs; -1: none.
    var previousProducerID: Int64 = -1
    /// The time after which an open transaction is aborted.
    var timeout: TimeAmount
    /// Whether the client gets a new epoch with each end of a transaction (transactions v2, KIP-890).
    var bumpsEpochAtEnd = false
    var partitions: Set<TopicPartition> = []
    /// The groups whose offsets are committed with the transaction.
    var groups: Set<String> = []
    /// Milliseconds since 1970, -1 while none is open.
    var startTimestamp: Int64 = -1
    var deadline: NIODeadline?

    /// One epoch is kept for fencing, so the one before it ends a producer ID.
    static func isExhausted(_ epoch: Int16) -> Bool { epoch >= Int16.max - 1 }
}

/// A transaction that ends now: the partitions that get a marker, and the groups whose offsets are settled.
struct EndedTransaction: Equatable {
    var producerID: Int64
    /// The epoch that the markers carry, and from now on the lowest that may write.
    var markerEpoch: Int16
    /// The producer ID from now on.
    var nextProducerID: Int64
    var nextEpoch: Int16
    var isCommit: Bool
    var partitions: Set<TopicPartition>
    var groups: Set<String>
}
