import KafkaProtocol
import Resources

/// DescribeProducers (61): `READ` on each topic; a denied topic's partitions carry the code. A name that no topic can
/// have is `INVALID_TOPIC_EXCEPTION` for any client.
enum DescribeProducersHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeProducersRequest = try request.decode()
        let refused = message.topics.takeRefused { topic in
            let code =
                TopicName.isLegal(topic.name)
                ? request.facts.refusal(of: .read, on: .name(WireName(topic.name))) : .invalidTopicException
            return code.map { Self.row(topic, $0) }
        }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, then: ResponsePlan.describeProducers)
    }

    private static func row(
        _ topic: DescribeProducersRequest.TopicRequest, _ code: KafkaErrorCode
    ) -> DescribeProducersResponse.Row {
        var row = DescribeProducersResponse.Row()
        row.name = topic.name
        row.partitions = topic.partitionIndexes.map { index in
            var partition = DescribeProducersResponse.PartitionResponse()
            partition.partitionIndex = index
            partition.errorCode = code.rawValue
            partition.errorMessage = code.refusalText
            return partition
        }
        return row
    }
}

extension DescribeProducersResponse: RowAnswer {
    typealias Row = TopicResponse

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}
