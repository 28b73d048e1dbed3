internal import GatewayModel
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// Sends the live view of one gateway to one client, until the client leaves or the server drains.
///
/// Nothing queues: a client that reads slowly is told of fewer, larger steps; decisions that the ring loses meanwhile
/// are lost for it.
struct LiveStream: Sendable {
    var client: any EngineClient
    var gateway: String
    var run: String
    var resumption: LivePosition?
    var timing: ControlAPI.LiveTiming

    func write(to writer: inout any ResponseBodyWriter) async throws {
        let snapshot = try await self.client.liveSnapshot(gateway: self.gateway)
        var (differences, first) = try LiveDifferences.starting(
            with: snapshot, run: self.run, resumption: self.resumption)
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n" + first.text))

        let clock = ContinuousClock()
        var lastWrite = clock.now
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let snapshot = try await self.client.liveSnapshot(gateway: self.gateway)
            let decisions = try await self.client.decisions(
                after: differences.position.sequence, gateway: self.gateway)
            let events = try differences.events(snapshot, decisions: decisions)
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
