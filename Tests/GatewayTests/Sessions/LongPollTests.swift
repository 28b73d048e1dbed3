import KafkaProtocol
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// Sessions that end while requests wait at the broker for records.
@Suite struct LongPollTests {
    private static func send<Request: KafkaMessage>(
        _ request: Request, version: Int16, correlationID: Int32, to fixture: SessionFixture
    ) throws {
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(request, version: version, correlationID: correlationID, clientID: "test"))
    }

    private static func frame<Answer: KafkaMessage>(
        _ answer: Answer, version: Int16, correlationID: Int32
    ) -> ByteBuffer {
        var body = ByteBuffer()
        answer.encode(into: &body, version: version)
        return ResponseFrame.make(body: body, api: Answer.apiKey, version: version, correlationID: correlationID)
    }

    private static func emptyFetch(_ version: Int16, _ correlationID: Int32) -> ByteBuffer {
        Self.frame(FetchResponse(), version: version, correlationID: correlationID)
    }

    @Test(arguments: Int16(4)...18)
    func `a Fetch that waits is answered with no records when the session ends`(version: Int16) throws {
        let fixture = try SessionFixture()
        defer { fixture.finish() }
        try Self.send(FetchRequest(), version: version, correlationID: 7, to: fixture)
        fixture.session.drain(reason: "the gateway is shutting down")
        var sent = try SessionFixture.sent(fixture.client)
        #expect(sent == Self.emptyFetch(version, 7))
        sent.moveReaderIndex(forwardBy: 4)
        let header = try ResponseHeader(from: &sent, version: APIKey.fetch.responseHeaderVersion(for: version))
        let answer = try FetchResponse(from: &sent, version: version)
        #expect((header.correlationId, answer.errorCode, answer.sessionId) == (7, 0, 0))
        #expect(answer.responses.isEmpty && sent.readableBytes == 0)
        #expect(!fixture.client.isActive)
    }

    @Test func `answers keep their order, and the broker's own is not mixed in`() throws {
        let fixture = try SessionFixture()
        defer { fixture.finish() }
        fixture.knowsBackend()
        try Self.send(FetchRequest(), version: 12, correlationID: 1, to: fixture)
        try Self.send(ApiVersionsRequest(), version: 0, correlationID: 2, to: fixture)
        try Self.send(ShareFetchRequest(), version: 1, correlationID: 3, to: fixture)
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        fixture.session.drain(reason: "the gateway is shutting down")
        #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == 1)
        #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == 2)
        var last = try fixture.frameSent(to: fixture.client)
        #expect(last.readInteger(as: Int32.self) == 3)
        last.moveReaderIndex(forwardBy: 1)
        let answer = try ShareFetchResponse(from: &last, version: 1)
        #expect((answer.errorCode, answer.errorMessage) == (0, nil))
        #expect(fixture.session.isClosing)
        // Too late: what was answered is not answered again.
        fixture.session.upstreamRead(Self.emptyFetch(12, 1))
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
    }

    @Test func `what changes something is waited for, and then the rest is answered`() throws {
        let fixture = try SessionFixture()
        defer { fixture.finish() }
        try Self.send(HeartbeatRequest(), version: 3, correlationID: 1, to: fixture)
        try Self.send(FetchRequest(), version: 12, correlationID: 2, to: fixture)
        fixture.session.drain(reason: "the gateway is shutting down")
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        #expect(!fixture.session.isClosing)
        var both = Self.frame(HeartbeatResponse(), version: 3, correlationID: 1)
        try fixture.broker.writeInbound(both)
        both.writeImmutableBuffer(Self.emptyFetch(12, 2))
        #expect(try SessionFixture.sent(fixture.client) == both)
        #expect(fixture.session.isClosing)
    }

    @Test(arguments: [APIKey.joinGroup, .syncGroup])
    func `a member that waits for its group goes on waiting`(api: APIKey) throws {
        let fixture = try SessionFixture()
        defer { fixture.finish() }
        if api == .joinGroup {
            try Self.send(JoinGroupRequest(), version: 5, correlationID: 1, to: fixture)
        } else {
            try Self.send(SyncGroupRequest(), version: 3, correlationID: 1, to: fixture)
        }
        fixture.session.drain(reason: "the gateway is shutting down")
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        #expect(fixture.client.isActive && !fixture.session.isClosing)
    }

    @Test(arguments: [2, 6, 12])
    func `an answer that has begun to come is the broker's to the end`(here: Int) throws {
        let fixture = try SessionFixture()
        defer { fixture.finish() }
        try Self.send(FetchRequest(), version: 12, correlationID: 1, to: fixture)
        var answer = FetchResponse()
        answer.sessionId = 77
        let whole = Self.frame(answer, version: 12, correlationID: 1)
        var rest = whole
        let start = rest.readSlice(length: here) ?? ByteBuffer()
        try fixture.broker.writeInbound(start)
        fixture.session.drain(reason: "the gateway is shutting down")
        #expect(!fixture.session.isClosing)
        try fixture.broker.writeInbound(rest)
        #expect(try SessionFixture.sent(fixture.client) == whole)
        #expect(fixture.session.isClosing)
    }

    @Test func `a loop that drains ends the sessions that only wait for records`() throws {
        let fixture = try SessionFixture()
        defer { fixture.finish() }
        try Self.send(FetchRequest(), version: 12, correlationID: 1, to: fixture)
        fixture.session.context.drain()
        #expect(try SessionFixture.sent(fixture.client) == Self.emptyFetch(12, 1))
        fixture.client.embeddedEventLoop.run()
        #expect(fixture.session.context.sessions.isEmpty)
    }
}
