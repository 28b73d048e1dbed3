import EngineInterface
import Foundation
import JSON
import Testing

@testable import ControlAPI

@Suite struct LiveDifferencesTests {
    private func started(
        _ snapshot: LiveSnapshot = .empty, newestLine: UInt64 = 0, resumption: LivePosition? = nil
    ) throws -> LiveDifferences {
        try LiveDifferences.starting(
            with: snapshot, newestLine: newestLine, run: "run", resumption: resumption
        ).differences
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

    @Test func `of many changed connections each call tells a part, and none twice or never`() throws {
        let count = UInt64(LiveDifferences.connectionsAtOnce)
        var differences = try self.started()
        let busy = LiveSnapshot.empty.with { $0.connections = (1...(count * 2 + 1)).map { .example($0) } }
        let told = try (0..<3).map { _ in try differences.events(busy, decisions: []).count }
        #expect(told == [Int(count), Int(count), 1])
        #expect(try differences.events(busy, decisions: []) == [])
        // The first ones change again and again: the others still have their turn.
        var requests: UInt64 = 0
        var last: [LiveEvent] = []
        for _ in 0..<3 {
            requests += 1
            let again = busy.with { $0.connections = (1...(count * 2 + 1)).map { .example($0, requests: requests) } }
            last = try differences.events(again, decisions: [])
        }
        #expect(last.contains { $0.data.contains(#""session_id":\#(count * 2 + 1),"#) })
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

    @Test func `a counter that is gone is told as 0, once`() throws {
        var differences = try self.started(
            LiveSnapshot.empty.with { $0.counters = [.example(4, principal: "ci-1"), .example(1)] })
        let after = LiveSnapshot.empty.with { $0.counters = [.example(4, principal: "(other)"), .example(1)] }
        let events = try differences.events(after, decisions: [])
        #expect(events.map(\.kind) == [.counters])
        let told = try EntityCoding.decode([DecisionCounter].self, from: Data((events.first?.data ?? "").utf8))
        #expect(told.map { "\($0.key.principal) \($0.count)" } == ["(other) 4", "ci-1 0"])
        #expect(try differences.events(after, decisions: []) == [])
    }

    @Test func `two spellings of a principal are two counters`() throws {
        var differences = try self.started(
            LiveSnapshot.empty.with {
                $0.counters = [.example(1, principal: "caf\u{E9}"), .example(2, principal: "cafe\u{301}")]
            })
        let events = try differences.events(
            LiveSnapshot.empty.with {
                $0.counters = [.example(1, principal: "caf\u{E9}"), .example(3, principal: "cafe\u{301}")]
            }, decisions: [])
        let told = try EntityCoding.decode([DecisionCounter].self, from: Data((events.first?.data ?? "").utf8))
        #expect(told.map(\.count) == [3])
    }

    @Test func `limits are told when one is run into`() throws {
        var differences = try self.started()
        let after = LiveSnapshot.empty.with { $0.limits = [LimitCount(.requestBytes, count: 2)] }
        let events = try differences.events(after, decisions: [])
        #expect(events.map(\.kind) == [.limits])
        #expect(events.first?.data == #"[{"count":2,"limit":"request bytes","setting":"max-request-bytes"}]"#)
        #expect(try differences.events(after, decisions: []) == [])
    }

    @Test func `each decision is told once and moves the position`() throws {
        var differences = try self.started(LiveSnapshot.empty.with { $0.decisions = [.example(9)] })
        #expect(differences.position.decision == 9)
        let events = try differences.events(.empty, decisions: [.example(9), .example(10), .example(12)])
        #expect(events.map(\.position.text) == ["run-10-0", "run-12-0"])
        #expect(try differences.events(.empty, decisions: [.example(12)]) == [])
    }

    @Test func `a component's new state tells all states`() throws {
        let up = ComponentStatus(kind: "backend_cluster", gateway: "edge", name: "orders", state: .up)
        var down = up
        (down.state, down.reason) = (.down, "refused")
        var differences = try self.started(LiveSnapshot.empty.with { $0.components = [up] })
        let events = try differences.events(LiveSnapshot.empty.with { $0.components = [down] }, decisions: [])
        #expect(events.map(\.kind) == [.components])
        #expect(
            events.first?.data
                == #"[{"gateway":"edge","kind":"backend_cluster","name":"orders","reason":"refused","state":"DOWN"}]"#)
        #expect(try differences.events(.empty, decisions: []).map(\.data) == ["[]"])
    }

    @Test func `each line of the log is told once, with its facts`() throws {
        var differences = try self.started(newestLine: 4)
        let events = try differences.events(.empty, decisions: [], lines: [.example(4), .example(5), .example(6)])
        #expect(events.map(\.position.text) == ["run-0-5", "run-0-6"])
        #expect(
            events.first?.data
                == #"{"component":"listener","level":"info","message":"listener port bound","metadata":{"listener":"public"},"sequence":5,"time":"1970-01-01T00:00:00.000Z"}"#
        )
        #expect(try differences.events(.empty, decisions: [], lines: [.example(6)]) == [])
    }

    @Test func `a stream resumes after the last event, or from the rings' start after a restart`() throws {
        let snapshot = LiveSnapshot.empty.with { $0.decisions = [.example(9)] }
        func resumed(_ text: String) throws -> String {
            try self.started(snapshot, newestLine: 7, resumption: LivePosition(text: text)).position.text
        }
        #expect(try resumed("run-4-2") == "run-4-2")
        #expect(try resumed("old-4-2") == "run-0-0")
        #expect(try resumed("run-99-99") == "run-9-7")
        #expect(try resumed("nonsense") == "run-9-7")
    }

    @Test func `an event is written as server-sent events want it`() {
        let event = LiveEvent(kind: .log, data: "{}", position: LivePosition(run: "a", decision: 3, log: 1))
        #expect(event.text == "event: log\nid: a-3-1\ndata: {}\n\n")
    }
}
