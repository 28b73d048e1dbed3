import KafkaProtocol
import Patterns
import Resources

/// The subscription of a member of a consumer group by a pattern over topic names (KIP-848, v1+).
///
/// The backend would match the pattern with the rights of the gateway's account. So the gateway matches it and sends
/// names to the backend.
struct PatternSubscription: Equatable {
    /// The heartbeats between two checks of the backend's topics: half a minute with Kafka's default interval of 5 s.
    static let heartbeatsBetweenLooks = 6

    /// The most bytes of a client's pattern.
    static let maximumPatternBytes = 4_096
    /// The most instructions of a client's pattern, which is matched against every topic of the backend.
    static let maximumPatternSize = 200

    var pattern: NamePattern
    /// The topics that the member subscribes to by name, besides.
    var names: [String]
    /// The names that were last sent to the backend, sorted.
    var told: [String] = []
    /// The heartbeats since the last check.
    var heartbeats = 0

    init(pattern: NamePattern, names: [String]) {
        self.pattern = pattern
        self.names = names
    }

    /// The names to send to the backend, sorted: those subscribed to, and those that match and may be described.
    func resolved(matching topics: [String], _ authorizer: SessionAuthorizer) -> [String] {
        var all = self.names.wireNames
        for topic in topics where authorizer.shows(.describe, .topic, topic) {
            all.insert(WireName(topic))
        }
        return all.sorted().map(\.text)
    }
}
