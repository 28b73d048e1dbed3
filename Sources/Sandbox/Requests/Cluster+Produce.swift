import KafkaProtocol
import NIOCore

extension Cluster {
    func produce(_ request: ProduceRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ProduceResponse()
        var failed = false
        var leaders: [Int32] = []
        let fault = self.faults.nextError(for: .produce) ?? self.authorizationFault(in: request)
        let usesIDs = context.version >= ProduceRequest.TopicProduceData.firstVersionWithTopicId
        for topic in request.topicData {
            var topicResponse = ProduceResponse.TopicProduceResponse()
            topicResponse.name = topic.name
            topicResponse.topicId = topic.topicId
            let name = usesIDs ? self.topics.name(of: topic.topicId) : topic.name
            for partition in topic.partitionData {
                var answer = ProduceResponse.PartitionProduceResponse()
                answer.index = partition.index
                let result: ProduceResult
                if let fault {
                    result = .init(error: fault)
                } else if let name, let refusal = self.refusal(of: .write, .topic, name) {
                    result = .init(error: refusal)
                } else if ![-1, 0, 1].contains(request.acks) {
                    result = .init(error: .invalidRequiredAcks)
                } else if let name {
                    result = self.append(
                        partition.records, to: TopicPartition(topic: name, partition: partition.index),
                        needsAllReplicas: request.acks == -1, transactionalID: request.transactionalId, context)
                } else {
                    result = .init(error: .unknownTopicId)
                }
                answer.errorCode = result.error.rawValue
                answer.baseOffset = result.baseOffset
                answer.logAppendTimeMs = result.appendTime
                answer.recordErrors = result.recordFaults.map { fault in
                    var error = ProduceResponse.BatchIndexAndErrorMessage()
                    error.batchIndex = fault.index
                    error.batchIndexErrorMessage = fault.message
                    return error
                }
                answer.logStartOffset = result.logStartOffset
                answer.errorMessage = result.message
                if let leader = result.leader {
                    answer.currentLeader.leaderId = leader.id
                    answer.currentLeader.leaderEpoch = leader.epoch
                    leaders.append(leader.id)
                }
                if result.error != .none { failed = true }
                topicResponse.partitionResponses.append(answer)
            }
            response.responses.append(topicResponse)
        }
        if request.acks == 0 {
            // No answer can carry the error, so close like a broker, which makes the client ask for metadata.
            return failed ? .close(reason: "a produce request without acknowledgement failed") : .noAnswer
        }
        response.nodeEndpoints = self.endpoints(of: leaders).map { node in
            var endpoint = ProduceResponse.NodeEndpoint()
            endpoint.nodeId = node.id
            endpoint.host = node.host
            endpoint.port = node.port
            return endpoint
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Transactional batches need a transactional ID, and the permission for it; without them a broker refuses the
    /// whole request.
    private func authorizationFault(in request: ProduceRequest) -> KafkaErrorCode? {
        guard request.transactionalId.map({ !self.allows(.write, .transactionalID, $0) }) ?? true else { return nil }
        let hasTransactionalBatch = request.topicData.contains { topic in
            topic.partitionData.contains { partition in
                partition.records.flatMap(CheckedBatch.isMarkedTransactional) ?? false
            }
        }
        return hasTransactionalBatch ? .transactionalIdAuthorizationFailed : nil
    }

    private struct ProduceResult {
        var error: KafkaErrorCode = .none
        var baseOffset: Int64 = -1
        /// The time of the append; -1 when the records have the producer's time.
        var appendTime: Int64 = -1
        var logStartOffset: Int64 = -1
        var message: String?
        var recordFaults: [BatchFault.RecordFault] = []
        var leader: FetchedPartition.Leader?
    }

    private func append(
        _ records: ByteBuffer?, to target: TopicPartition, needsAllReplicas: Bool, transactionalID: String?,
        _ context: RequestContext
    ) -> ProduceResult {
        let rules: BatchRules
        // Release the partition before the append, because otherwise its log would be copied.
        do {
            guard let topic = self.topics[target.topic], let partition = topic[partition: target.partition] else {
                return .init(error: .unknownTopicOrPartition)
            }
            if let error = self.leadershipError(of: partition, at: context.nodeID, clientEpoch: -1) {
                return .init(error: error, leader: .init(id: partition.leader, epoch: partition.leaderEpoch))
            }
            let defaults = self.topics.configDefaults
            if needsAllReplicas {
                // The number is not bounded by how many replicas there are, as brokers since 3.7 do it: a client that
                // asks for two copies of a topic with one gets to see the mistake.
                let minimum = topic.number(TopicConfigs.minimumInSyncReplicas, defaults: defaults) ?? 1
                guard self.topics.inSyncReplicas(of: partition).count >= minimum else {
                    return .init(error: .notEnoughReplicas)
                }
            }
            rules = BatchRules(
                maximumBytes: Int(clamping: topic.number(TopicConfigs.maximumMessageBytes, defaults: defaults) ?? 0),
                appendTime: topic.usesLogAppendTime(defaults: defaults) ? self.timestamp : nil,
                needsKeys: topic.isCompacted(defaults: defaults))
        }
        let batch: CheckedBatch
        do throws(BatchFault) {
            batch = try CheckedBatch(records, rules: rules, for: target, produceVersion: context.version)
        } catch {
            return .init(error: error.code, message: error.message, recordFaults: error.records)
        }
        if batch.isTransactional, let transactionalID {
            let error = self.transactionError(of: batch, to: target, transactionalID: transactionalID, context)
            guard error == .none else { return .init(error: error) }
        }
        switch self.topics.append(batch, to: target) {
        case .appended(let baseOffset, _):
            self.recordsAppended(to: target)
            return .init(
                baseOffset: baseOffset, appendTime: batch.appendTime ?? -1,
                logStartOffset: self.startOffset(of: target))
        case .duplicate(let baseOffset, let maxTimestamp):
            return .init(
                baseOffset: baseOffset, appendTime: batch.appendTime == nil ? -1 : maxTimestamp,
                logStartOffset: self.startOffset(of: target))
        case .rejected(let error):
            return .init(error: error)
        }
    }

    private func startOffset(of target: TopicPartition) -> Int64 {
        self.topics[target.topic]?[partition: target.partition]?.log.startOffset ?? -1
    }

    /// The error why a transaction does not accept a batch, or `.none`. A partition with an open transaction has been
    /// checked before.
    private func transactionError(
        of batch: CheckedBatch, to target: TopicPartition, transactionalID: String, _ context: RequestContext
    ) -> KafkaErrorCode {
        guard
            self.topics[target.topic]?[partition: target.partition]?.log.hasOpenTransaction(of: batch.producerID)
                != true
        else { return .none }
        let producer = TransactionCoordinator.Producer(id: batch.producerID, epoch: batch.producerEpoch)
        guard context.version >= Self.addsPartitionsSince else {
            return Self.asWriteError(
                self.transactions.verify(target, in: transactionalID, by: producer),
                knowsAbortable: context.version >= 11)
        }
        let added = self.transactions.add(
            [target], to: transactionalID, by: producer, bumpsEpoch: true, now: .now(), timestamp: self.timestamp)
        self.scheduleTimer()
        return Self.asWriteError(added, knowsAbortable: true)
    }

    /// The first version of Produce whose clients do not send AddPartitionsToTxn (KIP-890).
    private static let addsPartitionsSince: Int16 = 12
}
