import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: ShareGroupHeartbeat

    func shareGroupHeartbeat(_ request: ShareGroupHeartbeatRequest, _ context: RequestContext) -> RequestOutcome {
        self.answerHeartbeat(
            ShareGroupHeartbeatResponse.self, of: request.groupId, feature: "share.version",
            topics: request.subscribedTopicNames, context
        ) { () throws(GroupFault) in
            let beat = try Self.heartbeat(request, context)
            let answer = try self.groups.shareHeartbeat(beat, topics: self.topics, now: .now())
            if beat.isLeaving { self.sharing.memberLeft(beat.memberID, group: beat.groupID) }
            return answer
        }
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
        response.groups = self.describe(
            request.groupIds, in: self.groups.shareGroups, includingOperations: request.includeAuthorizedOperations,
            context
        ) { group, answer in
            answer.members = group.members.map { member in
                var described = ShareGroupDescribeResponse.Member()
                described.memberId = member.id
                described.rackId = member.rackID
                described.memberEpoch = member.epoch
                described.clientId = member.clientID
                described.clientHost = member.clientHost
                described.subscribedTopicNames = member.topics
                described.assignment.topicPartitions = self.named(member.assigned)
                return described
            }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
