import EngineInterface
import Foundation
import Resources
import Store
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct ConfigurationChangesTests {
    @Test func `changes reach the engine one by one, in the order of their revisions`() async throws {
        try await TestAPI.run { api in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<20 {
                    group.addTask { try await api.post("/v1/event-gateways", "{\"name\":\"gateway-\(index)\"}").status }
                }
                for try await status in group { #expect(status == 201) }
            }
            #expect(api.engine.applied.map(\.revision) == Array(1...20))
            #expect(api.engine.applied.map(\.gateways.count) == Array(1...20))
        }
    }

    @Test func `a change that is refused does not reach the engine`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.post("/v1/event-gateways", #"{"name":1}"#)
            #expect(answer.status == 400)
            #expect(api.engine.applied.isEmpty)
        }
    }

    @Test func `a change that cannot be stored gives its ports back`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let applied = api.engine.applied.count
            let changes = ConfigurationChanges(store: api.store, engine: api.engine)
            struct DiskFull: Error {}
            let runs = Room()
            await #expect(throws: DiskFull.self) {
                try await changes.change(bindsPorts: true) { transaction in
                    try transaction.delete(Listener.self, id: scenario.listener, in: scenario.gateway)
                    // The rehearsal goes well, the write does not.
                    if runs.enter() == 2 { throw DiskFull() }
                }
            }
            #expect(api.engine.state.withLock { $0.takenBack } == 1)
            #expect(api.engine.applied.count == applied)
        }
    }

    @Test func `the gate lets one through at a time, also after a failure`() async throws {
        struct Stop: Error {}
        let (gate, room) = (SerialGate(), Room())
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<50 {
                group.addTask {
                    try? await gate.alone {
                        #expect(room.enter() == 1)
                        await Task.yield()
                        room.leave()
                        if index.isMultiple(of: 3) { throw Stop() }
                    }
                }
            }
        }
        #expect(await gate.alone { 7 } == 7)
    }
}

/// Counts who is inside.
private final class Room: Sendable {
    private let count = Mutex(0)

    func enter() -> Int {
        self.count.withLock {
            $0 += 1
            return $0
        }
    }

    func leave() { self.count.withLock { $0 -= 1 } }
}
