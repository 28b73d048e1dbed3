import DequeModule
import KafkaProtocol

/// All topics of the cluster and their records, within one bound on bytes.
///
/// A pure value. When records outgrow the bound, the oldest batches of the whole cluster are dropped, whatever their topic;
/// the log's start offset then moves up, as it does under retention on a real broker.
struct TopicRegistry {
    /// The most partitions of the whole cluster, since each needs memory even when empty.
    static let maximumPartitions = 20_000

    private(set) var topics: [String: Topic] = [:]
    private var names: [KafkaUUID: String] = [:]
    private var collisionForms: [String: String] = [:]
    private let brokers: [Int32]
    private(set) var liveBrokers: Set<Int32>
    /// The most memory that records may take.
    private let capacityBytes: Int
    /// The bytes of all records.
    private(set) var storedBytes = 0
    /// The memory of all records.
    private(set) var heldBytes = 0
    /// The memory within the bound that is reserved for other state than records.
    private var reservedBytes = 0
    /// The brokers' defaults for topics, by topic setting.
    var configDefaults: [String: String] = ClusterSettings().topicDefaults
    private(set) var partitionCount = 0
    private var appendOrder: Deque<(topic: KafkaUUID, partition: Int, lastOffset: Int64)> = []
    /// The length of `appendOrder` beyond which dropped batches are removed from it.
    private var pruningLength = 1024
    /// The place of the next topic's first leader, which moves on so that leaders spread over the brokers.
    private var nextLeader = 0

    init(brokers: [Int32], capacityBytes: Int) {
        self.brokers = brokers
        self.liveBrokers = Set(brokers)
        self.capacityBytes = capacityBytes
    }

    // MARK: Finding

    subscript(name: String) -> Topic? { self.topics[name] }

    func name(of id: KafkaUUID) -> String? { self.names[id] }

    /// The existing topic whose name is the same as `name` in metrics.
    func collision(with name: String) -> String? {
        self.collisionForms[TopicName.collisionForm(of: name)]
    }

    var sortedNames: [String] { self.topics.keys.sorted() }

    /// The replicas that are up, in their order.
    func inSyncReplicas(of partition: Partition) -> [Int32] {
        partition.replicas.filter(self.liveBrokers.contains)
    }

    // MARK: Creating and deleting

    /// The replicas for `count` partitions from number `first` on, with leaders spread round robin.
    ///
    /// Brokers that are down are still registered and get copies too, but after those that are up, as KRaft places
    /// them, so that each partition has a leader.
    func placement(of count: Int, from first: Int = 0, replicationFactor: Int) -> [[Int32]] {
        let live = self.brokers.filter(self.liveBrokers.contains)
        let down = self.brokers.filter { !self.liveBrokers.contains($0) }
        return (first..<first + count).map { number in
            let start = self.nextLeader + number
            return Array((live.rotated(by: start) + down.rotated(by: start)).prefix(replicationFactor))
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
        self.heldBytes -= topic.partitions.reduce(0) { $0 + $1.log.heldBytes }
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
        // All brokers share the log, so a new leader needs no copy and simply becomes a replica.
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

    /// Makes a returning broker the leader of partitions without one; other partitions keep their leaders.
    mutating func brokerCameUp(_ nodeID: Int32) {
        self.liveBrokers.insert(nodeID)
        self.electLeaders { $0.leader == -1 }
    }

    private mutating func electLeaders(where needsOne: (Partition) -> Bool) {
        for name in self.topics.keys { self.electLeaders(in: name) { _, partition in needsOne(partition) } }
    }

    /// Moves a partition's replicas to these brokers at once, since all share the log. Another broker leads if the
    /// leader is not among them.
    mutating func reassign(_ partition: TopicPartition, to replicas: [Int32]) {
        guard let index = Int(exactly: partition.partition),
            self.topics[partition.topic]?[partition: partition.partition] != nil
        else { return }
        self.topics[partition.topic]?.partitions[index].replicas = replicas
        self.electLeaders(in: partition.topic) { number, candidate in
            number == index && !replicas.contains(candidate.leader)
        }
    }

    private mutating func electLeaders(in name: String, where needsOne: (Int, Partition) -> Bool) {
        guard let topic = self.topics[name] else { return }
        for (number, partition) in topic.partitions.enumerated() where needsOne(number, partition) {
            let leader = partition.replicas.first(where: self.liveBrokers.contains) ?? -1
            self.topics[name]?.partitions[number].leader = leader
            if leader != -1 { self.topics[name]?.partitions[number].leaderEpoch += 1 }
        }
    }

    // MARK: Records

    /// Changes one partition's log, and updates the bytes of all records.
    private mutating func withLog<Result>(
        of topic: String, _ index: Int, _ body: (inout PartitionLog) -> Result
    ) -> Result? {
        guard let before = self.topics[topic]?.partitions[index].log.sizes,
            let result = self.topics[topic]?.withLog(of: index, body),
            let after = self.topics[topic]?.partitions[index].log.sizes
        else { return nil }
        self.storedBytes += after.stored - before.stored
        self.heldBytes += after.held - before.held
        return result
    }

    /// Appends to a partition, then drops records beyond its topic's retention, and the cluster's oldest batches until
    /// all fit the bound again.
    mutating func append(_ batch: CheckedBatch, to partition: TopicPartition) -> PartitionLog.AppendResult {
        // Change it in place, because a topic in a variable would make the log copy itself.
        guard let place = self.place(of: partition) else { return .rejected(.unknownTopicOrPartition) }
        let result = self.withLog(of: partition.topic, place.index) { log in
            log.append(batch, leaderEpoch: place.leaderEpoch)
        }
        if case .appended(let baseOffset, _) = result {
            self.appended(through: baseOffset + Int64(batch.recordCount) - 1, to: partition, at: place)
        }
        return result ?? .rejected(.unknownTopicOrPartition)
    }

    /// Ends a producer's transaction in a partition.
    ///
    /// - Returns: Whether there is such a partition.
    mutating func append(_ marker: TransactionMarker, to partition: TopicPartition) -> Bool {
        guard let place = self.place(of: partition) else { return false }
        let offset = self.withLog(of: partition.topic, place.index) { log in
            log.append(marker, leaderEpoch: place.leaderEpoch)?.offset
        }
        guard case .some(.some(let offset)) = offset else { return false }
        self.appended(through: offset, to: partition, at: place)
        return true
    }

    private struct Place {
        var topicID: KafkaUUID
        var index: Int
        var leaderEpoch: Int32
        /// The topic's `retention.bytes`; -1 when it has no bound of its own.
        var retentionBytes: Int64
    }

    private func place(of partition: TopicPartition) -> Place? {
        guard let topic = self.topics[partition.topic], let index = Int(exactly: partition.partition),
            topic.partitions.indices.contains(index)
        else { return nil }
        var retentionBytes: Int64 = -1
        if topic.configs[TopicConfigs.retentionBytes] != nil || self.configDefaults[TopicConfigs.retentionBytes] != nil
        {
            retentionBytes = topic.number(TopicConfigs.retentionBytes, defaults: self.configDefaults) ?? -1
            if retentionBytes >= 0, !topic.dropsOldRecords(defaults: self.configDefaults) { retentionBytes = -1 }
        }
        return Place(
            topicID: topic.id, index: index, leaderEpoch: topic.partitions[index].leaderEpoch,
            retentionBytes: retentionBytes)
    }

    private mutating func appended(through lastOffset: Int64, to partition: TopicPartition, at place: Place) {
        self.appendOrder.append((place.topicID, place.index, lastOffset))
        if place.retentionBytes >= 0 {
            _ = self.withLog(of: partition.topic, place.index) { $0.retain(bytes: place.retentionBytes) }
        }
        self.dropOldestBatches()
        self.pruneAppendOrder()
    }

    /// Reserves a part of the bound for groups, offsets and transactional IDs.
    mutating func reserve(bytes: Int) {
        guard bytes != self.reservedBytes else { return }
        self.reservedBytes = bytes
        self.dropOldestBatches()
    }

    private mutating func dropOldestBatches() {
        while self.heldBytes > self.capacityBytes - self.reservedBytes, let oldest = self.appendOrder.popFirst() {
            // The bytes of a topic that was deleted since are subtracted already.
            guard let name = self.names[oldest.topic] else { continue }
            _ = self.withLog(of: name, oldest.partition) { $0.dropBatches(through: oldest.lastOffset) }
        }
    }

    /// Removes dropped batches from the order, so that it does not grow without limit.
    private mutating func pruneAppendOrder() {
        guard self.appendOrder.count > self.pruningLength else { return }
        self.appendOrder = self.appendOrder.filter { entry in
            guard let name = self.names[entry.topic], let topic = self.topics[name] else { return false }
            return entry.lastOffset >= topic.partitions[entry.partition].log.startOffset
        }
        self.pruningLength = max(1024, 2 * self.appendOrder.count)
    }

    /// Drops records that are older than their topics' retention.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Returns: Whether anything was dropped.
    mutating func dropOldRecords(before now: Int64) -> Bool {
        let storedBytes = self.storedBytes
        for name in self.sortedNames {
            guard let topic = self.topics[name], topic.dropsOldRecords(defaults: self.configDefaults) else { continue }
            let time = topic.number(TopicConfigs.retentionTime, defaults: self.configDefaults) ?? -1
            let bytes = topic.number(TopicConfigs.retentionBytes, defaults: self.configDefaults) ?? -1
            guard time >= 0 || bytes >= 0 else { continue }
            for index in topic.partitions.indices {
                _ = self.withLog(of: name, index) { log in
                    if time >= 0 { log.retain(from: now - min(time, now)) }
                    log.retain(bytes: bytes)
                }
            }
        }
        return self.storedBytes != storedBytes
    }

    /// - Precondition: The partition exists.
    /// - Returns: The partition's new start offset; nil when `offset` is beyond its end.
    mutating func deleteRecords(of partition: TopicPartition, before offset: Int64) -> Int64? {
        let start = self.withLog(of: partition.topic, Int(partition.partition)) { log in
            log.deleteRecords(before: offset) ? log.startOffset : nil
        }
        return start ?? nil
    }
}

extension [Int32] {
    fileprivate func rotated(by count: Int) -> [Int32] {
        guard !self.isEmpty else { return self }
        let middle = count % self.count
        return Array(self[middle...] + self[..<middle])
    }
}

extension PartitionLog {
    fileprivate var sizes: (stored: Int, held: Int) { (self.sizeBytes, self.heldBytes) }
}
