import KafkaProtocol
import Patterns
import Resources

/// The subscription of a member of a consumer group by a pattern over topic names (KIP-848, v1+).
///
/// The backend would match the pattern with its own view of the caller: that of the gateway's account. So the gateway
/// matches it, and the backend is told names.
struct PatternSubscription: Equatable {
    /// Heartbeats between two looks at the backend's topics: with Kafka's default interval of 5 s, half a minute.
    static let heartbeatsBetweenLooks = 6

    /// Bytes of a client's pattern.
    static let maximumPatternBytes = 4_096
    /// Instructions that a client's pattern may take. It is matched against every topic of the backend.
    static let maximumPatternSize = 200

    var pattern: NamePattern
    /// What the member subscribes to by name, besides.
    var names: [String]
    /// What the backend was told last, sorted.
    var told: [String] = []
    /// Heartbeats since the last look.
    var heartbeats = 0

    init(pattern: NamePattern, names: [String]) {
        self.pattern = pattern
        self.names = names
    }

    /// The names that the backend is to be told, sorted: those subscribed to, and those that match and may be described.
    func resolved(matching topics: [String], _ authorizer: SessionAuthorizer) -> [String] {
        var all = self.names.wireNames
        for topic in topics where authorizer.shows(.describe, .topic, topic) {
            all.insert(WireName(topic))
        }
        return all.sorted().map(\.text)
    }
}
