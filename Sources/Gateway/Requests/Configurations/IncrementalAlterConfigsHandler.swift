import GatewayModel
import KafkaProtocol
import NIOCore

/// IncrementalAlterConfigs (44): `ALTER_CONFIGS` on the topic, the group, or (for brokers, loggers and client metrics)
/// the cluster; per resource. A resource given twice or a null value to set is `INVALID_REQUEST` for anyone.
enum IncrementalAlterConfigsHandler {
    /// The operation that takes a value away, and needs none.
    private static let delete: Int8 = 1

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: IncrementalAlterConfigsRequest = try request.decode()
        var judge = ConfigurationChanges(
            message.resources.lazy.map { ConfigurationChanges.Resource($0.resourceType, $0.resourceName) })
        var denied: [IncrementalAlterConfigsMerge.Response] = []
        message.resources.removeAll { asked in
            let resource = ConfigurationChanges.Resource(asked.resourceType, asked.resourceName)
            let isWrong = asked.configs.contains { $0.value == nil && $0.configOperation != Self.delete }
            guard let refusal = judge.refusal(of: resource, isWrong: isWrong, request.authorizer) else {
                return false
            }
            if refusal.isAnswered { return true }
            var row = IncrementalAlterConfigsMerge.Response()
            row.errorCode = refusal.code.rawValue
            row.errorMessage = refusal.text
            row.resourceType = resource.type
            row.resourceName = resource.name
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.resources.isEmpty else {
            let merge = IncrementalAlterConfigsMerge(denied: denied)
            return .forward(request.encode(message), then: .incrementalAlterConfigs(merge))
        }
        var answer = IncrementalAlterConfigsResponse()
        answer.responses = denied
        return .answer(request.encode(answer))
    }
}

struct IncrementalAlterConfigsMerge: Equatable {
    typealias Response = IncrementalAlterConfigsResponse.AlterConfigsResourceResponse

    var denied: [Response]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: IncrementalAlterConfigsResponse = try context.decode()
        message.responses += self.denied
        return context.encode(message)
    }
}
