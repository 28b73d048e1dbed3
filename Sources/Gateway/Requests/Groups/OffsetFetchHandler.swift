import KafkaProtocol
import NIOCore
import Resources

/// OffsetFetch (9): `DESCRIBE` on the group, then `DESCRIBE` on each topic. With all topics asked for (null) denied
/// ones are left out. v8+ asks for several groups, v10+ names topics by id.
enum OffsetFetchHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetFetchRequest = try request.decode()
        return request.version >= OffsetFetchRequest.firstVersionWithGroups
            ? Self.planGroups(request, &message) : Self.planGroup(request, &message)
    }

    // MARK: Versions 1 to 7: one group

    private static func planGroup(_ request: RequestContext, _ message: inout OffsetFetchRequest) -> RequestPlan {
        guard request.authorizer.allows(.describe, .group, message.groupId) else {
            var answer = OffsetFetchResponse()
            if request.version >= OffsetFetchResponse.firstVersionWithErrorCode {
                answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            } else {
                answer.topics = (message.topics ?? []).map { Self.row($0, .groupAuthorizationFailed) }
            }
            return .answer(request.encode(answer))
        }
        var merge = OffsetFetchMerge()
        guard message.topics != nil else {
            merge.showsVisible = true
            return .forward(then: .offsetFetch(merge))
        }
        merge.denied =
            message.topics?.takeRefused { topic in
                request.facts.refusal(of: .describe, on: .name(WireName(topic.name))).map { Self.row(topic, $0) }
            } ?? []
        if merge.denied.isEmpty { return .forward() }
        merge.dropsTopics = message.topics?.isEmpty ?? false
        return .forward(request.encode(message), then: .offsetFetch(merge))
    }

    private static func row(
        _ topic: OffsetFetchRequest.OffsetFetchRequestTopic, _ code: KafkaErrorCode
    ) -> OffsetFetchMerge.Topic {
        var row = OffsetFetchMerge.Topic()
        row.name = topic.name
        row.partitions = topic.partitionIndexes.map { index in
            var partition = OffsetFetchMerge.Partition()
            partition.partitionIndex = index
            partition.committedOffset = -1
            partition.committedLeaderEpoch = -1
            partition.metadata = ""
            partition.errorCode = code.rawValue
            return partition
        }
        return row
    }

    // MARK: Versions 8 and later: groups

    private static func planGroups(_ request: RequestContext, _ message: inout OffsetFetchRequest) -> RequestPlan {
        let usesIDs = request.version >= OffsetFetchRequest.OffsetFetchRequestTopics.firstVersionWithTopicId
        if usesIDs, let question = Self.question(request, message) { return RequestPlan(.ask(question)) }
        var merge = OffsetFetchMerge()
        merge.deniedGroups = message.groups.takeRefused { group -> OffsetFetchMerge.Group? in
            if request.authorizer.allows(.describe, .group, group.groupId) { return nil }
            var row = OffsetFetchMerge.Group()
            row.groupId = group.groupId
            row.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            return row
        }
        var isChanged = !merge.deniedGroups.isEmpty
        var isFiltered = false
        for index in message.groups.indices {
            var part = GroupParts<OffsetFetchMerge.GroupTopic>.Part()
            if message.groups[index].topics == nil {
                part.showsVisible = true
                isFiltered = true
            } else {
                part.denied =
                    message.groups[index].topics?.takeRefused { topic in
                        let key = TopicKey(name: topic.name, id: topic.topicId, usesIDs: usesIDs)
                        return request.facts.refusal(of: .describe, on: key).map { Self.groupRow(topic, $0) }
                    } ?? []
                if !part.denied.isEmpty {
                    isChanged = true
                    part.dropsTopics = message.groups[index].topics?.isEmpty ?? false
                }
            }
            merge.parts.append(part, group: message.groups[index].groupId)
        }
        if !isChanged { return .forward(then: isFiltered ? .offsetFetch(merge) : .passThrough) }
        guard message.groups.isEmpty else { return .forward(request.encode(message), then: .offsetFetch(merge)) }
        var answer = OffsetFetchResponse()
        answer.groups = merge.deniedGroups
        return .answer(request.encode(answer))
    }

    private static func question(_ request: RequestContext, _ message: OffsetFetchRequest) -> TopicQuestion? {
        let groups = message.groups.filter { request.authorizer.wouldAllow(Permission(.describe, .group, $0.groupId)) }
        if request.answers == nil, groups.contains(where: { $0.topics == nil }) { return .all }
        return request.question(about: groups.lazy.flatMap { $0.topics ?? [] }.map(\.topicId))
    }

    private static func groupRow(
        _ topic: OffsetFetchRequest.OffsetFetchRequestTopics, _ code: KafkaErrorCode
    ) -> OffsetFetchMerge.GroupTopic {
        var row = OffsetFetchMerge.GroupTopic()
        row.name = topic.name
        row.topicId = topic.topicId
        row.partitions = topic.partitionIndexes.map { index in
            var partition = OffsetFetchMerge.GroupPartition()
            partition.partitionIndex = index
            partition.committedOffset = -1
            partition.committedLeaderEpoch = -1
            partition.metadata = ""
            partition.errorCode = code.rawValue
            return partition
        }
        return row
    }
}
