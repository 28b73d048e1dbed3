import NIOCore

/// One transactional ID as its coordinator knows it.
///
///     empty ──partitions or offsets added──▶ ongoing ──ended──▶ completeCommit | completeAbort
///                                               ▲                          │
///                                               └──────────────────────────┘
///
/// Preparing to commit or abort takes no time here, for markers are written at once: nobody sees those states.
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
    /// After this time an open transaction is given up.
    var timeout: TimeAmount
    /// The client gets a new epoch with each end of a transaction (transactions v2, KIP-890).
    var bumpsEpochAtEnd = false
    var partitions: Set<TopicPartition> = []
    /// Groups whose offsets are committed with the transaction.
    var groups: Set<String> = []
    /// Milliseconds since 1970, -1 while none is open.
    var startTimestamp: Int64 = -1
    var deadline: NIODeadline?

    /// One epoch is kept for fencing, so the one before it ends a producer ID.
    static func isExhausted(_ epoch: Int16) -> Bool { epoch >= Int16.max - 1 }
}

/// A transaction that ends now: which partitions get a marker, and whose offsets are settled.
struct EndedTransaction: Equatable {
    var producerID: Int64
    /// The epoch that the markers carry, and from now on the lowest that may write.
    var markerEpoch: Int16
    /// What the producer goes on with.
    var nextProducerID: Int64
    var nextEpoch: Int16
    var isCommit: Bool
    var partitions: Set<TopicPartition>
    var groups: Set<String>
}
