import KafkaProtocol
import Resources

/// DeleteRecords (21): `DELETE` on each topic; a denied topic's partitions carry the code.
enum DeleteRecordsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteRecordsRequest = try request.decode()
        let refused = message.topics.takeRefused { topic in
            request.facts.refusal(of: .delete, on: .name(WireName(topic.name))).map { Self.row(topic, $0) }
        }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, then: ResponsePlan.deleteRecords)
    }

    private static func row(
        _ topic: DeleteRecordsRequest.DeleteRecordsTopic, _ code: KafkaErrorCode
    ) -> DeleteRecordsResponse.Row {
        var row = DeleteRecordsResponse.Row()
        row.name = topic.name
        row.partitions = topic.partitions.map { asked in
            var partition = DeleteRecordsResponse.DeleteRecordsPartitionResult()
            partition.partitionIndex = asked.partitionIndex
            partition.lowWatermark = -1
            partition.errorCode = code.rawValue
            return partition
        }
        return row
    }
}

extension DeleteRecordsResponse: RowAnswer {
    typealias Row = DeleteRecordsTopicResult

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}
