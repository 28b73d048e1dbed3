import EngineInterface
import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import TestSupport
import Testing

@testable import Gateway

/// Whole sessions with frames of many megabytes.
@Suite struct LargeFrameSessionTests {
    private static let mebibyte = 1024 * 1024
    /// What one read of a socket gives at most.
    private static let readBytes = 256 * 1024
    private static let maximumHeld = Session.maximumHeldBytes + Self.readBytes

    static let rules = [
        OracleWorld.rule(.topic, .allow, .all, "orders"), OracleWorld.rule(.topic, .allow, .all, "audit"),
        OracleWorld.rule(.topic, .allow, .all, "many-*"),
    ]

    /// Sends `bytes` in pieces, and gives what came out at the other end.
    private func send(
        _ bytes: ByteBuffer, from source: EmbeddedChannel, to target: EmbeddedChannel, _ fixture: SessionFixture,
        seed: UInt64 = 1
    ) throws -> (out: ByteBuffer, held: Int) {
        var rest = bytes
        var out = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
        var held = 0
        var pieces = RandomPieces(seed: seed, upTo: Self.readBytes)
        while let piece = pieces.cut(from: &rest) {
            try source.writeInbound(piece)
            held = max(held, fixture.heldBytes)
            out.writeImmutableBuffer(try SessionFixture.sent(target))
        }
        return (out, held)
    }

    private func fetchRequest(_ topics: [String]) -> ByteBuffer {
        var request = FetchRequest()
        request.sessionEpoch = -1
        request.topics = topics.map { name in
            var topic = FetchRequest.FetchTopic()
            topic.topicId = LargeProduceTests.ids[name] ?? .zero
            topic.partitions = [.init()]
            return topic
        }
        return KafkaFrame.encodeRequest(request, version: 16, correlationID: 9, clientID: "test")
    }

    private func fetchAnswer(megabytes: Int, endpoints: [Int32]) -> FetchResponse {
        var topic = FetchResponse.FetchableTopicResponse()
        topic.topicId = LargeProduceTests.ids["orders"] ?? .zero
        topic.partitions = (0..<8).map { index in
            var partition = FetchResponse.PartitionData()
            partition.partitionIndex = Int32(index)
            partition.abortedTransactions = index % 2 == 0 ? nil : [.init(), .init()]
            if index == 3 { partition.currentLeader.leaderId = 2 }
            partition.records = ByteBuffer(repeating: UInt8(index), count: megabytes * Self.mebibyte / 8)
            return partition
        }
        var answer = FetchResponse()
        answer.responses = [topic]
        answer.nodeEndpoints = endpoints.map { id in
            var node = FetchResponse.NodeEndpoint()
            node.nodeId = id
            node.host = "broker-\(id).internal"
            node.port = 9092
            return node
        }
        return answer
    }

    @Test(arguments: [[], [Int32(2)], [1, 2, 3]])
    func `a Fetch answer of 64 MiB is never held, and its endpoints are readdressed`(endpoints: [Int32]) throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.fetchRequest(["orders", "secret"]))
        #expect(try SessionFixture.sent(fixture.broker).readableBytes > 0)
        let sent = self.fetchAnswer(megabytes: 64, endpoints: endpoints)
        let frame = KafkaFrame.encodeResponse(sent, version: 16, correlationID: 9)
        let (out, held) = try self.send(frame, from: fixture.broker, to: fixture.client, fixture)
        #expect(held <= Self.readBytes)
        #expect(out.getInteger(at: 0, as: Int32.self) == Int32(out.readableBytes - 4))
        var body = try ResponseFrame.body(of: out, api: .fetch, version: 16)
        let got = try FetchResponse(from: &body, version: 16)
        #expect(got.responses.count == 2)
        #expect(got.responses.first?.partitions.map(\.errorCode) == [29])
        #expect(got.responses.last == sent.responses.first)
        #expect(got.nodeEndpoints.map(\.nodeId) == endpoints.filter { $0 < 3 })
        #expect(got.nodeEndpoints.allSatisfy { $0.host == "127.0.0.1" && $0.port == 29_290 + $0.nodeId })
        #expect(fixture.session.inFlight.isEmpty)
    }

    @Test func `a Fetch answer that does not keep to its length ends the connection`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.fetchRequest(["orders"]))
        var frame = KafkaFrame.encodeResponse(
            self.fetchAnswer(megabytes: 2, endpoints: []), version: 16, correlationID: 9)
        frame.setInteger(Int32(frame.readableBytes - 4 - 100), at: 0)
        _ = try self.send(frame, from: fixture.broker, to: fixture.client, fixture)
        #expect(fixture.session.isClosing)
    }

    @Test func `a client that does not read stops the broker, in the middle of a large answer`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.fetchRequest(["orders"]))
        let frame = KafkaFrame.encodeResponse(
            self.fetchAnswer(megabytes: 2, endpoints: [1]), version: 16, correlationID: 9)
        let half = try #require(frame.getSlice(at: 0, length: frame.readableBytes / 2))
        try fixture.broker.writeInbound(half)
        #expect(fixture.session.upstream?.isReadRequested == true)
        fixture.client.isWritable = false
        try fixture.broker.writeInbound(ByteBuffer())
        #expect(fixture.session.upstream?.isReadRequested == false)
        fixture.client.isWritable = true
        fixture.client.pipeline.fireChannelWritabilityChanged()
        #expect(fixture.session.upstream?.isReadRequested == true)
    }

    @Test(arguments: [true, false])
    func `a Produce request of 64 MiB goes on while it is judged`(isEnforcing: Bool) throws {
        let fixture = try SessionFixture(rules: isEnforcing ? Self.rules : nil)
        defer { fixture.finish() }
        let topics = (0..<32).map { "many-\($0)" }
        let frame = LargeProduceTests.frame(topics, version: 9, batchBytes: Self.mebibyte)
        let (out, held) = try self.send(frame, from: fixture.client, to: fixture.broker, fixture)
        #expect(held <= Self.maximumHeld)
        #expect(out == frame)
        #expect(fixture.session.inFlight.count == 1)
        #expect(fixture.session.largeProduce == nil)
        let answer = KafkaFrame.encodeResponse(ProduceResponse(), version: 9, correlationID: 5)
        try fixture.broker.writeInbound(answer)
        #expect(try SessionFixture.sent(fixture.client) == answer)
    }

    @Test func `a broker that does not take more stops the client, in the middle of a large request`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        let frame = LargeProduceTests.frame(["orders", "audit"], version: 9, batchBytes: Self.mebibyte)
        try fixture.client.writeInbound(try #require(frame.getSlice(at: 0, length: 3 * Self.mebibyte)))
        #expect(fixture.session.largeProduce != nil)
        #expect(fixture.session.isReadRequested)
        fixture.broker.isWritable = false
        try fixture.client.writeInbound(ByteBuffer())
        #expect(!fixture.session.isReadRequested)
        fixture.broker.isWritable = true
        fixture.broker.pipeline.fireChannelWritabilityChanged()
        #expect(fixture.session.isReadRequested)
    }

    private func answer(_ out: ByteBuffer, version: Int16) throws -> [String: [Int16]] {
        var body = try ResponseFrame.body(of: out, api: .produce, version: version)
        let answer = try ProduceResponse(from: &body, version: version)
        return Dictionary(
            uniqueKeysWithValues: answer.responses.map { ($0.name, $0.partitionResponses.map(\.errorCode)) })
    }

    @Test func `a denied topic that turns up late stops the request, and the next one goes to a fresh broker`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        let earlier = LargeProduceTests.frame(["orders"], version: 9, batchBytes: 100, correlationID: 4)
        try fixture.client.writeInbound(earlier)
        #expect(try SessionFixture.sent(fixture.broker) == earlier)
        let frame = LargeProduceTests.frame(
            ["orders", "audit", "secret", "many-1"], version: 9, batchBytes: 2 * Self.mebibyte)
        let (out, held) = try self.send(frame, from: fixture.client, to: fixture.broker, fixture)
        #expect(held <= Self.maximumHeld)
        #expect(out.readableBytes > 0 && out.readableBytes < 9 * Self.mebibyte)
        #expect(out == frame.getSlice(at: 0, length: out.readableBytes))
        // The answer to the earlier request still comes, on the same connection.
        #expect(fixture.broker.isActive)
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        let first = KafkaFrame.encodeResponse(ProduceResponse(), version: 9, correlationID: 4)
        try fixture.broker.writeInbound(first)
        var answers = try SessionFixture.sent(fixture.client)
        #expect(answers.readSlice(length: first.readableBytes) == first)
        let codes = try self.answer(answers, version: 9)
        #expect(codes == ["orders": [6, 6], "audit": [6, 6], "secret": [29, 29], "many-1": [6, 6]])
        #expect(!fixture.broker.isActive)
        #expect(!fixture.session.isClosing)
        #expect(fixture.session.upstream == nil)
        try fixture.client.writeInbound(earlier)
        guard case .backend? = fixture.session.wait else {
            Issue.record("the next request waits for a broker")
            return
        }
        #expect(fixture.session.input.readableBytes == earlier.readableBytes)
    }

    @Test(arguments: [Int16(3), 9, 13])
    func `a large request for a denied topic alone never reaches the broker`(version: Int16) throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        let frame = LargeProduceTests.frame(["secret"], version: version, batchBytes: 8 * Self.mebibyte)
        let (out, held) = try self.send(frame, from: fixture.client, to: fixture.broker, fixture)
        #expect(held <= Self.maximumHeld)
        #expect(out.readableBytes == 0)
        #expect(try self.answer(SessionFixture.sent(fixture.client), version: version).values.first == [29, 29])
        #expect(fixture.broker.isActive)
        let next = LargeProduceTests.frame(["orders"], version: version, batchBytes: 100)
        try fixture.client.writeInbound(next)
        #expect(try SessionFixture.sent(fixture.broker) == next)
    }

    @Test func `a large denied request that wants no answer ends the connection`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        let frame = LargeProduceTests.frame(["secret"], version: 9, batchBytes: 2 * Self.mebibyte, acks: 0)
        try fixture.client.writeInbound(try #require(frame.getSlice(at: 0, length: 2 * Self.mebibyte)))
        #expect(fixture.session.isClosing)
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
    }

    @Test func `what has to be decoded has a limit, and a line in the log says so`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        var head = ByteBuffer()
        head.writeInteger(Int32(fixture.session.context.limits.requestBytes + 1))
        head.writeInteger(APIKey.metadata.rawValue)
        head.writeInteger(Int16(12))
        head.writeInteger(Int32(1))
        try fixture.client.writeInbound(head)
        #expect(fixture.session.isClosing)
        #expect(fixture.session.context.limitCounters.counts == [.requestBytes: 1])
        let error = FrameError.tooLargeToDecode(.metadata, 20_000_000, limit: 16_777_216)
        #expect(
            "\(error)" == "the client sent a Metadata request of 20000000 bytes; "
                + "requests that are decoded are limited to 16777216")
    }

    @Test func `a small Produce request takes the same way as ever`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        let frame = LargeProduceTests.frame(["orders", "secret"], version: 9, batchBytes: 1000)
        var out = ByteBuffer()
        for byte in frame.readableBytesView {
            try fixture.client.writeInbound(ByteBuffer(bytes: [byte]))
            out.writeImmutableBuffer(try SessionFixture.sent(fixture.broker))
        }
        // Without the denied topic.
        #expect(out.readableBytes < frame.readableBytes / 2 + 100 && out.readableBytes > 1000)
        #expect(fixture.session.inFlight.count == 1)
    }
}
