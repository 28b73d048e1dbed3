import EngineInterface
import Resources

/// The number of decisions by principal and verdict, on one event loop.
///
/// Principals come from tokens, so their number is unlimited, but the counters are bounded. Beyond ``maximumCounters``
/// new ones are counted in the rows of ``DecisionCounter/other``, and so are those of a principal whose last session
/// ended ``retention`` ago: totals stay exact. The counters of a deleted virtual cluster are dropped.
struct DecisionCounters {
    static let defaultMaximum = 4_096
    static let retention = Duration.seconds(15 * 60)
    /// The shortest time between two searches for principals whose sessions have ended.
    static let pause = Duration.seconds(60)

    /// One counter; sessions keep a reference so that counting is one addition.
    final class Counter {
        var count: UInt64 = 0
    }

    /// A virtual cluster, by ids: its counters outlive a change of names.
    struct Place: Hashable {
        @WireName var gatewayID: String
        @WireName var virtualClusterID: String
    }

    /// The names by which views show a place.
    struct Names: Equatable {
        @WireName var gateway: String
        @WireName var virtualCluster: String
    }

    /// The kind of a decision.
    struct Kind: Hashable {
        var resourceType: ResourceType
        var operation: ACLOperation
        var verdict: Verdict
        @WireName var rule: String
    }

    /// The owner of counters: a principal of a place, or all principals that are not counted one by one.
    fileprivate final class Owner {
        let place: Place
        /// The principal; nil for all others.
        let principal: String?
        var isGone = false

        init(place: Place, principal: String?) {
            self.place = place
            self.principal = principal
        }
    }

    /// The counters of one principal. Its sessions hold the subject; while one does, the counters are not folded into
    /// those of the others.
    final class Subject {
        fileprivate let owner: Owner
        /// Whether there was room for counters of its own.
        fileprivate let isCounted: Bool
        fileprivate var counters: [Kind: Counter] = [:]
        /// The time at which it was first seen without a session.
        fileprivate var idleSince: ContinuousClock.Instant?

        fileprivate init(_ owner: Owner, isCounted: Bool) {
            self.owner = owner
            self.isCounted = isCounted
        }
    }

    private struct Key: Hashable {
        var place: Place
        @WireName var principal: String
    }

    private struct Other: Hashable {
        var place: Place
        var kind: Kind
    }

    /// A counter and its owner, in the list that views read part by part.
    private struct Row {
        var owner: Owner
        var kind: Kind
        var counter: Counter
    }

    private let maximum: Int
    private let now: () -> ContinuousClock.Instant
    private var subjects: [Key: Subject] = [:]
    private var others: [Other: Counter] = [:]
    private var rows: [Row] = []
    /// The number of rows of single principals.
    private var ownRows = 0
    private var places: [Place: Names] = [:]
    private var rules = TextPool()
    private var lookedAt: ContinuousClock.Instant?
    /// Changes when rows were removed, so that a reader that has read a part begins anew.
    private(set) var generation: UInt64 = 0

    /// - Parameters:
    ///   - maximum: The most counters that single principals may have together.
    ///   - now: The clock's time.
    init(
        maximum: Int = Self.defaultMaximum, now: @escaping () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.maximum = maximum
        self.now = now
    }

    // MARK: Counting

    /// - Returns: The subject that the principal's sessions keep.
    mutating func subject(of session: SessionIdentity) -> Subject {
        self.places[session.place] = Names(gateway: session.gateway, virtualCluster: session.virtualCluster)
        let key = Key(place: session.place, principal: session.principal)
        if let subject = self.subjects[key] { return subject }
        if self.subjects.count >= self.maximum { self.foldThoseGone() }
        let isCounted = self.subjects.count < self.maximum
        let subject = Subject(Owner(place: key.place, principal: key.principal), isCounted: isCounted)
        if isCounted { self.subjects[key] = subject }
        return subject
    }

    /// The counter for one kind of decision of a principal, or that of all others when there is no room for one more.
    mutating func counter(_ kind: Kind, of subject: Subject) -> Counter {
        if let counter = subject.counters[kind] { return counter }
        // Remaining sessions of a deleted place count where no view reads.
        guard !subject.owner.isGone, self.places[subject.owner.place] != nil else { return Counter() }
        if self.ownRows >= self.maximum { self.foldThoseGone() }
        guard subject.isCounted, self.ownRows < self.maximum else { return self.other(kind, in: subject.owner.place) }
        var kind = kind
        kind.rule = self.rules.shared(kind.rule)
        let counter = Counter()
        subject.counters[kind] = counter
        self.rows.append(Row(owner: subject.owner, kind: kind, counter: counter))
        self.ownRows += 1
        return counter
    }

    private mutating func other(_ kind: Kind, in place: Place) -> Counter {
        var kind = kind
        kind.rule = DecisionCounter.other
        let key = Other(place: place, kind: kind)
        if let counter = self.others[key] { return counter }
        let counter = Counter()
        self.others[key] = counter
        self.rows.append(Row(owner: Owner(place: place, principal: nil), kind: kind, counter: counter))
        return counter
    }

    // MARK: Forgetting

    /// Counts principals whose last session ended ``retention`` ago with the others. Does nothing when the last look was
    /// less than ``pause`` ago.
    mutating func foldThoseGone() {
        let now = self.now()
        if let last = self.lookedAt, now - last < Self.pause { return }
        self.lookedAt = now
        var gone: [Key: Subject] = [:]
        // Iterate by index, in place, because a copy of the reference would count as a session.
        var index = self.subjects.values.startIndex
        while index != self.subjects.values.endIndex {
            let isHeld = !isKnownUniquelyReferenced(&self.subjects.values[index])
            let (key, subject) = self.subjects[index]
            if isHeld {
                subject.idleSince = nil
            } else if subject.counters.isEmpty || subject.idleSince.map({ now - $0 >= Self.retention }) == true {
                gone[key] = subject
            } else if subject.idleSince == nil {
                subject.idleSince = now
            }
            self.subjects.values.formIndex(after: &index)
        }
        guard !gone.isEmpty else { return }
        for (key, subject) in gone {
            for (kind, counter) in subject.counters { self.other(kind, in: key.place).count += counter.count }
            subject.owner.isGone = true
            self.subjects[key] = nil
        }
        self.removeRowsOfThoseGone()
    }

    /// Drops the counters of other places, and shows the rest under the current names.
    mutating func keep(only places: [Place: Names]) {
        guard places != self.places else { return }
        let isSmaller = self.places.keys.contains { places[$0] == nil }
        self.places = places
        guard isSmaller else { return }
        for subject in self.subjects.values where places[subject.owner.place] == nil { subject.owner.isGone = true }
        self.subjects = self.subjects.filter { !$0.value.owner.isGone }
        self.others = self.others.filter { places[$0.key.place] != nil }
        for row in self.rows where places[row.owner.place] == nil { row.owner.isGone = true }
        self.removeRowsOfThoseGone()
    }

    private mutating func removeRowsOfThoseGone() {
        let before = self.rows.count
        self.rows.removeAll(where: \.owner.isGone)
        self.ownRows = self.rows.count { $0.owner.principal != nil }
        if self.rows.count != before { self.generation += 1 }
    }

    // MARK: Reading

    /// The principals that are counted one by one in a virtual cluster.
    func principals(ofVirtualCluster id: String) -> [WireName] {
        self.subjects.keys.lazy.filter { $0.place.virtualClusterID.hasSameBytes(as: id) }
            .map { WireName($0.principal) }
    }

    /// The number of counters of all gateways.
    var count: Int { self.rows.count }

    /// Totals of a part of the counters.
    ///
    /// - Parameters:
    ///   - start: The number of counters to skip.
    ///   - count: The number of counters to read.
    ///   - gateway: A gateway's id, or nil for all gateways.
    func totals(from start: Int, count: Int, gateway: String?) -> [DecisionCounter] {
        self.rows.dropFirst(start).prefix(count).compactMap { row in
            guard gateway.map(row.owner.place.gatewayID.hasSameBytes) ?? true, let names = self.places[row.owner.place]
            else {
                return nil
            }
            return DecisionCounter(
                key: DecisionCounter.Key(
                    gateway: names.gateway, virtualCluster: names.virtualCluster,
                    principal: row.owner.principal ?? DecisionCounter.other, resourceType: row.kind.resourceType,
                    operation: row.kind.operation, rule: row.kind.rule, verdict: row.kind.verdict),
                count: row.counter.count)
        }
    }
}

extension RuntimeConfiguration {
    /// The places of the configuration in which decisions may be made.
    var places: [DecisionCounters.Place: DecisionCounters.Names] {
        Dictionary(
            self.virtualClusters.map { runtime in
                let virtualCluster = runtime.virtualCluster
                return (
                    .init(gatewayID: runtime.gatewayID, virtualClusterID: virtualCluster.id),
                    .init(gateway: runtime.gatewayName, virtualCluster: virtualCluster.name)
                )
            }, uniquingKeysWith: { $1 })
    }
}
