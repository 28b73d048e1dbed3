import KafkaProtocol

/// The contents of one Fetch, resolved as far as they stay the same while it waits.
struct FetchQuery {
    var plan: FetchSessionCache.Plan
    var minimumBytes: Int
    var maximumBytes: Int
    /// Whether the client reads only committed records, and gets aborted transactions listed.
    var readsCommitted: Bool
    /// Whether a broker copies the partitions, which needs a permission on the cluster, not on topics.
    var isByBroker: Bool
    /// The partitions to watch, all of which exist.
    var watched: [TopicPartition]

    var limit: PartitionLog.Limit { self.readsCommitted ? .lastStableOffset : .endOfLog }
}

/// The answer for one partition.
struct FetchedPartition: Equatable {
    var key: FetchKey
    var error: KafkaErrorCode = .none
    var highWatermark: Int64 = -1
    var lastStableOffset: Int64 = -1
    var logStartOffset: Int64 = -1
    /// Set when the client's log has diverged from this one (KIP-595).
    var divergingEpoch: Epoch?
    /// Set when the client asked the wrong broker (KIP-951).
    var currentLeader: Leader?
    var reading = PartitionLog.Reading()
    /// The aborted transactions with records in `reading`, for readers of committed records.
    var aborted: [AbortedTransaction] = []

    struct Epoch: Equatable {
        var epoch: Int32
        var endOffset: Int64
    }

    struct Leader: Equatable {
        var id: Int32
        var epoch: Int32
    }
}

extension Cluster {
    /// Finds the topic that a fetch names.
    func topicName(_ topic: FetchTopic) -> String? {
        switch topic {
        case .name(let name): self.topics[name] == nil ? nil : name
        case .id(let id): self.topics.name(of: id)
        }
    }

    /// Reads the records that a fetch may get now.
    ///
    /// - Returns: The partitions in the plan's order; the record bytes among them; whether one of them needs an answer
    ///   without waiting.
    func read(_ query: FetchQuery, at nodeID: Int32) -> (partitions: [FetchedPartition], bytes: Int, isUrgent: Bool) {
        var remaining = query.maximumBytes
        var bytes = 0
        var isUrgent = false
        var partitions: [FetchedPartition] = []
        partitions.reserveCapacity(query.plan.partitions.count)
        for (key, fetch) in query.plan.partitions {
            let fetched = self.read(
                key, fetch, at: nodeID, maximumBytes: min(Int(fetch.maximumBytes), remaining), atLeastOne: bytes == 0,
                to: query.limit, byBroker: query.isByBroker)
            bytes += fetched.reading.sizeBytes
            remaining = max(0, remaining - fetched.reading.sizeBytes)
            if fetched.error != .none || fetched.divergingEpoch != nil { isUrgent = true }
            partitions.append(fetched)
        }
        return (partitions, bytes, isUrgent)
    }

    private func read(
        _ key: FetchKey, _ fetch: PartitionFetch, at nodeID: Int32, maximumBytes: Int, atLeastOne: Bool,
        to limit: PartitionLog.Limit, byBroker isByBroker: Bool
    ) -> FetchedPartition {
        var answer = FetchedPartition(key: key)
        let asked: String? =
            switch key.topic {
            case .name(let name): name
            case .id(let id): self.topics.name(of: id)
            }
        let isAllowed =
            isByBroker ? self.allowsOnCluster(.clusterAction) : asked.map { self.allows(.read, .topic, $0) } ?? true
        if !isAllowed {
            answer.error = .topicAuthorizationFailed
            return answer
        }
        guard let name = asked, let partition = self.topics[name]?[partition: key.partition] else {
            switch key.topic {
            case .id(let id) where self.topics.name(of: id) == nil: answer.error = .unknownTopicId
            case .id, .name: answer.error = .unknownTopicOrPartition
            }
            return answer
        }
        if let error = self.leadershipError(
            of: partition, at: nodeID, clientEpoch: fetch.currentLeaderEpoch)
        {
            answer.error = error
            answer.currentLeader = .init(id: partition.leader, epoch: partition.leaderEpoch)
            return answer
        }
        if fetch.lastFetchedEpoch >= 0 {
            let known = partition.log.endOffset(
                ofEpoch: fetch.lastFetchedEpoch, currentEpoch: partition.leaderEpoch)
            if known.epoch >= 0, known.epoch < fetch.lastFetchedEpoch || known.endOffset < fetch.offset {
                answer.divergingEpoch = .init(epoch: known.epoch, endOffset: known.endOffset)
                answer.highWatermark = partition.log.endOffset
                answer.lastStableOffset = partition.log.lastStableOffset
                answer.logStartOffset = partition.log.startOffset
                return answer
            }
        }
        guard
            let reading = partition.log.read(
                from: fetch.offset, maximumBytes: max(0, maximumBytes), atLeastOne: atLeastOne, to: limit)
        else {
            answer.error = .offsetOutOfRange
            return answer
        }
        answer.highWatermark = partition.log.endOffset
        answer.lastStableOffset = partition.log.lastStableOffset
        answer.logStartOffset = partition.log.startOffset
        if case .lastStableOffset = limit, let last = reading.batches.last {
            answer.aborted = partition.log.abortedTransactions(from: fetch.offset, through: last.lastOffset)
        }
        answer.reading = reading
        return answer
    }

    /// The error why this broker may not serve a partition to this client, or none (KIP-320).
    func leadershipError(of partition: Partition, at nodeID: Int32, clientEpoch: Int32) -> KafkaErrorCode? {
        guard partition.leader == nodeID else { return .notLeaderForPartition }
        guard clientEpoch >= 0, clientEpoch != partition.leaderEpoch else { return nil }
        return clientEpoch < partition.leaderEpoch ? .fencedLeaderEpoch : .unknownLeaderEpoch
    }

    /// Whether a waiting fetch has enough to be answered, without reading it.
    func isSatisfied(_ query: FetchQuery, at nodeID: Int32) -> Bool {
        var bytes = 0
        for (key, fetch) in query.plan.partitions {
            guard let name = self.topicName(key.topic), let partition = self.topics[name]?[partition: key.partition],
                partition.leader == nodeID, fetch.offset >= partition.log.startOffset
            else { return true }
            bytes += min(
                max(0, Int(fetch.maximumBytes)), partition.log.availableBytes(from: fetch.offset, to: query.limit))
            if bytes >= query.minimumBytes { return true }
        }
        return false
    }
}
