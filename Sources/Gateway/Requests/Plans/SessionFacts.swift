import GatewayModel
import KafkaProtocol

/// What the handlers of requests and responses may ask about a session. All of it lives on the session's event loop.
struct SessionFacts {
    let authorizer: SessionAuthorizer
    let endpoints: BrokerEndpoints
    let topicNames: TopicNames
    let memory: SessionMemory
    /// Elements of all arrays of a request that is decoded.
    var maximumRequestElements = GatewayLimits().requestElements

    var fetchSessions: FetchSessionTracker { self.memory.fetchSessions }

    init(
        authorizer: SessionAuthorizer, endpoints: BrokerEndpoints, topicNames: TopicNames,
        memory: SessionMemory = SessionMemory()
    ) {
        self.authorizer = authorizer
        self.endpoints = endpoints
        self.topicNames = topicNames
        self.memory = memory
    }

    /// The question to ask when some of these topic ids have no known name. Zero ids name nothing and are not asked.
    func question(about ids: some Sequence<KafkaUUID>) -> TopicQuestion? {
        var unknown: [KafkaUUID] = []
        var seen: Set<KafkaUUID> = []
        for id in ids where id != .zero && self.topicNames.name(of: id) == nil && seen.insert(id).inserted {
            unknown.append(id)
        }
        return unknown.isEmpty ? nil : .ids(unknown)
    }

    /// Decides about a topic that a request names by name or by id, and records the decision.
    /// - Returns: nil when it is allowed, else the code for its partitions.
    func refusal(of operation: ACLOperation, on topic: TopicKey) -> KafkaErrorCode? {
        guard let name = topic.name(in: self.topicNames) else { return .unknownTopicId }
        return self.authorizer.allows(operation, .topic, name) ? nil : .topicAuthorizationFailed
    }
}

/// A topic as a request names it: by id in the versions that have ids in place of names, by name in the others.
enum TopicKey: Hashable {
    case name(WireName)
    case id(KafkaUUID)

    init(name: String, id: KafkaUUID, usesIDs: Bool) {
        self = usesIDs ? .id(id) : .name(WireName(name))
    }

    func name(in names: TopicNames) -> String? {
        switch self {
        case .name(let name): name.text
        case .id(let id): names.name(of: id)
        }
    }
}
