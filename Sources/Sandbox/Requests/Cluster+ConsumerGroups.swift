import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: ConsumerGroupHeartbeat

    func consumerGroupHeartbeat(_ request: ConsumerGroupHeartbeatRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ConsumerGroupHeartbeatResponse()
        do throws(GroupFault) {
            guard self.features.level(of: "group.version") >= 1 else { throw GroupFault(code: .unsupportedVersion) }
            if let error = self.coordinationError(of: request.groupId, context) { throw GroupFault(code: error) }
            let beat = try Self.heartbeat(request, context)
            let answer = try self.groups.heartbeat(beat, topics: self.topics, now: .now())
            response.memberId = answer.memberID
            response.memberEpoch = answer.memberEpoch
            response.heartbeatIntervalMs = Int32(clamping: answer.heartbeatInterval.nanoseconds / 1_000_000)
            response.assignment = answer.assignment.map { assigned in
                var assignment = ConsumerGroupHeartbeatResponse.Assignment()
                assignment.topicPartitions = Self.byTopic(assigned).map { topic, partitions in
                    var entry = ConsumerGroupHeartbeatResponse.TopicPartitions()
                    entry.topicId = topic
                    entry.partitions = partitions
                    return entry
                }
                return assignment
            }
            self.scheduleTimer()
        } catch {
            response.errorCode = error.code.rawValue
            response.errorMessage = error.message.map { String($0.prefix(1000)) }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Topics in the order of their IDs, each with its partitions in order.
    static func byTopic(_ partitions: Set<TopicIDPartition>) -> [(topic: KafkaUUID, partitions: [Int32])] {
        Dictionary(grouping: partitions, by: \.topic)
            .map { (topic: $0.key, partitions: $0.value.map(\.partition).sorted()) }
            .sorted { ($0.topic.high, $0.topic.low) < ($1.topic.high, $1.topic.low) }
    }

    /// Checks what one request must say and must not, as a broker does before it looks at the group.
    private static func heartbeat(
        _ request: ConsumerGroupHeartbeatRequest, _ context: RequestContext
    ) throws(GroupFault) -> MemberHeartbeat {
        func refuse(_ message: String) -> GroupFault { GroupFault(code: .invalidRequest, message: message) }
        guard !request.groupId.isEmpty else { throw refuse("GroupId can't be empty.") }
        if request.instanceId?.isEmpty == true { throw refuse("InstanceId can't be empty.") }
        if request.rackId?.isEmpty == true { throw refuse("RackId can't be empty.") }
        let mustNameMember = context.version >= 1 || request.memberEpoch != 0
        if mustNameMember, request.memberId.isEmpty { throw refuse("MemberId can't be empty.") }
        switch request.memberEpoch {
        case 0:
            guard request.rebalanceTimeoutMs >= 0 else {
                throw refuse("RebalanceTimeoutMs must be provided in first request.")
            }
            guard request.topicPartitions?.isEmpty == true else {
                throw refuse("TopicPartitions must be empty when (re-)joining.")
            }
            let subscribes = request.subscribedTopicNames != nil || request.subscribedTopicRegex?.isEmpty == false
            guard subscribes else {
                throw refuse(
                    "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.")
            }
        case MemberHeartbeat.leavesForAWhile:
            guard request.instanceId != nil else { throw refuse("InstanceId can't be null.") }
        case MemberHeartbeat.leaves, 1...:
            break
        default:
            throw refuse("MemberEpoch is invalid.")
        }
        var assignor: GroupAssignor?
        if let name = request.serverAssignor {
            assignor = GroupAssignor(rawValue: name)
            guard assignor != nil else {
                throw GroupFault(
                    code: .unsupportedAssignor,
                    message: "ServerAssignor \(name) is not supported. Supported assignors: uniform, range.")
            }
        }
        var pattern: TopicPattern?
        if let text = request.subscribedTopicRegex, !text.isEmpty {
            pattern = TopicPattern(text)
            guard pattern != nil else {
                throw GroupFault(
                    code: .invalidRegularExpression,
                    message: "SubscribedTopicRegex `\(text)` is not a valid regular expression.")
            }
        }
        return MemberHeartbeat(
            groupID: request.groupId,
            memberID: request.memberId.isEmpty ? KafkaUUID.random().description : request.memberId,
            memberEpoch: request.memberEpoch, instanceID: request.instanceId, rackID: request.rackId,
            rebalanceTimeout: request.rebalanceTimeoutMs < 0 ? nil : .milliseconds(Int64(request.rebalanceTimeoutMs)),
            topics: request.subscribedTopicNames, pattern: pattern,
            saysPattern: request.subscribedTopicRegex != nil, assignor: assignor,
            owned: request.topicPartitions.map { topics in
                Set(
                    topics.flatMap { topic in
                        topic.partitions.map { TopicIDPartition(topic: topic.topicId, partition: $0) }
                    })
            },
            clientID: context.clientID, clientHost: context.clientHost)
    }

    // MARK: ConsumerGroupDescribe

    func consumerGroupDescribe(_ request: ConsumerGroupDescribeRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ConsumerGroupDescribeResponse()
        response.groups = request.groupIds.map { id in
            var answer = ConsumerGroupDescribeResponse.Group()
            answer.groupId = id
            answer.errorMessage = nil
            if let error = id.isEmpty ? .invalidGroupId : self.coordinationError(of: id, context) {
                answer.errorCode = error.rawValue
                return answer
            }
            guard let group = self.groups.consumerGroups[id] else {
                answer.errorCode = KafkaErrorCode.groupIdNotFound.rawValue
                answer.errorMessage =
                    self.groups.typeName(of: id) == nil
                    ? "Group \(id) not found." : "Group \(id) is not a consumer group."
                return answer
            }
            answer.groupState = group.stateName
            answer.groupEpoch = group.epoch
            answer.assignmentEpoch = group.assignmentEpoch
            answer.assignorName = group.assignor.rawValue
            if request.includeAuthorizedOperations { answer.authorizedOperations = AuthorizedOperations.group }
            answer.members = group.members.map { self.describe($0, in: group) }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func describe(
        _ member: ConsumerGroupMember, in group: ConsumerGroup
    ) -> ConsumerGroupDescribeResponse.Member {
        var answer = ConsumerGroupDescribeResponse.Member()
        answer.memberId = member.id
        answer.instanceId = member.instanceID
        answer.rackId = member.rackID
        answer.memberEpoch = member.epoch
        answer.clientId = member.clientID
        answer.clientHost = member.clientHost
        answer.subscribedTopicNames = member.topics
        answer.subscribedTopicRegex = member.pattern?.text ?? ""
        answer.assignment = self.assignment(member.assigned)
        answer.targetAssignment = self.assignment(group.target[member.id] ?? [])
        // A member of the newer protocol; one of the classic protocol is 0.
        answer.memberType = 1
        return answer
    }

    private func assignment(_ partitions: Set<TopicIDPartition>) -> ConsumerGroupDescribeResponse.Assignment {
        var assignment = ConsumerGroupDescribeResponse.Assignment()
        assignment.topicPartitions = Self.byTopic(partitions).compactMap { id, numbers in
            guard let name = self.topics.name(of: id) else { return nil }
            var topic = ConsumerGroupDescribeResponse.TopicPartition()
            topic.topicId = id
            topic.topicName = name
            topic.partitions = numbers
            return topic
        }
        return assignment
    }
}
