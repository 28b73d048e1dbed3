import KafkaProtocol

/// An offset that a group has committed for a partition.
struct CommittedOffset: Equatable {
    var offset: Int64
    var leaderEpoch: Int32
    var metadata: String?
}

/// What one group has committed, and what open transactions are going to.
struct GroupOffsets {
    private(set) var committed: [TopicPartition: CommittedOffset] = [:]
    /// Offsets of open transactions, by producer ID.
    private var pending: [Int64: [TopicPartition: CommittedOffset]] = [:]

    init() {}

    var isEmpty: Bool { self.committed.isEmpty && self.pending.isEmpty }

    subscript(partition: TopicPartition) -> CommittedOffset? { self.committed[partition] }

    /// Whether an open transaction is about to change the offset (KIP-447).
    func isUnstable(_ partition: TopicPartition) -> Bool {
        self.pending.values.contains { $0[partition] != nil }
    }

    mutating func commit(_ offset: CommittedOffset, for partition: TopicPartition) {
        self.committed[partition] = offset
    }

    mutating func stage(_ offset: CommittedOffset, for partition: TopicPartition, producerID: Int64) {
        self.pending[producerID, default: [:]][partition] = offset
    }

    /// Takes over what a producer's transaction has staged, or forgets it.
    mutating func settle(producerID: Int64, isCommit: Bool) {
        guard let staged = self.pending.removeValue(forKey: producerID), isCommit else { return }
        self.committed.merge(staged) { $1 }
    }

    mutating func delete(_ partition: TopicPartition) {
        self.committed[partition] = nil
        for producerID in self.pending.keys {
            self.pending[producerID]?[partition] = nil
            if self.pending[producerID]?.isEmpty == true { self.pending[producerID] = nil }
        }
    }

    mutating func forget(topic: String) {
        self.committed = self.committed.filter { $0.key.topic != topic }
        self.pending = self.pending.mapValues { $0.filter { $0.key.topic != topic } }.filter { !$0.value.isEmpty }
    }
}
