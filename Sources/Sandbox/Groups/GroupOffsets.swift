import KafkaProtocol

/// An offset that a group has committed for a partition.
struct CommittedOffset: Equatable {
    var offset: Int64
    var leaderEpoch: Int32
    var metadata: String?

    /// The memory that it takes with its partition, about.
    fileprivate func heldBytes(for partition: TopicPartition) -> Int {
        192 + partition.topic.utf8.count + (self.metadata?.utf8.count ?? 0)
    }
}

/// The offsets that one group has committed, and those that open transactions are going to commit.
struct GroupOffsets {
    private(set) var committed: [TopicPartition: CommittedOffset] = [:]
    /// Offsets of open transactions, by producer ID.
    private var pending: [Int64: [TopicPartition: CommittedOffset]] = [:]
    /// Memory of all offsets, about.
    private(set) var heldBytes = 0

    init() {}

    var isEmpty: Bool { self.committed.isEmpty && self.pending.isEmpty }

    /// Whether an open transaction is about to commit something.
    var hasPending: Bool { !self.pending.isEmpty }

    subscript(partition: TopicPartition) -> CommittedOffset? { self.committed[partition] }

    /// Whether an open transaction is about to change the offset (KIP-447).
    func isUnstable(_ partition: TopicPartition) -> Bool {
        self.pending.values.contains { $0[partition] != nil }
    }

    mutating func commit(_ offset: CommittedOffset, for partition: TopicPartition) {
        self.heldBytes += offset.heldBytes(for: partition)
        let old = self.committed.updateValue(offset, forKey: partition)
        self.heldBytes -= old?.heldBytes(for: partition) ?? 0
    }

    mutating func stage(_ offset: CommittedOffset, for partition: TopicPartition, producerID: Int64) {
        self.heldBytes += offset.heldBytes(for: partition)
        let old = self.pending[producerID, default: [:]].updateValue(offset, forKey: partition)
        self.heldBytes -= old?.heldBytes(for: partition) ?? 0
    }

    /// Commits the offsets that a producer's transaction has staged, or forgets them.
    mutating func settle(producerID: Int64, isCommit: Bool) {
        guard let staged = self.pending.removeValue(forKey: producerID) else { return }
        for (partition, offset) in staged {
            self.heldBytes -= offset.heldBytes(for: partition)
            if isCommit { self.commit(offset, for: partition) }
        }
    }

    mutating func delete(_ partition: TopicPartition) {
        let old = self.committed.removeValue(forKey: partition)
        self.heldBytes -= old?.heldBytes(for: partition) ?? 0
        for producerID in Array(self.pending.keys) {
            let old = self.pending[producerID]?.removeValue(forKey: partition)
            self.heldBytes -= old?.heldBytes(for: partition) ?? 0
            if self.pending[producerID]?.isEmpty == true { self.pending[producerID] = nil }
        }
    }

    mutating func forget(topic: String) {
        let places = self.pending.values.reduce(into: Set(self.committed.keys)) { $0.formUnion($1.keys) }
        for place in places where place.topic == topic { self.delete(place) }
    }
}
