/// What to try through the real listener. Probes only read.
package struct ProbeQuestion: Codable, Equatable, Sendable {
    package enum Action: String, Codable, CaseIterable, Sendable {
        /// Connect, authenticate, ask for all topics.
        case listTopics = "list_topics"
    }

    /// Id or name.
    package var virtualCluster: String
    /// Nil: without authentication.
    package var token: String?
    package var action: Action

    package init(virtualCluster: String, token: String? = nil, action: Action = .listTopics) {
        self.virtualCluster = virtualCluster
        self.token = token
        self.action = action
    }

    package enum CodingKeys: String, CodingKey {
        case token, action
        case virtualCluster = "virtual_cluster"
    }

    /// `action` may be left out: `list_topics`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            virtualCluster: try container.decode(String.self, forKey: .virtualCluster),
            token: try container.decodeIfPresent(String.self, forKey: .token),
            action: try container.decodeIfPresent(Action.self, forKey: .action) ?? .listTopics)
    }
}

package struct ProbeReport: Codable, Equatable, Sendable {
    /// `localhost:19092`.
    package var address: String
    package var succeeded: Bool
    /// Topics seen, sorted.
    package var topics: [String]
    /// Topics that the engine's rules allow this subject, sorted; nil when they could not be decided.
    package var predictedTopics: [String]?
    /// A sentence: what was refused, or what was seen.
    package var detail: String
    package var milliseconds: Double

    package init(
        address: String, succeeded: Bool, topics: [String], predictedTopics: [String]?, detail: String,
        milliseconds: Double
    ) {
        self.address = address
        self.succeeded = succeeded
        self.topics = topics
        self.predictedTopics = predictedTopics
        self.detail = detail
        self.milliseconds = milliseconds
    }

    package enum CodingKeys: String, CodingKey {
        case address, succeeded, topics, detail, milliseconds
        case predictedTopics = "predicted_topics"
    }
}

/// Something that a configuration might name.
package enum ReachabilityTarget: Equatable, Sendable {
    /// `host:port` each: connect to one and ask who the brokers are.
    case backend(bootstrapServers: [String])
    /// Fetch a key set.
    case jwks(url: String)
    /// Whether an address and port could be bound now.
    case port(address: String, port: Int)
}

package struct ReachabilityReport: Codable, Equatable, Sendable {
    package var reachable: Bool
    /// A sentence: `3 brokers in 41 ms`, `connection refused`.
    package var detail: String
    package var milliseconds: Double
    /// Node ids of the brokers found.
    package var nodeIDs: [Int32]

    package init(reachable: Bool, detail: String, milliseconds: Double, nodeIDs: [Int32] = []) {
        self.reachable = reachable
        self.detail = detail
        self.milliseconds = milliseconds
        self.nodeIDs = nodeIDs
    }

    package enum CodingKeys: String, CodingKey {
        case reachable, detail, milliseconds
        case nodeIDs = "node_ids"
    }
}
