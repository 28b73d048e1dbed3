import EngineInterface

/// How often clients reached each limit, on one event loop. Confined to that loop.
struct LimitCounters {
    private(set) var counts: [LimitKind: UInt64] = [:]

    mutating func add(_ kind: LimitKind) {
        self.counts[kind, default: 0] += 1
    }
}
