internal import GatewayModel
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
    /// Its id; nil for all.
    var gateway: String?
    var run: String
    var resumption: LivePosition?
    var timing: ControlAPI.LiveTiming

    func write(to writer: inout any ResponseBodyWriter) async throws {
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
            let snapshot = try await self.client.liveSnapshot(gateway: self.gateway, decisions: 0)
            let decisions = try await self.client.decisions(
                after: differences.position.decision, gateway: self.gateway, limit: pace.limit(at: clock.now))
            pace.spend(decisions)
            let lines = try await self.client.logs(after: differences.position.log)
            let events = try differences.events(snapshot, decisions: decisions, lines: lines)
            if !events.isEmpty {
                // Returns when the client's socket takes more: the next look waits for that.
                try await writer.write(ByteBuffer(string: events.map(\.text).joined()))
                lastWrite = clock.now
            } else if clock.now - lastWrite >= self.timing.heartbeat {
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
                lastWrite = clock.now
            }
            try await clock.sleep(for: self.timing.poll)
        }
    }
}
