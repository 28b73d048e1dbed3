import GatewayModel
import KafkaProtocol

/// AlterConfigs (33): `ALTER_CONFIGS` on the topic, the group, or (for brokers and client metrics) the cluster; per
/// resource. A resource or a setting given twice, a null value, or a broker's loggers are `INVALID_REQUEST` for anyone.
enum AlterConfigsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: AlterConfigsRequest = try request.decode()
        let judge = ConfigurationChanges(
            message.resources.lazy.map { ConfigurationChanges.Resource($0.resourceType, $0.resourceName) })
        let refused = message.resources.takeRefused { asked -> AlterConfigsResponse.Row? in
            let resource = ConfigurationChanges.Resource(asked.resourceType, asked.resourceName)
            let isWrong =
                asked.resourceType == ConfigurationResource.loggers || asked.configs.contains { $0.value == nil }
            let refusal = judge.refusal(
                of: resource, keys: asked.configs.map(\.name), isWrong: isWrong, request.authorizer)
            guard let refusal else { return nil }
            var row = AlterConfigsResponse.Row()
            row.errorCode = refusal.code.rawValue
            row.errorMessage = refusal.text
            row.resourceType = resource.type
            row.resourceName = resource.name
            return row
        }
        return request.forward(
            message, isEmpty: message.resources.isEmpty, refused: refused, then: ResponsePlan.alterConfigs)
    }
}

extension AlterConfigsResponse: RowAnswer {
    typealias Row = AlterConfigsResourceResponse

    var rows: [Row] {
        get { self.responses }
        set { self.responses = newValue }
    }
}
