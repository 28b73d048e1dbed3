import EngineInterface
import ManagementHTTP
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct LiveHubTests {
    private static let start = LivePosition(run: "r", decision: 0, log: 0)

    @Test func `many streams cost one look a step`() async throws {
        let engine = FakeEngine()
        engine.state.withLock { $0.snapshotsLeft = 1_000 }
        let hub = LiveHub(client: engine, poll: .zero)
        for number in 0..<5 as Range<UInt64> {
            let numbers = try await withThrowingTaskGroup(of: UInt64.self) { tasks in
                for _ in 0..<20 {
                    tasks.addTask {
                        try await hub.step(after: number, gateway: nil, position: Self.start).number
                    }
                }
                return try await tasks.reduce(into: Set<UInt64>()) { $0.insert($1) }
            }
            #expect(numbers == [number + 1])
        }
        #expect(engine.state.withLock { $0.snapshotsLeft } == 995)
    }

    @Test func `steps go on where the last one ended, or where a stream is`() async throws {
        let engine = FakeEngine()
        engine.state.withLock {
            $0.decisions = (1...9).map(DecisionRecord.example)
            $0.logs = (1...3).map(LogLine.example)
        }
        let hub = LiveHub(client: engine, poll: .zero)
        let first = try await hub.step(
            after: 0, gateway: nil, position: LivePosition(run: "r", decision: 7, log: 2))
        #expect(first.decisions.map(\.sequence) == [8, 9])
        #expect(first.lines.map(\.sequence) == [3])
        engine.state.withLock { $0.decisions.append(.example(10)) }
        let second = try await hub.step(after: first.number, gateway: nil, position: Self.start)
        #expect(second.decisionsAfter == 9)
        #expect(second.decisions.map(\.sequence) == [10])
        #expect(second.lines.isEmpty)
        let other = try await hub.step(after: 0, gateway: "gw", position: Self.start)
        #expect(other.number == 1)
    }

    @Test func `a look that fails is told to all that wait, and the next one is another`() async throws {
        let engine = FakeEngine()
        engine.state.withLock { $0.snapshotsLeft = 0 }
        let hub = LiveHub(client: engine, poll: .zero)
        await #expect(throws: FakeEngine.Gone.self) {
            try await hub.step(after: 0, gateway: nil, position: Self.start)
        }
        engine.state.withLock { $0.snapshotsLeft = 1 }
        #expect(try await hub.step(after: 0, gateway: nil, position: Self.start).number == 1)
    }

    @Test func `sixteen streams are admitted, and a place that ends is free again`() throws {
        let hub = LiveHub(client: FakeEngine(), poll: .zero)
        var places = try (0..<16).map { _ in try hub.enter() }
        let problem = #expect(throws: Problem.self) { try hub.enter() }
        #expect(problem?.status == 503)
        #expect(problem?.detail == "[16] live streams are open, as many as there may be; close one first")
        places.removeLast()
        places.append(try hub.enter())
        #expect(throws: Problem.self) { try hub.enter() }
    }

    @Test func `streams that have ended give their places back`() async throws {
        try await TestAPI.run { api in
            for _ in 0..<40 {
                api.engine.state.withLock { $0.snapshotsLeft = 2 }
                let answer = try await api.get("/v1/event-gateways/-/live")
                #expect(answer.status == 200)
            }
        }
    }
}
