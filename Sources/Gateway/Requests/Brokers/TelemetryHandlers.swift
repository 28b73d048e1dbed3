import KafkaProtocol

/// GetTelemetrySubscriptions (71) and PushTelemetry (72): no permission (KIP-714). A broker without a receiver of
/// telemetry does not offer them, and answers them nevertheless.
enum TelemetryHandler {
    static func plan(_ request: RequestContext) -> RequestPlan {
        .forward()
    }
}
