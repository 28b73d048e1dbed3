import KafkaProtocol
import Resources

/// OffsetCommit (8): `READ` on the group, then `READ` on each topic. v10+ names topics by id.
enum OffsetCommitHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetCommitRequest = try request.decode()
        let group = Permission(.read, .group, message.groupId)
        let usesIDs = request.version >= OffsetCommitRequest.OffsetCommitRequestTopic.firstVersionWithTopicId
        if usesIDs, request.authorizer.wouldAllow(group),
            let question = request.question(about: message.topics.lazy.map(\.topicId))
        {
            return RequestPlan(.ask(question))
        }
        let groupIsAllowed = request.authorizer.allows(group)
        let refused = message.topics.takeRefused { topic in
            let key = TopicKey(name: topic.name, id: topic.topicId, usesIDs: usesIDs)
            let code = groupIsAllowed ? request.facts.refusal(of: .read, on: key) : .groupAuthorizationFailed
            return code.map { Self.row(topic, $0) }
        }
        if !groupIsAllowed && refused.isEmpty { return .answer(request.encode(OffsetCommitResponse())) }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, then: ResponsePlan.offsetCommit)
    }

    private static func row(
        _ topic: OffsetCommitRequest.OffsetCommitRequestTopic, _ code: KafkaErrorCode
    ) -> OffsetCommitResponse.Row {
        var row = OffsetCommitResponse.Row()
        row.name = topic.name
        row.topicId = topic.topicId
        row.partitions = topic.partitions.map { asked in
            var partition = OffsetCommitResponse.OffsetCommitResponsePartition()
            partition.partitionIndex = asked.partitionIndex
            partition.errorCode = code.rawValue
            return partition
        }
        return row
    }
}

extension OffsetCommitResponse: RowAnswer {
    typealias Row = OffsetCommitResponseTopic

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}
