internal import EngineInterface
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// Sends the live view of one gateway, or of all, to one client, until the client leaves or the server drains.
///
/// Nothing queues: a client that reads slowly is told of fewer, larger steps; decisions and log lines that the rings lose
/// meanwhile are lost for it. Decisions come at a ``DecisionPace``.
struct LiveStream: Sendable {
    /// Decisions of the first event: what a client can take whole, whatever names they are about.
    static let maximumFirstDecisions = 8_192

    var client: any EngineClient
    var hub: LiveHub
    /// Held for as long as the stream is.
    var place: LiveHub.Place
    /// Its id; nil for all.
    var gateway: String?
    var run: String
    var resumption: LivePosition?
    var heartbeat: Duration

    func write(to writer: inout any ResponseBodyWriter) async throws {
        // Before the first look: the next step then brings all that is later than it.
        var number = await self.hub.number(gateway: self.gateway)
        var snapshot = try await self.client.liveSnapshot(gateway: self.gateway, decisions: 0)
        snapshot.decisions = DecisionLimit.newest(
            Self.maximumFirstDecisions, of: try await self.client.decisions(after: 0, gateway: self.gateway),
            verdict: \.verdict)
        let newestLine = try await self.client.logs(after: 0).last?.sequence ?? 0
        var (differences, first) = try LiveDifferences.starting(
            with: snapshot, newestLine: newestLine, run: self.run, resumption: self.resumption)
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n" + first.text))

        let clock = ContinuousClock()
        var pace = DecisionPace()
        var lastWrite = clock.now
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let position = differences.position
            let step = try await self.hub.step(after: number, gateway: self.gateway, position: position)
            number = step.number
            var (decisions, lines) = (step.decisions, step.lines)
            // A stream that was slow, or that resumes, is behind the others and asks for what it missed.
            if position.decision < step.decisionsAfter {
                decisions = try await self.client.decisions(
                    after: position.decision, gateway: self.gateway, limit: pace.limit(at: clock.now))
                pace.spend(decisions)
            }
            if position.log < step.linesAfter { lines = try await self.client.logs(after: position.log) }
            let events = try differences.events(step.snapshot, decisions: decisions, lines: lines)
            if !events.isEmpty {
                // Returns when the client's socket takes more: the next look waits for that.
                try await writer.write(ByteBuffer(string: events.map(\.text).joined()))
                lastWrite = clock.now
            } else if clock.now - lastWrite >= self.heartbeat {
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
                lastWrite = clock.now
            }
        }
    }
}
