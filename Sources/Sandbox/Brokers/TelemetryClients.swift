import DequeModule
import KafkaProtocol

/// Clients that asked for a telemetry subscription (KIP-714). The metrics that they push are discarded.
struct TelemetryClients {
    private static let maximumClients = 1000
    static let maximumPushBytes: Int32 = 1 << 20

    private var subscriptions: [KafkaUUID: Int32] = [:]
    /// The clients in the order of asking, so that the oldest are forgotten first.
    private var order: Deque<KafkaUUID> = []

    init() {}

    subscript(client: KafkaUUID) -> Int32? { self.subscriptions[client] }

    /// Keeps the subscription that a client was given.
    mutating func subscribe(_ client: KafkaUUID, to subscription: Int32) {
        if self.subscriptions.updateValue(subscription, forKey: client) == nil { self.order.append(client) }
        while self.order.count > Self.maximumClients, let oldest = self.order.popFirst() {
            self.subscriptions[oldest] = nil
        }
    }
}
