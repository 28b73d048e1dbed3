import NIOCore
import NIOPosix
import TestSupport

/// Sends bytes in pieces of any size, and collects as many frames as it waits for.
final class ScriptedClient: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    struct Closed: Error {
        var frames: Int
    }

    private var collector = FrameCollector()
    private var frames: [ByteBuffer] = []
    private let expected: Int
    private let promise: EventLoopPromise<[ByteBuffer]>

    private init(expected: Int, promise: EventLoopPromise<[ByteBuffer]>) {
        self.expected = expected
        self.promise = promise
    }

    /// - Returns: the frames that came, without their sizes, and one more when more came.
    static func converse(
        on loop: any EventLoop, with address: SocketAddress, sending bytes: ByteBuffer, expecting count: Int,
        seed: UInt64
    ) async throws -> [ByteBuffer] {
        let promise = loop.makePromise(of: [ByteBuffer].self)
        let deadline = loop.scheduleTask(in: .seconds(60)) { promise.fail(ChannelError.connectTimeout(.seconds(60))) }
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptedClient(expected: count, promise: promise))
                }
            }
            .connect(to: address).get()
        var random = SeededGenerator(seed: seed)
        var rest = bytes
        while rest.readableBytes > 0 {
            let length = Int.random(in: 1...min(rest.readableBytes, 3_000), using: &random)
            guard let piece = rest.readSlice(length: length) else { break }
            try await channel.writeAndFlush(piece)
        }
        let frames = try await promise.futureResult.get()
        deadline.cancel()
        try await channel.close()
        return frames
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.frames += self.collector.take(self.unwrapInboundIn(data))
        if self.frames.count >= self.expected { self.promise.succeed(self.frames) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.promise.fail(Closed(frames: self.frames.count))
    }
}
