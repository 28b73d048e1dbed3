internal import Foundation
internal import GatewayModel

/// Turns what the engine shows from time to time into events: what is new, what changed, what is gone.
///
/// A pure value: snapshots and decisions go in, events come out. It keeps one snapshot, so its size is bounded.
struct LiveDifferences {
    private var connections: [UInt64: ConnectionView] = [:]
    private var counters: [DecisionCounter.Key: UInt64] = [:]
    private var components: [String: ComponentStatus] = [:]
    private(set) var position: LivePosition

    /// The first event: everything there is now.
    ///
    /// - Parameter resumption: the last event the client saw; decisions then go on after it, as far as the ring holds
    ///   them. One from another run means from the ring's start. Without it they go on after the snapshot's.
    static func starting(
        with snapshot: LiveSnapshot, run: String, resumption: LivePosition?
    ) throws -> (differences: LiveDifferences, event: LiveEvent) {
        let newest = snapshot.decisions.last?.sequence ?? 0
        let sequence: UInt64
        switch resumption {
        case nil: sequence = newest
        case let position? where position.run == run: sequence = min(position.sequence, newest)
        case .some: sequence = 0
        }
        var differences = LiveDifferences(position: LivePosition(run: run, sequence: sequence))
        differences.remember(snapshot)
        return (differences, try differences.event(.snapshot, snapshot))
    }

    private init(position: LivePosition) {
        self.position = position
    }

    /// Events since the last call.
    ///
    /// - Parameter decisions: those after ``position``, oldest first.
    mutating func events(_ snapshot: LiveSnapshot, decisions: [DecisionRecord]) throws -> [LiveEvent] {
        var events: [LiveEvent] = []
        for connection in snapshot.connections where self.connections[connection.sessionID] != connection {
            events.append(try self.event(.connection, connection))
        }
        let open = Set(snapshot.connections.map(\.sessionID))
        for (id, connection) in self.connections.sorted(by: { $0.key < $1.key })
        where !open.contains(id) && connection.state != .closed {
            var closed = connection
            closed.state = .closed
            events.append(try self.event(.connection, closed))
        }
        events += try self.decisionEvents(decisions, time: snapshot.time)
        let changed = snapshot.counters.filter { self.counters[$0.key] != $0.count }
        if !changed.isEmpty { events.append(try self.event(.counters, changed)) }
        for component in snapshot.components where self.components[component.id] != component {
            events.append(try self.event(.log, Self.line(component, time: snapshot.time)))
        }
        self.remember(snapshot)
        return events
    }

    private mutating func decisionEvents(_ decisions: [DecisionRecord], time: Date) throws -> [LiveEvent] {
        var events: [LiveEvent] = []
        for decision in decisions where decision.sequence > self.position.sequence {
            self.position.sequence = decision.sequence
            events.append(try self.event(.decision, decision))
        }
        return events
    }

    private mutating func remember(_ snapshot: LiveSnapshot) {
        self.connections = Dictionary(snapshot.connections.map { ($0.sessionID, $0) }) { first, _ in first }
        self.counters = Dictionary(snapshot.counters.map { ($0.key, $0.count) }) { first, _ in first }
        self.components = Dictionary(snapshot.components.map { ($0.id, $0) }) { first, _ in first }
    }

    private func event(_ kind: LiveEvent.Kind, _ value: some Encodable) throws -> LiveEvent {
        LiveEvent(
            kind: kind, data: String(decoding: try EntityCoding.encode(value), as: UTF8.self), position: self.position)
    }

    private static func line(_ component: ComponentStatus, time: Date) -> LiveLogLine {
        let level =
            switch component.state {
            case .up: "info"
            case .warn: "warning"
            case .down: "error"
            }
        let kind = component.kind.replacing("_", with: " ")
        let reason = component.reason.map { ": \($0)" } ?? ""
        return LiveLogLine(
            time: time, level: level, message: "\(kind) [\(component.name)] is \(component.state.rawValue)\(reason)")
    }
}

extension ComponentStatus {
    fileprivate var id: String { "\(self.kind)/\(self.gateway)/\(self.name)" }
}
