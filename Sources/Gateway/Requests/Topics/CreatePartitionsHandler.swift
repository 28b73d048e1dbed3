import KafkaProtocol
import Resources

/// CreatePartitions (37): `ALTER` on each topic. A name given twice is `INVALID_REQUEST` for any client.
enum CreatePartitionsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: CreatePartitionsRequest = try request.decode()
        let repeated = RepeatedNames(message.topics.map(\.name))
        message.topics.removeAll { repeated.contains($0.name) }
        let refused = message.topics.takeRefused { topic in
            request.facts.refusal(of: .alter, on: .name(WireName(topic.name))).map { Self.row(topic.name, $0, nil) }
        }
        let wrong = repeated.names.map { Self.row($0, .invalidRequest, RepeatedNames.explanation) }
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: wrong + refused, then: ResponsePlan.createPartitions)
    }

    private static func row(_ name: String, _ code: KafkaErrorCode, _ text: String?) -> CreatePartitionsResponse.Row {
        var row = CreatePartitionsResponse.Row()
        row.name = name
        row.errorCode = code.rawValue
        row.errorMessage = text
        return row
    }
}

extension CreatePartitionsResponse: RowAnswer {
    typealias Row = CreatePartitionsTopicResult

    var rows: [Row] {
        get { self.results }
        set { self.results = newValue }
    }
}
