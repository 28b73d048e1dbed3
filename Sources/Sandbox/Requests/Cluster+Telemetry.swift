import KafkaProtocol
import NIOCore

extension Cluster {
    /// Answers with the metrics that a client should push: those of the matching client metrics resources, of which
    /// there are none at first.
    func getTelemetrySubscriptions(
        _ request: GetTelemetrySubscriptionsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        let client = request.clientInstanceId == .zero ? KafkaUUID.random() : request.clientInstanceId
        var interval: Int32 = 300_000
        var metrics: Set<String> = []
        for name in self.settings.names(of: .clientMetrics) {
            let configs = self.settings[ConfigResource(kind: .clientMetrics, name: name)]
            guard Self.matches(configs[ClientMetricsConfigs.match] ?? "", context) else { continue }
            let named = (configs[ClientMetricsConfigs.metrics] ?? "").split(separator: ",").map(String.init)
            guard !named.isEmpty else { continue }
            metrics.formUnion(named)
            interval = min(interval, configs[ClientMetricsConfigs.interval].flatMap(Int32.init) ?? interval)
        }
        // The same metrics and interval give the same subscription, on every broker.
        let text = metrics.sorted().joined(separator: ",") + "/\(interval)"
        let subscription = text.utf8.reduce(Int32(17)) { $0 &* 31 &+ Int32($1) }
        self.telemetry.subscribe(client, to: subscription)
        var response = GetTelemetrySubscriptionsResponse()
        response.clientInstanceId = client
        response.subscriptionId = subscription
        response.acceptedCompressionTypes = [4, 3, 1, 2]
        response.pushIntervalMs = interval
        response.telemetryMaxBytes = TelemetryClients.maximumPushBytes
        response.deltaTemporality = true
        response.requestedMetrics = metrics.sorted()
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Whether a resource applies to this client. The sandbox supports the selector `client_id`; others match no
    /// client.
    private static func matches(_ selectors: String, _ context: RequestContext) -> Bool {
        selectors.split(separator: ",").allSatisfy { selector in
            let parts = selector.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[0] == "client_id" else { return false }
            return TopicPattern(parts[1])?.matches(context.clientID) == true
        }
    }

    func pushTelemetry(_ request: PushTelemetryRequest, _ context: RequestContext) -> RequestOutcome {
        var response = PushTelemetryResponse()
        let error: KafkaErrorCode =
            if request.clientInstanceId == .zero {
                .invalidRequest
            } else if self.telemetry[request.clientInstanceId] != request.subscriptionId {
                .unknownSubscriptionId
            } else if !(0...4).contains(request.compressionType) {
                .unsupportedCompressionType
            } else if request.metrics.readableBytes > Int(TelemetryClients.maximumPushBytes) {
                .telemetryTooLarge
            } else {
                .none
            }
        response.errorCode = error.rawValue
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
