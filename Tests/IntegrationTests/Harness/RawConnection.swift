import NIOCore
import NIOPosix
import Synchronization

/// A TCP connection that sends exactly the bytes a test wants.
final class RawConnection: Sendable {
    private struct State {
        var received = ByteBuffer()
        var isClosed = false
    }

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        let state = Mutex(State())

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = self.unwrapInboundIn(data)
            self.state.withLock { _ = $0.received.writeBuffer(&bytes) }
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.state.withLock { $0.isClosed = true }
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    private let channel: any Channel
    private let collector: Collector
    private let nextCorrelationID = Atomic<Int32>(1)

    private init(channel: any Channel, collector: Collector) {
        self.channel = channel
        self.collector = collector
    }

    /// Runs `body` with a fresh connection to a port of this machine.
    static func run<Result>(
        port: Int, isolation: isolated (any Actor)? = #isolation, _ body: (RawConnection) async throws -> Result
    ) async throws -> Result {
        let collector = Collector()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(collector) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        let connection = RawConnection(channel: channel, collector: collector)
        do {
            let result = try await body(connection)
            try? await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// Whether anybody listens on a port of this machine.
    static func isAccepted(port: Int) async -> Bool {
        (try? await self.run(port: port) { _ in true }) ?? false
    }

    /// This side's.
    var localPort: Int { self.channel.localAddress?.port ?? 0 }

    var isClosed: Bool { self.collector.state.withLock { $0.isClosed } }

    /// What has come and was not taken.
    var received: ByteBuffer { self.collector.state.withLock { $0.received } }

    func send(_ bytes: ByteBuffer) async throws {
        try await self.channel.writeAndFlush(bytes)
    }

    /// Waits until the other side has closed the connection.
    func closed(within limit: Duration = .seconds(15)) async throws {
        try await waitUntil("the connection to close", within: limit) { self.isClosed }
    }

    private enum Arrival {
        case frame(ByteBuffer)
        case closed
    }

    /// The next frame without its length, or nil when the connection closes first.
    func frame(within limit: Duration = .seconds(15)) async throws -> ByteBuffer? {
        let arrival = try await eventually("a frame", within: limit, every: .milliseconds(2)) { self.arrival() }
        switch arrival {
        case .frame(let frame): return frame
        case .closed: return nil
        }
    }

    private func arrival() -> Arrival? {
        self.collector.state.withLock { state in
            let start = state.received.readerIndex
            if let length = state.received.getInteger(at: start, as: Int32.self), length >= 0,
                let frame = state.received.getSlice(at: start + 4, length: Int(length))
            {
                state.received.moveReaderIndex(forwardBy: 4 + Int(length))
                return .frame(frame)
            }
            return state.isClosed ? .closed : nil
        }
    }

    /// Sends a request with header version 1 and takes the next frame as its answer.
    /// - Returns: the answer's body, or nil when the connection closed instead.
    func request(_ key: Int16, version: Int16, clientID: String = "raw", body: ByteBuffer) async throws -> ByteBuffer? {
        let correlationID = self.nextCorrelationID.add(1, ordering: .relaxed).oldValue
        try await self.send(
            .kafkaFrame(key, version: version, correlationID: correlationID, clientID: clientID, body: body))
        guard var frame = try await self.frame() else { return nil }
        let answered = frame.readInteger(as: Int32.self)
        guard answered == correlationID else {
            throw TimedOut(description: "answer to \(correlationID) carries correlation id \(answered ?? -1)")
        }
        return frame
    }
}
