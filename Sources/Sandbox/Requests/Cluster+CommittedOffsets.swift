import KafkaProtocol
import NIOCore

extension Cluster {
    private static let maximumMetadataBytes = 4096

    // MARK: Commit

    func offsetCommit(_ request: OffsetCommitRequest, _ context: RequestContext) -> RequestOutcome {
        let groupError = self.groupErrorForCommit(request, context)
        var response = OffsetCommitResponse()
        let usesIDs = context.version >= OffsetCommitRequest.OffsetCommitRequestTopic.firstVersionWithTopicId
        response.topics = request.topics.map { topic in
            var topicResponse = OffsetCommitResponse.OffsetCommitResponseTopic()
            topicResponse.name = topic.name
            topicResponse.topicId = topic.topicId
            let name = usesIDs ? self.topics.name(of: topic.topicId) : topic.name
            topicResponse.partitions = topic.partitions.map { partition in
                var answer = OffsetCommitResponse.OffsetCommitResponsePartition()
                answer.partitionIndex = partition.partitionIndex
                let error: KafkaErrorCode
                if groupError == .groupAuthorizationFailed {
                    error = groupError
                } else if let name, let refusal = self.refusal(of: .read, .topic, name) {
                    error = refusal
                } else if let name {
                    error = self.commit(
                        CommittedOffset(
                            offset: partition.committedOffset, leaderEpoch: partition.committedLeaderEpoch,
                            metadata: partition.committedMetadata),
                        for: TopicPartition(topic: name, partition: partition.partitionIndex),
                        groupID: request.groupId, groupError: groupError)
                } else {
                    error = .unknownTopicId
                }
                answer.errorCode = error.rawValue
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func groupErrorForCommit(_ request: OffsetCommitRequest, _ context: RequestContext) -> KafkaErrorCode {
        if let refusal = self.refusal(of: .read, .group, request.groupId) { return refusal }
        if let fault = self.faults.nextError(for: .offsetCommit) { return fault }
        guard self.coordinator(of: request.groupId)?.id == context.nodeID else { return .notCoordinator }
        return self.groups.mayCommit(
            groupID: request.groupId, generation: request.generationIdOrMemberEpoch, memberID: request.memberId,
            instanceID: request.groupInstanceId, knowsMemberEpochs: context.version >= 9, now: .now())
    }

    private func commit(
        _ offset: CommittedOffset, for place: TopicPartition, groupID: String, groupError: KafkaErrorCode
    ) -> KafkaErrorCode {
        guard self.topics[place.topic]?[partition: place.partition] != nil else { return .unknownTopicOrPartition }
        guard groupError == .none else { return groupError }
        guard Self.isAcceptable(offset) else { return .offsetMetadataTooLarge }
        self.groups.commit(offset, for: place, groupID: groupID)
        return .none
    }

    static func isAcceptable(_ offset: CommittedOffset) -> Bool {
        (offset.metadata?.utf8.count ?? 0) <= Self.maximumMetadataBytes
    }

    // MARK: Fetch

    func offsetFetch(_ request: OffsetFetchRequest, _ context: RequestContext) -> RequestOutcome {
        var response = OffsetFetchResponse()
        if context.version >= OffsetFetchRequest.firstVersionWithGroups {
            response.groups = request.groups.map {
                self.offsets(of: $0, requiresStable: request.requireStable, context)
            }
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        let error = self.groupErrorForFetch(of: request.groupId, context)
        response.errorCode = error.rawValue
        let offsets = self.groups.offsets(of: request.groupId)
        let hasGroupError = context.version >= OffsetFetchResponse.firstVersionWithErrorCode
        let asked =
            request.topics?.map { ($0.name, $0.partitionIndexes) }
            ?? (error == .none ? self.committedPartitions(of: request.groupId) : [])
        response.topics = asked.map { name, partitions in
            var topic = OffsetFetchResponse.OffsetFetchResponseTopic()
            topic.name = name
            topic.partitions = partitions.map { number in
                let place = TopicPartition(topic: name, partition: number)
                let committed = error == .none ? offsets[place] : nil
                let isUnstable = error == .none && request.requireStable && offsets.isUnstable(place)
                if error == .none, let refusal = self.refusal(of: .describe, .topic, name) {
                    return Self.failed(number, refusal)
                }
                var answer = OffsetFetchResponse.OffsetFetchResponsePartition()
                answer.partitionIndex = number
                answer.committedOffset = committed?.offset ?? -1
                answer.committedLeaderEpoch = committed?.leaderEpoch ?? -1
                answer.metadata = committed?.metadata ?? ""
                answer.errorCode = hasGroupError ? 0 : error.rawValue
                if isUnstable { answer = Self.failed(number, .unstableOffsetCommit) }
                return answer
            }
            return topic
        }
        // With an error of the whole group the answer has no topics.
        if error != .none, hasGroupError { response.topics = [] }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func groupErrorForFetch(of groupID: String, _ context: RequestContext) -> KafkaErrorCode {
        if let refusal = self.refusal(of: .describe, .group, groupID) { return refusal }
        if let fault = self.faults.nextError(for: .offsetFetch) { return fault }
        guard !groupID.isEmpty else { return .invalidGroupId }
        return self.coordinator(of: groupID)?.id == context.nodeID ? .none : .notCoordinator
    }

    private static func failed(
        _ partition: Int32, _ error: KafkaErrorCode
    ) -> OffsetFetchResponse.OffsetFetchResponsePartition {
        var answer = OffsetFetchResponse.OffsetFetchResponsePartition()
        answer.partitionIndex = partition
        answer.committedOffset = -1
        answer.metadata = ""
        answer.errorCode = error.rawValue
        return answer
    }

    /// The offsets that a group has committed, as far as the client may see them.
    private func committedPartitions(of groupID: String) -> [(String, [Int32])] {
        Dictionary(grouping: self.groups.offsets(of: groupID).committed.keys, by: \.topic)
            .filter { self.allows(.describe, .topic, $0.key) }
            .map { ($0.key, $0.value.map(\.partition).sorted()) }
            .sorted { $0.0 < $1.0 }
    }

    private func offsets(
        of asked: OffsetFetchRequest.OffsetFetchRequestGroup, requiresStable: Bool, _ context: RequestContext
    ) -> OffsetFetchResponse.OffsetFetchResponseGroup {
        var group = OffsetFetchResponse.OffsetFetchResponseGroup()
        group.groupId = asked.groupId
        var error = self.groupErrorForFetch(of: asked.groupId, context)
        if error == .none, context.version >= OffsetFetchRequest.OffsetFetchRequestGroup.firstVersionWithMemberEpoch {
            error = self.groups.mayFetch(
                groupID: asked.groupId, memberID: asked.memberId, memberEpoch: asked.memberEpoch)
        }
        group.errorCode = error.rawValue
        guard error == .none else { return group }
        let offsets = self.groups.offsets(of: asked.groupId)
        let usesTopicIDs = context.version >= OffsetFetchRequest.OffsetFetchRequestTopics.firstVersionWithTopicId
        let topics: [(name: String?, topicID: KafkaUUID, partitions: [Int32])] =
            asked.topics?.map { topic in
                usesTopicIDs
                    ? (self.topics.name(of: topic.topicId), topic.topicId, topic.partitionIndexes)
                    : (topic.name, .zero, topic.partitionIndexes)
            } ?? self.committedPartitions(of: asked.groupId).map { ($0.0, self.topics[$0.0]?.id ?? .zero, $0.1) }
        group.topics = topics.map { name, topicID, partitions in
            var topic = OffsetFetchResponse.OffsetFetchResponseTopics()
            topic.name = name ?? ""
            topic.topicId = topicID
            topic.partitions = partitions.map { number in
                let place = name.map { TopicPartition(topic: $0, partition: number) }
                let isUnstable = requiresStable && (place.map(offsets.isUnstable) ?? false)
                let refusal = name.flatMap { self.refusal(of: .describe, .topic, $0) }
                let committed = isUnstable || refusal != nil ? nil : place.flatMap { offsets[$0] }
                var answer = OffsetFetchResponse.OffsetFetchResponsePartitions()
                answer.partitionIndex = number
                answer.committedOffset = committed?.offset ?? -1
                answer.committedLeaderEpoch = committed?.leaderEpoch ?? -1
                answer.metadata = committed?.metadata ?? ""
                if name == nil { answer.errorCode = KafkaErrorCode.unknownTopicId.rawValue }
                if isUnstable { answer.errorCode = KafkaErrorCode.unstableOffsetCommit.rawValue }
                if let refusal { answer.errorCode = refusal.rawValue }
                return answer
            }
            return topic
        }
        return group
    }

    // MARK: Delete

    func offsetDelete(_ request: OffsetDeleteRequest, _ context: RequestContext) -> RequestOutcome {
        var response = OffsetDeleteResponse()
        let error = self.groupErrorForDelete(request, context)
        response.errorCode = error.rawValue
        guard error == .none else {
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        response.topics = request.topics.map { topic in
            var topicResponse = OffsetDeleteResponse.OffsetDeleteResponseTopic()
            topicResponse.name = topic.name
            topicResponse.partitions = topic.partitions.map { partition in
                let place = TopicPartition(topic: topic.name, partition: partition.partitionIndex)
                var answer = OffsetDeleteResponse.OffsetDeleteResponsePartition()
                answer.partitionIndex = partition.partitionIndex
                if let refusal = self.refusal(of: .read, .topic, topic.name) {
                    answer.errorCode = refusal.rawValue
                } else if self.topics[place.topic]?[partition: place.partition] == nil {
                    answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                } else {
                    let refusal = self.groups.mayDeleteOffsets(of: topic.name, groupID: request.groupId)
                    answer.errorCode = refusal.rawValue
                    if refusal == .none { self.groups.deleteOffset(of: place, groupID: request.groupId) }
                }
                return answer
            }
            return topicResponse
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func groupErrorForDelete(_ request: OffsetDeleteRequest, _ context: RequestContext) -> KafkaErrorCode {
        if let refusal = self.refusal(of: .delete, .group, request.groupId) { return refusal }
        // A request without any allowed topic does not reach the group.
        guard request.topics.isEmpty || request.topics.contains(where: { self.allows(.read, .topic, $0.name) }) else {
            return .none
        }
        if let fault = self.faults.nextError(for: .offsetDelete) { return fault }
        guard !request.groupId.isEmpty else { return .invalidGroupId }
        guard self.coordinator(of: request.groupId)?.id == context.nodeID else { return .notCoordinator }
        if self.groups.consumerGroups[request.groupId] != nil { return .none }
        guard let group = self.groups[request.groupId] else { return .groupIdNotFound }
        // Members whose protocol does not name topics may read any.
        guard group.members.isEmpty || group.protocolType == "consumer" else { return .nonEmptyGroup }
        return .none
    }
}
