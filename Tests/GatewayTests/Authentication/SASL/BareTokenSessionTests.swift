import EngineInterface
import Foundation
import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// SaslHandshake version 0, byte by byte: after it come tokens behind their length, without Kafka headers.
@Suite struct BareTokenSessionTests {
    private static let refusal = ByteBuffer(string: #"{"status":"invalid_token"}"#)

    @Test func `a good token is answered with nothing behind a length, and requests follow`() async throws {
        try await AuthenticationFixture.run { fixture in
            let handshake = try await fixture.handshake(version: 0)
            #expect(handshake.errorCode == 0)
            #expect(handshake.mechanisms == ["OAUTHBEARER"])
            try await fixture.sendBare(AuthenticationFixture.firstMessage(try await AuthenticationFixture.token()))
            #expect(try await fixture.received().readableBytes == 0)
            #expect(try await fixture.principal() == "ali")

            let request = KafkaFrame.encodeRequest(HeartbeatRequest(), version: 3, correlationID: 9, clientID: "c")
            try await fixture.send(request)
            var there = try await fixture.brokerReceived()
            #expect(there.readInteger(as: Int16.self) == APIKey.heartbeat.rawValue)
            try await fixture.request(ApiVersionsRequest(), version: 0)
        }
    }

    @Test func `a token that comes byte by byte, with a request right behind it, is read as far as it goes`()
        async throws
    {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 0)
            let message = AuthenticationFixture.firstMessage(try await AuthenticationFixture.token())
            var bytes = ByteBuffer(integer: Int32(message.readableBytes))
            bytes.writeImmutableBuffer(message)
            for index in 0..<bytes.readableBytes - 1 {
                try await fixture.send(try #require(bytes.getSlice(at: index, length: 1)))
            }
            var rest = try #require(bytes.getSlice(at: bytes.readableBytes - 1, length: 1))
            rest.writeImmutableBuffer(
                KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: 7, clientID: "c"))
            try await fixture.send(rest)
            #expect(try await fixture.received().readableBytes == 0)
            #expect(try await fixture.answer(ApiVersionsResponse.self, version: 0).errorCode == 0)
        }
    }

    @Test func `a refused token is answered with RFC 7628's error, then the connection closes`() async throws {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 0)
            let expired = try await AuthenticationFixture.token(lifetime: -600)
            try await fixture.sendBare(AuthenticationFixture.firstMessage(expired))
            #expect(try await fixture.received() == Self.refusal)
            // What the client sends in answer is read no more.
            try await fixture.sendBare(ByteBuffer(integer: UInt8(1)))
            await fixture.advanceTime(by: Session.failedAuthenticationDelay)
            #expect(fixture.isClosed)
            #expect(try await fixture.principal() == nil)
        }
    }

    @Test(arguments: [
        ByteBuffer(), ByteBuffer(integer: UInt8(1)), ByteBuffer(string: "n,,\u{1}\u{1}"),
        KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: 7, clientID: "c"),
    ])
    func `what is no token closes the connection without an answer`(bytes: ByteBuffer) async throws {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 0)
            try await fixture.sendBare(bytes)
            await fixture.advanceTime(by: Session.failedAuthenticationDelay)
            #expect(fixture.isClosed)
            #expect(try await fixture.isSilent())
        }
    }

    @Test func `a token for somebody else closes the connection without an answer`() async throws {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 0)
            let token = try await AuthenticationFixture.token()
            try await fixture.sendBare(AuthenticationFixture.firstMessage(token, authorizationID: "eve"))
            // The verdict comes from another thread; the session says so in its log.
            while !fixture.log.contains("authentication failed") { await Task.yield() }
            await fixture.advanceTime(by: Session.failedAuthenticationDelay)
            #expect(fixture.isClosed)
            #expect(try await fixture.isSilent())
        }
    }

    @Test(arguments: [Int32(-1), .min, Int32(Session.maximumFrameBytesUnauthenticated + 1), .max, 0x1603_0100])
    func `a length that no token has closes the connection before anything is held`(size: Int32) async throws {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 0)
            try await fixture.send(ByteBuffer(integer: size))
            #expect(fixture.isClosed)
        }
    }

    @Test func `a client that falls silent before its token is disconnected`() async throws {
        for rules in [[AuthenticationFixture.rule], [.anonymous, AuthenticationFixture.rule]] {
            try await AuthenticationFixture.run(rules: rules) { fixture in
                _ = try await fixture.handshake(version: 0)
                try await fixture.send(ByteBuffer(bytes: [0, 0]))
                await fixture.advanceTime(by: .seconds(31))
                #expect(fixture.isClosed)
            }
        }
    }

    @Test func `a session cannot renew itself by version 0, and goes on`() async throws {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 0)
            try await fixture.sendBare(AuthenticationFixture.firstMessage(try await AuthenticationFixture.token()))
            _ = try await fixture.received()
            #expect(try await fixture.handshake(version: 0).errorCode == SASLErrorCode.illegalSASLState.rawValue)
            try await fixture.request(ApiVersionsRequest(), version: 0)
            #expect(try await fixture.answer(ApiVersionsResponse.self, version: 0).errorCode == 0)
        }
    }
}

extension LogRing {
    func contains(_ text: String) -> Bool {
        self.lines(after: 0).contains { line in
            line.message.contains(text) || line.metadata.values.contains { $0.contains(text) }
        }
    }
}
