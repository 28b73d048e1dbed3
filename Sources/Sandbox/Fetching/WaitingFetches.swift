import NIOCore

/// Fetches that wait for more records, by partition.
struct WaitingFetches {
    struct ID: Hashable {
        var rawValue: UInt64
    }

    struct Waiting {
        var context: RequestContext
        var query: FetchQuery
        var timer: Scheduled<Void>
    }

    /// The fetches to check again soon, because a partition that they watch has changed.
    var toWake: Set<ID> = []
    private var lastID: UInt64 = 0
    private var waiting: [ID: Waiting] = [:]
    private var watchers: [TopicPartition: Set<ID>] = [:]

    init() {}

    mutating func nextID() -> ID {
        self.lastID += 1
        return ID(rawValue: self.lastID)
    }

    mutating func add(_ id: ID, _ fetch: Waiting, watching partitions: [TopicPartition]) {
        self.waiting[id] = fetch
        for partition in partitions { self.watchers[partition, default: []].insert(id) }
    }

    subscript(id: ID) -> Waiting? { self.waiting[id] }

    /// Removes a fetch, to answer it.
    mutating func remove(_ id: ID) -> Waiting? {
        guard let fetch = self.waiting.removeValue(forKey: id) else { return nil }
        fetch.timer.cancel()
        for partition in fetch.query.watched {
            self.watchers[partition]?.remove(id)
            if self.watchers[partition]?.isEmpty == true { self.watchers[partition] = nil }
        }
        return fetch
    }

    mutating func remove(of connection: BrokerConnection) {
        for (id, fetch) in self.waiting where fetch.context.connection === connection { _ = self.remove(id) }
    }

    mutating func removeAll() {
        for id in self.waiting.keys { _ = self.remove(id) }
    }

    /// The fetches that watch this partition.
    func watching(_ partition: TopicPartition) -> Set<ID> {
        self.watchers[partition] ?? []
    }

    var all: [ID] { Array(self.waiting.keys) }
}
