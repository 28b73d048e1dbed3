import KafkaProtocol

/// A topic: its partitions, and the settings that differ from the defaults.
struct Topic {
    let name: String
    let id: KafkaUUID
    var partitions: [Partition]
    /// Settings given when the topic was created or altered, by name.
    var configs: [String: String]

    /// A partition by the number in a request, nil when there is none.
    subscript(partition number: Int32) -> Partition? {
        guard let index = Int(exactly: number), self.partitions.indices.contains(index) else { return nil }
        return self.partitions[index]
    }

    /// Appends to a partition in place, nil when there is no such partition.
    mutating func append(_ batch: CheckedBatch, to number: Int32) -> PartitionLog.AppendResult? {
        guard let index = Int(exactly: number), self.partitions.indices.contains(index) else { return nil }
        let leaderEpoch = self.partitions[index].leaderEpoch
        return self.partitions[index].log.append(batch, leaderEpoch: leaderEpoch)
    }

    /// Ends a producer's transaction in a partition, nil when there is no such partition.
    mutating func append(_ marker: TransactionMarker, to number: Int32) -> (offset: Int64, sizeBytes: Int)? {
        guard let index = Int(exactly: number), self.partitions.indices.contains(index) else { return nil }
        let leaderEpoch = self.partitions[index].leaderEpoch
        return self.partitions[index].log.append(marker, leaderEpoch: leaderEpoch)
    }
}

/// One partition: who leads it, which brokers are said to hold a copy, and its records.
///
/// All brokers of the sandbox share one log for it, so a copy is in sync whenever its broker is up.
struct Partition {
    /// Node ID, -1 while no broker of `replicas` is up.
    var leader: Int32
    var leaderEpoch: Int32
    var replicas: [Int32]
    var log = PartitionLog()
}

/// A partition's place: topic name and number.
struct TopicPartition: Hashable {
    var topic: String
    var partition: Int32
}
