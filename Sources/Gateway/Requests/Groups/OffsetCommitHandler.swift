import GatewayModel
import KafkaProtocol
import NIOCore

/// OffsetCommit (8): `READ` on the group, then `READ` on each topic. v10+ names topics by id.
enum OffsetCommitHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetCommitRequest = try request.decode()
        let group = Permission(.read, .group, message.groupId)
        let usesIDs = request.version >= 10
        if usesIDs, request.authorizer.wouldAllow(group),
            let question = request.question(about: message.topics.lazy.map(\.topicId))
        {
            return RequestPlan(.ask(question))
        }
        let groupIsAllowed = request.authorizer.allows(group)
        var denied: [OffsetCommitMerge.Topic] = []
        message.topics.removeAll { topic in
            let key = TopicKey(name: topic.name, id: topic.topicId, usesIDs: usesIDs)
            let code = groupIsAllowed ? request.facts.refusal(of: .read, on: key) : .groupAuthorizationFailed
            guard let code else { return false }
            var row = OffsetCommitMerge.Topic()
            row.name = topic.name
            row.topicId = topic.topicId
            row.partitions = topic.partitions.map { asked in
                var partition = OffsetCommitMerge.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.errorCode = code.rawValue
                return partition
            }
            denied.append(row)
            return true
        }
        if groupIsAllowed && denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .offsetCommit(OffsetCommitMerge(denied: denied)))
        }
        var answer = OffsetCommitResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

struct OffsetCommitMerge: Equatable {
    typealias Topic = OffsetCommitResponse.OffsetCommitResponseTopic
    typealias Partition = OffsetCommitResponse.OffsetCommitResponsePartition

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: OffsetCommitResponse = try context.decode()
        message.topics += self.denied
        return context.encode(message)
    }
}
