import Foundation
import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// How clients sign in, byte by byte, and what they are told.
@Suite struct SignInSessionTests {
    @Test func `a stranger learns nothing of the configuration from a refusal`() async throws {
        let rules = [
            AuthenticationRule.oauthBearer(
                OAuthBearerRule(
                    jwks: JWKSSource(endpoint: "http://secret-host:9/secret-keys"),
                    validate: TokenValidation(issuer: "secret-issuer", audiences: [.init(name: "secret-audience")]),
                    claimsMapping: ClaimsMapping(sub: "secret-claim"))),
            .oauthBearer(OAuthBearerRule(jwks: JWKSSource(endpoint: "http://secret-mirror/secret-keys"))),
        ]
        let tokens = [
            try await AuthenticationFixture.token(), try await AuthenticationFixture.token(lifetime: -600),
            try await AuthenticationFixture.token(kid: "another"), "no-token", "a.b.c", "e30.e30.AAAA",
        ]
        for version in [Int16(0), 1] {
            for token in tokens {
                try await AuthenticationFixture.run(
                    rules: rules, keys: { _, _ in throw JWKSFetchError.redirected(to: "http://secret-target") }
                ) { fixture in
                    _ = try await fixture.handshake(version: version)
                    let message = AuthenticationFixture.firstMessage(token)
                    if version == 0 {
                        try await fixture.sendBare(message)
                        #expect(String(buffer: try await fixture.received()) == #"{"status":"invalid_token"}"#)
                    } else {
                        let challenge = try await fixture.authenticate(message)
                        #expect(String(buffer: challenge.authBytes) == #"{"status":"invalid_token"}"#)
                        #expect(challenge.errorCode == 0 && challenge.errorMessage == nil)
                        let verdict = try await fixture.authenticate(ByteBuffer(integer: UInt8(1)))
                        #expect(verdict.errorCode == SASLErrorCode.saslAuthenticationFailed.rawValue)
                        #expect(verdict.errorMessage == "The token was refused. The log of the gateway has the reason.")
                    }
                    #expect(try await fixture.principal() == nil)
                    #expect(fixture.log.contains("authentication failed; connection closed"))
                }
            }
        }
    }

    @Test func `the log says where an endpoint redirects, and clients are not told`() async throws {
        try await AuthenticationFixture.run(
            keys: { _, _ in throw JWKSFetchError.redirected(to: "http://elsewhere/keys") }
        ) { fixture in
            _ = try await fixture.handshake(version: 1)
            _ = try await fixture.authenticate(
                AuthenticationFixture.firstMessage(try await AuthenticationFixture.token()))
            #expect(fixture.log.contains("it redirects to 'http://elsewhere/keys'"))
        }
    }

    @Test(arguments: [Int16(0), 1])
    func `a token with thousands of groups signs in`(version: Int16) async throws {
        let groups = (0..<9_000).map { "\"\(1_000_000 + $0)-1d2c-4b3a-9f8e-000000000000\"" }.joined(separator: ",")
        let expiry = Int(Date().timeIntervalSince1970 + 600)
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":\#(expiry),"groups":[\#(groups)]}"#).text
        #expect((400 << 10..<500 << 10).contains(token.utf8.count))
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: version)
            let message = AuthenticationFixture.firstMessage(token)
            if version == 0 {
                try await fixture.sendBare(message)
                #expect(try await fixture.received().readableBytes == 0)
            } else {
                #expect(try await fixture.authenticate(message).authBytes.readableBytes == 0)
            }
            #expect(try await fixture.principal() == "ali")
        }
    }

    @Test func `a frame above half a mebibyte is refused before authentication, and the log says why`() async throws {
        try await AuthenticationFixture.run { fixture in
            _ = try await fixture.handshake(version: 1)
            var head = ByteBuffer(integer: Int32(512 << 10 + 1))
            head.writeMultipleIntegers(APIKey.saslAuthenticate.rawValue, Int16(2), Int32(1))
            try await fixture.send(head)
            #expect(fixture.isClosed)
            #expect(fixture.log.contains("the client sent a frame of"))
        }
    }

    @Test func `a client that renews its session and falls silent is disconnected, and not while an answer is pending`()
        async throws
    {
        for isPending in [false, true] {
            try await AuthenticationFixture.run { fixture in
                _ = try await fixture.handshake(version: 1)
                _ = try await fixture.authenticate(
                    AuthenticationFixture.firstMessage(try await AuthenticationFixture.token()))
                if isPending { try await fixture.request(JoinGroupRequest(), version: 5) }
                var handshake = SaslHandshakeRequest()
                handshake.mechanism = "OAUTHBEARER"
                try await fixture.request(handshake, version: 1)
                await fixture.advanceTime(by: .seconds(32))
                #expect(fixture.isClosed != isPending)
            }
        }
    }
}
