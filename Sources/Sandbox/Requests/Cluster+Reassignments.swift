import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: ElectLeaders

    func electLeaders(_ request: ElectLeadersRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ElectLeadersResponse()
        if let refusal = self.refusal(of: .alter, .cluster) {
            response.errorCode = refusal.rawValue
            response.replicaElectionResults = (request.topicPartitions ?? []).map { asked in
                var result = ElectLeadersResponse.ReplicaElectionResult()
                result.topic = asked.topic
                result.partitionResult = asked.partitions.map { number in
                    var answer = ElectLeadersResponse.PartitionResult()
                    answer.partitionId = number
                    answer.errorCode = refusal.rawValue
                    return answer
                }
                return result
            }
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        guard context.version == 0 || (0...1).contains(request.electionType) else {
            response.errorCode = KafkaErrorCode.invalidRequest.rawValue
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        let isPreferred = context.version == 0 || request.electionType == 0
        let asked: [(topic: String, partitions: [Int32])] =
            request.topicPartitions?.map { ($0.topic, $0.partitions) }
            ?? self.topics.sortedNames.map { name in
                (name, (self.topics[name]?.partitions.indices).map { $0.map { Int32(clamping: $0) } } ?? [])
            }
        for (name, partitions) in asked {
            var result = ElectLeadersResponse.ReplicaElectionResult()
            result.topic = name
            for number in partitions {
                let fault = self.elect(TopicPartition(topic: name, partition: number), preferred: isPreferred)
                // A client that asks for all partitions gets only those with an election.
                if request.topicPartitions == nil, fault?.code == .electionNotNeeded { continue }
                var answer = ElectLeadersResponse.PartitionResult()
                answer.partitionId = number
                answer.errorCode = fault?.code.rawValue ?? 0
                answer.errorMessage = fault?.message
                result.partitionResult.append(answer)
            }
            if !result.partitionResult.isEmpty { response.replicaElectionResults.append(result) }
        }
        self.leadersChanged()
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// - Returns: The reason why there was no election; nil when another leader was elected.
    private func elect(_ place: TopicPartition, preferred isPreferred: Bool) -> TopicFault? {
        guard let topic = self.topics[place.topic] else {
            return TopicFault(code: .unknownTopicOrPartition, message: "No such topic as \(place.topic)")
        }
        guard let partition = topic[partition: place.partition] else {
            return TopicFault(
                code: .unknownTopicOrPartition, message: "No such partition as \(place.topic)-\(place.partition)")
        }
        let notNeeded = TopicFault(
            code: .electionNotNeeded, message: "Leader election not needed for topic partition.")
        if isPreferred {
            guard let first = partition.replicas.first, first != partition.leader else { return notNeeded }
            guard self.topics.moveLeader(of: place, to: first) else {
                return TopicFault(
                    code: .preferredLeaderNotAvailable, message: "The preferred leader was not available.")
            }
            return nil
        }
        guard partition.leader == -1 else { return notNeeded }
        guard let live = self.topics.inSyncReplicas(of: partition).first, self.topics.moveLeader(of: place, to: live)
        else {
            return TopicFault(
                code: .eligibleLeadersNotAvailable,
                message: "Eligible topic partition leaders are not available.")
        }
        return nil
    }

    // MARK: AlterPartitionReassignments

    func alterPartitionReassignments(
        _ request: AlterPartitionReassignmentsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = AlterPartitionReassignmentsResponse()
        response.errorMessage = nil
        let refusal = self.refusal(of: .alter, .cluster)
        response.errorCode = refusal?.rawValue ?? 0
        let mayChangeFactor = context.version == 0 || request.allowReplicationFactorChange || refusal != nil
        response.allowReplicationFactorChange = mayChangeFactor
        response.responses = request.topics.map { topic in
            var topicResponse = AlterPartitionReassignmentsResponse.ReassignableTopicResponse()
            topicResponse.name = topic.name
            topicResponse.partitions = topic.partitions.map { asked in
                let place = TopicPartition(topic: topic.name, partition: asked.partitionIndex)
                let fault =
                    refusal.map { TopicFault(code: $0) }
                    ?? self.reassign(place, to: asked.replicas, mayChangeFactor: mayChangeFactor)
                var answer = AlterPartitionReassignmentsResponse.ReassignablePartitionResponse()
                answer.partitionIndex = asked.partitionIndex
                answer.errorCode = fault?.code.rawValue ?? 0
                answer.errorMessage = fault?.message
                return answer
            }
            return topicResponse
        }
        self.leadersChanged()
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func reassign(_ place: TopicPartition, to replicas: [Int32]?, mayChangeFactor: Bool) -> TopicFault? {
        guard let topic = self.topics[place.topic] else {
            return TopicFault(
                code: .unknownTopicOrPartition, message: "Unable to find a topic named \(place.topic).")
        }
        guard let partition = topic[partition: place.partition] else {
            return TopicFault(
                code: .unknownTopicOrPartition,
                message: "Unable to find partition \(place.topic):\(place.partition).")
        }
        // A reassignment is complete at once, so there is never one to cancel.
        guard let replicas else { return TopicFault(code: .noReassignmentInProgress) }
        func refuse(_ message: String) -> TopicFault { TopicFault(code: .invalidReplicaAssignment, message: message) }
        guard !replicas.isEmpty else {
            return refuse("The manual partition assignment includes an empty replica list.")
        }
        guard Set(replicas).count == replicas.count else {
            return refuse("The manual partition assignment includes a broker more than once.")
        }
        if let stranger = replicas.first(where: { self.node($0) == nil }) {
            return refuse(
                "The manual partition assignment includes broker \(stranger), but no such broker is registered.")
        }
        guard mayChangeFactor || replicas.count == partition.replicas.count else {
            return TopicFault(
                code: .invalidReplicationFactor,
                message: "The replication factor is changed from \(partition.replicas.count) to \(replicas.count)")
        }
        self.topics.reassign(place, to: replicas)
        return nil
    }

    func listPartitionReassignments(
        _ request: ListPartitionReassignmentsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = ListPartitionReassignmentsResponse()
        response.errorMessage = nil
        if let refusal = self.refusal(of: .describe, .cluster) {
            response.errorCode = refusal.rawValue
            response.topics = (request.topics ?? []).map { asked in
                var topic = ListPartitionReassignmentsResponse.OngoingTopicReassignment()
                topic.name = asked.name
                topic.partitions = asked.partitionIndexes.map { number in
                    var partition = ListPartitionReassignmentsResponse.OngoingPartitionReassignment()
                    partition.partitionIndex = number
                    return partition
                }
                return topic
            }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
