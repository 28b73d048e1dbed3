import Foundation
import JSON
import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Clients that leave while their session waits for a broker.
@Suite struct DepartureTests {
    private static let rule = AuthenticationRule.oauthBearer(
        OAuthBearerRule(jwks: JWKSSource(endpoint: "http://127.0.0.1/keys")))

    /// A session that a token has let in, for a minute, and that waits for a broker.
    private func waitingSession(tokenSeconds: TimeInterval = 60) throws -> SessionFixture {
        let fixture = try SessionFixture(rules: nil)
        let session = fixture.session
        let now = Date()
        session.sasl = SASLStateMachine(rules: [Self.rule])
        _ = session.sasl.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = session.sasl.authenticateReceived(Array("n,,\u{1}auth=Bearer a.b.c\u{1}\u{1}".utf8))
        let token = AcceptedToken(
            principalName: "alice", claims: [:], expiresAt: now.addingTimeInterval(tokenSeconds))
        _ = session.sasl.tokenValidated(.accepted(token), now: now)
        session.isAuthenticated = true
        session.installRules()
        session.wait = .backend
        return fixture
    }

    private var request: ByteBuffer {
        KafkaFrame.encodeRequest(HeartbeatRequest(), version: 3, correlationID: 1, clientID: "gone")
    }

    @Test func `what a client with a token sent before it left goes to the broker`() throws {
        let fixture = try self.waitingSession()
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.request)
        fixture.session.clientClosed()
        fixture.session.resume()
        #expect(try SessionFixture.sent(fixture.broker) == self.request)
        #expect(fixture.session.isClosing)
    }

    @Test func `what a client sent under a token that has ended since does not go on`() throws {
        let fixture = try self.waitingSession(tokenSeconds: -1)
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.request)
        fixture.session.clientClosed()
        fixture.session.resume()
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
        #expect(fixture.session.isClosing)
    }

    @Test func `what is allowed of a request without an answer goes to the broker before the connection ends`() throws {
        let fixture = try SessionFixture(rules: LargeFrameSessionTests.rules)
        defer { fixture.finish() }
        let before = LargeProduceTests.frame(["orders"], version: 9, batchBytes: 100, acks: 0)
        let mixed = LargeProduceTests.frame(["orders", "secret"], version: 9, batchBytes: 100, acks: 0)
        var both = before
        both.writeImmutableBuffer(mixed)
        try fixture.client.writeInbound(both)
        #expect(fixture.session.isClosing)
        #expect(!fixture.client.isActive)
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == before.readableBytes * 2)
    }

    @Test func `what an anonymous client sent before it left goes on in a later turn`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        fixture.knowsBackend()
        // The first request uses up the turn; the next ones are here when the client leaves.
        fixture.session.context.turnTime = .zero
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: 1, clientID: nil))
        try fixture.client.writeInbound(self.request)
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
        fixture.session.clientClosed()
        #expect(!fixture.session.isClosing)
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(try SessionFixture.sent(fixture.broker) == self.request)
        #expect(fixture.session.isClosing)
    }

    @Test func `a request after the end closes the session`() throws {
        let fixture = try self.waitingSession()
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.request)
        fixture.session.sasl.connectionClosed()
        fixture.session.resume()
        #expect(fixture.session.isClosing)
    }
}
