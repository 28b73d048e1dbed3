import EngineInterface
import Foundation
import JSON
import JWTKit
import Logging
import Resources
import Testing

@testable import Gateway

/// 2027-01-15T08:00:00Z.
private let now = Date(timeIntervalSince1970: 1_800_000_000)
private let source = JWKSSource(endpoint: "http://issuer/jwks")

private func validator(
    _ endpoint: TestEndpoint, validate: Resources.TokenValidation? = nil, mapping: ClaimsMapping? = nil
) -> TokenValidator {
    let keys = JWKSCache(fetch: { _, _ in try endpoint.fetch() }, logger: Logger(label: "test"))
    return TokenValidator(
        rule: OAuthBearerRule(jwks: source, validate: validate, claimsMapping: mapping), keys: keys,
        wallClock: { now })
}

private func endpoint() throws -> TestEndpoint {
    TestEndpoint(TestIssuer.keySet(try TestIssuer.jwk(TestIssuer.sharedRSAKey)))
}

private func audiences(_ names: String...) -> Resources.TokenValidation {
    Resources.TokenValidation(audiences: names.map { .init(name: $0) })
}

@Suite struct TokenValidatorTests {
    @Test func `a good token gives principal, claims, scope and expiry`() async throws {
        let token = try await TestIssuer.token(
            claims:
                #"{"sub":"ali","scope":"my-scope other","exp":1800000060,"nbf":1800000000,"iat":1800000000,"n":[1,2.5]}"#
        )
        let verdict = await validator(try endpoint()).validate(token)
        #expect(
            verdict
                == .accepted(
                    AcceptedToken(
                        principalName: "ali",
                        claims: [
                            "sub": .string("ali"), "scope": .string("my-scope other"), "exp": .integer(1_800_000_060),
                            "nbf": .integer(1_800_000_000), "iat": .integer(1_800_000_000),
                            "n": .array([.integer(1), .number(2.5)]),
                        ],
                        scope: ["my-scope", "other"], expiresAt: now + 60)))
    }

    @Test(arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
    func `every RSA algorithm verifies`(algorithm: String) async throws {
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#, algorithm: algorithm)
        guard case .accepted = await validator(try endpoint()).validate(token) else {
            Issue.record("\(algorithm) was refused")
            return
        }
    }

    @Test func `every elliptic curve verifies`() async throws {
        let keys: [(String, TestIssuer.Key)] = [
            ("ES256", .p256(ES256PrivateKey())), ("ES384", .p384(ES384PrivateKey())),
            ("ES512", .p521(ES512PrivateKey())),
        ]
        for (algorithm, key) in keys {
            let token = try await TestIssuer.token(
                claims: #"{"sub":"ali","exp":1800000060}"#, algorithm: algorithm, key: key)
            let endpoint = TestEndpoint(TestIssuer.keySet(try TestIssuer.jwk(key)))
            guard case .accepted = await validator(endpoint).validate(token) else {
                Issue.record("\(algorithm) was refused")
                continue
            }
        }
    }

    @Test(arguments: [
        (#"{"sub":"ali","exp":1799999970}"#, "The token expired 30 s ago (exp 2027-01-15T07:59:30Z)."),
        (#"{"sub":"ali","exp":1799996400}"#, "The token expired 60 min ago (exp 2027-01-15T07:00:00Z)."),
        (#"{"sub":"ali"}"#, "The token has no exp."),
        (#"{"sub":"ali","exp":"1800000060"}"#, "The claim 'exp' is a string, not a time in seconds since 1970."),
        (#"{"sub":"ali","exp":1e300}"#, "The claim 'exp' is a number out of range, not a time in seconds since 1970."),
        (#"{"sub":"ali","exp":-1}"#, "The claim 'exp' is a number out of range, not a time in seconds since 1970."),
        (
            #"{"sub":"ali","exp":1800000060,"nbf":1800000031}"#,
            "The token is valid only in 31 s (nbf 2027-01-15T08:00:31Z)."
        ),
        (
            #"{"sub":"ali","exp":1800000060,"iat":1800000031.5}"#,
            "The token was issued 32 s in the future (iat 2027-01-15T08:00:31Z)."
        ),
        (
            #"{"sub":"ali","exp":1800000060,"nbf":true}"#,
            "The claim 'nbf' is a boolean, not a time in seconds since 1970."
        ),
        (#"{"exp":1800000060}"#, "The token has no claim 'sub' to take the principal from."),
        (
            #"{"sub":7,"exp":1800000060}"#,
            "The claim 'sub' is a number; the principal's name is a string that is not empty."
        ),
        (
            #"{"sub":"","exp":1800000060}"#,
            "The claim 'sub' is empty; the principal's name is a string that is not empty."
        ),
    ])
    func `claims that do not hold are refused with a sentence`(claims: String, reason: String) async throws {
        let token = try await TestIssuer.token(claims: claims)
        #expect(await validator(try endpoint()).validate(token) == .rejected(reason: reason))
    }

    @Test func `thirty seconds of clock skew are allowed, and end the session then`() async throws {
        let token = try await TestIssuer.token(
            claims: #"{"sub":"ali","exp":1799999971,"nbf":1800000030,"iat":1800000030}"#)
        guard case .accepted(let accepted) = await validator(try endpoint()).validate(token) else {
            Issue.record("refused")
            return
        }
        #expect(accepted.expiresAt == now - 29)
        #expect(accepted.sessionExpiresAt == now + 1)
    }

    @Test func `a signature changed in any character is refused`() async throws {
        let subject = validator(try endpoint())
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#).text
        let start = try #require(token.lastIndex(of: ".")).utf16Offset(in: token) + 1
        let characters = Array(token)
        for position in start..<characters.count {
            // The neighbour in the alphabet differs in the lowest bit only, which the last character has to spare.
            for replacement: Character in [Self.neighbour(of: characters[position]), "A", "_", "=", "\n"]
            where replacement != characters[position] {
                var altered = characters
                altered[position] = replacement
                guard case .rejected = await subject.validate(BearerToken(String(altered))) else {
                    Issue.record("position \(position - start) as \(replacement) was accepted")
                    continue
                }
            }
        }
        #expect(
            await subject.validate(BearerToken(token + "="))
                == .rejected(
                    reason: "The token's signature part is not base64url in canonical form, without padding."))
        #expect(await subject.report(BearerToken(token)).accepted)
    }

    private static func neighbour(of character: Character) -> Character {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        guard let index = alphabet.firstIndex(of: character) else { return "A" }
        return alphabet[index ^ 1]
    }

    @Test func `a changed middle character says that the signature does not match`() async throws {
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#).text
        var characters = Array(token)
        let middle = characters.count - 171
        characters[middle] = characters[middle] == "A" ? "B" : "A"
        #expect(
            await validator(try endpoint()).validate(BearerToken(String(characters)))
                == .rejected(reason: "The signature does not match (RS256, key 'k1' at http://issuer/jwks)."))
    }

    @Test func `altered claims and a key of another issuer are refused`() async throws {
        let reason = "The signature does not match (RS256, key 'k1' at http://issuer/jwks)."
        let subject = validator(try endpoint())
        let ali = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#).text.split(separator: ".")
        let eve = try await TestIssuer.token(claims: #"{"sub":"eve","exp":1800000060}"#).text.split(separator: ".")
        #expect(
            await subject.validate(BearerToken("\(ali[0]).\(eve[1]).\(ali[2])")) == .rejected(reason: reason))

        let foreign = try await TestIssuer.token(
            claims: #"{"sub":"ali","exp":1800000060}"#, key: try TestIssuer.rsaKey())
        #expect(await subject.validate(foreign) == .rejected(reason: reason))
    }

    @Test(arguments: [
        ("none", "The token is not signed (alg none)."),
        ("NonE", "The token is not signed (alg none)."),
        ("HS256", "The token is signed with HS256, a shared secret; only signatures of a private key are taken."),
        (
            "EdDSA",
            "The token's alg 'EdDSA' is not supported, only RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512."
        ),
    ])
    func `other algorithms are refused whatever the signature`(algorithm: String, reason: String) async throws {
        let endpoint = try endpoint()
        let token = try await TestIssuer.token(
            header: "{\"alg\":\"\(algorithm)\",\"kid\":\"k1\"}", claims: #"{"sub":"ali","exp":1800000060}"#,
            algorithm: "RS256", key: TestIssuer.sharedRSAKey)
        let subject = validator(endpoint)
        #expect(await subject.validate(token) == .rejected(reason: reason))
        let unsigned = token.text.split(separator: ".").dropLast().joined(separator: ".") + "."
        #expect(await subject.validate(BearerToken(unsigned)) == .rejected(reason: reason))
        #expect(endpoint.fetches == 0)
    }

    @Test func `an algorithm must fit the key's type and its alg`() async throws {
        let token = try await TestIssuer.token(
            header: #"{"alg":"ES256","kid":"k1"}"#, claims: #"{"sub":"ali","exp":1800000060}"#, algorithm: "RS256",
            key: TestIssuer.sharedRSAKey)
        #expect(
            await validator(try endpoint()).validate(token)
                == .rejected(
                    reason: "The token's alg ES256 does not fit the key 'k1', which is for "
                        + "RS256, RS384, RS512, PS256, PS384, PS512."))

        let pinned = TestEndpoint(
            TestIssuer.keySet(try TestIssuer.jwk(TestIssuer.sharedRSAKey, extra: ",\"alg\":\"PS256\"")))
        let plain = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#)
        #expect(
            await validator(pinned).validate(plain)
                == .rejected(reason: "The token's alg RS256 does not fit the key 'k1', which is for PS256."))
    }

    @Test func `a header that demands extensions or declares another kind of token is refused`() async throws {
        let claims = #"{"sub":"ali","exp":1800000060}"#
        let subject = validator(try endpoint())
        let critical = try await TestIssuer.token(
            header: #"{"alg":"RS256","kid":"k1","crit":["b64"],"b64":false}"#, claims: claims, algorithm: "RS256",
            key: TestIssuer.sharedRSAKey)
        #expect(
            await subject.validate(critical)
                == .rejected(
                    reason: "The token's header has 'crit': it demands extensions that are not understood here."))
        let logout = try await TestIssuer.token(
            header: #"{"alg":"RS256","kid":"k1","typ":"logout+jwt"}"#, claims: claims, algorithm: "RS256",
            key: TestIssuer.sharedRSAKey)
        #expect(
            await subject.validate(logout)
                == .rejected(reason: "The token's typ is 'logout+jwt': it is not an access token."))
        let access = try await TestIssuer.token(
            header: #"{"alg":"RS256","kid":"k1","typ":"at+jwt"}"#, claims: claims, algorithm: "RS256",
            key: TestIssuer.sharedRSAKey)
        #expect(await subject.report(access).accepted)
    }

    @Test func `an unknown kid is refused after exactly one more fetch`() async throws {
        let endpoint = try endpoint()
        let subject = validator(endpoint)
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#, kid: "k2\\n")
        for _ in 0..<3 {
            #expect(
                await subject.validate(token) == .rejected(reason: "No key with kid 'k2\\u{a}' at http://issuer/jwks."))
        }
        #expect(endpoint.fetches == 2)
    }

    @Test func `a rotated key is found by the refetch`() async throws {
        let endpoint = try endpoint()
        let subject = validator(endpoint)
        let old = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#)
        #expect(await subject.report(old).accepted)
        let newKey = TestIssuer.Key.p256(ES256PrivateKey())
        endpoint.answers(
            .success(
                TestIssuer.keySet(
                    try TestIssuer.jwk(TestIssuer.sharedRSAKey), try TestIssuer.jwk(newKey, kid: "k2"))))
        let new = try await TestIssuer.token(
            claims: #"{"sub":"ali","exp":1800000060}"#, algorithm: "ES256", kid: "k2", key: newKey)
        #expect(await subject.report(new).accepted)
        #expect(await subject.report(old).accepted)
        #expect(endpoint.fetches == 2)
    }

    @Test func `a token without a kid is tried with every key that fits`() async throws {
        let other = TestIssuer.Key.p256(ES256PrivateKey())
        let endpoint = TestEndpoint(
            TestIssuer.keySet(
                try TestIssuer.jwk(other), try TestIssuer.jwk(try TestIssuer.rsaKey(), kid: "k2"),
                try TestIssuer.jwk(TestIssuer.sharedRSAKey, kid: nil)))
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#, kid: nil)
        #expect(await validator(endpoint).report(token).accepted)
        #expect(endpoint.fetches == 1)
    }

    @Test func `a kid is served by a nameless key only when that is the only key`() async throws {
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#)
        let nameless = try TestIssuer.jwk(TestIssuer.sharedRSAKey, kid: nil)
        #expect(await validator(TestEndpoint(TestIssuer.keySet(nameless))).report(token).accepted)
        let second = try TestIssuer.jwk(.p256(ES256PrivateKey()), kid: "k2")
        #expect(
            await validator(TestEndpoint(TestIssuer.keySet(nameless, second))).validate(token)
                == .rejected(reason: "No key with kid 'k1' at http://issuer/jwks."))
    }

    @Test func `an endpoint that cannot be had is named`() async throws {
        let endpoint = TestEndpoint([])
        endpoint.answers(.failure(.status(503)))
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060}"#)
        #expect(
            await validator(endpoint).validate(token)
                == .rejected(reason: "The keys at http://issuer/jwks cannot be fetched: it answers with status 503."))
    }

    @Test func `the issuer must be the rule's`() async throws {
        let rule = Resources.TokenValidation(issuer: "http://issuer")
        let subject = validator(try endpoint(), validate: rule)
        let good = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060,"iss":"http://issuer"}"#)
        #expect(await subject.report(good).accepted)
        let bad = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060,"iss":"http://issuer/"}"#)
        #expect(
            await subject.validate(bad) == .rejected(reason: "iss 'http://issuer/' is not 'http://issuer'."))
        let none = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060,"iss":5}"#)
        #expect(
            await subject.validate(none)
                == .rejected(reason: "The token has no iss that is a string; 'http://issuer' is required."))
    }

    @Test(arguments: [#""b""#, #"["x","b"]"#, #"["c"]"#])
    func `one audience of several is enough`(aud: String) async throws {
        let token = try await TestIssuer.token(claims: "{\"sub\":\"ali\",\"exp\":1800000060,\"aud\":\(aud)}")
        #expect(await validator(try endpoint(), validate: audiences("b", "c")).report(token).accepted)
    }

    @Test(arguments: [
        (#""aud":"a""#, "aud ['a'] does not contain any of ['b', 'c']."),
        (#""aud":["a","B"]"#, "aud ['a', 'B'] does not contain any of ['b', 'c']."),
        (#""aud":[]"#, "The token has no aud; one of ['b', 'c'] is required."),
        (#""x":1"#, "The token has no aud; one of ['b', 'c'] is required."),
    ])
    func `a token for another audience is refused`(aud: String, reason: String) async throws {
        let token = try await TestIssuer.token(claims: "{\"sub\":\"ali\",\"exp\":1800000060,\(aud)}")
        #expect(
            await validator(try endpoint(), validate: audiences("b", "c")).validate(token) == .rejected(reason: reason))
    }

    @Test func `claims can be mapped`() async throws {
        let token = try await TestIssuer.token(
            claims: #"{"sub":"ali","client_id":"app","scp":["a","b"],"exp":1800000060}"#)
        let subject = validator(try endpoint(), mapping: ClaimsMapping(sub: "client_id", scope: "scp"))
        guard case .accepted(let accepted) = await subject.validate(token) else {
            Issue.record("refused")
            return
        }
        #expect(accepted.principalName == "app")
        #expect(accepted.scope == ["a", "b"])

        let missing = validator(try endpoint(), mapping: ClaimsMapping(sub: "azp"))
        #expect(
            await missing.validate(token)
                == .rejected(reason: "The token has no claim 'azp' to take the principal from."))
    }

    @Test func `a report names every check and goes on after a failure`() async throws {
        let token = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1799990000,"aud":"a"}"#)
        let report = await validator(try endpoint(), validate: audiences("b")).report(token)
        #expect(!report.accepted)
        #expect(report.principal == nil)
        #expect(
            report.checks.map { "\($0.name) \($0.outcome): \($0.detail)" } == [
                "shape passed: A signed JSON Web Token with 3 claims.",
                "algorithm passed: RS256.",
                "key passed: Key 'k1' at http://issuer/jwks.",
                "signature passed: The signature matches.",
                "issuer warning: The rule names no issuer, so any is taken.",
                "audience failed: aud ['a'] does not contain any of ['b'].",
                "time failed: The token expired 2 h ago (exp 2027-01-15T05:13:20Z).",
                "scope skipped: The token has no claim 'scope'.",
                "principal passed: The principal is 'ali', from the claim 'sub'.",
            ])
    }

    @Test func `a report on what is no token says so and makes no other check`() async throws {
        let endpoint = try endpoint()
        let report = await validator(endpoint).report(BearerToken("opaque"))
        #expect(
            report.checks.first
                == .init(
                    name: "shape", outcome: .failed,
                    detail: "The token is not a JSON Web Token: it has no dots. Opaque tokens cannot be verified here.")
        )
        #expect(report.checks.dropFirst().allSatisfy { $0.outcome == .skipped })
        #expect(report.checks.count == 9)
        #expect(endpoint.fetches == 0)
    }

    @Test func `the check of times names all that there are`() async throws {
        let token = try await TestIssuer.token(
            claims: #"{"sub":"ali","exp":1800000060,"nbf":1799999990,"iat":1799999990}"#)
        let report = await validator(try endpoint()).report(token)
        #expect(
            report.checks.first { $0.name == "time" }?.detail
                == "Expires in 60 s (exp 2027-01-15T08:01:00Z); nbf 2027-01-15T07:59:50Z; "
                + "iat 2027-01-15T07:59:50Z; clocks may differ by 30 s.")
        #expect(report.checks.first { $0.name == "audience" }?.outcome == .warning)
    }

    @Test func `rules are tried in order and the one that accepts is named`() async throws {
        let endpoint = try endpoint()
        let keys = JWKSCache(fetch: { _, _ in try endpoint.fetch() }, logger: Logger(label: "test"))
        let rules: [AuthenticationRule] = [
            .oauthBearer(OAuthBearerRule(jwks: source, validate: Resources.TokenValidation(issuer: "one"))),
            .anonymous,
            .oauthBearer(OAuthBearerRule(jwks: source, validate: Resources.TokenValidation(issuer: "two"))),
        ]
        let subject = TokenAuthenticator(rules: rules, keys: keys, wallClock: { now })
        let second = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060,"iss":"two"}"#)
        let (verdict, rule) = await subject.validate(second, rules: [0, 2])
        guard case .accepted = verdict else {
            Issue.record("refused")
            return
        }
        #expect(rule == 2)
        #expect(await subject.report(second).accepted)

        let third = try await TestIssuer.token(claims: #"{"sub":"ali","exp":1800000060,"iss":"three"}"#)
        let refused = await subject.validate(third, rules: [0, 2])
        #expect(
            refused.verdict
                == .rejected(
                    reason:
                        "By authentication[0]: iss 'three' is not 'one'. By authentication[2]: iss 'three' is not 'two'."
                ))
        #expect(refused.rule == nil)
        let report = await subject.report(third)
        #expect(report.checks.count == 9)
        #expect(
            report.checks.first { $0.outcome == .failed }?.detail
                == "By authentication[0]: iss 'three' is not 'one'.")
        let malformed = await subject.validate(BearerToken("a.b"), rules: [0, 2])
        #expect(
            malformed.verdict == .rejected(reason: "The token has 2 parts, a signed JSON Web Token has 3."))
        #expect(endpoint.fetches == 1)
    }
}
