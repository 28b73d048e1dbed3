import KafkaProtocol
import Resources

/// ListOffsets (2): `DESCRIBE` on each topic; a denied topic's partitions carry the code.
///
/// The rules of topics hold even if a client claims to be a replica. A broker answers a replica with the end of its log
/// and changes no state, so the rules are enough.
enum ListOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: ListOffsetsRequest = try request.decode()
        let refused = message.topics.takeRefused { topic in
            request.facts.refusal(of: .describe, on: .name(WireName(topic.name))).map { Self.row(topic, $0) }
        }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, then: ResponsePlan.listOffsets)
    }

    private static func row(
        _ topic: ListOffsetsRequest.ListOffsetsTopic, _ code: KafkaErrorCode
    ) -> ListOffsetsResponse.Row {
        var row = ListOffsetsResponse.Row()
        row.name = topic.name
        row.partitions = topic.partitions.map { asked in
            var partition = ListOffsetsResponse.ListOffsetsPartitionResponse()
            partition.partitionIndex = asked.partitionIndex
            partition.errorCode = code.rawValue
            partition.timestamp = -1
            partition.offset = -1
            partition.leaderEpoch = -1
            return partition
        }
        return row
    }
}

extension ListOffsetsResponse: RowAnswer {
    typealias Row = ListOffsetsTopicResponse

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}
