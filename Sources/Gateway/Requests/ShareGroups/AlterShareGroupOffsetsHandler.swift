import KafkaProtocol
import Resources

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
        let refused = message.topics.takeRefused { topic in
            request.facts.refusal(of: .read, on: .name(WireName(topic.topicName))).map { Self.row(topic, $0) }
        }
        answer.errorMessage = nil
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, in: answer,
            then: ResponsePlan.alterShareGroupOffsets)
    }

    private static func row(
        _ topic: AlterShareGroupOffsetsRequest.Topic, _ code: KafkaErrorCode
    ) -> AlterShareGroupOffsetsResponse.Row {
        var row = AlterShareGroupOffsetsResponse.Row()
        row.topicName = topic.topicName
        row.partitions = topic.partitions.map { asked in
            var partition = AlterShareGroupOffsetsResponse.Partition()
            partition.partitionIndex = asked.partitionIndex
            partition.errorCode = code.rawValue
            partition.errorMessage = code.refusalText
            return partition
        }
        return row
    }
}

extension AlterShareGroupOffsetsResponse: RowAnswer {
    var rows: [Topic] {
        get { self.responses }
        set { self.responses = newValue }
    }

    var isRefusedWhole: Bool { self.errorCode != KafkaErrorCode.none.rawValue }
}
