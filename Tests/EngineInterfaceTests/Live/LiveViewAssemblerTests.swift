import EngineInterface
import Foundation
import JSON
import Resources
import Testing

private let now = Date(timeIntervalSince1970: 1_000)

private func event(_ name: String, _ value: some Encodable, id: String?) throws -> ServerSentEvent {
    ServerSentEvent(name: name, data: String(decoding: try EntityCoding.encode(value), as: UTF8.self), id: id)
}

private func connection(_ id: UInt64, _ state: ConnectionView.State = .active, requests: UInt64 = 0) -> ConnectionView {
    ConnectionView(
        sessionID: id, gateway: "edge", listener: "public", virtualCluster: "team", remoteAddress: "127.0.0.1:5",
        localPort: 19092, principal: "ali", authentication: "anonymous", clientID: nil, clientSoftwareName: nil,
        clientSoftwareVersion: nil, upstream: nil, state: state, connectedAt: Timestamp.date(milliseconds: 0),
        requests: requests, bytesIn: 0, bytesOut: 0, denied: 0)
}

private func decision(
    _ sequence: UInt64, _ name: String = "orders", _ verdict: Verdict = .denied
) -> DecisionRecord {
    DecisionRecord(
        sequence: sequence, eventLoop: 0, ordinal: sequence, time: Timestamp.date(milliseconds: 0), gateway: "edge",
        virtualCluster: "team",
        principal: "ali", sessionID: 1, clientID: nil, api: "Produce", resourceType: .topic, resourceName: name,
        operation: .write, verdict: verdict, rule: "__internal/default-deny", reason: "no rule")
}

private func counter(_ count: UInt64, principal: String = "ali") -> DecisionCounter {
    DecisionCounter(
        key: .init(
            gateway: "edge", virtualCluster: "team", principal: principal, resourceType: .topic, operation: .write,
            rule: "__internal/default-deny", verdict: .denied), count: count)
}

private func line(_ sequence: UInt64, _ message: String = "m") -> LogLine {
    LogLine(
        sequence: sequence, time: Timestamp.date(milliseconds: 0), level: .info, component: "c", message: message)
}

private func snapshot(
    connections: [ConnectionView] = [], counters: [DecisionCounter] = [], decisions: [DecisionRecord] = [],
    components: [ComponentStatus] = []
) -> LiveSnapshot {
    LiveSnapshot(
        time: Timestamp.date(milliseconds: 0), connections: connections, counters: counters, decisions: decisions,
        components: components)
}

@Suite struct LiveViewAssemblerTests {
    @Test func `decisions that were asked for beside the stream come before those of its first event, each once`()
        throws
    {
        var view = LiveViewAssembler()
        try view.receive(
            try event("snapshot", snapshot(decisions: [decision(3), decision(4, "a", .allowed)]), id: "r-4-0"), at: now)
        view.merge(earlierDecisions: [decision(1), decision(2, "a", .allowed), decision(3), decision(4, "a", .allowed)])
        #expect(view.decisions(after: 0).map(\.sequence) == [1, 2, 3, 4])
        try view.receive(try event("decision", decision(5), id: "r-5-0"), at: now)
        #expect(view.decisions(after: 3).map(\.sequence) == [4, 5])
    }

    @Test func `there is no view before the first snapshot`() throws {
        var view = LiveViewAssembler()
        #expect(view.snapshot == nil)
        #expect(view.lastEventID == nil)
        try view.receive(try event("connection", connection(1), id: "r-0-0"), at: now)
        #expect(view.snapshot == nil)
        #expect(view.heardAt == now)
    }

    @Test func `connections, counters and components follow their events`() throws {
        var view = LiveViewAssembler()
        try view.receive(
            try event(
                "snapshot", snapshot(connections: [connection(1), connection(2)], counters: [counter(1)]), id: "r-0-0"),
            at: now)
        try view.receive(try event("connection", connection(2, requests: 7), id: "r-0-0"), at: now)
        try view.receive(try event("connection", connection(3), id: "r-0-0"), at: now)
        try view.receive(try event("connection", connection(1, .closed), id: "r-0-0"), at: now)
        try view.receive(try event("counters", [counter(5), counter(2, principal: "eve")], id: "r-0-0"), at: now)
        let down = ComponentStatus(kind: "listener", gateway: "edge", name: "public", state: .down, reason: "in use")
        try view.receive(try event("components", [down], id: "r-0-0"), at: now + 1)
        let shown = try #require(view.snapshot)
        #expect(shown.connections == [connection(2, requests: 7), connection(3)])
        #expect(shown.counters == [counter(5), counter(2, principal: "eve")])
        #expect(shown.components == [down])
        #expect(shown.time == now + 1)
    }

    @Test func `a counter that is told as 0 is gone`() throws {
        var view = LiveViewAssembler()
        try view.receive(
            try event("snapshot", snapshot(counters: [counter(1), counter(2, principal: "ci")]), id: nil), at: now)
        try view.receive(
            try event("counters", [counter(0, principal: "ci"), counter(2, principal: "(other)")], id: nil), at: now)
        #expect(view.snapshot?.counters == [counter(2, principal: "(other)"), counter(1)])
    }

    @Test func `the memory that texts share keeps their spelling`() {
        var pool = TextPool()
        let composed = "principal-of-the-caf\u{E9}"
        let decomposed = "principal-of-the-cafe\u{301}"
        #expect(pool.shared(composed).hasSameBytes(as: composed))
        #expect(pool.shared(decomposed).hasSameBytes(as: decomposed))
        #expect(pool.shared(composed).hasSameBytes(as: composed))
    }

    @Test func `limits follow their events, and may be unknown`() throws {
        var view = LiveViewAssembler()
        let old = #"{"time":"1970-01-01T00:00:00.000Z","connections":[],"counters":[],"decisions":[],"components":[]}"#
        try view.receive(ServerSentEvent(name: "snapshot", data: old, id: nil), at: now)
        #expect(view.snapshot?.limits == [])
        let newer = #"[{"limit":"idle","count":4},{"limit":"of a version to come","count":9,"setting":"x"}]"#
        try view.receive(ServerSentEvent(name: "limits", data: newer, id: nil), at: now)
        #expect(view.snapshot?.limits == [LimitCount(.idle, count: 4)])
        try view.receive(try event("snapshot", snapshot(), id: nil), at: now)
        #expect(view.snapshot?.limits == [])
    }

    @Test func `a flood of what lists leave out pushes no denial out`() throws {
        var view = LiveViewAssembler()
        try view.receive(try event("snapshot", snapshot(decisions: [decision(1)]), id: "r-1-0"), at: now)
        let flood = (2...UInt64(LiveViewAssembler.maximumDecisions * 2)).map { decision($0, "hidden", .filtered) }
        try view.receive(try event("snapshot", snapshot(decisions: flood), id: "r-1-0"), at: now)
        let kept = view.decisions(after: 0)
        #expect(kept.first == decision(1))
        #expect(kept.map(\.sequence) == kept.map(\.sequence).sorted())
        #expect(kept.count <= LiveViewAssembler.maximumDecisions * 2)
        try view.receive(try event("decision", decision(90_000), id: "r-90000-0"), at: now)
        #expect(view.decisions(after: flood.last?.sequence ?? 0) == [decision(90_000)])
        #expect(view.snapshot?.decisions.count == LiveSnapshot.maximumDecisions)
        #expect(view.snapshot?.decisions.last == decision(90_000))
    }

    @Test func `decisions and lines come once each, also after a resumption that tells some again`() throws {
        var view = LiveViewAssembler()
        try view.receive(try event("snapshot", snapshot(decisions: [decision(3), decision(5)]), id: "r-5-0"), at: now)
        try view.receive(try event("decision", decision(8), id: "r-8-0"), at: now)
        try view.receive(try event("log", line(1), id: "r-8-1"), at: now)
        #expect(view.lastEventID == "r-8-1")
        // The connection broke; decision 9 was taken meanwhile.
        try view.receive(
            try event("snapshot", snapshot(decisions: [decision(5), decision(8), decision(9)]), id: "r-8-1"), at: now)
        try view.receive(try event("decision", decision(9), id: "r-9-1"), at: now)
        try view.receive(try event("log", line(2), id: "r-9-2"), at: now)
        #expect(view.decisions(after: 0).map(\.sequence) == [3, 5, 8, 9])
        #expect(view.decisions(after: 5).map(\.sequence) == [8, 9])
        #expect(view.logs(after: 1).map(\.sequence) == [2])
    }

    @Test func `a restart of the other side is numbered on behind what came before`() throws {
        var view = LiveViewAssembler()
        try view.receive(try event("snapshot", snapshot(decisions: [decision(900)]), id: "old-900-0"), at: now)
        try view.receive(try event("log", line(70), id: "old-900-70"), at: now)
        try view.receive(
            try event(
                "snapshot", snapshot(connections: [connection(4)], decisions: [decision(2, "new")]), id: "new-0-0"),
            at: now)
        try view.receive(try event("log", line(1, "started"), id: "new-0-1"), at: now)
        #expect(view.decisions(after: 0).map(\.resourceName) == ["orders", "new"])
        #expect(view.decisions(after: 900).map(\.resourceName) == ["new"])
        #expect(view.logs(after: 70).map(\.message) == ["started"])
        #expect(view.snapshot?.connections.map(\.sessionID) == [4])
    }

    @Test func `earlier lines are put before those of the stream`() throws {
        var view = LiveViewAssembler()
        try view.receive(try event("snapshot", snapshot(), id: "r-0-2"), at: now)
        try view.receive(try event("log", line(3), id: "r-0-3"), at: now)
        view.merge(earlierLines: [line(1), line(2), line(3)])
        #expect(view.logs(after: 0).map(\.sequence) == [1, 2, 3])
    }

    @Test func `what cannot be read changes nothing, and unknown events are passed over`() throws {
        var view = LiveViewAssembler()
        try view.receive(try event("snapshot", snapshot(connections: [connection(1)]), id: "r-1-1"), at: now)
        #expect(throws: DecodingError.self) {
            try view.receive(ServerSentEvent(name: "connection", data: "{}", id: "r-2-2"), at: now)
        }
        #expect(view.lastEventID == "r-1-1")
        try view.receive(ServerSentEvent(name: "weather", data: "sunny", id: "r-1-3"), at: now)
        #expect(view.lastEventID == "r-1-3")
        #expect(view.snapshot?.connections.map(\.sessionID) == [1])
    }

    @Test func `what is kept has a bound`() throws {
        var view = LiveViewAssembler()
        let many = (1...UInt64(LiveViewAssembler.maximumDenials * 2)).map { decision($0) }
        try view.receive(try event("snapshot", snapshot(decisions: many), id: "r-1-1"), at: now)
        let kept = view.decisions(after: 0)
        #expect(kept.last?.sequence == many.last?.sequence)
        #expect(kept.count >= LiveViewAssembler.maximumDenials)
        #expect(kept.count < LiveViewAssembler.maximumDenials * 3 / 2)
        #expect(view.snapshot?.decisions.count == LiveSnapshot.maximumDecisions)
    }

    @Test func `a position reads back from its text`() {
        #expect(LivePosition(text: "a-b-3-4") == LivePosition(run: "a-b", decision: 3, log: 4))
        #expect(LivePosition(text: LivePosition(run: "", decision: 0, log: .max).text)?.log == .max)
        for text in ["", "nonsense", "a-1", "a-1-", "a--1-x"] { #expect(LivePosition(text: text) == nil) }
    }
}
