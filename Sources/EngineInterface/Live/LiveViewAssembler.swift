package import Foundation
import JSON

/// Puts the events of a live stream together into the view that they describe.
///
/// A pure value: it survives broken connections and loses nothing that it had. Where the stream goes on from is
/// ``lastEventID``. When the process on the other side was restarted, its sequences start anew; what it says then is
/// numbered on behind what came before, so that "after this one" keeps its meaning here.
package struct LiveViewAssembler: Sendable {
    /// Denials kept: full rings of an engine with 16 event loops. Nothing but denials pushes a denial out.
    package static let maximumDenials = 32_768
    /// Other decisions kept.
    package static let maximumDecisions = 8_192

    private var connections: [UInt64: ConnectionView] = [:]
    private var counters: [DecisionCounter.Key: UInt64] = [:]
    private var components: [ComponentStatus] = []
    private var limits: [LimitCount] = []
    private var denials = Sequenced<DecisionRecord>(capacity: Self.maximumDenials)
    private var others = Sequenced<DecisionRecord>(capacity: Self.maximumDecisions)
    private var lines = Sequenced<LogLine>(capacity: LogRing.defaultCapacity)
    private var pool = TextPool()
    private var run: String?
    /// The id of the last event, for `Last-Event-ID`.
    package private(set) var lastEventID: String?
    /// When the stream was last heard; nil before its first event.
    package private(set) var heardAt: Date?
    /// Whether there is anything to show.
    package private(set) var hasSnapshot = false

    package init() {}

    /// Takes one event. Kinds that are not known are passed over.
    ///
    /// - Throws: when the event's data cannot be read; nothing has changed then but ``heardAt``.
    package mutating func receive(_ event: ServerSentEvent, at now: Date) throws {
        self.heard(at: now)
        let data = Data(event.data.utf8)
        let position = event.id.flatMap(LivePosition.init(text:))
        switch event.name {
        case "snapshot":
            let snapshot = try EntityCoding.decode(LiveSnapshot.self, from: data)
            self.enter(run: position?.run)
            self.connections.removeAll()
            for connection in snapshot.connections {
                self.connections[connection.sessionID] = self.pool.shared(connection)
            }
            self.counters = Dictionary(snapshot.counters.map { ($0.key, $0.count) }) { _, last in last }
            self.components = snapshot.components
            self.limits = snapshot.limits
            self.hasSnapshot = true
            for decision in snapshot.decisions { self.append(decision) }
        case "connection":
            let connection = try EntityCoding.decode(ConnectionView.self, from: data)
            self.connections[connection.sessionID] = connection.state == .closed ? nil : self.pool.shared(connection)
        case "counters":
            for counter in try EntityCoding.decode([DecisionCounter].self, from: data) {
                // Nothing is counted from 0: it is counted no longer.
                self.counters[counter.key] = counter.count > 0 ? counter.count : nil
            }
        case "components":
            self.components = try EntityCoding.decode([ComponentStatus].self, from: data)
        case "decision":
            self.append(try EntityCoding.decode(DecisionRecord.self, from: data))
        case "limits":
            self.limits = try EntityCoding.decode(KnownLimitCounts.self, from: data).counts
        case "log":
            self.lines.append(try EntityCoding.decode(LogLine.self, from: data))
        default:
            break
        }
        self.lastEventID = event.id ?? self.lastEventID
    }

    /// A sign of life without content.
    package mutating func heard(at now: Date) {
        self.heardAt = now
    }

    /// Takes log lines that were asked for beside the stream: those from before it began.
    package mutating func merge(earlierLines lines: [LogLine]) {
        self.lines.insert(lines)
    }

    /// Takes decisions that were asked for beside the stream, whose first event holds only the newest.
    package mutating func merge(earlierDecisions records: [DecisionRecord]) {
        let records = records.map { self.pool.shared($0) }
        self.denials.insert(records.filter { $0.verdict == .denied })
        self.others.insert(records.filter { $0.verdict != .denied })
    }

    private mutating func enter(run: String?) {
        if let before = self.run, let run, before != run {
            let last = max(self.denials.last, self.others.last)
            self.denials.startAnew(after: last)
            self.others.startAnew(after: last)
            self.lines.startAnew(after: self.lines.last)
        }
        self.run = run ?? self.run
    }

    private mutating func append(_ decision: DecisionRecord) {
        let decision = self.pool.shared(decision)
        if decision.verdict == .denied { self.denials.append(decision) } else { self.others.append(decision) }
    }

    /// The view now; nil before the first snapshot came.
    package var snapshot: LiveSnapshot? {
        guard self.hasSnapshot else { return nil }
        return LiveSnapshot(
            time: self.heardAt ?? .distantPast,
            connections: self.connections.values.sorted { $0.sessionID < $1.sessionID },
            counters: self.counters.map { DecisionCounter(key: $0.key, count: $0.value) }.sorted(
                by: DecisionCounter.precedes),
            decisions: Self.inOrder(
                self.denials.elements.suffix(LiveSnapshot.maximumDecisions),
                self.others.elements.suffix(LiveSnapshot.maximumDecisions)
            ).suffix(LiveSnapshot.maximumDecisions),
            components: self.components, limits: self.limits)
    }

    /// The kept records with a sequence above `sequence`, oldest first.
    package func decisions(after sequence: UInt64) -> [DecisionRecord] {
        Self.inOrder(self.denials.elements(after: sequence), self.others.elements(after: sequence))
    }

    /// Two lists that are in the order of their numbers, as one.
    private static func inOrder(
        _ left: some Collection<DecisionRecord>, _ right: some Collection<DecisionRecord>
    ) -> [DecisionRecord] {
        var all: [DecisionRecord] = []
        all.reserveCapacity(left.count + right.count)
        var rest = right[...]
        for record in left {
            let end = rest.firstIndex { $0.sequence > record.sequence } ?? rest.endIndex
            all += rest[..<end]
            rest = rest[end...]
            all.append(record)
        }
        return all + rest
    }

    /// The kept records with a sequence above `sequence`, oldest first.
    package func logs(after sequence: UInt64) -> [LogLine] {
        self.lines.elements(after: sequence)
    }
}

/// What carries a number that rises.
private protocol Numbered: Sendable {
    var sequence: UInt64 { get set }
}

extension DecisionRecord: Numbered {}
extension LogLine: Numbered {}

/// The newest elements in the order of their numbers, each once.
private struct Sequenced<Element: Numbered>: Sendable {
    private let capacity: Int
    private(set) var elements: [Element] = []
    /// What is added to the other side's numbers.
    private var offset: UInt64 = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func append(_ element: Element) {
        var element = element
        element.sequence = self.offset &+ element.sequence
        guard element.sequence > self.elements.last?.sequence ?? 0 else { return }
        self.elements.append(element)
        // Cut in large steps, so that appending stays cheap.
        if self.elements.count >= self.capacity + self.capacity / 4 {
            self.elements.removeFirst(self.elements.count - self.capacity)
        }
    }

    /// Adds what is missing, also from before the first.
    mutating func insert(_ more: [Element]) {
        var known = Set(self.elements.map(\.sequence))
        for var element in more {
            element.sequence = self.offset &+ element.sequence
            if known.insert(element.sequence).inserted { self.elements.append(element) }
        }
        self.elements.sort { $0.sequence < $1.sequence }
        if self.elements.count > self.capacity { self.elements.removeFirst(self.elements.count - self.capacity) }
    }

    /// The other side counts from the start again.
    mutating func startAnew(after last: UInt64) {
        self.offset = last
    }

    /// The newest number so far.
    var last: UInt64 { self.elements.last?.sequence ?? self.offset }

    func elements(after sequence: UInt64) -> [Element] {
        var low = 0
        var high = self.elements.count
        while low < high {
            let middle = low + (high - low) / 2
            if self.elements[middle].sequence > sequence { high = middle } else { low = middle + 1 }
        }
        return Array(self.elements[low...])
    }
}
