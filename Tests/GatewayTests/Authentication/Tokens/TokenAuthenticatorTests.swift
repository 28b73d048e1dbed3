import Foundation
import JWTKit
import Logging
import Resources
import Synchronization
import Testing

@testable import Gateway

private let now = Date(timeIntervalSince1970: 1_800_000_000)

/// Virtual clusters that trust two issuers: one rule's issuer is no business of a client of the other.
@Suite struct TokenAuthenticatorTests {
    private static let first = JWKSSource(endpoint: "http://first/jwks")
    private static let second = JWKSSource(endpoint: "http://second/jwks")

    /// Two issuers with a key each, and how often each was asked.
    private final class Issuers: Sendable {
        let first: TestEndpoint
        let second: TestEndpoint
        let clock = TestClock()

        init() throws {
            self.first = TestEndpoint(
                TestIssuer.keySet(try TestIssuer.jwk(.p256(ES256PrivateKey()), kid: "first")))
            self.second = TestEndpoint(TestIssuer.keySet(try TestIssuer.jwk(TestIssuer.sharedRSAKey, kid: "second")))
        }

        func authenticator(firstIssuer: String? = nil) -> TokenAuthenticator {
            let clock = self.clock
            let keys = JWKSCache(
                fetch: { address, _ in
                    try (address == TokenAuthenticatorTests.first.endpoint ? self.first : self.second).fetch()
                }, logger: Logger(label: "test"), now: { clock.now })
            return TokenAuthenticator(
                rules: [
                    .oauthBearer(
                        OAuthBearerRule(
                            jwks: TokenAuthenticatorTests.first,
                            validate: firstIssuer.map { Resources.TokenValidation(issuer: $0) })),
                    .oauthBearer(OAuthBearerRule(jwks: TokenAuthenticatorTests.second)),
                ], keys: keys, wallClock: { now })
        }
    }

    private func token(kid: String? = "second", issuer: String = "two") async throws -> BearerToken {
        try await TestIssuer.token(
            claims: #"{"sub":"ali","exp":1800000060,"iss":"\#(issuer)"}"#, kid: kid)
    }

    @Test func `sign-ins by the second rule do not ask the first one's issuer again`() async throws {
        let issuers = try Issuers()
        let subject = issuers.authenticator()
        let token = try await self.token()
        for _ in 0..<50 {
            #expect(await subject.validate(token, rules: [0, 1]).rule == 1)
            issuers.clock.advance(by: .seconds(60))
        }
        #expect(issuers.first.fetches == 1)
        #expect(issuers.second.fetches == 1)
    }

    @Test func `an issuer that is down is not asked for a client of the other`() async throws {
        let issuers = try Issuers()
        issuers.first.answers(.failure(.timedOut(seconds: 10)))
        let subject = issuers.authenticator()
        for _ in 0..<50 {
            #expect(await subject.validate(try await self.token(), rules: [0, 1]).rule == 1)
            issuers.clock.advance(by: .seconds(60))
        }
        #expect(issuers.first.fetches == 1)
    }

    @Test func `a rule of another issuer is passed over without a fetch`() async throws {
        let issuers = try Issuers()
        let subject = issuers.authenticator(firstIssuer: "one")
        #expect(await subject.validate(try await self.token(), rules: [0, 1]).rule == 1)
        #expect(issuers.first.fetches == 0)
        // Also for a token that nobody takes.
        let refused = await subject.validate(try await self.token(kid: "third"), rules: [0, 1])
        #expect(
            refused.verdict
                == .rejected(
                    reason: "By authentication[0]: iss 'two' is not 'one'. "
                        + "By authentication[1]: No key with kid 'third' at http://second/jwks."))
        #expect(issuers.first.fetches == 0)
    }

    @Test func `a key that nobody has is looked for at every issuer once in a while`() async throws {
        let issuers = try Issuers()
        let subject = issuers.authenticator()
        let unknown = try await self.token(kid: "third")
        for _ in 0..<20 { #expect(await subject.validate(unknown, rules: [0, 1]).rule == nil) }
        #expect(issuers.first.fetches == 2)
        #expect(issuers.second.fetches == 2)
    }

    @Test func `a key that the first issuer has made since is found`() async throws {
        let issuers = try Issuers()
        let subject = issuers.authenticator()
        #expect(await subject.validate(try await self.token(), rules: [0, 1]).rule == 1)
        issuers.first.answers(
            .success(TestIssuer.keySet(try TestIssuer.jwk(TestIssuer.sharedRSAKey, kid: "new"))))
        #expect(await subject.validate(try await self.token(kid: "new"), rules: [0, 1]).rule == 0)
    }

    @Test func `the first rule that accepts decides, whatever is known of the others`() async throws {
        let issuers = try Issuers()
        issuers.first.answers(
            .success(TestIssuer.keySet(try TestIssuer.jwk(TestIssuer.sharedRSAKey, kid: "second"))))
        let subject = issuers.authenticator()
        for _ in 0..<3 {
            #expect(await subject.validate(try await self.token(), rules: [1]).rule == 1)
            #expect(await subject.validate(try await self.token(), rules: [0, 1]).rule == 0)
            issuers.clock.advance(by: .seconds(4_000))
        }
    }

    @Test func `a token without a key id is tried at both, and neither is asked again when one accepts`() async throws {
        let issuers = try Issuers()
        let subject = issuers.authenticator()
        for _ in 0..<5 {
            #expect(await subject.validate(try await self.token(kid: nil), rules: [0, 1]).rule == 1)
            issuers.clock.advance(by: .seconds(60))
        }
        #expect(issuers.first.fetches == 1)
    }
}
