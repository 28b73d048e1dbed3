import EngineInterface
import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// What one client may ask of a loop, and what becomes of one that asks for more.
@Suite struct SessionLimitsTests {
    private static let rules = LargeFrameSessionTests.rules

    private func metadata(_ names: Int, correlationID: Int32 = 1, version: Int16 = 4) -> ByteBuffer {
        var request = MetadataRequest()
        request.topics = (0..<names).map { number in
            var topic = MetadataRequest.MetadataRequestTopic()
            topic.name = "t\(number)"
            return topic
        }
        return KafkaFrame.encodeRequest(request, version: version, correlationID: correlationID, clientID: "c")
    }

    private func heartbeat(_ correlationID: Int32) -> ByteBuffer {
        KafkaFrame.encodeRequest(HeartbeatRequest(), version: 3, correlationID: correlationID, clientID: "c")
    }

    private func apiVersions(_ correlationID: Int32) -> ByteBuffer {
        KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: correlationID, clientID: nil)
    }

    private func limits(_ change: (inout GatewayLimits) -> Void) -> GatewayLimits {
        var limits = GatewayLimits()
        change(&limits)
        return limits
    }

    // MARK: Backend

    @Test func `a connection that ends because no broker answers is counted once`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        fixture.session.context.loop.assertInEventLoop()
        fixture.session.backendUnavailable(BackendUnreachable(reason: "connection refused"))
        fixture.session.backendUnavailable(BackendUnreachable(reason: "connection refused"))
        #expect(fixture.session.isClosing)
        #expect(fixture.session.context.limitCounters.counts == [.noBackend: 1])
    }

    // MARK: Size

    @Test func `a request with too many elements ends the connection after the earlier answers went out`() throws {
        let fixture = try SessionFixture(rules: nil, limits: self.limits { $0.requestElements = 10 })
        defer { fixture.finish() }
        fixture.session.context.loop.assertInEventLoop()
        // An answer is pending when the large request comes.
        try fixture.client.writeInbound(self.heartbeat(7))
        var large = self.metadata(11, correlationID: 8)
        large.writeImmutableBuffer(self.heartbeat(9))
        let enforced = try SessionFixture(
            rules: Self.rules, limits: self.limits { $0.requestElements = 10 })
        defer { enforced.finish() }
        var find = FindCoordinatorRequest()
        find.coordinatorKeys = ["a"]
        try enforced.client.writeInbound(
            KafkaFrame.encodeRequest(GetTelemetrySubscriptionsRequest(), version: 0, correlationID: 7, clientID: "c"))
        try enforced.client.writeInbound(large)
        #expect(!enforced.session.isClosing)
        #expect(enforced.session.isDraining)
        #expect(enforced.session.context.limitCounters.counts == [.requestElements: 1])
        try enforced.answer(GetTelemetrySubscriptionsResponse(), version: 0, correlationID: 7)
        #expect(try enforced.frameSent(to: enforced.client).getInteger(at: 0, as: Int32.self) == 7)
        #expect(enforced.session.isClosing)
    }

    @Test func `an API with an error of its own answers with it, and the client stays`() throws {
        let fixture = try SessionFixture(rules: Self.rules, limits: self.limits { $0.requestElements = 10 })
        defer { fixture.finish() }
        var request = LeaveGroupRequest()
        request.groupId = "g"
        request.members = (0..<11).map { number in
            var member = LeaveGroupRequest.MemberIdentity()
            member.memberId = "m\(number)"
            return member
        }
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(request, version: 4, correlationID: 3, clientID: "c"))
        var frame = try fixture.frameSent(to: fixture.client)
        #expect(frame.readInteger(as: Int32.self) == 3)
        _ = frame.readInteger(as: UInt8.self)
        let answer = try LeaveGroupResponse(from: &frame, version: 4)
        #expect(answer.errorCode == KafkaErrorCode.invalidRequest.rawValue)
        #expect(!fixture.session.isClosing && !fixture.session.isDraining)
    }

    @Test func `as many elements as may be are taken`() throws {
        let fixture = try SessionFixture(rules: Self.rules, limits: self.limits { $0.requestElements = 10 })
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.metadata(10))
        #expect(!fixture.session.isClosing && !fixture.session.isDraining)
        #expect(fixture.session.context.limitCounters.counts.isEmpty)
    }

    // MARK: Order

    @Test(arguments: [false, true])
    func `what ends a connection does not take earlier answers with it`(isDeniedWithoutAcks: Bool) throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        try fixture.client.writeInbound(LargeProduceTests.frame(["orders"], version: 9, batchBytes: 100))
        let bad =
            isDeniedWithoutAcks
            ? LargeProduceTests.frame(["secret"], version: 9, batchBytes: 100, acks: 0)
            : ByteBuffer(bytes: [0, 0, 0, 9, 0x7f, 0xff, 0, 0, 0, 0, 0, 1, 0])
        try fixture.client.writeInbound(bad)
        try fixture.client.writeInbound(self.heartbeat(99))
        #expect(!fixture.session.isClosing)
        _ = try SessionFixture.sent(fixture.broker)
        let expectation = try #require(fixture.session.inFlight.expectation)
        try fixture.answer(ProduceResponse(), version: 9, correlationID: expectation.correlationID)
        #expect(
            try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == expectation.correlationID)
        #expect(fixture.session.isClosing)
        // The request behind the end went nowhere.
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
    }

    /// The start of a large Produce request whose outline is not one.
    private func malformedLargeProduce() -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.writeMultipleIntegers(Int32(8 << 20), Int16(0), Int16(7), Int32(5), Int16(-1))
        // No transactional id, acks, timeout; and a number of topics that cannot be.
        bytes.writeMultipleIntegers(Int16(-1), Int16(1), Int32(1_000), Int32(-7))
        return bytes
    }

    @Test func `behind a request that is not one no byte reaches the broker, whatever it looks like`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        // Two answers are pending, one of them no long poll, so that the session does not end at once.
        try fixture.client.writeInbound(LargeProduceTests.frame(["orders"], version: 9, batchBytes: 100))
        try fixture.client.writeInbound(self.metadata(1, correlationID: 2))
        _ = try SessionFixture.sent(fixture.broker)
        try fixture.client.writeInbound(self.malformedLargeProduce())
        let overlay = LargeProduceTests.frame(["orders"], version: 9, batchBytes: 2_000)
        for _ in 0..<40 { try fixture.client.writeInbound(overlay) }
        for _ in 0..<600 { try fixture.client.writeInbound(ByteBuffer(repeating: 0, count: 4_096)) }
        fixture.client.embeddedEventLoop.advanceTime(by: .milliseconds(10))
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
        #expect(fixture.session.isDraining)
    }

    @Test func `a large request that turns out not to be one while it passes is not collected`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        try fixture.client.writeInbound(LargeProduceTests.frame(["orders"], version: 9, batchBytes: 100))
        try fixture.client.writeInbound(self.metadata(1, correlationID: 2))
        let large = LargeProduceTests.frame(["secret"], version: 9, batchBytes: 2 << 20)
        try fixture.client.writeInbound(try #require(large.getSlice(at: 0, length: 1_500_000)))
        // What would be the rest of the batch, and then bytes that are no topic.
        for _ in 0..<2_000 { try fixture.client.writeInbound(ByteBuffer(repeating: 0xff, count: 4_096)) }
        #expect(fixture.heldBytes < 1 << 20)
    }

    @Test func `requests of which plans keep something wait for the answers before them`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        var allowed = self.metadata(9_000)
        let count = Session.maximumPlannedBytes / allowed.readableBytes + 20
        for number in 0..<count {
            allowed = self.metadata(9_000, correlationID: Int32(number))
            try fixture.client.writeInbound(allowed)
            fixture.client.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        }
        #expect(fixture.session.inFlight.plannedBytes < Session.maximumPlannedBytes + allowed.readableBytes)
    }

    // MARK: Turns

    @Test func `one client's requests are spread over turns of the loop`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        fixture.knowsBackend()
        let count = Session.requestsPerTurn * 3 + 1
        var all = ByteBuffer()
        for number in 0..<count { all.writeImmutableBuffer(self.apiVersions(Int32(number))) }
        fixture.session.input.append(all)
        fixture.session.takeRequests()
        // The one for which the session became ready is not counted.
        #expect(Int(fixture.session.requests) <= Session.requestsPerTurn + 1)
        // Every further turn is one step of the loop, in which others are served too.
        var turns = 1
        while Int(fixture.session.requests) < count {
            fixture.client.embeddedEventLoop.advanceTime(by: .milliseconds(1))
            turns += 1
            try #require(turns < 10)
        }
        fixture.client.flush()
        for number in 0..<count {
            #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == Int32(number))
        }
    }

    @Test func `a request that takes long is the last of its turn, and the next turn waits`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        fixture.session.context.turnTime = .nanoseconds(1)
        var all = self.metadata(9_900)
        all.writeImmutableBuffer(self.metadata(1, correlationID: 2))
        fixture.session.input.append(all)
        // An anonymous client is admitted with its first request.
        fixture.session.takeRequests()
        #expect(fixture.session.requests == 1)
        fixture.client.embeddedEventLoop.run()
        #expect(fixture.session.requests == 1)
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(fixture.session.requests == 2)
    }

    @Test func `a client that does not take its answers is not served further`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        fixture.knowsBackend()
        fixture.client.isWritable = false
        fixture.client.pipeline.fireChannelWritabilityChanged()
        try fixture.client.writeInbound(self.apiVersions(1))
        #expect(fixture.session.requests == 0)
        fixture.client.isWritable = true
        fixture.client.pipeline.fireChannelWritabilityChanged()
        #expect(fixture.session.requests == 1)
        #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == 1)
    }

    // MARK: Time

    private func pass(_ seconds: Int, _ fixture: SessionFixture) {
        for _ in 0..<seconds { fixture.session.context.passSecond() }
    }

    @Test(arguments: [0, 3, 20])
    func `an anonymous client that sends no whole request loses its place`(bytes: Int) throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        if bytes > 0 {
            try fixture.client.writeInbound(try #require(self.metadata(5).getSlice(at: 0, length: bytes)))
        }
        self.pass(29, fixture)
        #expect(!fixture.session.isClosing)
        self.pass(1, fixture)
        #expect(fixture.session.isClosing)
        #expect(fixture.session.context.limitCounters.counts == [.firstRequest: 1])
    }

    @Test func `a client that has to sign in and only asks for versions loses its place`() throws {
        let rule = AuthenticationRule.oauthBearer(
            OAuthBearerRule(jwks: JWKSSource(endpoint: "http://127.0.0.1/keys")))
        let fixture = try SessionFixture(rules: nil, authentication: [rule])
        defer { fixture.finish() }
        fixture.knowsBackend()
        try fixture.client.writeInbound(self.apiVersions(1))
        self.pass(30, fixture)
        #expect(fixture.session.isClosing)
    }

    @Test func `a client that is silent for long loses its place, one that waits for an answer does not`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.heartbeat(1))
        self.pass(1_300, fixture)
        #expect(!fixture.session.isClosing)
        try fixture.answer(HeartbeatResponse(), version: 3, correlationID: 1)
        self.pass(599, fixture)
        #expect(!fixture.session.isClosing)
        self.pass(601, fixture)
        #expect(fixture.session.isClosing)
        #expect(fixture.session.context.limitCounters.counts == [.idle: 1])
    }

    @Test func `a client that works now and then keeps its place`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        for number in 1...5 {
            try fixture.client.writeInbound(self.heartbeat(Int32(number)))
            try fixture.answer(HeartbeatResponse(), version: 3, correlationID: Int32(number))
            self.pass(599, fixture)
            #expect(!fixture.session.isClosing)
        }
    }

    @Test func `a session that rests gives back what its decisions took`() throws {
        let fixture = try SessionFixture(rules: Self.rules)
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.metadata(1_000))
        let authorizer = try #require(fixture.session.facts).authorizer
        #expect(authorizer.cachedDecisions > 100)
        self.pass(Int(Session.secondsToRest) + 1, fixture)
        #expect(authorizer.cachedDecisions == 0)
    }

    @Test func `nothing holds a session that has ended`() throws {
        weak var ended: Session?
        var fixture: SessionFixture? = try SessionFixture(rules: nil)
        ended = fixture?.session
        let loop = try #require(fixture).client.embeddedEventLoop
        fixture?.session.drain(reason: "test")
        fixture?.finish()
        loop.run()
        let context = try #require(fixture).session.context
        fixture = nil
        #expect(context.sessions.isEmpty)
        #expect(ended == nil)
        _ = context
    }
}
