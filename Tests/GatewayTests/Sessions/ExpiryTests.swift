import Foundation
import JSON
import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Sessions whose token has ended (KIP-368): as at a broker, what is pending is answered, and the next request closes.
@Suite struct ExpiryTests {
    private static let rule = AuthenticationRule.oauthBearer(
        OAuthBearerRule(jwks: JWKSSource(endpoint: "http://127.0.0.1/keys")))

    /// Signs the session in with a token that has so long to live.
    private func signIn(_ session: Session, seconds: TimeInterval) {
        let now = Date()
        session.sasl = SASLStateMachine(rules: [Self.rule])
        _ = session.sasl.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = session.sasl.authenticateReceived(Array("n,,\u{1}auth=Bearer a.b.c\u{1}\u{1}".utf8))
        let token = AcceptedToken(principalName: "ali", claims: [:], expiresAt: now.addingTimeInterval(seconds))
        _ = session.sasl.tokenValidated(.accepted(token), now: now)
        session.isAuthenticated = true
        session.isAdmittedForGood = false
        session.installRules()
    }

    /// A session that waits for the answer to a JoinGroup while its token ends.
    private func waitingSession() throws -> SessionFixture {
        let fixture = try SessionFixture(rules: nil, authentication: [Self.rule])
        self.signIn(fixture.session, seconds: 60)
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(JoinGroupRequest(), version: 5, correlationID: 1, clientID: "c"))
        _ = try fixture.frameSent(to: fixture.broker)
        self.signIn(fixture.session, seconds: -1)
        fixture.session.expiryReached()
        return fixture
    }

    private var heartbeat: ByteBuffer {
        KafkaFrame.encodeRequest(HeartbeatRequest(), version: 3, correlationID: 2, clientID: "c")
    }

    @Test func `what is pending when the token ends is answered, and the next request closes`() throws {
        let fixture = try self.waitingSession()
        defer { fixture.finish() }
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(300))
        #expect(fixture.client.isActive)
        try fixture.answer(JoinGroupResponse(), version: 5, correlationID: 1)
        #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == 1)
        #expect(fixture.client.isActive)
        try fixture.client.writeInbound(self.heartbeat)
        #expect(!fixture.client.isActive)
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
    }

    @Test func `a request that comes after the end waits for the answers before it, and closes then`() throws {
        let fixture = try self.waitingSession()
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.heartbeat)
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(300))
        #expect(fixture.client.isActive)
        #expect(try SessionFixture.sent(fixture.broker).readableBytes == 0)
        try fixture.answer(JoinGroupResponse(), version: 5, correlationID: 1)
        #expect(try fixture.frameSent(to: fixture.client).getInteger(at: 0, as: Int32.self) == 1)
        #expect(!fixture.client.isActive)
    }

    @Test func `a session that has ended does not keep its place when it is silent`() throws {
        let fixture = try self.waitingSession()
        defer { fixture.finish() }
        try fixture.answer(JoinGroupResponse(), version: 5, correlationID: 1)
        // It has a while to renew itself, as the answer has just come.
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(fixture.client.isActive)
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(25))
        #expect(!fixture.client.isActive)
    }

    @Test func `a silent session ends with its token`() throws {
        let fixture = try SessionFixture(rules: nil, authentication: [Self.rule])
        defer { fixture.finish() }
        self.signIn(fixture.session, seconds: -1)
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(20))
        fixture.session.expiryReached()
        #expect(!fixture.client.isActive)
    }

    @Test func `a drain ends a session that waits for an answer after its token has ended`() throws {
        let fixture = try self.waitingSession()
        defer { fixture.finish() }
        try fixture.client.writeInbound(self.heartbeat)
        fixture.session.drain(reason: "shutdown")
        fixture.client.embeddedEventLoop.advanceTime(by: .seconds(11))
        #expect(!fixture.client.isActive)
    }
}
