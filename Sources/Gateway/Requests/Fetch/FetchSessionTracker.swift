import KafkaProtocol

/// The fetch sessions of one client connection (KIP-227): the topics that each of them reads, and those of them that
/// the backend has.
///
/// An incremental Fetch lists only what changed, often nothing; permission is checked against the whole session.
/// Confined to one event loop.
final class FetchSessionTracker {
    /// The most sessions, of which a client needs one per connection. Beyond it the oldest is forgotten: its next Fetch
    /// is answered with `FETCH_SESSION_ID_NOT_FOUND`, and the client begins a new one.
    static let maximumSessions = 8

    private var sessions: [Int32: FetchSession] = [:]
    /// The ids, oldest first.
    private var order: [Int32] = []

    init() {}

    /// Takes a session out, to be changed and stored again.
    func take(_ id: Int32) -> FetchSession? {
        self.sessions.removeValue(forKey: id)
    }

    /// Puts a session in, new or changed.
    func store(_ session: FetchSession, id: Int32) {
        self.sessions[id] = session
        if self.order.last != id {
            self.order.removeAll { $0 == id }
            self.order.append(id)
        }
        if self.order.count > Self.maximumSessions { self.sessions[self.order.removeFirst()] = nil }
    }

    /// Stores a session that the backend does not have, since all of it is refused.
    /// - Returns: The session's id.
    func storeLocal(_ session: FetchSession) -> Int32 {
        var id = Int32.random(in: 1...Int32.max)
        while self.sessions[id] != nil { id = Int32.random(in: 1...Int32.max) }
        self.store(session, id: id)
        return id
    }

    func remove(_ id: Int32) {
        self.sessions[id] = nil
        self.order.removeAll { $0 == id }
    }
}

/// One fetch session.
struct FetchSession: Equatable {
    struct Topic: Equatable {
        var partitions: Set<Int32> = []
        /// Whether the backend reads these partitions. Otherwise the gateway answers for them.
        var isAtBackend = false
    }

    /// The most partitions of a session. A session with more is not opened, so that each Fetch lists all of them.
    static let maximumPartitions = 100_000
    /// The most topics of a session, since each of them is judged at every Fetch.
    static let maximumTopics = 10_000

    /// Whether topics are named by id, which is the same for all of a session.
    let usesIDs: Bool
    private(set) var topics: [TopicKey: Topic] = [:]
    /// The number of partitions of all topics.
    private(set) var partitionCount = 0
    /// The number of topics that the backend reads.
    private(set) var topicsAtBackend = 0
    /// The epoch that the client's next Fetch has to carry, if the session is the gateway's alone; nil if the backend
    /// counts.
    var localEpoch: Int32?

    init(usesIDs: Bool) {
        self.usesIDs = usesIDs
    }

    var isTooLarge: Bool {
        self.partitionCount > Self.maximumPartitions || self.topics.count > Self.maximumTopics
    }

    mutating func add(_ partitions: some Sequence<Int32>, to key: TopicKey) {
        for partition in partitions where self.topics[key, default: Topic()].partitions.insert(partition).inserted {
            self.partitionCount += 1
        }
        // A topic without partitions is stored too.
        if self.topics[key] == nil { self.topics[key] = Topic() }
    }

    /// A topic without partitions is no longer in the session.
    mutating func remove(_ partitions: [Int32], from key: TopicKey) {
        for partition in partitions where self.topics[key]?.partitions.remove(partition) != nil {
            self.partitionCount -= 1
        }
        guard let topic = self.topics[key], topic.partitions.isEmpty else { return }
        if topic.isAtBackend { self.topicsAtBackend -= 1 }
        self.topics[key] = nil
    }

    /// Sets whether the backend reads a topic of the session.
    mutating func setAtBackend(_ isAtBackend: Bool, _ key: TopicKey) {
        guard let before = self.topics[key]?.isAtBackend, before != isAtBackend else { return }
        self.topics[key]?.isAtBackend = isAtBackend
        self.topicsAtBackend += isAtBackend ? 1 : -1
    }

    /// The next epoch: 1 through 2^31 − 1, then 1 again.
    static func epoch(after epoch: Int32) -> Int32 {
        epoch == .max ? 1 : epoch + 1
    }
}
