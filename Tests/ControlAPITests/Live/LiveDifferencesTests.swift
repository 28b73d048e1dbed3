import GatewayModel
import Testing

@testable import ControlAPI

@Suite struct LiveDifferencesTests {
    private func started(
        _ snapshot: LiveSnapshot = .empty, resumption: LivePosition? = nil
    ) throws -> LiveDifferences {
        try LiveDifferences.starting(with: snapshot, run: "run", resumption: resumption).differences
    }

    @Test func `nothing new makes no event`() throws {
        let snapshot = LiveSnapshot.empty.with {
            $0.connections = [.example(1)]
            $0.counters = [.example(3)]
            $0.decisions = [.example(9)]
        }
        var differences = try self.started(snapshot)
        #expect(try differences.events(snapshot, decisions: []) == [])
    }

    @Test func `connections come, change and go`() throws {
        var differences = try self.started()
        let opened = LiveSnapshot.empty.with { $0.connections = [.example(1), .example(2)] }
        #expect(try differences.events(opened, decisions: []).map(\.kind) == [.connection, .connection])
        let changed = LiveSnapshot.empty.with { $0.connections = [.example(1, requests: 5), .example(2)] }
        let change = try differences.events(changed, decisions: [])
        #expect(change.count == 1)
        #expect(change.first?.data.contains(#""requests":5"#) == true)
        let gone = try differences.events(changed.with { $0.connections.removeLast() }, decisions: [])
        #expect(gone.count == 1)
        #expect(gone.first?.data.contains(#""session_id":2,"state":"closed""#) == true)
    }

    @Test func `counters tell only what changed`() throws {
        let snapshot = LiveSnapshot.empty.with { $0.counters = [.example(1), .example(1, principal: "client")] }
        var differences = try self.started(snapshot)
        let events = try differences.events(
            snapshot.with { $0.counters[1].count = 2 }, decisions: [])
        #expect(events.map(\.kind) == [.counters])
        #expect(events.first?.data.contains("client") == true)
        #expect(events.first?.data.contains("anonymous") == false)
    }

    @Test func `each decision is told once and moves the position`() throws {
        var differences = try self.started(LiveSnapshot.empty.with { $0.decisions = [.example(9)] })
        #expect(differences.position.sequence == 9)
        let events = try differences.events(.empty, decisions: [.example(9), .example(10), .example(12)])
        #expect(events.map(\.position.text) == ["run-10", "run-12"])
        #expect(try differences.events(.empty, decisions: [.example(12)]) == [])
    }

    @Test func `a component's new state becomes a line of the log`() throws {
        var differences = try self.started()
        let events = try differences.events(
            LiveSnapshot.empty.with {
                $0.components = [
                    ComponentStatus(
                        kind: "backend_cluster", gateway: "edge", name: "orders", state: .down, reason: "refused")
                ]
            }, decisions: [])
        #expect(events.map(\.kind) == [.log])
        #expect(
            events.first?.data
                == #"{"level":"error","message":"backend cluster [orders] is DOWN: refused","time":"1970-01-01T00:00:00.000Z"}"#
        )
    }

    @Test func `a stream resumes after the last event, or from the ring's start after a restart`() throws {
        let snapshot = LiveSnapshot.empty.with { $0.decisions = [.example(9)] }
        let position = { (text: String) in LivePosition(text: text) }
        #expect(try self.started(snapshot, resumption: position("run-4")).position.sequence == 4)
        #expect(try self.started(snapshot, resumption: position("old-4")).position.sequence == 0)
        #expect(try self.started(snapshot, resumption: position("run-99")).position.sequence == 9)
        #expect(position("nonsense") == nil)
        #expect(position("run--1") == LivePosition(run: "run-", sequence: 1))
    }

    @Test func `an event is written as server-sent events want it`() {
        let event = LiveEvent(kind: .log, data: "{}", position: LivePosition(run: "a", sequence: 3))
        #expect(event.text == "event: log\nid: a-3\ndata: {}\n\n")
    }
}
