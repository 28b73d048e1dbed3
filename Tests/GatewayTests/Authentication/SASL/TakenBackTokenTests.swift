import EngineInterface
import Foundation
import KafkaProtocol
import Logging
import NIOCore
import Testing

@testable import Gateway

/// Tokens of issuers in the gateway's process, which can take them back.
@Suite struct TakenBackTokenTests {
    private static let issuer = "http://localhost:9190/x/auth"

    private static func run(_ body: (AuthenticationFixture, TestIssuers) async throws -> Void) async throws {
        let issuers = TestIssuers(keys: .document(try AuthenticationFixture.keySet()))
        try await AuthenticationFixture.run(
            keys: { _, _ in throw JWKSFetchError.badAddress }, issuers: issuers
        ) { fixture in try await body(fixture, issuers) }
    }

    private static func message() async throws -> ByteBuffer {
        AuthenticationFixture.firstMessage(
            try await AuthenticationFixture.token(claims: #","iss":"\#(self.issuer)","jti":"t1""#))
    }

    private static let token = IssuedToken(issuer: issuer, id: "t1", keyID: "k1")

    private static func signIn(_ fixture: AuthenticationFixture) async throws -> SaslAuthenticateResponse {
        _ = try await fixture.handshake(version: 1)
        return try await fixture.authenticate(try await self.message())
    }

    @Test func `the keys of the process let its tokens in without a fetch, and the issuer is asked of each`()
        async throws
    {
        try await Self.run { fixture, issuers async throws in
            #expect(try await Self.signIn(fixture).authBytes.readableBytes == 0)
            #expect(try await fixture.principal() == "ali")
            #expect(issuers.asked == [Self.token])
        }
    }

    @Test(arguments: [
        TokenWithdrawal.revoked, .keyWithdrawn, .secretWithdrawn, .grantWithdrawn, .scopeWithdrawn("read"),
    ])
    func `a token that was taken back is refused, and only the log says why`(withdrawal: TokenWithdrawal) async throws {
        try await Self.run { fixture, issuers async throws in
            issuers.say(.withdrawn(withdrawal))
            #expect(String(buffer: try await Self.signIn(fixture).authBytes) == #"{"status":"invalid_token"}"#)
            let verdict = try await fixture.authenticate(ByteBuffer(integer: UInt8(1)))
            #expect(verdict.errorMessage == "The token was refused. The log of the gateway has the reason.")
            #expect(fixture.log.contains("The token is no longer valid: \(withdrawal)."))
            #expect(try await fixture.principal() == nil)
        }
    }

    @Test func `a session ends when its token is taken back`() async throws {
        try await Self.run { fixture, _ async throws in
            _ = try await Self.signIn(fixture)
            #expect(try await fixture.beginTokenReview(of: ["http://other"]) == [])
            #expect(try await fixture.beginTokenReview(of: [Self.issuer]) == [Self.token])
            // One token is taken back without the others of its issuer.
            for (id, found) in [("t1", [Self.token]), ("t2", [])] {
                let token = IssuedToken(issuer: Self.issuer, id: id, keyID: nil)
                #expect(try await fixture.beginTokenReview(of: [], tokens: [token]) == found)
            }
            // Not for the sake of a token that it has not.
            try await fixture.takeBack(IssuedToken(issuer: Self.issuer, id: "t2", keyID: "k1"), because: .revoked)
            #expect(try await fixture.principal() == "ali")
            #expect(!fixture.isClosed)
            try await fixture.takeBack(Self.token, because: .revoked)
            #expect(fixture.log.contains("its token is no longer valid: it was revoked, or its client was deleted"))
            await fixture.advanceTime(by: .seconds(3))
            #expect(fixture.isClosed)
        }
    }

    /// The review sees only sessions that are in; one whose token is under judgement has it judged anew.
    @Test func `a token that is taken back while it is judged does not come in`() async throws {
        try await Self.run { fixture, issuers async throws in
            let (gate, open) = AsyncStream<Void>.makeStream()
            issuers.hold(until: gate)
            _ = try await fixture.handshake(version: 1)
            var request = SaslAuthenticateRequest()
            request.authBytes = try await Self.message()
            try await fixture.request(request, version: 2)
            while issuers.asked.isEmpty { await Task.yield() }
            issuers.say(.withdrawn(.revoked))
            #expect(try await fixture.beginTokenReview(of: [Self.issuer]) == [])
            open.finish()
            let answer = try await fixture.answer(SaslAuthenticateResponse.self, version: 2)
            #expect(String(buffer: answer.authBytes) == #"{"status":"invalid_token"}"#)
            #expect(issuers.asked.count == 2)
        }
    }

    @Test func `a sign-in is not judged anew because another token was taken back`() async throws {
        try await Self.run { fixture, issuers async throws in
            let (gate, open) = AsyncStream<Void>.makeStream()
            issuers.hold(until: gate)
            _ = try await fixture.handshake(version: 1)
            var request = SaslAuthenticateRequest()
            request.authBytes = try await Self.message()
            try await fixture.request(request, version: 2)
            while issuers.asked.isEmpty { await Task.yield() }
            let other = IssuedToken(issuer: Self.issuer, id: "t2", keyID: nil)
            #expect(try await fixture.beginTokenReview(of: ["http://other"], tokens: [other]) == [])
            open.finish()
            let answer = try await fixture.answer(SaslAuthenticateResponse.self, version: 2)
            #expect(answer.authBytes.readableBytes == 0)
            #expect(issuers.asked.count == 1)
        }
    }

    @Test func `the tokens of other issuers are not looked at again`() async throws {
        try await Self.run { fixture, issuers async throws in
            issuers.say(.foreign)
            #expect(try await Self.signIn(fixture).authBytes.readableBytes == 0)
            #expect(try await fixture.beginTokenReview(of: [Self.issuer]) == [])
        }
    }

    @Test func `a report says what the issuer says of its token, and nothing of it for others`() async throws {
        let issuers = TestIssuers(keys: .document(try AuthenticationFixture.keySet()))
        let authenticator = TokenAuthenticator(
            rules: [AuthenticationFixture.rule],
            keys: JWKSCache(
                fetch: { _, _ in throw JWKSFetchError.badAddress }, issuers: issuers, logger: .init(label: "test")))
        let text = try await AuthenticationFixture.token(claims: #","iss":"\#(Self.issuer)","jti":"t1""#)
        func check() async -> TokenCheckReport.Check? {
            await authenticator.report(BearerToken(text)).checks.first { $0.name == "revocation" }
        }
        #expect(await check()?.outcome == .passed)
        issuers.say(.withdrawn(.secretWithdrawn))
        #expect(await check()?.outcome == .failed)
        #expect(
            await check()?.detail
                == "The token is no longer valid: the client secret that it was issued for was deleted or disabled.")
        issuers.say(.foreign)
        #expect(await check() == nil)
    }
}
