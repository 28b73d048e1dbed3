import NIOCore
import NIOPosix

/// One connection that keeps a number of requests in flight and notes how long each took.
enum LoadConnection {
    struct Plan: Sendable {
        var request: ByteBuffer
        var depth: Int
        var start: NIODeadline
        var end: NIODeadline
    }

    struct Result: Sendable {
        /// Nanoseconds, of answers between start and end.
        var latencies: [UInt64] = []
        var bytesReceived = 0
        /// Answers that carry an error, or requests without an answer.
        var errors = 0
    }

    static func run(host: String, port: Int, plan: Plan, on loop: any EventLoop) async throws -> Result {
        let promise = loop.makePromise(of: Result.self)
        let channel = try await ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(plan: plan, promise: promise))
                }
            }
            .connect(host: host, port: port).get()
        let result = try await promise.futureResult.get()
        try? await channel.close()
        return result
    }

    static func openIdle(host: String, port: Int, on loop: any EventLoop) async throws -> any Channel {
        let promise = loop.makePromise(of: Void.self)
        // Metadata, version 0, no topic: a connection that is admitted and has a broker behind it.
        var metadata = ByteBuffer()
        metadata.writeInteger(Int32(8 + 2 + 4))
        metadata.writeInteger(Int16(3))
        metadata.writeInteger(Int16(1))
        metadata.writeInteger(Int32(1))
        metadata.writeInteger(Int16(-1))
        metadata.writeInteger(Int32(0))
        let request = metadata
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FirstAnswer(promise: promise))
                }
            }
            .connect(host: host, port: port).get()
        try await channel.writeAndFlush(request)
        try await promise.futureResult.get()
        return channel
    }

    private final class FirstAnswer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let promise: EventLoopPromise<Void>

        init(promise: EventLoopPromise<Void>) {
            self.promise = promise
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { self.promise.succeed() }
        func channelInactive(context: ChannelHandlerContext) { self.promise.fail(ChannelError.eof) }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let plan: Plan
        private let promise: EventLoopPromise<Result>
        private var result = Result()
        private var sent = CircularBuffer<NIODeadline>()
        private var correlationID: Int32 = 0
        /// Bytes of the current answer still to come, and the first bytes of a head that was cut.
        private var remaining = 0
        private var head = ByteBuffer()
        private var isDone = false

        init(plan: Plan, promise: EventLoopPromise<Result>) {
            self.plan = plan
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) {
            for _ in 0..<self.plan.depth { self.send(context) }
            context.flush()
        }

        private func send(_ context: ChannelHandlerContext) {
            self.correlationID += 1
            self.sent.append(.now())
            // The head alone is written anew: the rest is the same memory every time.
            var head = ByteBufferAllocator().buffer(capacity: 12)
            head.writeImmutableBuffer(self.plan.request.getSlice(at: 0, length: 8) ?? ByteBuffer())
            head.writeInteger(self.correlationID)
            context.write(NIOAny(head), promise: nil)
            if let rest = self.plan.request.getSlice(at: 12, length: self.plan.request.readableBytes - 12) {
                context.write(NIOAny(rest), promise: nil)
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var chunk = self.unwrapInboundIn(data)
            self.result.bytesReceived += NIODeadline.now() >= self.plan.start ? chunk.readableBytes : 0
            while chunk.readableBytes > 0, !self.isDone {
                if self.remaining == 0 {
                    let wanted = min(4 - self.head.readableBytes, chunk.readableBytes)
                    if let part = chunk.readSlice(length: wanted) { self.head.writeImmutableBuffer(part) }
                    guard let size = self.head.readInteger(as: Int32.self) else { return }
                    self.head.clear()
                    self.remaining = Int(size)
                }
                let taken = min(self.remaining, chunk.readableBytes)
                chunk.moveReaderIndex(forwardBy: taken)
                self.remaining -= taken
                if self.remaining == 0 { self.answered(context) }
            }
        }

        func channelReadComplete(context: ChannelHandlerContext) {
            context.flush()
        }

        private func answered(_ context: ChannelHandlerContext) {
            let now = NIODeadline.now()
            if let start = self.sent.popFirst(), now >= self.plan.start, now < self.plan.end {
                self.result.latencies.append(UInt64((now - start).nanoseconds))
            }
            if now < self.plan.end {
                self.send(context)
            } else if self.sent.isEmpty {
                self.isDone = true
                self.promise.succeed(self.result)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            guard !self.isDone else { return }
            self.result.errors += self.sent.count
            self.promise.succeed(self.result)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
