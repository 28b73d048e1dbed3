import KafkaProtocol
import NIOCore

extension Cluster {
    /// The partitions of the offsets topic of a real cluster, by which DescribeTransactions names groups.
    private static let offsetsPartitions: Int32 = 50

    // MARK: DescribeTransactions

    func describeTransactions(_ request: DescribeTransactionsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeTransactionsResponse()
        response.transactionStates = request.transactionalIds.map { id in
            var answer = DescribeTransactionsResponse.TransactionState()
            answer.transactionalId = id
            if let refusal = self.refusal(of: .describe, .transactionalID, id) {
                answer.errorCode = refusal.rawValue
                return answer
            }
            guard !id.isEmpty else {
                answer.errorCode = KafkaErrorCode.invalidRequest.rawValue
                return answer
            }
            guard self.coordinator(of: id)?.id == context.nodeID else {
                answer.errorCode = KafkaErrorCode.notCoordinator.rawValue
                return answer
            }
            guard let transaction = self.transactions[id] else {
                answer.errorCode = KafkaErrorCode.transactionalIdNotFound.rawValue
                return answer
            }
            answer.transactionState = transaction.state.rawValue
            answer.transactionTimeoutMs = Int32(clamping: transaction.timeout.nanoseconds / 1_000_000)
            answer.transactionStartTimeMs = transaction.startTimestamp
            answer.producerId = transaction.producerID
            answer.producerEpoch = transaction.producerEpoch
            var places = Dictionary(grouping: transaction.partitions, by: \.topic).mapValues { $0.map(\.partition) }
            if !transaction.groups.isEmpty {
                places["__consumer_offsets"] = Array(Set(transaction.groups.map(Self.offsetsPartition)))
            }
            answer.topics = places.filter { self.allows(.describe, .topic, $0.key) }.sorted { $0.key < $1.key }.map {
                name, partitions in
                var topic = DescribeTransactionsResponse.TopicData()
                topic.topic = name
                topic.partitions = partitions.sorted()
                return topic
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// The partition in which a real cluster would keep a group's offsets, by Java's hash of its ID.
    private static func offsetsPartition(of group: String) -> Int32 {
        let hash = group.utf16.reduce(Int32(0)) { 31 &* $0 &+ Int32($1) }
        return (hash & Int32.max) % Self.offsetsPartitions
    }

    // MARK: ListTransactions

    private static let stateNames: Set<String> = [
        "Empty", "Ongoing", "PrepareCommit", "PrepareAbort", "CompleteCommit", "CompleteAbort", "Dead",
        "PrepareEpochFence",
    ]

    func listTransactions(_ request: ListTransactionsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ListTransactionsResponse()
        response.unknownStateFilters = request.stateFilters.filter { !Self.stateNames.contains($0) }
        let states = Set(request.stateFilters)
        let producers = Set(request.producerIdFilters)
        var pattern: TopicPattern?
        if let text = request.transactionalIdPattern, !text.isEmpty {
            pattern = TopicPattern(text)
            if pattern == nil {
                response.errorCode = KafkaErrorCode.invalidRegularExpression.rawValue
                return .answer(context.frame { response.encode(into: &$0, version: context.version) })
            }
        }
        let now = self.timestamp
        response.transactionStates = self.transactions.transactions.values
            .filter { transaction in
                self.coordinator(of: transaction.id)?.id == context.nodeID
                    && (states.isEmpty || states.contains(transaction.state.rawValue))
                    && (producers.isEmpty || producers.contains(transaction.producerID))
                    && (request.durationFilter < 0 || now - transaction.startTimestamp > request.durationFilter)
                    && (pattern?.matches(transaction.id) ?? true)
                    && self.allows(.describe, .transactionalID, transaction.id)
            }
            .sorted { $0.id < $1.id }
            .map { transaction in
                var answer = ListTransactionsResponse.TransactionState()
                answer.transactionalId = transaction.id
                answer.producerId = transaction.producerID
                answer.transactionState = transaction.state.rawValue
                return answer
            }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: DescribeProducers

    func describeProducers(_ request: DescribeProducersRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeProducersResponse()
        response.topics = request.topics.map { topic in
            var topicResponse = DescribeProducersResponse.TopicResponse()
            topicResponse.name = topic.name
            topicResponse.partitions = topic.partitionIndexes.map { number in
                var answer = DescribeProducersResponse.PartitionResponse()
                answer.partitionIndex = number
                if let refusal = self.refusal(of: .read, .topic, topic.name) {
                    answer.errorCode = refusal.rawValue
                    return answer
                }
                guard let partition = self.topics[topic.name]?[partition: number] else {
                    answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                    if self.topics[topic.name] == nil {
                        answer.errorMessage = "This server does not host this topic-partition."
                    }
                    return answer
                }
                if let error = self.leadershipError(of: partition, at: context.nodeID, clientEpoch: -1) {
                    answer.errorCode = error.rawValue
                    return answer
                }
                answer.activeProducers = partition.log.producerViews.map { view in
                    var producer = DescribeProducersResponse.ProducerState()
                    producer.producerId = view.producerID
                    producer.producerEpoch = Int32(view.epoch)
                    producer.lastSequence = view.lastSequence
                    producer.lastTimestamp = view.lastTimestamp
                    producer.coordinatorEpoch = view.coordinatorEpoch
                    producer.currentTxnStartOffset = view.transactionStart
                    return producer
                }
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
