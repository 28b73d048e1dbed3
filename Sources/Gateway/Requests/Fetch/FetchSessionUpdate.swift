import KafkaProtocol
import Resources

/// The effect of an incremental Fetch on a session: the topics to forward to the backend, and those to refuse.
struct FetchSessionUpdate {
    /// The topics that the client adds or changes and may read.
    private(set) var topics: [FetchRequest.FetchTopic] = []
    /// The topics that the backend has to forget: those that the client forgets, and those that it may no longer read.
    private(set) var forgotten: [FetchRequest.ForgottenTopic] = []
    /// A row for every refused partition of the session, because every answer lists errors.
    private(set) var denied: [FetchMerge.Topic] = []
    /// Whether `topics` and `forgotten` differ from the client's.
    private(set) var isChanged = false
    private(set) var needsNewSession = false

    private var added: [TopicKey: [FetchRequest.FetchTopic]] = [:]
    /// Partitions of topics that the backend does not read, as they were before this Fetch.
    private var withheld: [TopicKey: Set<Int32>] = [:]

    /// Applies the client's changes to the session.
    init(_ message: FetchRequest, _ session: inout FetchSession) {
        for forgotten in message.forgottenTopicsData {
            let key = TopicKey(name: forgotten.topic, id: forgotten.topicId, usesIDs: session.usesIDs)
            let isAtBackend = session.topics[key]?.isAtBackend ?? true
            session.remove(forgotten.partitions, from: key)
            if isAtBackend { self.forgotten.append(forgotten) } else { self.isChanged = true }
        }
        for (key, topic) in session.topics where !topic.isAtBackend {
            self.withheld[key] = topic.partitions
        }
        for topic in message.topics {
            let key = TopicKey(name: topic.topic, id: topic.topicId, usesIDs: session.usesIDs)
            self.added[key, default: []].append(topic)
            session.add(topic.partitions.lazy.map(\.partition), to: key)
        }
    }

    /// Takes the decision about one topic of the session.
    /// - Parameter refusal: Returns nil when the topic may be read.
    mutating func judge(
        _ key: TopicKey, _ topic: FetchSession.Topic, _ refusal: KafkaErrorCode?, _ session: inout FetchSession
    ) {
        let added = self.added[key] ?? []
        guard let refusal else {
            let listed = Set(added.lazy.flatMap(\.partitions).map(\.partition))
            if let withheld = self.withheld[key], !withheld.isSubset(of: listed) { self.needsNewSession = true }
            session.setAtBackend(true, key)
            self.topics += added
            return
        }
        let name: String
        let id: KafkaUUID
        switch key {
        case .name(let text): (name, id) = (text.text, .zero)
        case .id(let uuid): (name, id) = ("", uuid)
        }
        if topic.isAtBackend {
            session.setAtBackend(false, key)
            var lost = FetchRequest.ForgottenTopic()
            lost.topic = name
            lost.topicId = id
            lost.partitions = topic.partitions.sorted()
            self.forgotten.append(lost)
            self.isChanged = true
        }
        if !added.isEmpty { self.isChanged = true }
        self.denied.append(FetchHandler.row(name, id, topic.partitions.sorted(), refusal))
    }
}
