import KafkaProtocol
import NIOCore
import NIOPosix

struct BenchmarkTopic {
    var name: String
    var id: KafkaUUID
}

/// Makes the topic if it is not there and learns its id.
struct TopicSetup {
    let host: String
    let port: Int
    let name: String

    func run(on group: any EventLoopGroup) async throws -> BenchmarkTopic {
        if let topic = try await self.find(on: group) { return topic }
        var creatable = CreateTopicsRequest.CreatableTopic()
        creatable.name = self.name
        creatable.numPartitions = 1
        creatable.replicationFactor = 1
        var assignment = CreateTopicsRequest.CreatableReplicaAssignment()
        assignment.partitionIndex = 0
        assignment.brokerIds = [0]
        creatable.numPartitions = -1
        creatable.replicationFactor = -1
        creatable.assignments = [assignment]
        var create = CreateTopicsRequest()
        create.topics = [creatable]
        create.timeoutMs = 10_000
        _ = try await self.exchange(create, version: 5, on: group)
        for _ in 0..<100 {
            if let topic = try await self.find(on: group) { return topic }
        }
        throw BenchmarkError(message: "topic '\(self.name)' cannot be made at \(self.host):\(self.port)")
    }

    private func find(on group: any EventLoopGroup) async throws -> BenchmarkTopic? {
        var wanted = MetadataRequest.MetadataRequestTopic()
        wanted.name = self.name
        var request = MetadataRequest()
        request.topics = [wanted]
        request.allowAutoTopicCreation = false
        var body = try await self.exchange(request, version: 12, on: group)
        let metadata = try MetadataResponse(from: &body, version: 12)
        guard let topic = metadata.topics.first, topic.errorCode == 0 else { return nil }
        return BenchmarkTopic(name: self.name, id: topic.topicId)
    }

    private func exchange(
        _ request: some KafkaMessage, version: Int16, on group: any EventLoopGroup
    ) async throws -> ByteBuffer {
        let frame = KafkaFrame.encodeRequest(request, version: version, correlationID: 1, clientID: "benchmark")
        let promise = group.next().makePromise(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WholeAnswer(promise: promise))
                }
            }
            .connect(host: self.host, port: self.port).get()
        try await channel.writeAndFlush(frame)
        var answer = try await promise.futureResult.get()
        try? await channel.close()
        // Size, correlation id, and the empty tagged fields of a flexible header.
        answer.moveReaderIndex(forwardBy: 9)
        return answer
    }

    private final class WholeAnswer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var received = ByteBuffer()
        private let promise: EventLoopPromise<ByteBuffer>

        init(promise: EventLoopPromise<ByteBuffer>) {
            self.promise = promise
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var chunk = self.unwrapInboundIn(data)
            self.received.writeBuffer(&chunk)
            if let size = self.received.getInteger(at: 0, as: Int32.self), self.received.readableBytes >= Int(size) + 4
            {
                self.promise.succeed(self.received)
            }
        }

        func channelInactive(context: ChannelHandlerContext) { self.promise.fail(ChannelError.eof) }
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    var message: String
    var description: String { self.message }
}
