import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeConfigs (32): `DESCRIBE_CONFIGS` on the topic, the group, or (for brokers, loggers and client metrics) the
/// cluster; per resource.
enum DescribeConfigsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeConfigsRequest = try request.decode()
        var denied: [DescribeConfigsMerge.Result] = []
        message.resources.removeAll { resource in
            let code: KafkaErrorCode
            let text: String
            switch ConfigurationResource(type: resource.resourceType, name: resource.resourceName) {
            case nil:
                code = .invalidRequest
                text = "Resource type \(resource.resourceType) is not known."
            case let known?:
                if request.authorizer.allows(known.permission(.describeConfigs)) { return false }
                code = known.refusal
                text = known.refusalText
            }
            var row = DescribeConfigsMerge.Result()
            row.errorCode = code.rawValue
            row.errorMessage = text
            row.resourceType = resource.resourceType
            row.resourceName = resource.resourceName
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.resources.isEmpty else {
            return .forward(request.encode(message), then: .describeConfigs(DescribeConfigsMerge(denied: denied)))
        }
        var answer = DescribeConfigsResponse()
        answer.results = denied
        return .answer(request.encode(answer))
    }
}

struct DescribeConfigsMerge: Equatable {
    typealias Result = DescribeConfigsResponse.DescribeConfigsResult

    var denied: [Result]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeConfigsResponse = try context.decode()
        message.results += self.denied
        return context.encode(message)
    }
}
