import EngineInterface
import Foundation
import Resources

/// The engine's traffic: connections with their rates, series over time, principals. It is computed once a second from
/// the engine's snapshots. A paused place keeps a copy of it.
struct Traffic: Sendable {
    /// The change of one connection's counters between two samples.
    struct Session: Equatable, Sendable {
        var bytesIn: UInt64
        var bytesOut: UInt64
        var denied: UInt64
        /// Bytes a second.
        var inRate: Float = 0
        var outRate: Float = 0
        /// The time of the last denial.
        var deniedAt: Date?
        /// The connection's index in the snapshot that it was counted from.
        var index: Int
    }

    /// The time of the snapshot; nil before the first.
    private(set) var time: Date?
    private(set) var connections: [ConnectionView] = []
    private(set) var sessions: [UInt64: Session] = [:]
    private(set) var principals: [WireName: PrincipalRollup] = [:]
    private(set) var components: [ComponentStatus] = []
    /// Connections by listener.
    private(set) var listeners: [String: Int] = [:]
    /// The number of times that clients reached each limit, for the limits that were reached.
    private(set) var limits: [LimitCount] = []

    /// Decisions a second.
    private(set) var allowed = PointSeries()
    private(set) var denied = PointSeries()
    private(set) var filtered = PointSeries()
    /// Bytes a second, from and to clients.
    private(set) var bytesIn = PointSeries()
    private(set) var bytesOut = PointSeries()
    private(set) var requests = PointSeries()
    /// Connections refused a second, by a limit or because no backend answered.
    private(set) var refused = PointSeries()
    private(set) var connectionCount = PointSeries()
    /// Connections a second.
    private(set) var opened = 0.0
    private(set) var closed = 0.0
    /// Decisions since the engine started.
    private(set) var totals = Totals()
    /// Rises with each new sample of rates.
    private(set) var samples = 0
    /// The console's own first snapshot.
    private(set) var since: Date?

    /// The time of the last sample of rates.
    private(set) var sampledAt: Date?
    private var sampledTotals: Totals?
    private var sampledRequests: UInt64 = 0
    private var sampledRefusals: UInt64 = 0
    /// Whether snapshots arrive over a stream, whose first snapshot, also after an interruption, is older than its
    /// arrival.
    private let isRemote: Bool
    private var isSettling = true

    init(isRemote: Bool = false) {
        self.isRemote = isRemote
    }

    struct Totals: Equatable, Sendable {
        var allowed: UInt64 = 0
        var denied: UInt64 = 0
        var filtered: UInt64 = 0

        var all: UInt64 { self.allowed &+ self.denied &+ self.filtered }

        /// The counters that fell since the last sample.
        mutating func addFall(from before: Totals, to now: Totals) {
            self.allowed &+= before.allowed - min(before.allowed, now.allowed)
            self.denied &+= before.denied - min(before.denied, now.denied)
            self.filtered &+= before.filtered - min(before.filtered, now.filtered)
        }

        mutating func add(_ verdict: Verdict, _ count: UInt64) {
            switch verdict {
            case .allowed: self.allowed &+= count
            case .denied: self.denied &+= count
            case .filtered: self.filtered &+= count
            }
        }
    }

    /// The seconds between two samples: one, unless something stood still.
    private static let longestInterval = 3.0

    /// The second of the newest sample, since 1970.
    var second: Int { self.sampledAt.map(Self.second) ?? 0 }

    private static func second(_ date: Date) -> Int {
        Int(max(-1e12, min(1e12, date.timeIntervalSince1970)).rounded(.down))
    }

    /// - Parameter isHere: whether a gateway's name or id is that of the shown gateway.
    mutating func receive(_ snapshot: LiveSnapshot, isHere: (String) -> Bool, isEverywhere: Bool) {
        self.time = snapshot.time
        self.connections = isEverywhere ? snapshot.connections : snapshot.connections.filter { isHere($0.gateway) }
        self.limits = snapshot.limits
        self.components = isEverywhere ? snapshot.components : snapshot.components.filter { isHere($0.gateway) }
        if self.since == nil { self.since = snapshot.time }
        let second = Self.second(snapshot.time)
        if let last = self.sampledAt, second >= Self.second(last) - 60 {
            // A snapshot right after the last one, but in the next second, would be divided by almost nothing.
            guard second > Self.second(last), snapshot.time.timeIntervalSince(last) >= 0.5 else { return }
        }
        self.sample(snapshot, second: second, isHere: isEverywhere ? { _ in true } : isHere)
    }

    private mutating func sample(_ snapshot: LiveSnapshot, second: Int, isHere: (String) -> Bool) {
        let elapsed = self.sampledAt.map { snapshot.time.timeIntervalSince($0) } ?? 0
        let whole = self.sampledAt.map { second - Self.second($0) } ?? 0
        // The next interval begins at a moment that is known.
        let isCounted = elapsed > 0 && !(self.isRemote && self.isSettling)
        self.isSettling = elapsed == 0 || elapsed > Self.longestInterval
        let survivors = self.sampleSessions(at: snapshot.time, elapsed: isCounted ? elapsed : 0)
        let totals = self.totals.all
        self.samplePrincipals(
            snapshot.counters.filter { isHere($0.key.gateway) }, second: second, elapsed: elapsed,
            hasSurvivors: survivors > 0)

        let refusals = self.limits.reduce(UInt64(0)) { $1.limit.refusesConnections ? $0 &+ $1.count : $0 }
        if isCounted, let before = self.sampledTotals {
            // Totals also fall with a virtual cluster that was deleted.
            let isNewEngine = survivors == 0 && self.totals.all < totals
            func rate(_ new: UInt64, _ old: UInt64) -> Double {
                Double(Self.growth(new, old, isNewEngine: isNewEngine)) / elapsed
            }
            self.allowed.append(rate(self.totals.allowed, before.allowed), at: second, over: whole)
            self.denied.append(rate(self.totals.denied, before.denied), at: second, over: whole)
            self.filtered.append(rate(self.totals.filtered, before.filtered), at: second, over: whole)
            // These counts fall only with the engine.
            let refused = Double(Self.growth(refusals, self.sampledRefusals)) / elapsed
            self.refused.append(refused, at: second, over: whole)
            let flow = self.sessions.values.reduce(into: (0.0, 0.0)) { sums, session in
                sums.0 += Double(session.inRate)
                sums.1 += Double(session.outRate)
            }
            self.bytesIn.append(flow.0, at: second, over: whole)
            self.bytesOut.append(flow.1, at: second, over: whole)
            let requests = self.connections.reduce(UInt64(0)) { $0 &+ $1.requests }
            // A closed connection removes its counts from the totals.
            let grown = requests > self.sampledRequests ? requests - self.sampledRequests : 0
            self.requests.append(Double(grown) / elapsed, at: second, over: whole)
            self.sampledRequests = requests
        } else {
            self.sampledRequests = self.connections.reduce(UInt64(0)) { $0 &+ $1.requests }
        }
        self.connectionCount.append(Double(self.connections.count), at: second)
        self.sampledRefusals = refusals
        self.sampledTotals = self.totals
        self.sampledAt = snapshot.time
        self.samples += 1
    }

    /// The growth of a counter: its whole value if the engine restarted.
    static func growth(_ new: UInt64, _ old: UInt64, isNewEngine: Bool = true) -> UInt64 {
        new >= old ? new - old : isNewEngine ? new : 0
    }

    /// - Returns: The number of connections that were there before.
    private mutating func sampleSessions(at time: Date, elapsed: Double) -> Int {
        var sessions: [UInt64: Session] = [:]
        sessions.reserveCapacity(self.connections.count)
        self.listeners.removeAll(keepingCapacity: true)
        var survivors = 0
        for (index, connection) in self.connections.enumerated() {
            var session = Session(
                bytesIn: connection.bytesIn, bytesOut: connection.bytesOut, denied: connection.denied, index: index)
            let before = self.sessions[connection.sessionID]
            if let before {
                survivors += 1
                session.deniedAt = connection.denied > before.denied ? time : before.deniedAt
                if elapsed > 0 {
                    session.inRate = Float(Double(Self.growth(connection.bytesIn, before.bytesIn)) / elapsed)
                    session.outRate = Float(Double(Self.growth(connection.bytesOut, before.bytesOut)) / elapsed)
                }
            } else {
                // A new connection did everything since the last sample.
                let isNew = self.sampledAt.map { connection.connectedAt >= $0 } ?? false
                if isNew, elapsed > 0 {
                    session.inRate = Float(Double(connection.bytesIn) / elapsed)
                    session.outRate = Float(Double(connection.bytesOut) / elapsed)
                }
                if connection.denied > 0, isNew || time.timeIntervalSince(connection.connectedAt) < 10 {
                    session.deniedAt = time
                }
            }
            sessions[connection.sessionID] = session
            self.listeners[connection.listener, default: 0] += 1
        }
        if elapsed > 0 {
            self.opened = Double(self.connections.count - survivors) / elapsed
            self.closed = Double(max(0, self.sessions.count - survivors)) / elapsed
        }
        self.sessions = sessions
        return survivors
    }

    private mutating func samplePrincipals(
        _ counters: [DecisionCounter], second: Int, elapsed: Double, hasSurvivors: Bool
    ) {
        var totals: [WireName: Totals] = [:]
        var all = Totals()
        for counter in counters {
            all.add(counter.key.verdict, counter.count)
            totals[WireName(counter.key.principal), default: Totals()].add(counter.key.verdict, counter.count)
        }
        let isNewEngine = all.all < self.totals.all && !hasSurvivors
        self.totals = all
        var present: [WireName: PrincipalRollup.Presence] = [:]
        for connection in self.connections {
            guard let principal = connection.principal else { continue }
            let session = self.sessions[connection.sessionID]
            present[WireName(principal), default: .init()].add(session, virtualCluster: connection.virtualCluster)
        }
        for name in totals.keys where self.principals[name] == nil {
            self.principals[name] = PrincipalRollup(name: name.text, isNew: self.sampledAt != nil)
        }
        for name in present.keys where self.principals[name] == nil {
            self.principals[name] = PrincipalRollup(name: name.text, isNew: self.sampledAt != nil)
        }
        if !isNewEngine, let others = totals[Self.others] {
            // Counts that were folded into the others are not new decisions of theirs.
            let folded = self.principals.reduce(into: Totals()) { sum, entry in
                sum.addFall(from: entry.value.totals, to: totals[entry.key] ?? Totals())
            }
            self.principals[Self.others]?.takeOver(folded, of: others)
        }
        for name in Array(self.principals.keys) {
            if totals[name] == nil, present[name] == nil {
                self.principals[name] = nil
                continue
            }
            self.principals[name]?.sample(
                totals[name] ?? Totals(), presence: present[name] ?? .init(), second: second, elapsed: elapsed,
                isNewEngine: isNewEngine)
        }
    }

    private static let others = WireName(DecisionCounter.other)

    // MARK: Derived values

    /// Denials now against the time before: `3.2` is 3.2 times the usual. Nil when nothing is unusual.
    ///
    /// The last ten seconds are compared with the quarter of an hour before the last minute; at least half a minute of
    /// that has to be known, and one denial a second has to come in. Three times the usual is unusual.
    var denyStorm: Double? {
        guard let recent = self.denied.average(seconds: 10), recent >= 1, self.denied.known(seconds: 960) >= 90,
            let usual = self.denied.average(seconds: 900, skipping: 60)
        else { return nil }
        let ratio = recent / max(usual, 0.1)
        return ratio >= 3 ? min(ratio, 99) : nil
    }

    func connection(_ sessionID: UInt64) -> ConnectionView? {
        if let index = self.sessions[sessionID]?.index, self.connections.indices.contains(index),
            self.connections[index].sessionID == sessionID
        {
            return self.connections[index]
        }
        return self.connections.first { $0.sessionID == sessionID }
    }

    /// Starts anew for another gateway, because the samples of the one before do not hold for it.
    mutating func startOver() {
        let samples = self.samples
        self = Traffic(isRemote: self.isRemote)
        self.samples = samples + 1
    }
}
