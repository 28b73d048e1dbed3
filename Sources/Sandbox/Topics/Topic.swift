import KafkaProtocol

/// A topic: its partitions, and the settings that differ from the defaults.
struct Topic {
    let name: String
    let id: KafkaUUID
    var partitions: [Partition]
    /// Settings given when the topic was created or altered, by name.
    var configs: [String: String]

    /// A setting as it holds for this topic, as a number: the brokers' where the topic has none.
    func number(_ name: String, defaults: [String: String]) -> Int64? {
        (self.configs[name] ?? defaults[name] ?? TopicConfigs.definition(of: name)?.defaultValue).flatMap { Int64($0) }
    }

    /// Whether retention may drop batches; a topic that is only to be compacted keeps all.
    func dropsOldRecords(defaults: [String: String]) -> Bool {
        let policy = self.configs[TopicConfigs.cleanupPolicy] ?? defaults[TopicConfigs.cleanupPolicy] ?? "delete"
        return policy.split(separator: ",").contains { $0.filter { $0 != " " } == "delete" }
    }

    /// A partition by the number in a request, nil when there is none.
    subscript(partition number: Int32) -> Partition? {
        guard let index = Int(exactly: number), self.partitions.indices.contains(index) else { return nil }
        return self.partitions[index]
    }

    /// Changes a partition's log in place.
    mutating func withLog<Result>(of index: Int, _ body: (inout PartitionLog) -> Result) -> Result {
        body(&self.partitions[index].log)
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
