import GatewayModel
import KafkaProtocol

/// IncrementalAlterConfigs (44): `ALTER_CONFIGS` on the topic, the group, or (for brokers, loggers and client metrics)
/// the cluster; per resource. A resource or a setting given twice, or a null value to set, is `INVALID_REQUEST` for
/// anyone.
enum IncrementalAlterConfigsHandler {
    /// The operation that takes a value away, and needs none.
    private static let delete: Int8 = 1

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: IncrementalAlterConfigsRequest = try request.decode()
        let judge = ConfigurationChanges(
            message.resources.lazy.map { ConfigurationChanges.Resource($0.resourceType, $0.resourceName) })
        let refused = message.resources.takeRefused { asked -> IncrementalAlterConfigsResponse.Row? in
            let resource = ConfigurationChanges.Resource(asked.resourceType, asked.resourceName)
            let isWrong = asked.configs.contains { $0.value == nil && $0.configOperation != Self.delete }
            let refusal = judge.refusal(
                of: resource, keys: asked.configs.map(\.name), isWrong: isWrong, request.authorizer)
            guard let refusal else { return nil }
            var row = IncrementalAlterConfigsResponse.Row()
            row.errorCode = refusal.code.rawValue
            row.errorMessage = refusal.text
            row.resourceType = resource.type
            row.resourceName = resource.name
            return row
        }
        return request.forward(
            message, isEmpty: message.resources.isEmpty, refused: refused, then: ResponsePlan.incrementalAlterConfigs)
    }
}

extension IncrementalAlterConfigsResponse: RowAnswer {
    typealias Row = AlterConfigsResourceResponse

    var rows: [Row] {
        get { self.responses }
        set { self.responses = newValue }
    }
}
