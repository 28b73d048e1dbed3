import KafkaProtocol
import NIOCore

/// One ShareFetch that is being answered.
private struct ShareFetch {
    var key: ShareState.SessionKey
    var partitions: [TopicIDPartition]
    /// The results of the acknowledgements in the request.
    var acknowledged: [TopicIDPartition: KafkaErrorCode]
    /// Whether the answer lists all partitions, including those without records.
    var isFull: Bool
    var maximumRecords: Int
    var maximumBytes: Int
    var isStrict: Bool
    var deadline: NIODeadline
}

extension Cluster {
    private static let shareLock = TimeAmount.seconds(30)
    /// The interval at which a waiting share fetch checks again, because records may be appended or released.
    private static let shareFetchRetry = TimeAmount.milliseconds(20)

    private typealias FetchedShare = ShareFetchResponse.Partition

    // MARK: ShareFetch

    func shareFetch(_ request: ShareFetchRequest, _ context: RequestContext) -> RequestOutcome {
        let asked = request.topics.flatMap { topic in
            topic.partitions.map { TopicIDPartition(topic: topic.topicId, partition: $0.partitionIndex) }
        }
        let forgotten = request.forgottenTopicsData.flatMap { topic in
            topic.partitions.map { TopicIDPartition(topic: topic.topicId, partition: $0) }
        }
        let batches = request.topics.flatMap { topic in
            topic.partitions.flatMap { partition in
                partition.acknowledgementBatches.map {
                    ShareAcknowledgement(
                        partition: .init(topic: topic.topicId, partition: partition.partitionIndex),
                        first: $0.firstOffset, last: $0.lastOffset, types: $0.acknowledgeTypes)
                }
            }
        }
        let session: (key: ShareState.SessionKey, partitions: [TopicIDPartition])
        do throws(ShareRefusal) {
            session = try self.beginShare(
                group: request.groupId, member: request.memberId, epoch: request.shareSessionEpoch, asked: asked,
                forgotten: forgotten, context)
            if request.shareSessionEpoch == 0, !batches.isEmpty { throw ShareRefusal(code: .invalidRequest) }
        } catch {
            return self.answerShareFetch([], error: error.code, context)
        }
        let acknowledged = self.acknowledge(batches, in: session.key)
        let isFinal = request.shareSessionEpoch == ShareState.finalEpoch
        if isFinal { self.sharing.release(member: session.key.member, group: session.key.group) }
        return self.attempt(
            ShareFetch(
                key: session.key, partitions: isFinal ? [] : session.partitions, acknowledged: acknowledged,
                isFull: request.shareSessionEpoch == 0, maximumRecords: max(1, Int(request.maxRecords)),
                maximumBytes: max(0, Int(request.maxBytes)),
                isStrict: context.version >= 2 && request.shareAcquireMode == 1,
                deadline: .now() + .milliseconds(isFinal ? 0 : Int64(max(0, request.maxWaitMs)))),
            context)
    }

    private func beginShare(
        group: String?, member: String?, epoch: Int32, asked: [TopicIDPartition], forgotten: [TopicIDPartition],
        _ context: RequestContext
    ) throws(ShareRefusal) -> (key: ShareState.SessionKey, partitions: [TopicIDPartition]) {
        if let fault = self.faults.nextError(for: context.apiKey) { throw ShareRefusal(code: fault) }
        guard self.features.level(of: "share.version") >= 1 else { throw ShareRefusal(code: .unsupportedVersion) }
        guard let group, let member, !group.isEmpty, !member.isEmpty, epoch >= ShareState.finalEpoch else {
            throw ShareRefusal(code: .invalidRequest)
        }
        if let refusal = self.refusal(of: .read, .group, group) { throw ShareRefusal(code: refusal) }
        let key = ShareState.SessionKey(nodeID: context.nodeID, group: group, member: member)
        return (
            key,
            try self.sharing.begin(
                key, epoch: epoch, asked: asked, forgotten: forgotten, connection: ObjectIdentifier(context.connection)
            ).get()
        )
    }

    private func attempt(_ fetch: ShareFetch, _ context: RequestContext) -> RequestOutcome {
        let now = NIODeadline.now()
        var records = fetch.maximumRecords
        var bytes = fetch.maximumBytes
        var answers: [(partition: TopicIDPartition, answer: FetchedShare)] = []
        var isNews = !fetch.acknowledged.isEmpty
        let known = Set(fetch.partitions)
        // Acknowledgements may be for partitions that are no longer fetched.
        for partition in fetch.partitions + fetch.acknowledged.keys.filter({ !known.contains($0) }) {
            var answer = FetchedShare()
            answer.partitionIndex = partition.partition
            answer.errorMessage = nil
            answer.acknowledgeErrorMessage = nil
            answer.records = ByteBuffer()
            if known.contains(partition) {
                self.acquire(partition, for: fetch, records: &records, bytes: &bytes, now: now, into: &answer)
            }
            answer.acknowledgeErrorCode = fetch.acknowledged[partition]?.rawValue ?? 0
            let hasNews = answer.errorCode != 0 || !answer.acquiredRecords.isEmpty
            if hasNews { isNews = true }
            if hasNews || fetch.isFull || fetch.acknowledged[partition] != nil { answers.append((partition, answer)) }
        }
        guard isNews || fetch.deadline <= now else {
            let bound = NIOLoopBound((self, fetch, context), eventLoop: self.eventLoop)
            self.eventLoop.scheduleTask(in: Self.shareFetchRetry) {
                let (cluster, fetch, context) = bound.value
                guard context.connection.isOpen else { return }
                context.connection.answer(cluster.attempt(fetch, context))
            }
            return .later
        }
        return self.answerShareFetch(answers, error: .none, context)
    }

    /// Reads one partition for a member, and records the records that it acquires.
    private func acquire(
        _ partition: TopicIDPartition, for fetch: ShareFetch, records: inout Int, bytes: inout Int, now: NIODeadline,
        into answer: inout FetchedShare
    ) {
        guard let name = self.topics.name(of: partition.topic) else {
            answer.errorCode = KafkaErrorCode.unknownTopicId.rawValue
            return
        }
        if let refusal = self.refusal(of: .read, .topic, name) {
            answer.errorCode = refusal.rawValue
            return
        }
        guard let found = self.topics[name]?[partition: partition.partition] else {
            answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
            return
        }
        guard found.leader == fetch.key.nodeID else {
            answer.errorCode = KafkaErrorCode.notLeaderForPartition.rawValue
            answer.currentLeader.leaderId = found.leader
            answer.currentLeader.leaderEpoch = found.leaderEpoch
            return
        }
        let configs = self.groups.configs[fetch.key.group] ?? [:]
        let place = ShareState.Place(group: fetch.key.group, partition: partition)
        let start = configs[GroupConfigs.shareReset] == "earliest" ? found.log.startOffset : found.log.endOffset
        var shared = self.sharing.partitions[place] ?? SharePartition(startOffset: start)
        shared.logStarts(at: found.log.startOffset)
        defer { self.sharing.partitions[place] = shared }
        let limit: PartitionLog.Limit =
            configs[GroupConfigs.shareIsolation] == "read_committed" ? .lastStableOffset : .endOfLog
        guard records > 0, let offset = shared.nextOffset(now: now),
            let reading = found.log.read(from: offset, maximumBytes: bytes, atLeastOne: true, to: limit),
            let last = reading.batches.last
        else { return }
        let aborted =
            switch limit {
            case .endOfLog: [] as [AbortedTransaction]
            case .lastStableOffset: found.log.abortedTransactions(from: offset, through: last.lastOffset)
            }
        let acquired = shared.acquire(
            reading.batches.map { ($0.baseOffset...$0.lastOffset, $0.isVisible(besides: aborted)) }, count: records,
            isStrict: fetch.isStrict, by: fetch.key.member, lock: Self.shareLock, now: now)
        guard !acquired.isEmpty else { return }
        var assembled = ByteBuffer()
        for batch in reading.batches
        where acquired.contains(where: { $0.firstOffset <= batch.lastOffset && $0.lastOffset >= batch.baseOffset }) {
            assembled.writeImmutableBuffer(batch.assembled())
        }
        bytes = max(0, bytes - assembled.readableBytes)
        answer.records = assembled
        answer.acquiredRecords = acquired.map { range in
            records -= Int(clamping: range.lastOffset - range.firstOffset + 1)
            var row = ShareFetchResponse.AcquiredRecord()
            row.firstOffset = range.firstOffset
            row.lastOffset = range.lastOffset
            row.deliveryCount = range.deliveries
            return row
        }
    }

    private func answerShareFetch(
        _ answers: [(partition: TopicIDPartition, answer: FetchedShare)], error: KafkaErrorCode,
        _ context: RequestContext
    ) -> RequestOutcome {
        var response = ShareFetchResponse()
        response.errorCode = error.rawValue
        response.errorMessage = nil
        response.acquisitionLockTimeoutMs =
            error == .none ? Int32(clamping: Self.shareLock.nanoseconds / 1_000_000) : 0
        for (partition, answer) in answers {
            if response.responses.last?.topicId != partition.topic {
                var topic = ShareFetchResponse.Topic()
                topic.topicId = partition.topic
                response.responses.append(topic)
            }
            response.responses[response.responses.count - 1].partitions.append(answer)
        }
        let strangers = answers.filter { $0.answer.errorCode == KafkaErrorCode.notLeaderForPartition.rawValue }
        response.nodeEndpoints = self.endpoints(of: strangers.map(\.answer.currentLeader.leaderId)).map { node in
            var endpoint = ShareFetchResponse.NodeEndpoint()
            endpoint.nodeId = node.id
            endpoint.host = node.host
            endpoint.port = node.port
            endpoint.rack = nil
            return endpoint
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: ShareAcknowledge

    func shareAcknowledge(_ request: ShareAcknowledgeRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ShareAcknowledgeResponse()
        response.errorMessage = nil
        let batches = request.topics.flatMap { topic in
            topic.partitions.flatMap { partition in
                partition.acknowledgementBatches.map {
                    ShareAcknowledgement(
                        partition: .init(topic: topic.topicId, partition: partition.partitionIndex),
                        first: $0.firstOffset, last: $0.lastOffset, types: $0.acknowledgeTypes)
                }
            }
        }
        do throws(ShareRefusal) {
            guard request.shareSessionEpoch != 0 else { throw ShareRefusal(code: .invalidShareSessionEpoch) }
            let key = try self.beginShare(
                group: request.groupId, member: request.memberId, epoch: request.shareSessionEpoch, asked: [],
                forgotten: [], context
            ).key
            let results = self.acknowledge(batches, in: key)
            if request.shareSessionEpoch == ShareState.finalEpoch {
                self.sharing.release(member: key.member, group: key.group)
            }
            response.acquisitionLockTimeoutMs = Int32(clamping: Self.shareLock.nanoseconds / 1_000_000)
            response.responses = request.topics.map { asked in
                var topic = ShareAcknowledgeResponse.Topic()
                topic.topicId = asked.topicId
                let name = self.topics.name(of: asked.topicId)
                // The error applies to partitions without acknowledgements, too.
                let refusal = name.map { self.refusal(of: .read, .topic, $0) } ?? .unknownTopicId
                topic.partitions = asked.partitions.map { partition in
                    let place = TopicIDPartition(topic: asked.topicId, partition: partition.partitionIndex)
                    var answer = ShareAcknowledgeResponse.Partition()
                    answer.partitionIndex = partition.partitionIndex
                    answer.errorCode = (refusal ?? results[place])?.rawValue ?? 0
                    answer.errorMessage = nil
                    return answer
                }
                return topic
            }
        } catch {
            response.errorCode = error.code.rawValue
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Settles records; the result of a partition is that of its first batch that fails.
    private func acknowledge(
        _ batches: [ShareAcknowledgement], in key: ShareState.SessionKey
    ) -> [TopicIDPartition: KafkaErrorCode] {
        let now = NIODeadline.now()
        var results: [TopicIDPartition: KafkaErrorCode] = [:]
        for batch in batches {
            let error: KafkaErrorCode
            if let name = self.topics.name(of: batch.partition.topic),
                let refusal = self.refusal(of: .read, .topic, name)
            {
                error = refusal
            } else if let name = self.topics.name(of: batch.partition.topic) {
                let leader = self.topics[name]?[partition: batch.partition.partition]?.leader
                let place = ShareState.Place(group: key.group, partition: batch.partition)
                error =
                    switch leader {
                    case .none: .unknownTopicOrPartition
                    case .some(key.nodeID):
                        self.sharing.partitions[place]?.acknowledge(
                            batch.first, batch.last, types: batch.types, by: key.member, lock: Self.shareLock,
                            now: now) ?? .invalidRecordState
                    case .some: .notLeaderForPartition
                    }
            } else {
                error = .unknownTopicId
            }
            if results[batch.partition, default: KafkaErrorCode.none] == KafkaErrorCode.none {
                results[batch.partition] = error
            }
        }
        return results
    }
}

/// A member's acknowledgement of some records that it has.
private struct ShareAcknowledgement {
    var partition: TopicIDPartition
    var first: Int64
    var last: Int64
    var types: [Int8]
}

extension StoredBatch {
    /// Whether consumers get its records: not those of a marker or of an aborted transaction.
    fileprivate func isVisible(besides aborted: [AbortedTransaction]) -> Bool {
        let start = self.body.readerIndex - Self.headBytes
        let attributes = self.body.getInteger(at: start + RecordBatch.Offset.attributes, as: Int16.self) ?? 0
        let producerID = self.body.getInteger(at: start + RecordBatch.Offset.producerID, as: Int64.self) ?? -1
        guard attributes & RecordBatch.AttributeBits.control == 0 else { return false }
        guard RecordBatch.isTransactional(attributes: attributes) else { return true }
        return !aborted.contains {
            $0.producerID == producerID && $0.firstOffset <= self.baseOffset && self.baseOffset < $0.lastOffset
        }
    }
}
