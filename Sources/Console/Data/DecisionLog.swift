import EngineInterface
import Foundation
import Resources

/// A decision with what its connection adds.
struct DecisionEntry: Sendable {
    /// The decision's number in the console, from 0. It keeps rising when the engine restarts.
    var number: Int
    var record: DecisionRecord
    /// `10.0.4.17:53122`; nil when the connection was not seen.
    var client: String?
    var listener: String?
}

extension DecisionEntry: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "client", "host":
            ([self.client, self.client.map { String(HostPort.withoutPort($0)) }, self.record.clientID])
                .compactMap { $0 }
        case "listener": self.listener.map { [$0] } ?? []
        default: self.record.filterValues(field)
        }
    }

    var filterText: String { self.record.filterText }

    func anyFilterText(_ test: (String) -> Bool) -> Bool {
        self.record.anyFilterText(test) || self.client.map(test) ?? false
    }

    var filterTime: Date? { self.record.time }
}

/// The newest decisions, oldest first: 50,000 of all, and 20,000 denials that outlive the others.
struct DecisionLog: Sendable {
    static let capacity = 50_000
    static let denialCapacity = 20_000

    private var recent: NumberedRing<DecisionEntry>
    /// All kept denials, including those in `recent`.
    private var denials: NumberedRing<DecisionEntry>
    private var pool = TextPool()
    private var lastSequence: UInt64?
    private var lastTime = Date.distantPast
    /// The last ordinal of each event loop.
    private var ordinals: [Int: UInt64] = [:]
    /// Decisions that the engine counted and did not list, because they come faster than a list can be read: gaps
    /// between ordinals. They are allowed or filtered ones: every denial is listed.
    private(set) var unlisted = 0
    /// Decisions that left the buffer before it was put together anew.
    private var droppedBefore = 0
    /// The last denial of each principal, by name.
    private(set) var lastDenials: [WireName: DecisionRecord] = [:]

    init(capacity: Int = Self.capacity, denialCapacity: Int = Self.denialCapacity) {
        self.recent = NumberedRing(capacity: capacity)
        self.denials = NumberedRing(capacity: denialCapacity)
    }

    /// The number of decisions received, which is the number of the next one.
    var end: Int { self.recent.end }
    /// The number of kept decisions.
    var count: Int { self.recent.count + self.olderDenials }
    /// The number of decisions dropped from the buffer.
    var dropped: Int { self.droppedBefore + self.recent.first - self.olderDenials }
    var newest: DecisionEntry? { self.recent.last }
    var oldest: DecisionEntry? { self.at(0) }

    /// Denials that only the second ring still holds. Both are sorted: the first that `recent` also has is searched.
    private var olderDenials: Int {
        var low = self.denials.first
        var high = self.denials.end
        while low < high {
            let middle = low + (high - low) / 2
            if let entry = self.denials[middle], entry.number < self.recent.first {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low - self.denials.first
    }

    /// Adds records, each sequence once.
    /// - Returns: The number of new records.
    @discardableResult
    mutating func append(
        _ records: [DecisionRecord], locate: (UInt64) -> (client: String, listener: String)? = { _ in nil }
    ) -> Int {
        var added = 0
        for record in records {
            if let last = self.lastSequence, record.sequence <= last {
                // A lower sequence is an old record, unless the engine restarted: then sequences fall while the time
                // rises.
                guard record.time.timeIntervalSince(self.lastTime) > 1 else { continue }
                self.ordinals = [:]
            }
            if let last = self.ordinals[record.eventLoop], record.ordinal > last {
                self.unlisted =
                    self.unlisted.addingReportingOverflow(Int(clamping: record.ordinal - last - 1)).partialValue
            }
            self.ordinals[record.eventLoop] = record.ordinal
            self.lastSequence = record.sequence
            self.lastTime = max(self.lastTime, record.time)
            self.add(self.entry(of: record, locate: locate))
            added += 1
        }
        return added
    }

    private mutating func entry(
        of record: DecisionRecord, locate: (UInt64) -> (client: String, listener: String)?
    ) -> DecisionEntry {
        let record = self.pool.shared(record)
        let place = locate(record.sessionID)
        return DecisionEntry(
            number: 0, record: record,
            client: record.remoteAddress ?? place.map { self.pool.shared($0.client) },
            listener: place.map { self.pool.shared($0.listener) })
    }

    private mutating func add(_ entry: DecisionEntry) {
        var entry = entry
        entry.number = self.recent.end
        self.recent.append(entry)
        guard entry.record.verdict == .denied else { return }
        self.denials.append(entry)
        let principal = WireName(entry.record.principal)
        if self.lastDenials.count >= 10_000, self.lastDenials[principal] == nil { self.lastDenials = [:] }
        self.lastDenials[principal] = entry.record
    }

    /// Adds what the engine still holds and the log does not, each in its place in time. Numbers are given anew.
    /// - Returns: The number of added records.
    @discardableResult
    mutating func merge(
        _ records: [DecisionRecord], locate: (UInt64) -> (client: String, listener: String)? = { _ in nil }
    ) -> Int {
        struct Identity: Hashable {
            var eventLoop: Int
            var ordinal: UInt64
            /// The time in milliseconds, because JSON carries no finer one.
            var time: Int

            init(_ record: DecisionRecord) {
                self.eventLoop = record.eventLoop
                self.ordinal = record.ordinal
                self.time = Int((record.time.timeIntervalSince1970 * 1000).rounded(.down))
            }
        }
        var entries: [DecisionEntry] = []
        entries.reserveCapacity(self.count + records.count)
        self.forEach(from: 0) {
            entries.append($0)
            return true
        }
        var known = Set(entries.map { Identity($0.record) })
        let before = entries.count
        // Decisions newer than the last one are still to come in the stream.
        for record in records where record.time <= self.lastTime && known.insert(Identity(record)).inserted {
            entries.append(self.entry(of: record, locate: locate))
        }
        let added = entries.count - before
        guard added > 0 else { return 0 }
        entries.sort { ($0.record.time, $0.record.ordinal) < ($1.record.time, $1.record.ordinal) }
        self.droppedBefore = self.dropped
        self.recent = NumberedRing(capacity: self.recent.capacity)
        self.denials = NumberedRing(capacity: self.denials.capacity)
        self.lastDenials = [:]
        for entry in entries { self.add(entry) }
        self.unlisted = max(0, self.unlisted - added)
        return added
    }

    /// Whether `records` continue where the log ends, so that none is skipped.
    func isContinued(by records: [DecisionRecord]) -> Bool {
        guard let last = self.lastSequence, let first = records.first else { return false }
        if first.sequence <= last { return true }
        var seen: Set<Int> = []
        return records.allSatisfy { record in
            !seen.insert(record.eventLoop).inserted || record.ordinal <= (self.ordinals[record.eventLoop] ?? 0) + 1
        }
    }

    /// By number; nil when it is not kept any more.
    func entry(_ number: Int) -> DecisionEntry? {
        if let entry = self.recent[number] { return entry }
        return self.index(atOrAfter: number).flatMap(self.at).flatMap { $0.number == number ? $0 : nil }
    }

    /// By place: 0 is the oldest that is kept.
    func at(_ index: Int) -> DecisionEntry? {
        guard index >= 0 else { return nil }
        let older = self.olderDenials
        return index < older ? self.denials[self.denials.first + index] : self.recent[self.recent.first + index - older]
    }

    /// The place of the first entry whose number is at least this; nil when there is none.
    func index(atOrAfter number: Int) -> Int? {
        let older = self.olderDenials
        if number >= self.recent.first {
            let index = older + number - self.recent.first
            return index < older + self.recent.count ? index : nil
        }
        var low = 0
        var high = older
        while low < high {
            let middle = low + (high - low) / 2
            if let entry = self.denials[self.denials.first + middle], entry.number < number {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < older + self.recent.count ? low : nil
    }

    /// From a number on, oldest first, until `body` returns false.
    func forEach(from number: Int, _ body: (DecisionEntry) -> Bool) {
        if number < self.recent.first {
            for index in self.denials.first..<self.denials.end {
                guard let entry = self.denials[index], entry.number < self.recent.first else { break }
                if entry.number >= number, !body(entry) { return }
            }
        }
        for index in max(number, self.recent.first)..<max(number, self.recent.first, self.recent.end) {
            guard let entry = self.recent[index] else { return }
            if !body(entry) { return }
        }
    }

    /// All of them, newest first, until `body` returns false.
    func forEachBackwards(_ body: (DecisionEntry) -> Bool) {
        for index in (0..<self.count).reversed() {
            guard let entry = self.at(index) else { continue }
            if !body(entry) { return }
        }
    }

    /// Denials, newest first, until `body` returns false.
    func forEachDenialBackwards(_ body: (DecisionEntry) -> Bool) {
        var index = self.denials.end - 1
        while let entry = self.denials[index], body(entry) { index -= 1 }
    }

    /// Since when nothing that was listed left the buffer.
    func complete(onlyDenials: Bool) -> Date? {
        let oldestDenial = onlyDenials ? self.denials[self.denials.first] : nil
        return (oldestDenial ?? self.recent[self.recent.first])?.record.time
    }

    /// The number of kept denials, and the time of the oldest.
    var keptDenials: (count: Int, since: Date?) {
        (self.denials.count, self.denials[self.denials.first]?.record.time)
    }
}
