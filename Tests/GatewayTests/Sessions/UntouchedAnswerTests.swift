import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Answers that nothing has to be changed in go to the client in the very memory that the broker's came in.
@Suite struct UntouchedAnswerTests {
    private static func places(_ buffers: [ByteBuffer]) -> [UInt] {
        buffers.map { $0.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) } }
    }

    /// - Returns: where the chunks of the answer came in, and where those that went out are.
    private func pass(_ answer: some KafkaMessage, to request: some KafkaMessage, version: Int16, rules: [ACLRule]?)
        throws -> (came: [UInt], went: [UInt])
    {
        let fixture = try SessionFixture(rules: rules)
        defer { fixture.finish() }
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(request, version: version, correlationID: 3, clientID: "test"))
        _ = try SessionFixture.sent(fixture.broker)
        let frame = KafkaFrame.encodeResponse(answer, version: version, correlationID: 3)
        var chunks: [ByteBuffer] = []
        var rest = frame
        while rest.readableBytes > 0, let slice = rest.readSlice(length: min(2_000, rest.readableBytes)) {
            chunks.append(ByteBuffer(bytes: Array(slice.readableBytesView)))
        }
        for chunk in chunks { try fixture.broker.writeInbound(chunk) }
        var out: [ByteBuffer] = []
        while let next = try fixture.client.readOutbound(as: ByteBuffer.self) {
            out.append(next)
        }
        return (Self.places(chunks), Self.places(out))
    }

    @Test(arguments: Int16(4)...18, [Int32(-1), 0])
    func `Fetch, also the one that opens a session`(version: Int16, epoch: Int32) throws {
        var request = FetchRequest()
        request.sessionEpoch = epoch
        var asked = FetchRequest.FetchTopic()
        asked.topic = "orders"
        asked.topicId = LargeProduceTests.ids["orders"] ?? .zero
        asked.partitions = [.init()]
        request.topics = [asked]
        var topic = FetchResponse.FetchableTopicResponse()
        topic.topic = "orders"
        topic.topicId = asked.topicId
        var partition = FetchResponse.PartitionData()
        partition.records = ByteBuffer(repeating: 1, count: 10_000)
        partition.abortedTransactions = [.init(), .init()]
        topic.partitions = [partition]
        var answer = FetchResponse()
        answer.sessionId = epoch < 0 ? 0 : 9
        answer.responses = [topic]
        for rules in [WithheldRecordsTests.rules(reading: ["orders"]), nil] {
            let (came, went) = try self.pass(answer, to: request, version: version, rules: rules)
            #expect(came.count > 4)
            #expect(came == went)
        }
    }

    @Test(arguments: Int16(1)...2)
    func `ShareFetch`(version: Int16) throws {
        var request = ShareFetchRequest()
        request.groupId = "g"
        request.memberId = "m"
        var asked = ShareFetchRequest.Topic()
        asked.topicId = LargeProduceTests.ids["orders"] ?? .zero
        asked.partitions = [.init()]
        request.topics = [asked]
        var topic = ShareFetchResponse.Topic()
        topic.topicId = asked.topicId
        var partition = ShareFetchResponse.Partition()
        partition.records = ByteBuffer(repeating: 1, count: 10_000)
        partition.acquiredRecords = [.init()]
        topic.partitions = [partition]
        var answer = ShareFetchResponse()
        answer.responses = [topic]
        for rules in [WithheldRecordsTests.rules(reading: ["orders"]), nil] {
            let (came, went) = try self.pass(answer, to: request, version: version, rules: rules)
            #expect(came.count > 4)
            #expect(came == went)
        }
    }

    @Test func `any other answer that was decoded and not changed`() throws {
        var answer = ElectLeadersResponse()
        var result = ElectLeadersResponse.ReplicaElectionResult()
        result.topic = String(repeating: "t", count: 9_000)
        answer.replicaElectionResults = [result]
        let rules = [OracleWorld.rule(.cluster, .allow, .alter, "*")]
        let (came, went) = try self.pass(answer, to: ElectLeadersRequest(), version: 2, rules: rules)
        #expect(came.count > 4)
        #expect(came == went)
    }
}
