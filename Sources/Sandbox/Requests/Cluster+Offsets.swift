import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: ListOffsets

    func listOffsets(_ request: ListOffsetsRequest, _ context: RequestContext) -> RequestOutcome {
        let fault = self.faults.nextError(for: .listOffsets)
        var asked: [TopicPartition: Int] = [:]
        for topic in request.topics {
            for partition in topic.partitions {
                asked[TopicPartition(topic: topic.name, partition: partition.partitionIndex), default: 0] += 1
            }
        }
        var response = ListOffsetsResponse()
        response.topics = request.topics.map { topic in
            var topicResponse = ListOffsetsResponse.ListOffsetsTopicResponse()
            topicResponse.name = topic.name
            topicResponse.partitions = topic.partitions.map { partition in
                let place = TopicPartition(topic: topic.name, partition: partition.partitionIndex)
                var found: FoundOffset
                if let fault {
                    found = .init(error: fault)
                } else if let refusal = self.refusal(of: .describe, .topic, topic.name) {
                    found = .init(error: refusal)
                } else if asked[place] != 1 {
                    found = .init(error: .invalidRequest)
                } else {
                    found = self.findOffset(
                        in: place, timestamp: partition.timestamp, clientEpoch: partition.currentLeaderEpoch,
                        readsCommitted: request.isolationLevel == 1, context)
                }
                if context.version < 4 { found.leaderEpoch = -1 }
                var answer = ListOffsetsResponse.ListOffsetsPartitionResponse()
                answer.partitionIndex = partition.partitionIndex
                answer.errorCode = found.error.rawValue
                answer.timestamp = found.timestamp
                answer.offset = found.offset
                answer.leaderEpoch = found.leaderEpoch
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private struct FoundOffset {
        var error: KafkaErrorCode = .none
        var timestamp: Int64 = -1
        var offset: Int64 = -1
        var leaderEpoch: Int32 = -1
    }

    private func findOffset(
        in place: TopicPartition, timestamp: Int64, clientEpoch: Int32, readsCommitted: Bool,
        _ context: RequestContext
    ) -> FoundOffset {
        guard let partition = self.topics[place.topic]?[partition: place.partition] else {
            return .init(error: .unknownTopicOrPartition)
        }
        if let error = self.leadershipError(of: partition, at: context.nodeID, clientEpoch: clientEpoch) {
            return .init(error: error)
        }
        let log = partition.log
        let end = readsCommitted ? log.lastStableOffset : log.endOffset
        /// Readers of committed records cannot find offsets that are not stable yet.
        func stable(_ found: FoundOffset) -> FoundOffset { found.offset < end ? found : .init() }
        switch timestamp {
        case -1:  // latest
            return .init(offset: end, leaderEpoch: partition.leaderEpoch)
        case -2, -4:  // earliest, and earliest on local disk: there is no other
            return .init(
                offset: log.startOffset, leaderEpoch: log.leaderEpoch(at: log.startOffset) ?? partition.leaderEpoch)
        case -3:  // the record with the newest timestamp
            guard context.version >= 7 else { return .init(error: .unsupportedVersion) }
            return stable(
                self.found(log.batchWithNewestTimestamp(), startOffset: log.startOffset) { $0.maxTimestamp })
        case -5, -6:  // newest offset in tiered storage, and earliest not yet there: there is none
            return .init()
        case 0...:
            return stable(
                self.found(log.firstBatch(atOrAfter: timestamp), startOffset: log.startOffset) { _ in timestamp })
        default:
            return .init(error: .invalidRequest)
        }
    }

    /// The first record of a batch at a time or later. Compressed batches are not opened: their first record stands for all.
    private func found(
        _ batch: StoredBatch?, startOffset: Int64, atOrAfter time: (StoredBatch) -> Int64
    ) -> FoundOffset {
        guard let batch else { return .init() }
        let timestamp = time(batch)
        if let record = batch.firstRecord(atOrAfter: timestamp, from: startOffset) {
            return .init(timestamp: record.timestamp, offset: record.offset, leaderEpoch: batch.leaderEpoch)
        }
        return .init(
            timestamp: batch.maxTimestamp, offset: max(batch.baseOffset, startOffset), leaderEpoch: batch.leaderEpoch)
    }

    // MARK: OffsetForLeaderEpoch

    func offsetForLeaderEpoch(_ request: OffsetForLeaderEpochRequest, _ context: RequestContext) -> RequestOutcome {
        var response = OffsetForLeaderEpochResponse()
        let isByBroker = self.authorizer != nil && self.allowsOnCluster(.clusterAction)
        response.topics = request.topics.map { topic in
            let refusal = isByBroker ? nil : self.refusal(of: .describe, .topic, topic.topic)
            var topicResponse = OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult()
            topicResponse.topic = topic.topic
            topicResponse.partitions = topic.partitions.map { asked in
                var answer = OffsetForLeaderEpochResponse.EpochEndOffset()
                answer.partition = asked.partition
                if let refusal {
                    answer.errorCode = refusal.rawValue
                    return answer
                }
                guard let partition = self.topics[topic.topic]?[partition: asked.partition] else {
                    answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                    return answer
                }
                if let error = self.leadershipError(
                    of: partition, at: context.nodeID, clientEpoch: asked.currentLeaderEpoch)
                {
                    answer.errorCode = error.rawValue
                    return answer
                }
                let end = partition.log.endOffset(
                    ofEpoch: asked.leaderEpoch, currentEpoch: partition.leaderEpoch)
                answer.leaderEpoch = end.epoch
                answer.endOffset = end.endOffset
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: DeleteRecords

    func deleteRecords(_ request: DeleteRecordsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DeleteRecordsResponse()
        response.topics = request.topics.map { topic in
            var topicResponse = DeleteRecordsResponse.DeleteRecordsTopicResult()
            topicResponse.name = topic.name
            topicResponse.partitions = topic.partitions.map { asked in
                let place = TopicPartition(topic: topic.name, partition: asked.partitionIndex)
                var answer = DeleteRecordsResponse.DeleteRecordsPartitionResult()
                answer.partitionIndex = asked.partitionIndex
                answer.lowWatermark = -1
                switch self.deleteRecords(of: place, before: asked.offset, context) {
                case .success(let lowWatermark): answer.lowWatermark = lowWatermark
                case .failure(let fault): answer.errorCode = fault.code.rawValue
                }
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func deleteRecords(
        of place: TopicPartition, before offset: Int64, _ context: RequestContext
    ) -> Result<Int64, BatchFault> {
        let endOffset: Int64
        do {
            if let refusal = self.refusal(of: .delete, .topic, place.topic) { return .failure(.init(code: refusal)) }
            guard let partition = self.topics[place.topic]?[partition: place.partition] else {
                return .failure(.init(code: .unknownTopicOrPartition))
            }
            if let error = self.leadershipError(of: partition, at: context.nodeID, clientEpoch: -1) {
                return .failure(.init(code: error))
            }
            endOffset = partition.log.endOffset
        }
        guard let start = self.topics.deleteRecords(of: place, before: offset == -1 ? endOffset : offset) else {
            return .failure(.init(code: .offsetOutOfRange))
        }
        self.leadersChanged()
        return .success(start)
    }
}
