import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: ConsumerGroupHeartbeat

    func consumerGroupHeartbeat(_ request: ConsumerGroupHeartbeatRequest, _ context: RequestContext) -> RequestOutcome {
        self.answerHeartbeat(
            ConsumerGroupHeartbeatResponse.self, of: request.groupId, feature: "group.version",
            topics: request.subscribedTopicNames, context
        ) { () throws(GroupFault) in
            try self.groups.heartbeat(self.heartbeat(request, context), topics: self.topics, now: .now())
        }
    }

    /// Checks the fields of one request, as a broker does before it looks up the group.
    private func heartbeat(
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
            clientID: context.clientID, clientHost: context.clientHost,
            mayMatch: { self.allows(.describe, .topic, $0) })
    }

    // MARK: ConsumerGroupDescribe

    func consumerGroupDescribe(_ request: ConsumerGroupDescribeRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ConsumerGroupDescribeResponse()
        response.groups = self.describe(
            request.groupIds, in: self.groups.consumerGroups, includingOperations: request.includeAuthorizedOperations,
            context
        ) { group, answer in
            answer.members = group.members.map { self.describe($0, in: group) }
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
        answer.assignment.topicPartitions = self.named(member.assigned)
        answer.targetAssignment.topicPartitions = self.named(group.target[member.id] ?? [])
        // A member of the newer protocol; one of the classic protocol is 0.
        answer.memberType = 1
        return answer
    }
}
