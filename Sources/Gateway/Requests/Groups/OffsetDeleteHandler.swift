import GatewayModel
import KafkaProtocol
import NIOCore

/// OffsetDelete (47): `DELETE` on the group, then `READ` on each topic.
enum OffsetDeleteHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetDeleteRequest = try request.decode()
        var answer = OffsetDeleteResponse()
        guard request.authorizer.allows(.delete, .group, message.groupId) else {
            answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            return .answer(request.encode(answer))
        }
        var denied: [OffsetDeleteMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .read, on: .name(topic.name)) else { return false }
            var row = OffsetDeleteMerge.Topic()
            row.name = topic.name
            row.partitions = topic.partitions.map { asked in
                var partition = OffsetDeleteMerge.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.errorCode = code.rawValue
                return partition
            }
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .offsetDelete(OffsetDeleteMerge(denied: denied)))
        }
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

/// An error of the whole request says all there is to say.
struct OffsetDeleteMerge: Equatable {
    typealias Topic = OffsetDeleteResponse.OffsetDeleteResponseTopic
    typealias Partition = OffsetDeleteResponse.OffsetDeleteResponsePartition

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: OffsetDeleteResponse = try context.decode()
        if message.errorCode == KafkaErrorCode.none.rawValue { message.topics += self.denied }
        return context.encode(message)
    }
}
