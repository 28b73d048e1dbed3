import KafkaProtocol

/// A topic: its partitions, and the settings that differ from the defaults.
struct Topic {
    let name: String
    let id: KafkaUUID
    var partitions: [Partition]
    /// The settings given when the topic was created or altered, by name.
    var configs: [String: String]

    /// The effective value of a setting for this topic, as a number: the brokers' value if the topic has none.
    func number(_ name: String, defaults: [String: String]) -> Int64? {
        self.text(name, defaults: defaults).flatMap { Int64($0) }
    }

    /// The effective value of a setting for this topic: the brokers' value if the topic has none.
    func text(_ name: String, defaults: [String: String]) -> String? {
        self.configs[name] ?? defaults[name] ?? TopicConfigs.definition(of: name)?.defaultValue
    }

    /// Whether retention may drop batches; a topic that is only to be compacted keeps all.
    func dropsOldRecords(defaults: [String: String]) -> Bool {
        self.cleanupPolicy(names: "delete", defaults: defaults)
    }

    /// Whether the topic keeps the newest record of each key.
    func isCompacted(defaults: [String: String]) -> Bool {
        self.cleanupPolicy(names: "compact", defaults: defaults)
    }

    private func cleanupPolicy(names policy: String, defaults: [String: String]) -> Bool {
        let policies = self.text(TopicConfigs.cleanupPolicy, defaults: defaults) ?? ""
        return policies.split(separator: ",").contains { $0.filter { $0 != " " } == policy }
    }

    /// Whether records get the broker's time.
    func usesLogAppendTime(defaults: [String: String]) -> Bool {
        self.text(TopicConfigs.timestampType, defaults: defaults) == "LogAppendTime"
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

/// One partition: its leader, the brokers that are listed as replicas, and its records.
///
/// All brokers of the sandbox share one log for it, so a copy is in sync whenever its broker is up.
struct Partition {
    /// The leader's node ID; -1 while no broker of `replicas` is up.
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
