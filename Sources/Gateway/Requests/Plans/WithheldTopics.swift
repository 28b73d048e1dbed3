import KafkaProtocol
import Resources

/// The topics of one decoded answer that may not be read under the rules in force.
struct WithheldTopics {
    private let api: APIKey
    private let facts: SessionFacts
    private(set) var isAny = false

    init(api: APIKey, facts: SessionFacts) {
        self.api = api
        self.facts = facts
    }

    /// Decides about a topic, and records a refusal. Permissions were recorded with the request.
    ///
    /// - Parameter tellsNothing: Whether the answer has nothing but errors for the topic, like a broker's answer to an
    ///   unknown id.
    /// - Returns: The code for its partitions; nil when they may go to the client.
    mutating func refusal(of topic: TopicKey, tellsNothing: Bool) -> KafkaErrorCode? {
        switch self.facts.reading(of: topic) {
        case .allowed: return nil
        case .unknown where tellsNothing: return nil
        case .unknown, .denied: break
        }
        if !self.isAny { self.facts.authorizer.beginRequest(api: self.api) }
        self.isAny = true
        return self.facts.refusal(of: .read, on: topic)
    }
}
