import KafkaProtocol
import NIOCore

extension Cluster {
    func metadata(_ request: MetadataRequest, _ context: RequestContext) -> RequestOutcome {
        var response = MetadataResponse()
        response.brokers = self.liveNodes.map { node in
            var broker = MetadataResponse.MetadataResponseBroker()
            broker.nodeId = node.id
            broker.host = node.host
            broker.port = node.port
            return broker
        }
        response.clusterId = self.clusterID
        response.controllerId = self.controllerID
        if request.includeClusterAuthorizedOperations {
            response.clusterAuthorizedOperations = self.authorizedClusterOperations
        }
        let fault = self.faults.nextError(for: .metadata)
        let withOperations = request.includeTopicAuthorizedOperations
        if let topics = request.topics, !topics.isEmpty || context.version >= 1 {
            let mayCreate =
                self.configuration.autoCreateTopics && (context.version < 4 || request.allowAutoTopicCreation)
            response.topics = topics.map { asked in
                if let fault { return Self.row(asked, error: fault) }
                return self.row(for: asked, mayCreate: mayCreate, withOperations: withOperations)
            }
        } else {
            response.topics = self.topics.sortedNames.compactMap { name in
                guard self.allows(.describe, .topic, name) else { return nil }
                return self.topics[name].map { self.row($0, withOperations: withOperations) }
            }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func row(
        for asked: MetadataRequest.MetadataRequestTopic, mayCreate: Bool, withOperations: Bool
    ) -> MetadataResponse.MetadataResponseTopic {
        guard let name = asked.name ?? self.topics.name(of: asked.topicId) else {
            return Self.row(asked, error: .unknownTopicId)
        }
        if let refusal = self.refusal(of: .describe, .topic, name) { return Self.row(asked, error: refusal) }
        if self.topics[name] == nil, mayCreate, asked.name != nil {
            guard self.allowsOnCluster(.create) || self.allows(.create, .topic, name) else {
                return Self.row(asked, error: .topicAuthorizationFailed)
            }
            if TopicName.fault(in: name) != nil || self.topics.collision(with: name) != nil {
                return Self.row(asked, error: .invalidTopicException)
            }
            if !TopicName.reserved.contains(name),
                self.topics.partitionCount + Int(self.configuration.defaultPartitions)
                    <= TopicRegistry.maximumPartitions
            {
                let replicas = self.topics.placement(
                    of: Int(self.configuration.defaultPartitions), replicationFactor: 1)
                self.topics.create(name, id: .random(), replicas: replicas, configs: [:])
                // Like a broker's, this answer still reports the topic as unknown, so that the client asks again.
                return Self.row(asked, error: .unknownTopicOrPartition)
            }
        }
        guard let topic = self.topics[name] else {
            var row = Self.row(
                asked, error: TopicName.fault(in: name) == nil ? .unknownTopicOrPartition : .invalidTopicException)
            if withOperations { row.topicAuthorizedOperations = self.authorizedOperations(on: .topic, name) }
            return row
        }
        return self.row(topic, withOperations: withOperations)
    }

    private static func row(
        _ asked: MetadataRequest.MetadataRequestTopic, error: KafkaErrorCode
    ) -> MetadataResponse.MetadataResponseTopic {
        var row = MetadataResponse.MetadataResponseTopic()
        row.errorCode = error.rawValue
        row.name = asked.name
        row.topicId = asked.name == nil ? asked.topicId : .zero
        return row
    }

    private func row(_ topic: Topic, withOperations: Bool) -> MetadataResponse.MetadataResponseTopic {
        var row = MetadataResponse.MetadataResponseTopic()
        row.name = topic.name
        row.topicId = topic.id
        if withOperations { row.topicAuthorizedOperations = self.authorizedOperations(on: .topic, topic.name) }
        row.partitions = topic.partitions.enumerated().map { number, partition in
            var answer = MetadataResponse.MetadataResponsePartition()
            answer.errorCode = partition.leader == -1 ? KafkaErrorCode.leaderNotAvailable.rawValue : 0
            answer.partitionIndex = Int32(truncatingIfNeeded: number)
            answer.leaderId = partition.leader
            answer.leaderEpoch = partition.leaderEpoch
            answer.replicaNodes = partition.replicas
            answer.isrNodes = self.topics.inSyncReplicas(of: partition)
            answer.offlineReplicas = partition.replicas.filter { !self.topics.liveBrokers.contains($0) }
            return answer
        }
        return row
    }

    func describeCluster(_ request: DescribeClusterRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeClusterResponse()
        response.endpointType = request.endpointType
        response.clusterId = self.clusterID
        switch request.endpointType {
        case 1:
            response.controllerId = self.controllerID
            response.brokers = self.liveNodes.map { node in
                var broker = DescribeClusterResponse.DescribeClusterBroker()
                broker.brokerId = node.id
                broker.host = node.host
                broker.port = node.port
                return broker
            }
            if request.includeClusterAuthorizedOperations {
                response.clusterAuthorizedOperations = self.authorizedClusterOperations
            }
        case 2:
            response.errorCode = KafkaErrorCode.mismatchedEndpointType.rawValue
            response.errorMessage = "The request was sent to an endpoint of the wrong type."
        default:
            response.errorCode = KafkaErrorCode.unsupportedEndpointType.rawValue
            response.errorMessage = "Unsupported endpoint type \(request.endpointType)."
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func findCoordinator(_ request: FindCoordinatorRequest, _ context: RequestContext) -> RequestOutcome {
        let fault = self.faults.nextError(for: .findCoordinator)
        func coordinator(of key: String) -> (error: KafkaErrorCode, node: BrokerNode?) {
            if let fault { return (fault, nil) }
            // Groups, transactional IDs, and from version 6 on share groups.
            guard (0...(context.version >= 6 ? 2 : 1)).contains(request.keyType) else { return (.invalidRequest, nil) }
            let refusal =
                switch request.keyType {
                case 0: self.refusal(of: .describe, .group, key)
                case 1: self.refusal(of: .describe, .transactionalID, key)
                default: self.refusal(of: .clusterAction, .cluster)
                }
            if let refusal { return (refusal, nil) }
            guard let node = self.coordinator(of: key) else { return (.coordinatorNotAvailable, nil) }
            return (.none, node)
        }
        var response = FindCoordinatorResponse()
        if context.version >= FindCoordinatorRequest.firstVersionWithCoordinatorKeys {
            response.coordinators = request.coordinatorKeys.map { key in
                let found = coordinator(of: key)
                var answer = FindCoordinatorResponse.Coordinator()
                answer.key = key
                answer.errorCode = found.error.rawValue
                answer.errorMessage = ""
                answer.nodeId = found.node?.id ?? -1
                answer.host = found.node?.host ?? ""
                answer.port = found.node?.port ?? -1
                return answer
            }
        } else {
            let found = coordinator(of: request.key)
            response.errorCode = found.error.rawValue
            response.errorMessage = "NONE"
            response.nodeId = found.node?.id ?? -1
            response.host = found.node?.host ?? ""
            response.port = found.node?.port ?? -1
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
