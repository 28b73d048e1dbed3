import DequeModule
import KafkaProtocol

/// All topics of the cluster and their records, within one bound on bytes.
///
/// A pure value. When records outgrow the bound, the oldest batches of the whole cluster are dropped, whatever their topic;
/// the log's start offset then moves up, as it does under retention on a real broker.
struct TopicRegistry {
    /// Partitions of the whole cluster: each costs memory even when empty.
    static let maximumPartitions = 20_000

    private(set) var topics: [String: Topic] = [:]
    private var names: [KafkaUUID: String] = [:]
    private var collisionForms: [String: String] = [:]
    private let brokers: [Int32]
    private(set) var liveBrokers: Set<Int32>
    /// The most record bytes held.
    private let capacityBytes: Int
    private(set) var storedBytes = 0
    private(set) var partitionCount = 0
    private var appendOrder: Deque<(topic: KafkaUUID, partition: Int, lastOffset: Int64)> = []
    /// Where the next topic's first leader is placed, so that leaders spread over the brokers.
    private var nextLeader = 0

    init(brokers: [Int32], capacityBytes: Int) {
        self.brokers = brokers
        self.liveBrokers = Set(brokers)
        self.capacityBytes = capacityBytes
    }

    // MARK: Finding

    subscript(name: String) -> Topic? { self.topics[name] }

    func name(of id: KafkaUUID) -> String? { self.names[id] }

    /// The existing topic whose name cannot be told from `name` in metrics.
    func collision(with name: String) -> String? {
        self.collisionForms[TopicName.collisionForm(of: name)]
    }

    var sortedNames: [String] { self.topics.keys.sorted() }

    /// Replicas that are up, in replica order.
    func inSyncReplicas(of partition: Partition) -> [Int32] {
        partition.replicas.filter(self.liveBrokers.contains)
    }

    // MARK: Creating and deleting

    /// Replicas for `count` partitions from number `first` on, leaders spread round robin.
    func placement(of count: Int, from first: Int = 0, replicationFactor: Int) -> [[Int32]] {
        (first..<first + count).map { number in
            (0..<replicationFactor).map { self.brokers[(self.nextLeader + number + $0) % self.brokers.count] }
        }
    }

    mutating func create(_ name: String, id: KafkaUUID, replicas: [[Int32]], configs: [String: String]) {
        precondition(self.topics[name] == nil, "create() was called for a topic that exists.")
        self.topics[name] = Topic(
            name: name, id: id, partitions: replicas.map(self.partition(on:)), configs: configs)
        self.names[id] = name
        self.collisionForms[TopicName.collisionForm(of: name)] = name
        self.partitionCount += replicas.count
        self.nextLeader = (self.nextLeader + replicas.count) % self.brokers.count
    }

    private func partition(on replicas: [Int32]) -> Partition {
        Partition(leader: replicas.first(where: self.liveBrokers.contains) ?? -1, leaderEpoch: 0, replicas: replicas)
    }

    mutating func delete(_ name: String) {
        guard let topic = self.topics.removeValue(forKey: name) else { return }
        self.names[topic.id] = nil
        self.collisionForms[TopicName.collisionForm(of: name)] = nil
        self.partitionCount -= topic.partitions.count
        self.storedBytes -= topic.partitions.reduce(0) { $0 + $1.log.sizeBytes }
    }

    mutating func addPartitions(to name: String, replicas: [[Int32]]) {
        let added = replicas.map(self.partition(on:))
        self.topics[name]?.partitions.append(contentsOf: added)
        self.partitionCount += replicas.count
    }

    mutating func setConfigs(of name: String, to configs: [String: String]) {
        self.topics[name]?.configs = configs
    }

    // MARK: Leaders

    /// Makes one of a partition's replicas, which must be up, its leader. The epoch rises.
    ///
    /// - Returns: Whether there was such a partition and replica.
    mutating func moveLeader(of partition: TopicPartition, to nodeID: Int32) -> Bool {
        guard let found = self.topics[partition.topic]?[partition: partition.partition],
            self.liveBrokers.contains(nodeID)
        else { return false }
        // A copy can be anywhere at once, for all brokers share the log: a new leader becomes a replica by being named.
        let replicas =
            found.replicas.contains(nodeID)
            ? found.replicas : [nodeID] + found.replicas.dropFirst()
        self.topics[partition.topic]?.partitions[Int(partition.partition)].replicas = replicas
        self.topics[partition.topic]?.partitions[Int(partition.partition)].leader = nodeID
        self.topics[partition.topic]?.partitions[Int(partition.partition)].leaderEpoch += 1
        return true
    }

    mutating func brokerWentDown(_ nodeID: Int32) {
        self.liveBrokers.remove(nodeID)
        self.electLeaders { $0.leader == nodeID }
    }

    /// A returning broker leads what had no leader; it does not take back what others lead now.
    mutating func brokerCameUp(_ nodeID: Int32) {
        self.liveBrokers.insert(nodeID)
        self.electLeaders { $0.leader == -1 }
    }

    private mutating func electLeaders(where needsOne: (Partition) -> Bool) {
        for (name, topic) in self.topics {
            for (number, partition) in topic.partitions.enumerated() where needsOne(partition) {
                let leader = partition.replicas.first(where: self.liveBrokers.contains) ?? -1
                self.topics[name]?.partitions[number].leader = leader
                if leader != -1 { self.topics[name]?.partitions[number].leaderEpoch += 1 }
            }
        }
    }

    // MARK: Records

    /// Appends to a partition, then drops the cluster's oldest batches until all fit the bound again.
    mutating func append(_ batch: CheckedBatch, to partition: TopicPartition) -> PartitionLog.AppendResult {
        // In place: a topic held in a variable meanwhile would make the log copy itself.
        guard let id = self.topics[partition.topic]?.id,
            let result = self.topics[partition.topic]?.append(batch, to: partition.partition)
        else { return .rejected(.unknownTopicOrPartition) }
        if case .appended(let baseOffset, let sizeBytes) = result {
            self.storedBytes += sizeBytes
            self.appendOrder.append((id, Int(partition.partition), baseOffset + Int64(batch.recordCount) - 1))
            self.dropOldestBatches()
        }
        return result
    }

    /// Ends a producer's transaction in a partition.
    ///
    /// - Returns: Whether there is such a partition.
    mutating func append(_ marker: TransactionMarker, to partition: TopicPartition) -> Bool {
        guard let id = self.topics[partition.topic]?.id,
            let appended = self.topics[partition.topic]?.append(marker, to: partition.partition)
        else { return false }
        self.storedBytes += appended.sizeBytes
        self.appendOrder.append((id, Int(partition.partition), appended.offset))
        self.dropOldestBatches()
        return true
    }

    private mutating func dropOldestBatches() {
        while self.storedBytes > self.capacityBytes, let oldest = self.appendOrder.popFirst() {
            // A topic deleted since then has given its bytes back already.
            guard let name = self.names[oldest.topic] else { continue }
            let freed = self.topics[name]?.partitions[oldest.partition].log.dropBatches(through: oldest.lastOffset)
            self.storedBytes -= freed ?? 0
        }
    }

    /// - Precondition: The partition exists.
    /// - Returns: The partition's new start offset; nil when `offset` is beyond its end.
    mutating func deleteRecords(of partition: TopicPartition, before offset: Int64) -> Int64? {
        let number = Int(partition.partition)
        guard let freed = self.topics[partition.topic]?.partitions[number].log.deleteRecords(before: offset) else {
            return nil
        }
        self.storedBytes -= freed
        return self.topics[partition.topic]?.partitions[number].log.startOffset
    }
}
