import KafkaProtocol
import Resources

/// OffsetForLeaderEpoch (23): `DESCRIBE` on each topic. A broker also admits clients that may act as brokers, whatever
/// the topic. No client of a gateway is a broker, so a topic's rules hold for every client.
enum OffsetForLeaderEpochHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: OffsetForLeaderEpochRequest = try request.decode()
        let refused = message.topics.takeRefused { topic in
            request.facts.refusal(of: .describe, on: .name(WireName(topic.topic))).map { Self.row(topic, $0) }
        }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, then: ResponsePlan.offsetForLeaderEpoch)
    }

    private static func row(
        _ topic: OffsetForLeaderEpochRequest.OffsetForLeaderTopic, _ code: KafkaErrorCode
    ) -> OffsetForLeaderEpochResponse.Row {
        var row = OffsetForLeaderEpochResponse.Row()
        row.topic = topic.topic
        row.partitions = topic.partitions.map { asked in
            var partition = OffsetForLeaderEpochResponse.EpochEndOffset()
            partition.partition = asked.partition
            partition.errorCode = code.rawValue
            partition.leaderEpoch = -1
            partition.endOffset = -1
            return partition
        }
        return row
    }
}

extension OffsetForLeaderEpochResponse: RowAnswer {
    typealias Row = OffsetForLeaderTopicResult

    var rows: [Row] {
        get { self.topics }
        set { self.topics = newValue }
    }
}
