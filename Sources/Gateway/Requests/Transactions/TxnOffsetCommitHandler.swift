import GatewayModel
import KafkaProtocol
import NIOCore

/// TxnOffsetCommit (28): `WRITE` on the transactional id, `READ` on the group, `READ` on each topic. From v5 on
/// (KIP-890) this is the only check: AddOffsetsToTxn does not come before it.
enum TxnOffsetCommitHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: TxnOffsetCommitRequest = try request.decode()
        let refusal: KafkaErrorCode? =
            if !request.authorizer.allows(.write, .transactionalID, message.transactionalId) {
                .transactionalIdAuthorizationFailed
            } else if !request.authorizer.allows(.read, .group, message.groupId) {
                .groupAuthorizationFailed
            } else {
                nil
            }
        var denied: [TxnOffsetCommitMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = refusal ?? request.facts.refusal(of: .read, on: .name(topic.name)) else { return false }
            var row = TxnOffsetCommitMerge.Topic()
            row.name = topic.name
            row.partitions = topic.partitions.map { asked in
                var partition = TxnOffsetCommitMerge.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.errorCode = code.rawValue
                return partition
            }
            denied.append(row)
            return true
        }
        if refusal == nil && denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .txnOffsetCommit(TxnOffsetCommitMerge(denied: denied)))
        }
        var answer = TxnOffsetCommitResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

struct TxnOffsetCommitMerge: Equatable {
    typealias Topic = TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic
    typealias Partition = TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: TxnOffsetCommitResponse = try context.decode()
        message.topics += self.denied
        return context.encode(message)
    }
}
