import KafkaProtocol
import NIOCore

/// Why an administrative request was refused for one topic.
struct TopicFault: Error, Equatable {
    /// The longest message: names in it come from requests, and it must still fit the protocol's strings.
    private static let maximumMessageLength = 1000

    var code: KafkaErrorCode
    var message: String?

    init(code: KafkaErrorCode, message: String? = nil) {
        self.code = code
        self.message = message.map { String($0.prefix(Self.maximumMessageLength)) }
    }
}

extension Cluster {
    /// The most partitions of one topic that one request may create.
    private static let maximumPartitionsPerRequest: Int32 = 10_000

    // MARK: CreateTopics

    func createTopics(_ request: CreateTopicsRequest, _ context: RequestContext) -> RequestOutcome {
        var occurrences: [String: Int] = [:]
        for topic in request.topics { occurrences[topic.name, default: 0] += 1 }
        var response = CreateTopicsResponse()
        var told: Set<String> = []
        for topic in request.topics where told.insert(topic.name).inserted {
            var answer = CreateTopicsResponse.CreatableTopicResult()
            answer.name = topic.name
            answer.configs = []
            do throws(TopicFault) {
                guard occurrences[topic.name] == 1 else {
                    throw TopicFault(code: .invalidRequest, message: "Duplicate topic name.")
                }
                guard self.allowsOnCluster(.create) || self.allows(.create, .topic, topic.name) else {
                    throw TopicFault(code: .topicAuthorizationFailed)
                }
                let replicas = try self.checkedReplicas(for: topic)
                let configs = try Self.checkedConfigs(topic.configs.map { ($0.name, $0.value) })
                let id = KafkaUUID.random()
                if !request.validateOnly {
                    self.topics.create(topic.name, id: id, replicas: replicas, configs: configs)
                }
                answer.topicId = id
                if let refusal = self.refusal(of: .describeConfigs, .topic, topic.name) {
                    answer.topicConfigErrorCode = refusal.rawValue
                    response.topics.append(answer)
                    continue
                }
                answer.numPartitions = Int32(truncatingIfNeeded: replicas.count)
                answer.replicationFactor = Int16(truncatingIfNeeded: replicas.first?.count ?? 0)
                answer.configs = TopicConfigs.definitions.map { definition in
                    let ofBrokers = self.topics.configDefaults[definition.name]
                    var config = CreateTopicsResponse.CreatableTopicConfigs()
                    config.name = definition.name
                    config.value = configs[definition.name] ?? ofBrokers ?? definition.defaultValue
                    // The value is set on the topic, on all brokers, or nowhere.
                    config.configSource = configs[definition.name] != nil ? 1 : ofBrokers != nil ? 3 : 5
                    return config
                }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            response.topics.append(answer)
        }
        if !request.validateOnly { self.leadersChanged() }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func checkedReplicas(for topic: CreateTopicsRequest.CreatableTopic) throws(TopicFault) -> [[Int32]] {
        if let fault = TopicName.fault(in: topic.name) {
            throw TopicFault(code: .invalidTopicException, message: fault)
        }
        guard self.topics[topic.name] == nil, !TopicName.reserved.contains(topic.name) else {
            throw TopicFault(code: .topicAlreadyExists, message: "Topic '\(topic.name)' already exists.")
        }
        if let other = self.topics.collision(with: topic.name) {
            throw TopicFault(
                code: .invalidTopicException,
                message: "Topic '\(topic.name)' collides with existing topic: \(other)")
        }
        guard topic.assignments.isEmpty else {
            guard topic.numPartitions == -1, topic.replicationFactor == -1 else {
                throw TopicFault(
                    code: .invalidRequest,
                    message:
                        "With a replica assignment, both the number of partitions and the replication factor must be -1."
                )
            }
            let byPartition = topic.assignments.sorted { $0.partitionIndex < $1.partitionIndex }
            guard byPartition.map(\.partitionIndex) == (0..<byPartition.count).map({ Int32($0) }) else {
                throw TopicFault(
                    code: .invalidReplicaAssignment, message: "Partitions must be a consecutive 0-based sequence.")
            }
            return try self.checkedAssignment(byPartition.map(\.brokerIds))
        }
        let partitions = topic.numPartitions == -1 ? self.configuration.defaultPartitions : topic.numPartitions
        guard partitions > 0 else {
            throw TopicFault(
                code: .invalidPartitions,
                message: "Number of partitions was set to an invalid non-positive value.")
        }
        try self.checkRoom(for: partitions)
        let factor = topic.replicationFactor == -1 ? 1 : topic.replicationFactor
        guard factor > 0 else {
            throw TopicFault(code: .invalidReplicationFactor, message: "Replication factor must be larger than 0.")
        }
        guard factor <= self.nodes.count else {
            throw TopicFault(
                code: .invalidReplicationFactor,
                message: "Unable to replicate the partition \(factor) time(s): "
                    + "the cluster has only \(self.nodes.count) broker(s).")
        }
        return self.topics.placement(of: Int(partitions), replicationFactor: Int(factor))
    }

    private func checkRoom(for partitions: Int32) throws(TopicFault) {
        guard partitions <= Self.maximumPartitionsPerRequest,
            self.topics.partitionCount + Int(partitions) <= TopicRegistry.maximumPartitions
        else {
            throw TopicFault(
                code: .policyViolation,
                message: "The sandbox holds at most \(TopicRegistry.maximumPartitions) partitions, "
                    + "and makes at most \(Self.maximumPartitionsPerRequest) at a time.")
        }
    }

    /// - Parameter first: The number of the first partition.
    private func checkedAssignment(
        _ assignment: [[Int32]], from first: Int = 0
    ) throws(TopicFault) -> [[Int32]] {
        try self.checkRoom(for: Int32(clamping: assignment.count))
        for (number, replicas) in assignment.enumerated() {
            guard !replicas.isEmpty, replicas.count == assignment.first?.count, Set(replicas).count == replicas.count
            else {
                throw TopicFault(
                    code: .invalidReplicaAssignment,
                    message: "Each partition needs the same number of replicas, each on a broker of its own.")
            }
            if let stranger = replicas.first(where: { self.node($0) == nil }) {
                throw TopicFault(
                    code: .invalidReplicaAssignment,
                    message: "The manual partition assignment includes broker \(stranger), but no such broker is "
                        + "registered.")
            }
            guard replicas.contains(where: { self.node($0)?.isUp ?? false }) else {
                throw TopicFault(
                    code: .invalidReplicaAssignment,
                    message: "All brokers specified in the manual partition assignment for partition "
                        + "\(first + number) are fenced or in controlled shutdown.")
            }
        }
        return assignment
    }

    private static func checkedConfigs(_ configs: [(name: String, value: String?)]) throws(TopicFault) -> [String:
        String]
    {
        var checked: [String: String] = [:]
        for (name, value) in configs {
            guard let value else {
                throw TopicFault(
                    code: .invalidConfig, message: "Null value not supported for topic configs: \(name)")
            }
            if let fault = TopicConfigs.fault(in: name, value: value) {
                throw TopicFault(code: .invalidConfig, message: fault)
            }
            checked[name] = value
        }
        return checked
    }

    // MARK: DeleteTopics

    func deleteTopics(_ request: DeleteTopicsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DeleteTopicsResponse()
        let asked: [(name: String?, id: KafkaUUID)] =
            context.version >= 6
            ? request.topics.map { ($0.name, $0.topicId) } : request.topicNames.map { ($0, .zero) }
        for (name, id) in asked {
            var answer = DeleteTopicsResponse.DeletableTopicResult()
            answer.name = name
            answer.topicId = id
            if name != nil, id != .zero {
                answer.errorCode = KafkaErrorCode.invalidRequest.rawValue
                answer.errorMessage = "You may not specify both topic name and topic id."
            } else if name == nil, id == .zero {
                answer.errorCode = KafkaErrorCode.invalidRequest.rawValue
                answer.errorMessage = "Neither topic name nor id were specified."
            } else if let found = name ?? self.topics.name(of: id) {
                if let refusal = self.refusalToDelete(found, isNamed: name != nil) {
                    answer.errorCode = refusal.rawValue
                    if name == nil, self.allows(.describe, .topic, found) { answer.name = found }
                } else if let topic = self.topics[found] {
                    answer.name = found
                    answer.topicId = topic.id
                    self.topics.delete(found)
                    self.groups.topicDeleted(found)
                    self.transactions.topicDeleted(found)
                    self.sharing.forget(topic: topic.id)
                } else {
                    answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                    answer.errorMessage = "This server does not host this topic-partition."
                }
            } else {
                answer.errorCode = KafkaErrorCode.unknownTopicId.rawValue
                answer.errorMessage = "This server does not host this topic ID."
            }
            response.responses.append(answer)
        }
        self.leadersChanged()
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// A name needs DESCRIBE first: a client that may see that a topic is missing gets that error, not a refusal.
    private func refusalToDelete(_ topic: String, isNamed: Bool) -> KafkaErrorCode? {
        if self.allowsOnCluster(.delete) { return nil }
        if isNamed, let refusal = self.refusal(of: .describe, .topic, topic) { return refusal }
        return self.topics[topic] == nil ? nil : self.refusal(of: .delete, .topic, topic)
    }

    // MARK: CreatePartitions

    func createPartitions(_ request: CreatePartitionsRequest, _ context: RequestContext) -> RequestOutcome {
        var occurrences: [String: Int] = [:]
        for topic in request.topics { occurrences[topic.name, default: 0] += 1 }
        var response = CreatePartitionsResponse()
        var told: Set<String> = []
        for topic in request.topics where told.insert(topic.name).inserted {
            var answer = CreatePartitionsResponse.CreatePartitionsTopicResult()
            answer.name = topic.name
            do throws(TopicFault) {
                guard occurrences[topic.name] == 1 else {
                    throw TopicFault(code: .invalidRequest, message: "Duplicate topic name.")
                }
                if let refusal = self.refusal(of: .alter, .topic, topic.name) { throw TopicFault(code: refusal) }
                let replicas = try self.checkedAddition(to: topic)
                if !request.validateOnly { self.topics.addPartitions(to: topic.name, replicas: replicas) }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            response.results.append(answer)
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func checkedAddition(
        to asked: CreatePartitionsRequest.CreatePartitionsTopic
    ) throws(TopicFault) -> [[Int32]] {
        guard let topic = self.topics[asked.name] else { throw TopicFault(code: .unknownTopicOrPartition) }
        let existing = topic.partitions.count
        guard asked.count != existing else {
            throw TopicFault(code: .invalidPartitions, message: "Topic already has \(existing) partition(s).")
        }
        guard asked.count > existing else {
            throw TopicFault(
                code: .invalidPartitions,
                message:
                    "The topic \(asked.name) currently has \(existing) partition(s); \(asked.count) would not be an increase."
            )
        }
        let added = Int(asked.count) - existing
        try self.checkRoom(for: Int32(clamping: added))
        let factor = topic.partitions.first?.replicas.count ?? 1
        guard let assignments = asked.assignments, !assignments.isEmpty else {
            return self.topics.placement(of: added, from: existing, replicationFactor: factor)
        }
        guard assignments.count == added else {
            throw TopicFault(
                code: .invalidReplicaAssignment,
                message: "\(added) partition(s) are to be added, but \(assignments.count) assignment(s) are given.")
        }
        let replicas = try self.checkedAssignment(assignments.map(\.brokerIds), from: existing)
        guard replicas.first?.count == factor else {
            throw TopicFault(
                code: .invalidReplicaAssignment,
                message: "Each new partition needs \(factor) replica(s), as the others.")
        }
        return replicas
    }
}
