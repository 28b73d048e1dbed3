import KafkaProtocol
import NIOCore

/// Compares two answers as the recordings' README says: texts, throttle times and session ids aside, rows as sets.
struct OracleComparison {
    let record: OracleRecord

    /// - Returns: nil when they are equal, else both.
    func difference(_ ours: ByteBuffer, _ theirs: ByteBuffer) throws -> String? {
        switch self.record.key {
        case .produce:
            try self.compare(ProduceResponse.self, ours, theirs) { message in
                message.responses.sort { "\($0.name)\($0.topicId)" < "\($1.name)\($1.topicId)" }
            }
        case .fetch:
            try self.compare(FetchResponse.self, ours, theirs) { message in
                message.sessionId = 0
                message.responses.sort { "\($0.topic)\($0.topicId)" < "\($1.topic)\($1.topicId)" }
            }
        case .listOffsets:
            try self.compare(ListOffsetsResponse.self, ours, theirs) { $0.topics.sort { $0.name < $1.name } }
        case .offsetForLeaderEpoch:
            try self.compare(OffsetForLeaderEpochResponse.self, ours, theirs) { $0.topics.sort { $0.topic < $1.topic } }
        case .metadata:
            try self.compare(MetadataResponse.self, ours, theirs) { message in
                message.topics.sort { "\($0.name ?? "")\($0.topicId)" < "\($1.name ?? "")\($1.topicId)" }
                for topic in message.topics.indices {
                    message.topics[topic].partitions.sort { $0.partitionIndex < $1.partitionIndex }
                    for partition in message.topics[topic].partitions.indices {
                        message.topics[topic].partitions[partition].leaderEpoch = 0
                    }
                }
                message.clusterAuthorizedOperations = self.withoutClusterAction(message.clusterAuthorizedOperations)
            }
        case .describeCluster:
            try self.compare(DescribeClusterResponse.self, ours, theirs) { message in
                message.errorMessage = nil
                message.clusterAuthorizedOperations = self.withoutClusterAction(message.clusterAuthorizedOperations)
            }
        case .findCoordinator:
            try self.compare(FindCoordinatorResponse.self, ours, theirs) { message in
                message.errorMessage = nil
                for index in message.coordinators.indices { message.coordinators[index].errorMessage = nil }
                message.coordinators.sort { $0.key < $1.key }
            }
        case .joinGroup: try self.compare(JoinGroupResponse.self, ours, theirs) { _ in }
        case .syncGroup: try self.compare(SyncGroupResponse.self, ours, theirs) { _ in }
        case .heartbeat: try self.compare(HeartbeatResponse.self, ours, theirs) { _ in }
        case .leaveGroup: try self.compare(LeaveGroupResponse.self, ours, theirs) { _ in }
        case .offsetCommit:
            try self.compare(OffsetCommitResponse.self, ours, theirs) { message in
                message.topics.sort { "\($0.name)\($0.topicId)" < "\($1.name)\($1.topicId)" }
            }
        case .offsetFetch:
            try self.compare(OffsetFetchResponse.self, ours, theirs) { message in
                message.topics.sort { $0.name < $1.name }
                message.groups.sort { $0.groupId < $1.groupId }
                for index in message.groups.indices {
                    message.groups[index].topics.sort { "\($0.name)\($0.topicId)" < "\($1.name)\($1.topicId)" }
                }
            }
        case .describeGroups:
            try self.compare(DescribeGroupsResponse.self, ours, theirs) { message in
                for index in message.groups.indices { message.groups[index].errorMessage = nil }
                message.groups.sort { $0.groupId < $1.groupId }
            }
        case .listGroups:
            try self.compare(ListGroupsResponse.self, ours, theirs) { $0.groups.sort { $0.groupId < $1.groupId } }
        case .createTopics:
            try self.compare(CreateTopicsResponse.self, ours, theirs) { message in
                for index in message.topics.indices { message.topics[index].errorMessage = nil }
                message.topics.sort { $0.name < $1.name }
            }
        case .deleteTopics:
            try self.compare(DeleteTopicsResponse.self, ours, theirs) { message in
                for index in message.responses.indices { message.responses[index].errorMessage = nil }
                message.responses.sort { "\($0.name ?? "")\($0.topicId)" < "\($1.name ?? "")\($1.topicId)" }
            }
        case .createPartitions:
            try self.compare(CreatePartitionsResponse.self, ours, theirs) { message in
                for index in message.results.indices { message.results[index].errorMessage = nil }
                message.results.sort { $0.name < $1.name }
            }
        case .describeConfigs:
            try self.compare(DescribeConfigsResponse.self, ours, theirs) { message in
                for index in message.results.indices { message.results[index].errorMessage = nil }
                message.results.sort {
                    "\($0.resourceType) \($0.resourceName)" < "\($1.resourceType) \($1.resourceName)"
                }
            }
        case .initProducerId: try self.compare(InitProducerIdResponse.self, ours, theirs) { _ in }
        default: "\(self.record.key) has no comparison"
        }
    }

    private func compare<Message: KafkaMessage>(
        _: Message.Type, _ ours: ByteBuffer, _ theirs: ByteBuffer, _ mask: (inout Message) -> Void
    ) throws -> String? {
        var (ours, theirs) = (ours, theirs)
        var left = try Message(from: &ours, version: self.record.version)
        var right = try Message(from: &theirs, version: self.record.version)
        mask(&left)
        mask(&right)
        if ours.readableBytes != 0 { return "\(ours.readableBytes) bytes too many" }
        return left == right ? nil : "ours:   \(left)\ntheirs: \(right)"
    }

    /// Cluster action is not an operation of the gateway's rules.
    private func withoutClusterAction(_ bits: Int32) -> Int32 {
        self.record.principal == "erin" && bits > 0 ? bits & ~(1 << 9) : bits
    }
}
