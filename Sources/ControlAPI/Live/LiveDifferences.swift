internal import EngineInterface
internal import Foundation
internal import JSON

/// Turns what the engine shows from time to time into events: what is new, what changed, what is gone.
///
/// A pure value: snapshots, decisions and log lines go in, events come out. It keeps one snapshot, so its size is bounded.
struct LiveDifferences {
    /// Changed connections told of in one call; the others are told of by the next ones.
    static let connectionsAtOnce = 250

    /// The values as they were last sent.
    private var connections: [UInt64: ConnectionView] = [:]
    private var lastConnection: UInt64 = 0
    private var counters: [DecisionCounter.Key: UInt64] = [:]
    private var components: [ComponentStatus] = []
    private var limits: [LimitCount] = []
    private(set) var position: LivePosition

    /// The first event: everything there is now.
    ///
    /// - Parameters:
    ///   - snapshot: with the newest decisions.
    ///   - newestLine: sequence of the newest log line.
    ///   - resumption: the last event the client saw; decisions and log lines then go on after it, as far as the rings hold
    ///     them. One from another run means from the rings' start. Without it they go on after the snapshot.
    static func starting(
        with snapshot: LiveSnapshot, newestLine: UInt64, run: String, resumption: LivePosition?
    ) throws -> (differences: LiveDifferences, event: LiveEvent) {
        var position = LivePosition(run: run, decision: snapshot.decisions.last?.sequence ?? 0, log: newestLine)
        switch resumption {
        case nil:
            break
        case let last? where last.run == run:
            position.decision = min(last.decision, position.decision)
            position.log = min(last.log, position.log)
        case .some:
            position.decision = 0
            position.log = 0
        }
        var differences = LiveDifferences(position: position)
        differences.connections = Dictionary(snapshot.connections.map { ($0.sessionID, $0) }) { first, _ in first }
        differences.rememberTotals(snapshot)
        return (differences, try differences.event(.snapshot, snapshot))
    }

    private init(position: LivePosition) {
        self.position = position
    }

    /// Events since the last call.
    ///
    /// - Parameters:
    ///   - decisions: those after ``position``, oldest first.
    ///   - lines: likewise.
    mutating func events(
        _ snapshot: LiveSnapshot, decisions: [DecisionRecord], lines: [LogLine] = []
    ) throws -> [LiveEvent] {
        var events: [LiveEvent] = []
        let changed = snapshot.connections.filter { self.connections[$0.sessionID] != $0 }
        // The next call goes on where this one ended: nobody waits for ever.
        let start = changed.firstIndex { $0.sessionID > self.lastConnection } ?? 0
        for connection in (changed[start...] + changed[..<start]).prefix(Self.connectionsAtOnce) {
            self.lastConnection = connection.sessionID
            self.connections[connection.sessionID] = connection
            events.append(try self.event(.connection, connection))
        }
        let open = Set(snapshot.connections.map(\.sessionID))
        for (id, connection) in self.connections.sorted(by: { $0.key < $1.key })
        where !open.contains(id) && connection.state != .closed {
            var closed = connection
            closed.state = .closed
            events.append(try self.event(.connection, closed))
            self.connections[id] = nil
        }
        for decision in decisions where decision.sequence > self.position.decision {
            self.position.decision = decision.sequence
            events.append(try self.event(.decision, decision))
        }
        var counters = snapshot.counters.filter { self.counters[$0.key] != $0.count }
        if self.counters.count + counters.count > snapshot.counters.count {
            let there = Set(snapshot.counters.map(\.key))
            counters += self.counters.keys.filter { !there.contains($0) }.map { DecisionCounter(key: $0, count: 0) }
                .sorted(by: DecisionCounter.precedes)
        }
        if !counters.isEmpty { events.append(try self.event(.counters, counters)) }
        if snapshot.components != self.components { events.append(try self.event(.components, snapshot.components)) }
        if snapshot.limits != self.limits { events.append(try self.event(.limits, snapshot.limits)) }
        for line in lines where line.sequence > self.position.log {
            self.position.log = line.sequence
            events.append(try self.event(.log, line))
        }
        self.rememberTotals(snapshot)
        return events
    }

    private mutating func rememberTotals(_ snapshot: LiveSnapshot) {
        self.counters = Dictionary(snapshot.counters.map { ($0.key, $0.count) }) { first, _ in first }
        self.components = snapshot.components
        self.limits = snapshot.limits
    }

    private func event(_ kind: LiveEvent.Kind, _ value: some Encodable) throws -> LiveEvent {
        LiveEvent(
            kind: kind, data: String(decoding: try EntityCoding.encode(value), as: UTF8.self), position: self.position)
    }
}
