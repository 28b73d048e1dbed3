import KafkaProtocol
import NIOCore
import NIOPosix

/// The gateway's own connection to a broker: one request at a time, for metadata. No client's request passes through
/// it.
final class ControlConnection: Sendable {
    enum Failure: Error, Equatable, CustomStringConvertible {
        case closed
        case frameTooLarge(Int)
        case malformedHeader
        case timedOut
        case wrongCorrelation(expected: Int32, found: Int32)

        var description: String {
            switch self {
            case .closed: "the broker closed the connection"
            case .frameTooLarge(let bytes): "the answer begins with a frame of \(bytes) bytes, as no Kafka port sends"
            case .malformedHeader: "the answer has a header that cannot be read, as no Kafka port sends"
            case .timedOut: "the broker did not answer in time"
            case .wrongCorrelation(let expected, let found):
                "the broker answered request \(found) when \(expected) was asked"
            }
        }
    }

    static let clientID = "sluice"

    private let channel: any Channel
    private let handler: NIOLoopBound<Handler>

    private init(channel: any Channel, handler: NIOLoopBound<Handler>) {
        self.channel = channel
        self.handler = handler
    }

    static func connect(to address: BrokerAddress, on loop: any EventLoop) async throws -> ControlConnection {
        try await BrokerDialer(traffic: .questions, loop: loop)
            .dial(address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler())
                }
            }
            .flatMapThrowing { channel in
                let handler = try channel.pipeline.syncOperations.handler(type: Handler.self)
                return ControlConnection(channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
            }
            .get()
    }

    /// Sends one request and waits for its answer's body.
    func send(_ request: ByteBuffer, correlationID: Int32, timeout: TimeAmount = .seconds(10)) async throws
        -> ByteBuffer
    {
        let promise = self.channel.eventLoop.makePromise(of: ByteBuffer.self)
        let channel = self.channel
        let handler = self.handler
        channel.eventLoop.execute {
            let deadline = channel.eventLoop.scheduleTask(in: timeout) { handler.value.fail(Failure.timedOut) }
            promise.futureResult.whenComplete { _ in deadline.cancel() }
            handler.value.expect(correlationID: correlationID, promise: promise)
            channel.writeAndFlush(request).whenFailure { handler.value.fail($0) }
        }
        return try await promise.futureResult.get()
    }

    func close() async {
        try? await self.channel.close()
    }

    /// Collects frames and hands each to the promise that waits.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private static let maximumFrameBytes = 100 * 1024 * 1024

        private var received = ByteBuffer()
        private var waiting: (correlationID: Int32, promise: EventLoopPromise<ByteBuffer>)?
        private var isClosed = false

        func expect(correlationID: Int32, promise: EventLoopPromise<ByteBuffer>) {
            if self.isClosed {
                promise.fail(Failure.closed)
                return
            }
            self.waiting = (correlationID, promise)
        }

        func fail(_ error: any Error) {
            let waiting = self.waiting
            self.waiting = nil
            waiting?.promise.fail(error)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var chunk = self.unwrapInboundIn(data)
            self.received.writeBuffer(&chunk)
            while let size = self.received.getInteger(at: self.received.readerIndex, as: Int32.self) {
                guard size >= 4, size <= Self.maximumFrameBytes else {
                    self.fail(Failure.frameTooLarge(Int(size)))
                    context.close(promise: nil)
                    return
                }
                guard self.received.readableBytes >= 4 + Int(size) else { return }
                self.received.moveReaderIndex(forwardBy: 4)
                guard var frame = self.received.readSlice(length: Int(size)),
                    let found = frame.readInteger(as: Int32.self)
                else { return }
                self.received.discardReadBytes()
                guard let waiting = self.waiting else { continue }
                self.waiting = nil
                if waiting.correlationID == found {
                    waiting.promise.succeed(frame)
                } else {
                    waiting.promise.fail(
                        Failure.wrongCorrelation(expected: waiting.correlationID, found: found))
                }
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.isClosed = true
            self.fail(Failure.closed)
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.fail(error)
            context.close(promise: nil)
        }
    }
}
