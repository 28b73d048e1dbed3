import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeConfigs (32): `DESCRIBE_CONFIGS` on the topic, the group, or (for brokers, loggers and client metrics) the
/// cluster; per resource. A broker's addresses are not shown, whoever asks.
enum DescribeConfigsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeConfigsRequest = try request.decode()
        var denied: [DescribeConfigsMerge.Result] = []
        message.resources.removeAll { resource in
            let code: KafkaErrorCode
            let text: String
            switch ConfigurationResource(type: resource.resourceType, name: resource.resourceName) {
            case nil:
                // The backend may know more types, and judges its clients itself.
                guard request.authorizer.isEnforcing else { return false }
                code = .invalidRequest
                text = "Resource type \(resource.resourceType) is not known."
            case let known?:
                if request.authorizer.allows(known.permission(.describeConfigs)) { return false }
                code = known.refusal
                text = known.refusal.refusalText
            }
            var row = DescribeConfigsMerge.Result()
            row.errorCode = code.rawValue
            row.errorMessage = text
            row.resourceType = resource.resourceType
            row.resourceName = resource.resourceName
            denied.append(row)
            return true
        }
        let hidesAddresses = message.resources.contains { $0.resourceType == BrokerAddressSettings.brokerType }
        let merge = DescribeConfigsMerge(denied: denied, hidesAddresses: hidesAddresses)
        if denied.isEmpty { return .forward(then: hidesAddresses ? .describeConfigs(merge) : .passThrough) }
        guard message.resources.isEmpty else {
            return .forward(request.encode(message), then: .describeConfigs(merge))
        }
        var answer = DescribeConfigsResponse()
        answer.results = denied
        return .answer(request.encode(answer))
    }
}

struct DescribeConfigsMerge: Equatable {
    typealias Result = DescribeConfigsResponse.DescribeConfigsResult

    var denied: [Result]
    /// Whether a broker is among the resources that went on.
    var hidesAddresses = false

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeConfigsResponse = try context.decode()
        if self.hidesAddresses {
            for index in message.results.indices
            where message.results[index].resourceType == BrokerAddressSettings.brokerType {
                Self.hideAddresses(&message.results[index].configs)
            }
        }
        message.results += self.denied
        return context.encode(message)
    }

    private static func hideAddresses(_ settings: inout [DescribeConfigsResponse.DescribeConfigsResourceResult]) {
        for index in settings.indices {
            if BrokerAddressSettings.contains(settings[index].name) {
                settings[index].value = nil
                settings[index].isSensitive = true
            }
            for place in settings[index].synonyms.indices
            where BrokerAddressSettings.contains(settings[index].synonyms[place].name) {
                settings[index].synonyms[place].value = nil
            }
        }
    }
}
