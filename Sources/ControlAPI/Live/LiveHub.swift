internal import EngineInterface
internal import ManagementHTTP
internal import Synchronization

/// Polls the engine for all live streams together: ten dashboards cost what one does.
///
/// A step is taken when a stream waits for one and the last step is old enough, so that nothing is polled without a
/// stream.
actor LiveHub {
    static let maximumStreams = 16
    private static let memory = Duration.seconds(60)

    /// What the engine showed at one moment, and what came since the step before.
    struct Step: Sendable {
        /// Rises by one with each step.
        var number: UInt64
        var snapshot: LiveSnapshot
        /// The decisions are those with a sequence above this one.
        var decisionsAfter: UInt64
        var decisions: [DecisionRecord]
        /// The same of lines.
        var linesAfter: UInt64
        var lines: [LogLine]
    }

    /// One stream's right to be there; it ends with the value.
    final class Place: Sendable {
        private let hub: LiveHub

        fileprivate init(_ hub: LiveHub) {
            self.hub = hub
        }

        deinit { self.hub.streams.withLock { $0 -= 1 } }
    }

    private struct Scope {
        var number: UInt64 = 0
        var last: Step?
        var takenAt: ContinuousClock.Instant?
        var pace = DecisionPace()
        var taking: Task<Step, any Error>?
    }

    private let client: any EngineClient
    private let poll: Duration
    /// The scopes by gateway id; nil stands for all gateways.
    private var scopes: [String?: Scope] = [:]
    private nonisolated let streams = Mutex(0)

    init(client: any EngineClient, poll: Duration) {
        self.client = client
        self.poll = poll
    }

    /// - Throws: ``Problem`` 503 when as many streams are open as there may be.
    nonisolated func enter() throws(Problem) -> Place {
        let isAdmitted = self.streams.withLock { count in
            guard count < Self.maximumStreams else { return false }
            count += 1
            return true
        }
        guard isAdmitted else {
            throw .unavailable(
                "[\(Self.maximumStreams)] live streams are open, as many as there may be; close one first")
        }
        return Place(self)
    }

    /// The number of the last step, for a stream that begins.
    func number(gateway: String?) -> UInt64 { self.scopes[gateway]?.number ?? 0 }

    /// The first step after `number` that is there, or the next one.
    /// - Parameter position: where the stream is; the step brings what is later, as far as others did not have it already.
    func step(after number: UInt64, gateway: String?, position: LivePosition) async throws -> Step {
        let scope = self.scopes[gateway, default: Scope()]
        if let last = scope.last, last.number > number { return last }
        if let taking = scope.taking { return try await taking.value }
        let taking = Task { try await self.take(gateway: gateway, position: position) }
        self.scopes[gateway, default: Scope()].taking = taking
        return try await taking.value
    }

    private func take(gateway: String?, position: LivePosition) async throws -> Step {
        defer { self.scopes[gateway]?.taking = nil }
        let clock = ContinuousClock()
        // Forget gateways that no stream watches any longer: each keeps its last snapshot.
        self.scopes = self.scopes.filter { _, scope in
            scope.taking != nil || scope.takenAt.map { clock.now - $0 < Self.memory } ?? false
        }
        if let takenAt = self.scopes[gateway]?.takenAt { try await clock.sleep(until: takenAt + self.poll) }
        var scope = self.scopes[gateway, default: Scope()]
        let snapshot = try await self.client.liveSnapshot(gateway: gateway, decisions: 0)
        let decisionsAfter = max(position.decision, scope.last.map(\.lastDecision) ?? 0)
        let decisions = try await self.client.decisions(
            after: decisionsAfter, gateway: gateway, limit: scope.pace.limit(at: clock.now))
        scope.pace.spend(decisions)
        let linesAfter = max(position.log, scope.last.map(\.lastLine) ?? 0)
        let lines = try await self.client.logs(after: linesAfter)
        let step = Step(
            number: scope.number + 1, snapshot: snapshot, decisionsAfter: decisionsAfter, decisions: decisions,
            linesAfter: linesAfter, lines: lines)
        scope.number = step.number
        scope.last = step
        scope.takenAt = clock.now
        self.scopes[gateway] = scope
        return step
    }
}

extension LiveHub.Step {
    fileprivate var lastDecision: UInt64 { self.decisions.last?.sequence ?? self.decisionsAfter }
    fileprivate var lastLine: UInt64 { self.lines.last?.sequence ?? self.linesAfter }
}
