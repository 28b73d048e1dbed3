import KafkaProtocol
import NIOCore

extension Cluster {
    private static let metadataTopic = "__cluster_metadata"

    // MARK: DescribeQuorum

    /// All brokers are listed as voters, and the controller of Metadata as their leader.
    func describeQuorum(_ request: DescribeQuorumRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeQuorumResponse()
        if let refusal = self.refusal(of: .describe, .cluster) {
            response.errorCode = refusal.rawValue
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        response.errorMessage = ""
        response.topics = request.topics.map { topic in
            var answer = DescribeQuorumResponse.TopicData()
            answer.topicName = topic.topicName
            answer.partitions = topic.partitions.map { asked in
                var partition = DescribeQuorumResponse.PartitionData()
                partition.partitionIndex = asked.partitionIndex
                partition.errorMessage = ""
                guard topic.topicName == Self.metadataTopic, asked.partitionIndex == 0 else {
                    partition.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                    partition.errorMessage = "This server does not host this topic-partition."
                    return partition
                }
                let now = self.timestamp
                partition.leaderId = self.controllerID
                partition.leaderEpoch = 1
                partition.highWatermark = self.features.epoch
                partition.currentVoters = self.nodes.map { node in
                    var voter = DescribeQuorumResponse.ReplicaState()
                    voter.replicaId = node.id
                    voter.logEndOffset = self.features.epoch
                    voter.lastFetchTimestamp = node.isUp ? now : -1
                    voter.lastCaughtUpTimestamp = node.isUp ? now : -1
                    return voter
                }
                return partition
            }
            return answer
        }
        response.nodes = self.liveNodes.map { broker in
            var listener = DescribeQuorumResponse.Listener()
            listener.name = "CONTROLLER"
            listener.host = broker.host
            listener.port = UInt16(clamping: broker.port)
            var node = DescribeQuorumResponse.Node()
            node.nodeId = broker.id
            node.listeners = [listener]
            return node
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: UpdateFeatures

    func updateFeatures(_ request: UpdateFeaturesRequest, _ context: RequestContext) -> RequestOutcome {
        var response = UpdateFeaturesResponse()
        response.errorMessage = nil
        if let refusal = self.refusal(of: .alter, .cluster) {
            response.errorCode = refusal.rawValue
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        let changes = request.featureUpdates.map { update in
            FeatureLevels.Change(
                name: update.feature, level: update.maxVersionLevel,
                // 2 and 3: safe and unsafe downgrade.
                mayDowngrade: context.version == 0 ? update.allowDowngrade : update.upgradeType >= 2)
        }
        let faults = changes.map { self.features.fault(in: $0) }
        if let fault = faults.compactMap({ $0 }).first, context.version >= 2 {
            response.errorCode = fault.code.rawValue
            response.errorMessage = fault.message
        }
        if context.version < 2 {
            response.results = zip(changes, faults).map { change, fault in
                var result = UpdateFeaturesResponse.UpdatableFeatureResult()
                result.feature = change.name
                result.errorCode = fault?.code.rawValue ?? 0
                result.errorMessage = fault?.message ?? "NONE"
                return result
            }
        }
        // Change all levels or none.
        if faults.allSatisfy({ $0 == nil }), !(context.version >= 1 && request.validateOnly) {
            self.features.apply(changes)
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
