import KafkaProtocol
import Resources

/// OffsetDelete (47): `DELETE` on the group, then `READ` on each topic. The request is forwarded even if no topic is
/// left, because the coordinator answers whether the group exists.
enum OffsetDeleteHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetDeleteRequest = try request.decode()
        guard request.authorizer.allows(.delete, .group, message.groupId) else {
            var answer = OffsetDeleteResponse()
            answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            return .answer(request.encode(answer))
        }
        let refused = message.topics.takeRefused { topic in
            request.facts.refusal(of: .read, on: .name(WireName(topic.name))).map { Self.row(topic, $0) }
        }
        return request.forward(message, isEmpty: false, refused: refused, then: ResponsePlan.offsetDelete)
    }

    private static func row(
        _ topic: OffsetDeleteRequest.OffsetDeleteRequestTopic, _ code: KafkaErrorCode
    ) -> OffsetDeleteResponse.Row {
        var row = OffsetDeleteResponse.Row()
        row.name = topic.name
        row.partitions = topic.partitions.map { asked in
            var partition = OffsetDeleteResponse.OffsetDeleteResponsePartition()
            partition.partitionIndex = asked.partitionIndex
            partition.errorCode = code.rawValue
            return partition
        }
        return row
    }
}

extension OffsetDeleteResponse: RowAnswer {
    typealias Row = OffsetDeleteResponseTopic

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }

    var isRefusedWhole: Bool { self.errorCode != KafkaErrorCode.none.rawValue }
}
