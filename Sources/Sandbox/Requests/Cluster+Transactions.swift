import KafkaProtocol
import NIOCore

extension Cluster {
    /// The first version of EndTxn, Produce and TxnOffsetCommit of clients that get a new epoch with each end (KIP-890).
    private enum EpochBump {
        static let endTxn: Int16 = 5
        static let txnOffsetCommit: Int16 = 5
    }

    /// The error why this broker does not serve a transactional ID: the client lacks the permission, a test injected
    /// the error, or another broker coordinates it.
    private func transactionError(of id: String, _ context: RequestContext) -> KafkaErrorCode? {
        self.refusal(of: .write, .transactionalID, id) ?? self.coordinationError(ofTransaction: id, context)
    }

    private func coordinationError(ofTransaction id: String, _ context: RequestContext) -> KafkaErrorCode? {
        if let fault = self.faults.nextError(for: context.apiKey) { return fault }
        guard !id.isEmpty else { return .invalidRequest }
        return self.coordinator(of: id)?.id == context.nodeID ? nil : .notCoordinator
    }

    /// Older clients get another error code for a fenced producer.
    private static func fenced(_ error: KafkaErrorCode, since version: Int16, _ context: RequestContext)
        -> KafkaErrorCode
    {
        error == .producerFenced && context.version < version ? .invalidProducerEpoch : error
    }

    /// Writes the markers of a transaction that has ended, and settles its offsets.
    func carryOut(_ ended: EndedTransaction) {
        let marker = TransactionMarker(
            producerID: ended.producerID, producerEpoch: ended.markerEpoch, isCommit: ended.isCommit,
            timestamp: self.timestamp)
        for partition in ended.partitions where self.topics.append(marker, to: partition) {
            self.recordsAppended(to: partition)
        }
        for group in ended.groups {
            self.groups.settle(groupID: group, producerID: ended.producerID, isCommit: ended.isCommit)
        }
    }

    // MARK: InitProducerId

    func initProducerID(_ request: InitProducerIdRequest, _ context: RequestContext) -> RequestOutcome {
        var response = InitProducerIdResponse()
        var result = TransactionCoordinator.Initialization()
        if let refusal = self.refusal(ofProducer: request.transactionalId) {
            result.error = refusal
        } else if (request.producerId == -1) != (request.producerEpoch == -1) {
            result.error = .invalidRequest
        } else if let id = request.transactionalId {
            let expected =
                request.producerId == -1
                ? nil : TransactionCoordinator.Producer(id: request.producerId, epoch: request.producerEpoch)
            if let error = self.transactionError(of: id, context) {
                result.error = error
            } else {
                result = self.transactions.initialize(
                    id, timeout: .milliseconds(Int64(request.transactionTimeoutMs)), expected: expected)
            }
        } else {
            result.producer = .init(id: self.transactions.nextProducerID(), epoch: 0)
        }
        if let ended = result.ended { self.carryOut(ended) }
        response.errorCode = Self.fenced(result.error, since: 4, context).rawValue
        response.producerId = result.producer.id
        response.producerEpoch = result.producer.epoch
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func refusal(ofProducer transactionalID: String?) -> KafkaErrorCode? {
        if let transactionalID { return self.refusal(of: .write, .transactionalID, transactionalID) }
        return self.authorizer?.allowsSomewhere(.write, .topic) == true
            ? nil : self.refusal(of: .idempotentWrite, .cluster)
    }

    // MARK: AddPartitionsToTxn

    func addPartitionsToTxn(_ request: AddPartitionsToTxnRequest, _ context: RequestContext) -> RequestOutcome {
        var response = AddPartitionsToTxnResponse()
        if context.version < 4 {
            response.resultsByTopicV3AndBelow = self.add(
                request.v3AndBelowTopics, to: request.v3AndBelowTransactionalId,
                by: .init(id: request.v3AndBelowProducerId, epoch: request.v3AndBelowProducerEpoch),
                verifyOnly: false, context)
        } else if let refusal = self.refusal(of: .clusterAction, .cluster) {
            response.errorCode = refusal.rawValue
        } else {
            response.resultsByTransaction = request.transactions.map { transaction in
                var result = AddPartitionsToTxnResponse.AddPartitionsToTxnResult()
                result.transactionalId = transaction.transactionalId
                result.topicResults = self.add(
                    transaction.topics, to: transaction.transactionalId,
                    by: .init(id: transaction.producerId, epoch: transaction.producerEpoch),
                    verifyOnly: transaction.verifyOnly, context)
                return result
            }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func add(
        _ topics: [AddPartitionsToTxnRequest.AddPartitionsToTxnTopic], to id: String,
        by producer: TransactionCoordinator.Producer, verifyOnly: Bool, _ context: RequestContext
    ) -> [AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult] {
        let places = topics.flatMap { topic in
            topic.partitions.map { TopicPartition(topic: topic.name, partition: $0) }
        }
        var refused: [TopicPartition: KafkaErrorCode] = [:]
        for place in places {
            // The permission of brokers, which may verify, has been checked before.
            if context.version < 4, let refusal = self.refusal(of: .write, .topic, place.topic) {
                refused[place] = refusal
            } else if self.topics[place.topic]?[partition: place.partition] == nil {
                refused[place] = .unknownTopicOrPartition
            }
        }
        var error =
            (context.version < 4
                ? self.transactionError(of: id, context) : self.coordinationError(ofTransaction: id, context)) ?? .none
        if error == .transactionalIdAuthorizationFailed { refused = [:] }
        if error == .none, refused.isEmpty, !verifyOnly {
            error = self.transactions.add(
                places, to: id, by: producer, bumpsEpoch: context.version >= 4, now: .now(),
                timestamp: self.timestamp)
            self.scheduleTimer()
        }
        error = Self.fenced(error, since: 2, context)
        return topics.map { topic in
            var result = AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult()
            result.name = topic.name
            result.resultsByPartition = topic.partitions.map { number in
                let place = TopicPartition(topic: topic.name, partition: number)
                var answer = AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult()
                answer.partitionIndex = number
                if let refusal = refused[place] {
                    answer.partitionErrorCode = refusal.rawValue
                } else if !refused.isEmpty {
                    // If one partition cannot be added, none of the others is.
                    answer.partitionErrorCode = KafkaErrorCode.operationNotAttempted.rawValue
                } else if error == .none, verifyOnly {
                    answer.partitionErrorCode = self.transactions.verify(place, in: id, by: producer).rawValue
                } else {
                    answer.partitionErrorCode = error.rawValue
                }
                return answer
            }
            return result
        }
    }

    // MARK: Offsets in a transaction

    func addOffsetsToTxn(_ request: AddOffsetsToTxnRequest, _ context: RequestContext) -> RequestOutcome {
        var response = AddOffsetsToTxnResponse()
        let error =
            self.refusal(of: .write, .transactionalID, request.transactionalId)
            ?? self.refusal(of: .read, .group, request.groupId)
            ?? self.transactionError(of: request.transactionalId, context)
            ?? self.transactions.add(
                groups: [request.groupId], to: request.transactionalId,
                by: .init(id: request.producerId, epoch: request.producerEpoch), bumpsEpoch: false, now: .now(),
                timestamp: self.timestamp)
        self.scheduleTimer()
        response.errorCode = Self.fenced(error, since: 2, context).rawValue
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func txnOffsetCommit(_ request: TxnOffsetCommitRequest, _ context: RequestContext) -> RequestOutcome {
        let refusal =
            self.refusal(of: .write, .transactionalID, request.transactionalId)
            ?? self.refusal(of: .read, .group, request.groupId)
        // A commit without any allowed topic does not reach the group.
        let mayCommit = request.topics.contains { self.allows(.read, .topic, $0.name) }
        let groupError = refusal ?? (mayCommit ? self.errorForCommit(request, context) : .none)
        var response = TxnOffsetCommitResponse()
        response.topics = request.topics.map { topic in
            let refusal = refusal ?? self.refusal(of: .read, .topic, topic.name)
            var topicResponse = TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic()
            topicResponse.name = topic.name
            topicResponse.partitions = topic.partitions.map { partition in
                let place = TopicPartition(topic: topic.name, partition: partition.partitionIndex)
                var answer = TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition()
                answer.partitionIndex = partition.partitionIndex
                let error =
                    refusal
                    ?? self.stage(
                        CommittedOffset(
                            offset: partition.committedOffset, leaderEpoch: partition.committedLeaderEpoch,
                            metadata: partition.committedMetadata),
                        for: place, request, groupError: groupError)
                answer.errorCode = error.rawValue
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func stage(
        _ offset: CommittedOffset, for place: TopicPartition, _ request: TxnOffsetCommitRequest,
        groupError: KafkaErrorCode
    ) -> KafkaErrorCode {
        guard self.topics[place.topic]?[partition: place.partition] != nil else { return .unknownTopicOrPartition }
        guard groupError == .none else { return groupError }
        guard Self.isAcceptable(offset) else { return .offsetMetadataTooLarge }
        self.groups.stage(offset, for: place, groupID: request.groupId, producerID: request.producerId)
        return .none
    }

    /// The error why a group does not accept offsets from this transaction, or `.none`.
    private func errorForCommit(_ request: TxnOffsetCommitRequest, _ context: RequestContext) -> KafkaErrorCode {
        if let fault = self.faults.nextError(for: .txnOffsetCommit) { return fault }
        guard self.coordinator(of: request.groupId)?.id == context.nodeID else { return .notCoordinator }
        let error = self.groups.mayCommit(
            groupID: request.groupId, generation: request.generationId, memberID: request.memberId,
            instanceID: request.groupInstanceId, isTransactional: true, now: .now())
        guard error == .none else { return error }
        let producer = TransactionCoordinator.Producer(id: request.producerId, epoch: request.producerEpoch)
        if context.version >= EpochBump.txnOffsetCommit {
            // These clients do not send AddOffsetsToTxn.
            let added = self.transactions.add(
                groups: [request.groupId], to: request.transactionalId, by: producer, bumpsEpoch: true, now: .now(),
                timestamp: self.timestamp)
            self.scheduleTimer()
            return Self.asWriteError(added, knowsAbortable: true)
        }
        return Self.asWriteError(
            self.transactions.verify(group: request.groupId, in: request.transactionalId, by: producer),
            knowsAbortable: context.version >= 4)
    }

    /// The error of a transaction in the form for a producer that writes.
    static func asWriteError(_ error: KafkaErrorCode, knowsAbortable: Bool) -> KafkaErrorCode {
        switch error {
        case .producerFenced: .invalidProducerEpoch
        case .transactionAbortable where !knowsAbortable: .invalidTxnState
        default: error
        }
    }

    // MARK: EndTxn

    func endTxn(_ request: EndTxnRequest, _ context: RequestContext) -> RequestOutcome {
        var response = EndTxnResponse()
        var ending = TransactionCoordinator.Ending()
        if let error = self.transactionError(of: request.transactionalId, context) {
            ending.error = error
        } else {
            ending = self.transactions.end(
                request.transactionalId, by: .init(id: request.producerId, epoch: request.producerEpoch),
                isCommit: request.committed, bumpsEpoch: context.version >= EpochBump.endTxn)
        }
        if let ended = ending.ended { self.carryOut(ended) }
        response.errorCode = Self.fenced(ending.error, since: 2, context).rawValue
        response.producerId = ending.producer.id
        response.producerEpoch = ending.producer.epoch
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
