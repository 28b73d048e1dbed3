import EngineInterface
import HTTPTypes
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct LiveRoutesTests {
    /// Names of the stream's events, in order.
    private func events(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
    }

    @Test func `the stream starts with a snapshot and goes on with what changes`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            api.engine.state.withLock {
                $0.snapshots = [
                    .empty, LiveSnapshot.empty.with { $0.connections = [.example(1)] },
                    LiveSnapshot.empty.with {
                        $0.connections = [.example(1)]
                        $0.counters = [.example(1)]
                    },
                ]
                $0.decisions = [.example(1), .example(2)]
                $0.logs = [.example(1)]
                $0.snapshotsLeft = 4
            }
            let answer = try await api.get("/v1/event-gateways/\(gateway)/live")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/event-stream")
            #expect(self.events(answer.text) == ["snapshot", "connection", "counters"])
            // What was decided before is in the snapshot, however little the engine's own has.
            #expect(
                answer.text.split(separator: "\n").first { $0.hasPrefix("data: ") }?.contains(#""sequence":2"#) == true)
        }
    }

    @Test func `a client that comes back gets the decisions it missed`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            let path = "/v1/event-gateways/\(gateway)/live"
            api.engine.state.withLock {
                $0.decisions = (1...5).map(DecisionRecord.example)
                $0.logs = (1...3).map(LogLine.example)
                $0.snapshotsLeft = 2
            }
            let first = try await api.get(path)
            #expect(self.events(first.text) == ["snapshot"])
            let id = try #require(first.text.split(separator: "\n").first { $0.hasPrefix("id: ") }?.dropFirst(4))
            #expect(id.hasSuffix("-5-3"))
            let name = try #require(HTTPField.Name("Last-Event-ID"))
            api.engine.state.withLock { $0.snapshotsLeft = 2 }
            let again = try await api.call(.get, path, headers: [name: String(id.dropLast(3)) + "3-2"])
            #expect(self.events(again.text) == ["snapshot", "decision", "decision", "log"])
        }
    }

    @Test func `a client that wants JSON gets one snapshot`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            api.engine.state.withLock { $0.snapshots = [LiveSnapshot.empty.with { $0.connections = [.example(4)] }] }
            let answer = try await api.call(
                .get, "/v1/event-gateways/\(gateway)/live", headers: [.accept: "application/json"])
            let connections = answer.object["connections"] as? [[String: Any]]
            #expect(connections?.first?["session_id"] as? Int == 4)
        }
    }

    @Test func `decisions are listed after a sequence`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            api.engine.state.withLock { $0.decisions = (1...3).map(DecisionRecord.example) }
            let answer = try await api.get("/v1/event-gateways/\(gateway)/decisions?after=2")
            #expect(answer.array.compactMap { $0["sequence"] as? Int } == [3])
            #expect(answer.array.first?["verdict"] as? String == "denied")
            #expect(try await api.get("/v1/event-gateways/\(gateway)/decisions").array.count == 3)
            #expect(try await api.get("/v1/event-gateways/\(gateway)/decisions?after=x").faults == ["after is_integer"])
        }
    }

    @Test func `decisions are listed by verdict`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            api.engine.state.withLock { state in
                state.decisions = (1...3).map(DecisionRecord.example)
                state.decisions[1].verdict = .allowed
            }
            let path = "/v1/event-gateways/\(gateway)/decisions"
            #expect(try await api.get(path + "?verdict=denied").array.compactMap { $0["sequence"] as? Int } == [1, 3])
            #expect(
                try await api.get(path + "?after=1&verdict=allowed").array.compactMap { $0["sequence"] as? Int } == [2])
            #expect(try await api.get(path + "?verdict=deny").faults == ["verdict enum"])
        }
    }

    @Test func `a token is checked against a virtual cluster`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let answer = try await api.post("\(scenario.virtualClusterPath)/check-token", #"{"token":"a.b.c"}"#)
            #expect(answer.status == 200)
            #expect(answer.object["accepted"] as? Bool == false)
            #expect(api.engine.state.withLock { $0.checkedTokens } == ["a.b.c"])
            #expect(try await api.post("\(scenario.virtualClusterPath)/check-token", "{}").faults == ["token required"])
        }
    }
}
