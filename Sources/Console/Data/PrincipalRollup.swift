import Foundation
import Resources

/// One principal's allowed and denied decisions, their rates, and the time of its first one.
struct PrincipalRollup: Equatable, Sendable {
    struct Presence: Equatable, Sendable {
        var connections = 0
        /// Bytes a second.
        var inRate = 0.0
        var outRate = 0.0
        var virtualClusters: Set<WireName> = []

        mutating func add(_ session: Traffic.Session?, virtualCluster: String?) {
            self.connections += 1
            self.inRate += Double(session?.inRate ?? 0)
            self.outRate += Double(session?.outRate ?? 0)
            if let virtualCluster, self.virtualClusters.count < 20 {
                self.virtualClusters.insert(WireName(virtualCluster))
            }
        }
    }

    let name: String
    /// Since the engine started.
    private(set) var totals = Traffic.Totals()
    /// Decisions a second.
    private(set) var allowRate = 0.0
    private(set) var denyRate = 0.0
    private(set) var filterRate = 0.0
    private(set) var presence = Presence()
    private(set) var allowed: WindowedCounts?
    private(set) var denied: WindowedCounts?
    /// Whether the principal appeared after the console started, so that its first counts are growth.
    private var isNew: Bool
    private var isSampled = false

    init(name: String, isNew: Bool) {
        self.name = name
        self.isNew = isNew
    }

    /// Counts of others become a part of this one, as far as its totals of now hold them: they are not its growth.
    mutating func takeOver(_ counts: Traffic.Totals, of now: Traffic.Totals) {
        func base(_ before: UInt64, _ more: UInt64, _ now: UInt64) -> UInt64 { max(before, min(before &+ more, now)) }
        self.totals.allowed = base(self.totals.allowed, counts.allowed, now.allowed)
        self.totals.denied = base(self.totals.denied, counts.denied, now.denied)
        self.totals.filtered = base(self.totals.filtered, counts.filtered, now.filtered)
    }

    mutating func sample(
        _ totals: Traffic.Totals, presence: Presence, second: Int, elapsed: Double, isNewEngine: Bool
    ) {
        let before = self.totals
        self.totals = totals
        self.presence = presence
        defer { self.isSampled = true }
        guard self.isSampled || self.isNew, elapsed > 0 else { return }
        func growth(_ new: UInt64, _ old: UInt64) -> Double {
            Double(Traffic.growth(new, old, isNewEngine: isNewEngine))
        }
        let allowed = growth(totals.allowed, before.allowed)
        let denied = growth(totals.denied, before.denied)
        self.allowRate = allowed / elapsed
        self.denyRate = denied / elapsed
        self.filterRate = growth(totals.filtered, before.filtered) / elapsed
        if allowed > 0 {
            if self.allowed == nil { self.allowed = WindowedCounts(from: second) }
            self.allowed?.add(allowed, at: second)
        }
        if denied > 0 {
            if self.denied == nil { self.denied = WindowedCounts(from: second) }
            self.denied?.add(denied, at: second)
        }
    }

    func deniedTotal(_ window: TimeWindow, at second: Int) -> Double { self.denied?.total(window, at: second) ?? 0 }
    func allowedTotal(_ window: TimeWindow, at second: Int) -> Double { self.allowed?.total(window, at: second) ?? 0 }
}
