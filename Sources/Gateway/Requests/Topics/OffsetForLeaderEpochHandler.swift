import GatewayModel
import KafkaProtocol
import NIOCore

/// OffsetForLeaderEpoch (23): `DESCRIBE` on each topic, or cluster action for all of them.
enum OffsetForLeaderEpochHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetForLeaderEpochRequest = try request.decode()
        if request.authorizer.wouldAllowClusterAction() {
            _ = request.authorizer.allowsClusterAction()
            return .forward()
        }
        var denied: [OffsetForLeaderEpochMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .describe, on: .name(topic.topic)) else { return false }
            var row = OffsetForLeaderEpochMerge.Topic()
            row.topic = topic.topic
            row.partitions = topic.partitions.map { asked in
                var partition = OffsetForLeaderEpochMerge.Partition()
                partition.partition = asked.partition
                partition.errorCode = code.rawValue
                partition.leaderEpoch = -1
                partition.endOffset = -1
                return partition
            }
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            let merge = OffsetForLeaderEpochMerge(denied: denied)
            return .forward(request.encode(message), then: .offsetForLeaderEpoch(merge))
        }
        var answer = OffsetForLeaderEpochResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

struct OffsetForLeaderEpochMerge: Equatable {
    typealias Topic = OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult
    typealias Partition = OffsetForLeaderEpochResponse.EpochEndOffset

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: OffsetForLeaderEpochResponse = try context.decode()
        message.topics += self.denied
        return context.encode(message)
    }
}
