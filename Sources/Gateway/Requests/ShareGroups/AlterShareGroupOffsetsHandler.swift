import GatewayModel
import KafkaProtocol
import NIOCore

/// AlterShareGroupOffsets (91): `READ` on the group, then `READ` on each topic.
enum AlterShareGroupOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: AlterShareGroupOffsetsRequest = try request.decode()
        var answer = AlterShareGroupOffsetsResponse()
        guard request.authorizer.allows(.read, .group, message.groupId) else {
            answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.groupAuthorizationFailed.refusalText
            return .answer(request.encode(answer))
        }
        var denied: [AlterShareGroupOffsetsMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .read, on: .name(topic.topicName)) else { return false }
            var row = AlterShareGroupOffsetsMerge.Topic()
            row.topicName = topic.topicName
            row.partitions = topic.partitions.map { asked in
                var partition = AlterShareGroupOffsetsResponse.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.errorCode = code.rawValue
                partition.errorMessage = code.refusalText
                return partition
            }
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            let merge = AlterShareGroupOffsetsMerge(denied: denied)
            return .forward(request.encode(message), then: .alterShareGroupOffsets(merge))
        }
        answer.errorMessage = nil
        answer.responses = denied
        return .answer(request.encode(answer))
    }
}

/// An error of the whole request says all there is to say.
struct AlterShareGroupOffsetsMerge: Equatable {
    typealias Topic = AlterShareGroupOffsetsResponse.Topic

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: AlterShareGroupOffsetsResponse = try context.decode()
        if message.errorCode == KafkaErrorCode.none.rawValue { message.responses += self.denied }
        return context.encode(message)
    }
}
