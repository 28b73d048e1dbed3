import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: ShareGroupHeartbeat

    func shareGroupHeartbeat(_ request: ShareGroupHeartbeatRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ShareGroupHeartbeatResponse()
        response.errorMessage = nil
        response.memberId = nil
        do throws(GroupFault) {
            guard self.features.level(of: "share.version") >= 1 else { throw GroupFault(code: .unsupportedVersion) }
            if let error = self.coordinationError(of: request.groupId, context) { throw GroupFault(code: error) }
            let beat = try Self.heartbeat(request, context)
            let answer = try self.groups.shareHeartbeat(beat, topics: self.topics, now: .now())
            if beat.isLeaving { self.sharing.memberLeft(beat.memberID, group: beat.groupID) }
            response.memberId = answer.memberID
            response.memberEpoch = answer.memberEpoch
            response.heartbeatIntervalMs = Int32(clamping: answer.heartbeatInterval.nanoseconds / 1_000_000)
            response.assignment = answer.assignment.map { assigned in
                var assignment = ShareGroupHeartbeatResponse.Assignment()
                assignment.topicPartitions = Self.byTopic(assigned).map { topic, partitions in
                    var entry = ShareGroupHeartbeatResponse.TopicPartition()
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

    private static func heartbeat(
        _ request: ShareGroupHeartbeatRequest, _ context: RequestContext
    ) throws(GroupFault) -> MemberHeartbeat {
        func refuse(_ message: String) -> GroupFault { GroupFault(code: .invalidRequest, message: message) }
        guard !request.groupId.isEmpty else { throw refuse("GroupId can't be empty.") }
        guard !request.memberId.isEmpty else { throw refuse("MemberId can't be empty.") }
        if request.rackId?.isEmpty == true { throw refuse("RackId can't be empty.") }
        switch request.memberEpoch {
        case 0:
            guard request.subscribedTopicNames?.isEmpty == false else {
                throw refuse("SubscribedTopicNames must be set in first request.")
            }
        case MemberHeartbeat.leaves, 1...: break
        default: throw refuse("MemberEpoch is invalid.")
        }
        return MemberHeartbeat(
            groupID: request.groupId, memberID: request.memberId, memberEpoch: request.memberEpoch,
            rackID: request.rackId, topics: request.subscribedTopicNames, clientID: context.clientID,
            clientHost: context.clientHost)
    }

    // MARK: ShareGroupDescribe

    func shareGroupDescribe(_ request: ShareGroupDescribeRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ShareGroupDescribeResponse()
        response.groups = request.groupIds.map { id in
            var answer = ShareGroupDescribeResponse.Group()
            answer.groupId = id
            answer.errorMessage = nil
            if let error = id.isEmpty ? .invalidGroupId : self.coordinationError(of: id, context) {
                answer.errorCode = error.rawValue
                return answer
            }
            guard let group = self.groups.shareGroups[id] else {
                answer.errorCode = KafkaErrorCode.groupIdNotFound.rawValue
                answer.errorMessage =
                    self.groups.typeName(of: id) == nil
                    ? "Group \(id) not found." : "Group \(id) is not a share group."
                return answer
            }
            answer.groupState = group.stateName
            answer.groupEpoch = group.epoch
            answer.assignmentEpoch = group.assignmentEpoch
            answer.assignorName = "simple"
            if request.includeAuthorizedOperations { answer.authorizedOperations = AuthorizedOperations.group }
            answer.members = group.members.map { member in
                var described = ShareGroupDescribeResponse.Member()
                described.memberId = member.id
                described.rackId = member.rackID
                described.memberEpoch = member.epoch
                described.clientId = member.clientID
                described.clientHost = member.clientHost
                described.subscribedTopicNames = member.topics
                described.assignment.topicPartitions = Self.byTopic(member.assigned).compactMap { id, numbers in
                    guard let name = self.topics.name(of: id) else { return nil }
                    var topic = ShareGroupDescribeResponse.TopicPartition()
                    topic.topicId = id
                    topic.topicName = name
                    topic.partitions = numbers
                    return topic
                }
                return described
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
