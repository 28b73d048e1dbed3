import KafkaProtocol
import NIOCore
import Resources

/// DescribeConfigs (32): `DESCRIBE_CONFIGS` on the topic, the group, or (for brokers, loggers and client metrics) the
/// cluster; per resource. An unknown type makes the whole request wrong, for any client. A broker's addresses are
/// hidden from every client.
enum DescribeConfigsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeConfigsRequest = try request.decode()
        // Where nothing is enforced, the backend may have more types and does its own checks.
        let isWrong =
            request.authorizer.isEnforcing
            && message.resources.contains { ConfigurationResource(type: $0.resourceType, name: "") == nil }
        let refused = message.resources.takeRefused { resource -> DescribeConfigsResponse.Row? in
            if isWrong { return Self.row(resource, .invalidRequest) }
            let known = ConfigurationResource(type: resource.resourceType, name: resource.resourceName)
            guard let known, !request.authorizer.allows(known.permission(.describeConfigs)) else { return nil }
            return Self.row(resource, known.refusal)
        }
        let hidesAddresses = message.resources.contains { $0.resourceType == ConfigurationResource.broker }
        func plan(_ refused: RefusedRows<DescribeConfigsResponse>) -> ResponsePlan {
            .describeConfigs(DescribeConfigsMerge(refused: refused, hidesAddresses: hidesAddresses))
        }
        return request.forward(
            message, isEmpty: message.resources.isEmpty, refused: refused,
            whenNothingIsRefused: hidesAddresses ? plan(RefusedRows(rows: [])) : .passThrough, then: plan)
    }

    private static func row(
        _ resource: DescribeConfigsRequest.DescribeConfigsResource, _ code: KafkaErrorCode
    ) -> DescribeConfigsResponse.Row {
        var row = DescribeConfigsResponse.Row()
        row.errorCode = code.rawValue
        row.errorMessage = code.refusalText
        row.resourceType = resource.resourceType
        row.resourceName = resource.resourceName
        return row
    }
}

extension DescribeConfigsResponse: RowAnswer {
    typealias Row = DescribeConfigsResult

    var rows: [Row] {
        get { self.results }
        set { self.results = newValue }
    }
}

struct DescribeConfigsMerge: Equatable {
    var refused: RefusedRows<DescribeConfigsResponse>
    /// Whether a broker is among the forwarded resources.
    var hidesAddresses: Bool

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeConfigsResponse = try context.decode()
        if self.hidesAddresses {
            for index in message.results.indices
            where message.results[index].resourceType == ConfigurationResource.broker {
                Self.hideAddresses(&message.results[index].configs)
            }
        }
        self.refused.add(to: &message)
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
