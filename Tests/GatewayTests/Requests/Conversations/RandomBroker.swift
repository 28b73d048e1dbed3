import KafkaProtocol
import NIOCore
import NIOPosix
import TestSupport

@testable import Gateway

/// A broker that answers every request with a random answer of its version, in order, in pieces of any size.
final class RandomBroker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var collector = FrameCollector()
    private var generator: ValueGenerator
    private var random: SeededGenerator
    private let responses: [Int16: MessageSchema]

    init(seed: UInt64, responses: [Int16: MessageSchema]) {
        self.generator = ValueGenerator(seed: seed, hasUnknownTags: true)
        self.random = SeededGenerator(seed: seed)
        self.responses = responses
    }

    /// - Returns: the listening channel.
    static func start(on group: any EventLoopGroup, seed: UInt64) async throws -> any Channel {
        let responses = MessageSchema.responses
        return try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RandomBroker(seed: seed, responses: responses))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var out = ByteBuffer()
        for var frame in self.collector.take(self.unwrapInboundIn(data)) {
            guard let answer = self.answer(&frame) else { continue }
            out.writeImmutableBuffer(answer.framed)
        }
        while out.readableBytes > 0 {
            let count = Int.random(in: 1...max(1, out.readableBytes), using: &self.random)
            guard let piece = out.readSlice(length: count) else { return }
            context.writeAndFlush(NIOAny(piece), promise: nil)
        }
    }

    private func answer(_ frame: inout ByteBuffer) -> ByteBuffer? {
        guard let header = try? KafkaFrame.decodeRequestHeader(&frame),
            let schema = self.responses[header.requestApiKey]
        else { return nil }
        let version = header.requestApiVersion
        if header.requestApiKey == APIKey.produce.rawValue,
            let request = try? ProduceRequest(from: &frame, version: version), request.acks == 0
        {
            return nil
        }
        var answer = ByteBuffer()
        var response = ResponseHeader()
        response.correlationId = header.correlationId
        let api = APIKey(rawValue: header.requestApiKey)
        response.encode(into: &answer, version: api.responseHeaderVersion(for: version))
        answer.writeImmutableBuffer(
            schema.encode(self.generator.message(schema, version: version), version: version))
        return answer
    }
}
