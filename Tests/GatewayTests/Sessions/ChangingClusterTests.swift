import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Connections that live on while topics and brokers change.
@Suite struct ChangingClusterTests {
    private static let rules = [
        OracleWorld.rule(.topic, .allow, .read, "orders"), OracleWorld.rule(.topic, .allow, .write, "orders"),
    ]
    private static let stranger = KafkaUUID(high: 0xFEED, low: 1)

    private static func fetch(_ id: KafkaUUID, correlationID: Int32) -> ByteBuffer {
        var request = FetchRequest()
        request.sessionEpoch = -1
        request.topics = [.init()]
        request.topics[0].topicId = id
        request.topics[0].partitions = [.init()]
        return KafkaFrame.encodeRequest(request, version: 16, correlationID: correlationID, clientID: "test")
    }

    private static func metadata(_ topics: [(String?, KafkaUUID)], brokers: [Int32: String] = [:]) -> MetadataResponse {
        var answer = MetadataResponse()
        answer.topics = topics.map { name, id in
            var topic = MetadataResponse.MetadataResponseTopic()
            topic.name = name
            topic.topicId = id
            if name == nil { topic.errorCode = KafkaErrorCode.unknownTopicId.rawValue }
            return topic
        }
        answer.brokers = brokers.sorted { $0.key < $1.key }.map { id, host in
            var broker = MetadataResponse.MetadataResponseBroker()
            broker.nodeId = id
            broker.host = host
            broker.port = 9092
            return broker
        }
        return answer
    }

    @Test func `a topic made anew is read by its new id on the same connection, once the broker was asked about it`()
        throws
    {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        let old = try #require(LargeProduceTests.ids["orders"])
        let first = Self.fetch(old, correlationID: 1)
        try fixture.client.writeInbound(first)
        #expect(try SessionFixture.sent(fixture.broker) == first)
        try fixture.answer(FetchResponse(), version: 16, correlationID: 1)
        _ = try SessionFixture.sent(fixture.client)

        // Two requests by the new id: the second waits with the first, and one question serves both.
        let next = [Self.fetch(Self.stranger, correlationID: 2), Self.fetch(Self.stranger, correlationID: 3)]
        for frame in next { try fixture.client.writeInbound(frame) }
        #expect(try fixture.questionAsked()?.topics?.map(\.topicId) == [Self.stranger])
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        try fixture.answer(
            Self.metadata([("orders", Self.stranger)]), version: 13, correlationID: fixture.lastCorrelationID)
        var both = next[0]
        both.writeImmutableBuffer(next[1])
        #expect(try SessionFixture.sent(fixture.broker) == both)

        for id: Int32 in [2, 3] {
            try fixture.answer(FetchResponse(), version: 16, correlationID: id)
            #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == id)
        }

        // The old id belongs to no topic any more.
        try fixture.client.writeInbound(Self.fetch(old, correlationID: 4))
        #expect(try fixture.questionAsked()?.topics?.map(\.topicId) == [old])
        try fixture.answer(Self.metadata([(nil, old)]), version: 13, correlationID: fixture.lastCorrelationID)
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
        var refusal = try fixture.frameSent(to: fixture.client)
        #expect(refusal.readInteger(as: Int32.self) == 4)
        refusal.moveReaderIndex(forwardBy: 1)
        let answer = try FetchResponse(from: &refusal, version: 16)
        #expect(
            answer.responses.flatMap(\.partitions).map(\.errorCode) == [KafkaErrorCode.unknownTopicId.rawValue])
    }

    @Test func `an id with no name that is asked for again is asked about again`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        for id: Int32 in 1...2 {
            try fixture.client.writeInbound(Self.fetch(Self.stranger, correlationID: id))
            #expect(try fixture.questionAsked() != nil)
            try fixture.answer(
                Self.metadata([(nil, Self.stranger)]), version: 13, correlationID: fixture.lastCorrelationID)
            #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == id)
        }
    }

    @Test(arguments: [true, false])
    func `where brokers are is learned from the answers to clients, for connections to come`(enforces: Bool) throws {
        let fixture = try SessionFixture(rules: enforces ? Self.rules : nil)
        defer { fixture.finish() }
        let directory = fixture.session.virtualCluster.monitor.directory
        for (index, brokers) in [[Int32(1): "one"], [1: "one", 2: "two"], [2: "elsewhere"]].enumerated() {
            let id = Int32(index + 1)
            try fixture.client.writeInbound(
                KafkaFrame.encodeRequest(MetadataRequest(), version: 12, correlationID: id, clientID: "test"))
            _ = try SessionFixture.sent(fixture.broker)
            try fixture.answer(Self.metadata([], brokers: brokers), version: 12, correlationID: id)
        }
        #expect(
            directory.snapshot.brokers == [
                1: .init(host: "one", port: 9092), 2: .init(host: "elsewhere", port: 9092),
            ])
    }

    /// KIP-1102: the client forgets what it knows and begins with its bootstrap servers, which are the gateway's.
    @Test(arguments: [true, false])
    func `a broker's word to bootstrap anew reaches the client`(enforces: Bool) throws {
        let fixture = try SessionFixture(rules: enforces ? Self.rules : nil)
        defer { fixture.finish() }
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(MetadataRequest(), version: 13, correlationID: 1, clientID: "test"))
        _ = try SessionFixture.sent(fixture.broker)
        var lost = MetadataResponse()
        lost.errorCode = KafkaErrorCode.rebootstrapRequired.rawValue
        try fixture.answer(lost, version: 13, correlationID: 1)
        var frame = try fixture.frameSent(to: fixture.client)
        frame.moveReaderIndex(forwardBy: 5)
        let answer = try MetadataResponse(from: &frame, version: 13)
        #expect(answer.errorCode == 129)
        #expect(answer.brokers.isEmpty)
    }

    @Test func `a client whose software has no proper name is refused as by a broker, and may ask again`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        fixture.knowsBackend()
        for (name, version, code) in [
            ("", "1.0", Int16(42)), ("my client", "1.0", 42), ("-x", "1.0", 42), ("x", "1.0.", 42),
            ("x", "1.0-rc.1", 0),
        ] {
            var request = ApiVersionsRequest()
            request.clientSoftwareName = name
            request.clientSoftwareVersion = version
            try fixture.client.writeInbound(
                KafkaFrame.encodeRequest(request, version: 3, correlationID: 5, clientID: "test"))
            var frame = try fixture.frameSent(to: fixture.client)
            frame.moveReaderIndex(forwardBy: 4)
            let answer = try ApiVersionsResponse(from: &frame, version: 3)
            #expect(answer.errorCode == code, "\(name) \(version)")
            #expect(answer.apiKeys.isEmpty == (code != 0))
        }
        #expect(fixture.session.clientSoftwareName == "x")
    }
}
