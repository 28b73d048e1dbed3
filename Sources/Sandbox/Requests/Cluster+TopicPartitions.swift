import KafkaProtocol
import NIOCore

extension Cluster {
    /// `max.request.partition.size.limit` of a broker.
    private static let maximumDescribedPartitions = 2000

    // MARK: DescribeTopicPartitions

    func describeTopicPartitions(
        _ request: DescribeTopicPartitionsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var names = request.topics.isEmpty ? self.topics.sortedNames : Set(request.topics.map(\.name)).sorted()
        var firstPartition = 0
        if let cursor = request.cursor {
            names.removeAll { $0 < cursor.topicName }
            if names.first == cursor.topicName { firstPartition = max(0, Int(cursor.partitionIndex)) }
        }
        let denied = names.filter { !self.allows(.describe, .topic, $0) }
        names.removeAll(where: denied.contains)
        var room = min(max(1, Int(request.responsePartitionLimit)), Self.maximumDescribedPartitions)
        var response = DescribeTopicPartitionsResponse()
        for name in names {
            guard room > 0 else {
                response.nextCursor = Self.cursor(name, 0)
                break
            }
            guard let topic = self.topics[name] else {
                var answer = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic()
                answer.name = name
                answer.errorCode =
                    (TopicName.fault(in: name) == nil
                    ? KafkaErrorCode.unknownTopicOrPartition : .invalidTopicException).rawValue
                answer.topicAuthorizedOperations = self.authorizedOperations(on: .topic, name)
                response.topics.append(answer)
                continue
            }
            let first = min(firstPartition, topic.partitions.count)
            let end = min(topic.partitions.count, first + room)
            firstPartition = 0
            response.topics.append(self.describe(topic, partitions: first..<end))
            room -= end - first
            guard end == topic.partitions.count else {
                response.nextCursor = Self.cursor(name, end)
                break
            }
        }
        // A client that asks for all topics gets no rows for hidden ones.
        for name in denied where !request.topics.isEmpty {
            var answer = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic()
            answer.name = name
            answer.errorCode = KafkaErrorCode.topicAuthorizationFailed.rawValue
            response.topics.append(answer)
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private static func cursor(_ topic: String, _ partition: Int) -> DescribeTopicPartitionsResponse.Cursor {
        var cursor = DescribeTopicPartitionsResponse.Cursor()
        cursor.topicName = topic
        cursor.partitionIndex = Int32(clamping: partition)
        return cursor
    }

    private func describe(
        _ topic: Topic, partitions: Range<Int>
    ) -> DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic {
        var answer = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic()
        answer.name = topic.name
        answer.topicId = topic.id
        answer.topicAuthorizedOperations = self.authorizedOperations(on: .topic, topic.name)
        answer.partitions = partitions.map { number in
            let partition = topic.partitions[number]
            var row = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition()
            row.errorCode = partition.leader == -1 ? KafkaErrorCode.leaderNotAvailable.rawValue : 0
            row.partitionIndex = Int32(clamping: number)
            row.leaderId = partition.leader
            row.leaderEpoch = partition.leaderEpoch
            row.replicaNodes = partition.replicas
            row.isrNodes = self.topics.inSyncReplicas(of: partition)
            row.eligibleLeaderReplicas = []
            row.lastKnownElr = []
            row.offlineReplicas = partition.replicas.filter { !self.topics.liveBrokers.contains($0) }
            return row
        }
        return answer
    }

    // MARK: DescribeLogDirs

    /// One directory, that holds the partitions with a copy on this broker. Its sizes are those of the memory that all brokers share.
    func describeLogDirs(_ request: DescribeLogDirsRequest, _ context: RequestContext) -> RequestOutcome {
        guard self.allowsOnCluster(.describe) else {
            var refused = DescribeLogDirsResponse()
            refused.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            return .answer(context.frame { refused.encode(into: &$0, version: context.version) })
        }
        let wanted = request.topics.map { topics in
            Dictionary(topics.map { ($0.topic, Set($0.partitions)) }, uniquingKeysWith: { $0.union($1) })
        }
        var directory = DescribeLogDirsResponse.DescribeLogDirsResult()
        directory.logDir = Self.logDirectory
        let capacity = self.configuration.capacityBytes
        directory.totalBytes = Int64(clamping: capacity)
        directory.usableBytes = Int64(clamping: max(0, capacity - self.topics.heldBytes))
        for name in wanted?.keys.sorted() ?? self.topics.sortedNames {
            guard let topic = self.topics[name] else { continue }
            var answer = DescribeLogDirsResponse.DescribeLogDirsTopic()
            answer.name = name
            for (number, partition) in topic.partitions.enumerated() {
                let number = Int32(clamping: number)
                guard partition.replicas.contains(context.nodeID),
                    wanted.map({ $0[name]?.contains(number) == true }) ?? true
                else { continue }
                var row = DescribeLogDirsResponse.DescribeLogDirsPartition()
                row.partitionIndex = number
                row.partitionSize = Int64(clamping: partition.log.sizeBytes)
                answer.partitions.append(row)
            }
            if !answer.partitions.isEmpty { directory.topics.append(answer) }
        }
        var response = DescribeLogDirsResponse()
        response.results = [directory]
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func alterReplicaLogDirs(_ request: AlterReplicaLogDirsRequest, _ context: RequestContext) -> RequestOutcome {
        var results: [String: [AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult]] = [:]
        for directory in request.dirs {
            for topic in directory.topics {
                for number in topic.partitions {
                    var answer = AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult()
                    answer.partitionIndex = number
                    let partition = self.topics[topic.name]?[partition: number]
                    let error: KafkaErrorCode =
                        if let refusal = self.refusal(of: .alter, .cluster) {
                            refusal
                        } else if directory.path != Self.logDirectory {
                            .logDirNotFound
                        } else if partition?.replicas.contains(context.nodeID) != true {
                            .replicaNotAvailable
                        } else {
                            .none
                        }
                    answer.errorCode = error.rawValue
                    results[topic.name, default: []].append(answer)
                }
            }
        }
        var response = AlterReplicaLogDirsResponse()
        response.results = results.sorted { $0.key < $1.key }.map { name, partitions in
            var topic = AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult()
            topic.topicName = name
            topic.partitions = partitions
            return topic
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
