import GatewayModel
import KafkaProtocol
import NIOCore

/// AlterConfigs (33): `ALTER_CONFIGS` on the topic, the group, or (for brokers and client metrics) the cluster; per
/// resource. A resource given twice, a null value, or a broker's loggers are `INVALID_REQUEST` for anyone.
enum AlterConfigsHandler {
    private static let loggers: Int8 = 8

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: AlterConfigsRequest = try request.decode()
        var judge = ConfigurationChanges(
            message.resources.lazy.map { ConfigurationChanges.Resource($0.resourceType, $0.resourceName) })
        var denied: [AlterConfigsMerge.Response] = []
        message.resources.removeAll { asked in
            let resource = ConfigurationChanges.Resource(asked.resourceType, asked.resourceName)
            let isWrong = asked.resourceType == Self.loggers || asked.configs.contains { $0.value == nil }
            guard let refusal = judge.refusal(of: resource, isWrong: isWrong, request.authorizer) else {
                return false
            }
            if refusal.isAnswered { return true }
            var row = AlterConfigsMerge.Response()
            row.errorCode = refusal.code.rawValue
            row.errorMessage = refusal.text
            row.resourceType = resource.type
            row.resourceName = resource.name
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.resources.isEmpty else {
            return .forward(request.encode(message), then: .alterConfigs(AlterConfigsMerge(denied: denied)))
        }
        var answer = AlterConfigsResponse()
        answer.responses = denied
        return .answer(request.encode(answer))
    }
}

struct AlterConfigsMerge: Equatable {
    typealias Response = AlterConfigsResponse.AlterConfigsResourceResponse

    var denied: [Response]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: AlterConfigsResponse = try context.decode()
        message.responses += self.denied
        return context.encode(message)
    }
}
