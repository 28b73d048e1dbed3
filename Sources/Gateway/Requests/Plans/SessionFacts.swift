import EngineInterface
import KafkaProtocol
import NIOCore
import Resources

/// The facts about a session that the handlers of requests and responses use. All of them belong to the session's event
/// loop.
struct SessionFacts {
    let authorizer: SessionAuthorizer
    let endpoints: BrokerEndpoints
    let topicNames: TopicNames
    let memory: SessionMemory
    /// The most elements in all arrays of a decoded request.
    var maximumRequestElements = GatewayLimits().requestElements
    private let hiddenBrokers: HiddenBrokers

    var fetchSessions: FetchSessionTracker { self.memory.fetchSessions }

    init(
        authorizer: SessionAuthorizer, endpoints: BrokerEndpoints, topicNames: TopicNames,
        memory: SessionMemory? = nil, backend: BackendDirectory? = nil
    ) {
        self.authorizer = authorizer
        self.endpoints = endpoints
        self.topicNames = topicNames
        self.memory = memory ?? SessionMemory(isEnforcing: authorizer.isEnforcing)
        self.hiddenBrokers = HiddenBrokers(endpoints: endpoints, backend: backend)
    }

    /// Whether a broker of the backend has no address on this listener.
    var hidesBrokers: Bool { self.hiddenBrokers.areThere }

    /// The question to ask if some of these topic ids have no known name. Zero ids name no topic and are not asked
    /// about.
    func question(about ids: some Sequence<KafkaUUID>) -> TopicQuestion? {
        var unknown: [KafkaUUID] = []
        var seen: Set<KafkaUUID> = []
        for id in ids where id != .zero && self.topicNames.name(of: id) == nil && seen.insert(id).inserted {
            unknown.append(id)
        }
        return unknown.isEmpty ? nil : .ids(unknown)
    }

    /// Decides about a topic that a request names by name or by id, and records the decision.
    /// - Returns: Nil when it is allowed, otherwise the code for its partitions.
    func refusal(of operation: ACLOperation, on topic: TopicKey) -> KafkaErrorCode? {
        guard let name = topic.name(in: self.topicNames) else { return .unknownTopicId }
        return self.authorizer.allows(operation, .topic, name) ? nil : .topicAuthorizationFailed
    }

    /// Whether records of a topic that an answer names may go to the client. Nothing is recorded.
    ///
    /// The request was judged before, and only readable topics were forwarded. This check also holds if the rules, or
    /// the client's session at the backend, have changed since.
    ///
    /// - Parameter wire: the topic's name, or its id of 16 bytes.
    func reading(of wire: ByteBuffer, isID: Bool) -> TopicReading {
        guard self.authorizer.isEnforcing else { return .allowed }
        let rules = self.authorizer.rulesVersion
        if self.memory.readableTopics.contains(wire, isID: isID, rules: rules) { return .allowed }
        let reading = self.reading(of: self.topic(wire, isID: isID))
        if reading == .allowed { self.memory.readableTopics.insert(wire, isID: isID) }
        return reading
    }

    /// Like ``reading(of:isID:)``, for a decoded topic.
    func reading(of topic: TopicKey?) -> TopicReading {
        guard self.authorizer.isEnforcing else { return .allowed }
        guard let name = topic?.name(in: self.topicNames) else { return .unknown }
        return self.authorizer.wouldAllow(Permission(.read, .topic, name)) ? .allowed : .denied
    }

    /// - Returns: Nil for bytes that are not a name.
    func topic(_ wire: ByteBuffer, isID: Bool) -> TopicKey? {
        if isID {
            var id = wire
            return KafkaUUID(readingFrom: &id).map(TopicKey.id)
        }
        return String(validating: wire.readableBytesView, as: UTF8.self).map { .name(WireName($0)) }
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

extension TopicKey: CustomStringConvertible {
    var description: String {
        switch self {
        case .name(let name): name.text
        case .id(let id): id.description
        }
    }
}
