import KafkaProtocol
import NIOCore
import NIOPosix

@testable import Sandbox

/// A connection to one broker that sends what a test gives it and hands back whole answers.
final class RawClient: Sendable {
    private let channel: any Channel
    private let answers: AsyncStream<ByteBuffer>

    private init(channel: any Channel, answers: AsyncStream<ByteBuffer>) {
        self.channel = channel
        self.answers = answers
    }

    static func connect(to address: SandboxCluster.Address) async throws -> RawClient {
        let (answers, continuation) = AsyncStream<ByteBuffer>.makeStream()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(continuation: continuation))
                }
            }
            .connect(host: "127.0.0.1", port: address.port).get()
        return RawClient(channel: channel, answers: answers)
    }

    /// Sends a request, without waiting for its answer.
    func send(_ request: some KafkaMessage, version: Int16, correlationID: Int32 = 1) async throws {
        try await self.send(
            KafkaFrame.encodeRequest(request, version: version, correlationID: correlationID, clientID: "test"))
    }

    func send(_ bytes: ByteBuffer) async throws {
        try await self.channel.writeAndFlush(bytes)
    }

    /// The next answer without its length; nil when the broker has closed the connection.
    func nextAnswer() async -> ByteBuffer? {
        var iterator = self.answers.makeAsyncIterator()
        return await iterator.next()
    }

    /// Sends a request and reads its answer; nil when the broker closes instead.
    func ask<Request: KafkaMessage, Response: KafkaMessage>(
        _ request: Request, version: Int16, for type: Response.Type = Response.self
    ) async throws -> Response? {
        try await self.send(request, version: version)
        return try await self.answer(version: version)
    }

    func answer<Response: KafkaMessage>(version: Int16, as type: Response.Type = Response.self) async throws
        -> Response?
    {
        guard var answer = await self.nextAnswer() else { return nil }
        _ = try ResponseHeader(from: &answer, version: Response.apiKey.responseHeaderVersion(for: version))
        return try Response(from: &answer, version: version)
    }

    func close() async throws {
        try await self.channel.close()
    }
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<ByteBuffer>.Continuation
    private var received = ByteBuffer()

    init(continuation: AsyncStream<ByteBuffer>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = self.unwrapInboundIn(data)
        self.received.writeBuffer(&input)
        while let length = self.received.getInteger(at: self.received.readerIndex, as: Int32.self),
            let answer = self.received.getSlice(at: self.received.readerIndex + 4, length: Int(length))
        {
            self.received.moveReaderIndex(forwardBy: 4 + Int(length))
            self.continuation.yield(answer)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.continuation.finish()
    }
}
