import KafkaProtocol
import Resources

/// TxnOffsetCommit (28): `WRITE` on the transactional id, `READ` on the group, `READ` on each topic. From v5 on
/// (KIP-890) this is the only check, because no AddOffsetsToTxn precedes it.
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
        let refused = message.topics.takeRefused { topic in
            (refusal ?? request.facts.refusal(of: .read, on: .name(WireName(topic.name)))).map { Self.row(topic, $0) }
        }
        if refusal != nil && refused.isEmpty { return .answer(request.encode(TxnOffsetCommitResponse())) }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, then: ResponsePlan.txnOffsetCommit)
    }

    private static func row(
        _ topic: TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic, _ code: KafkaErrorCode
    ) -> TxnOffsetCommitResponse.Row {
        var row = TxnOffsetCommitResponse.Row()
        row.name = topic.name
        row.partitions = topic.partitions.map { asked in
            var partition = TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition()
            partition.partitionIndex = asked.partitionIndex
            partition.errorCode = code.rawValue
            return partition
        }
        return row
    }
}

extension TxnOffsetCommitResponse: RowAnswer {
    typealias Row = TxnOffsetCommitResponseTopic

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}
