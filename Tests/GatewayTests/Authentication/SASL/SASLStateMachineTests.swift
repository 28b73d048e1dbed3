import Foundation
import JSON
import Resources
import Testing

@testable import Gateway

private let now = Date(timeIntervalSince1970: 1_800_000_000)
private let oauth = AuthenticationRule.oauthBearer(OAuthBearerRule(jwks: JWKSSource(endpoint: "http://issuer/jwks")))
private let firstMessage = Array("n,,\u{1}auth=Bearer aaa.bbb.ccc\u{1}\u{1}".utf8)

private let tokenRefused = "The token was refused. The log of the gateway has the reason."

private func accepted(_ name: String, lifetime: TimeInterval = 60) -> TokenVerdict {
    .accepted(AcceptedToken(principalName: name, claims: ["sub": .string(name)], expiresAt: now + lifetime))
}

private func principal(_ name: String) -> SessionPrincipal {
    SessionPrincipal(type: .saslOAuthBearer, name: name, claims: .object(["sub": .string(name)]))
}

/// A machine whose client has authenticated as `ali` with a token good for 60 seconds.
private func authenticated() -> SASLStateMachine {
    var machine = SASLStateMachine(rules: [.anonymous, oauth])
    _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
    _ = machine.authenticateReceived(firstMessage)
    _ = machine.tokenValidated(accepted("ali"), now: now)
    return machine
}

/// A machine whose client has said by SaslHandshake version 0 that a bare token comes next.
private func awaitingBareToken() -> SASLStateMachine {
    var machine = SASLStateMachine(rules: [.anonymous, oauth])
    #expect(
        machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 0, now: now)
            == .answerAndAwaitBareToken(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))
    return machine
}

@Suite struct SASLStateMachineTests {
    @Test func `a client without SASL is anonymous where a rule allows it`() {
        var machine = SASLStateMachine(rules: [oauth, .anonymous])
        #expect(machine.principal == nil)
        #expect(machine.requestReceived(now: now) == .becomeAuthenticatedAndForward(.anonymous))
        #expect(machine.requestReceived(now: .distantFuture) == .forward)
        #expect(machine.principal?.name == "anonymous")
        #expect(machine.expiresAt == nil)
    }

    @Test func `a client without SASL is closed where no rule allows it`() {
        var machine = SASLStateMachine(rules: [oauth])
        #expect(machine.requestReceived(now: now) == .close(.authenticationRequired))
        #expect(machine.requestReceived(now: now) == .drop)
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now) == .drop)
        #expect(machine.authenticateReceived(firstMessage) == .drop)
    }

    @Test func `a good token makes the session its principal`() {
        var machine = SASLStateMachine(rules: [.anonymous, oauth, oauth])
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
                == .answer(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))
        #expect(
            machine.authenticateReceived(firstMessage) == .validate(BearerToken("aaa.bbb.ccc"), rules: [1, 2]))
        #expect(
            machine.tokenValidated(accepted("ali"), now: now)
                == .becomeAuthenticated(principal("ali"), AuthenticateAnswer(sessionLifetimeMs: 60_000)))
        #expect(machine.requestReceived(now: now + 59) == .forward)
        #expect(machine.principal == principal("ali"))
        #expect(machine.expiresAt == now + 60)
    }

    @Test func `a bad token is answered by RFC 7628, and the client's 0x01 by a sentence that names nothing`() {
        var machine = SASLStateMachine(rules: [oauth])
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = machine.authenticateReceived(firstMessage)
        #expect(
            machine.tokenValidated(.rejected(reason: "The token expired."), now: now)
                == .answer(AuthenticateAnswer(authBytes: Array(#"{"status":"invalid_token"}"#.utf8))))
        #expect(
            machine.authenticateReceived([1])
                == .answerAndClose(
                    AuthenticateAnswer(errorCode: .saslAuthenticationFailed, errorMessage: tokenRefused),
                    .tokenRefused("The token expired.")))
        #expect(machine.authenticateReceived([1]) == .drop)
    }

    @Test func `a client that sends another token in place of 0x01 is refused all the same`() {
        var machine = SASLStateMachine(rules: [oauth])
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = machine.authenticateReceived(firstMessage)
        _ = machine.tokenValidated(.rejected(reason: "No."), now: now)
        #expect(
            machine.authenticateReceived(firstMessage)
                == .answerAndClose(
                    AuthenticateAnswer(errorCode: .saslAuthenticationFailed, errorMessage: tokenRefused),
                    .tokenRefused("No.")))
    }

    @Test func `a malformed message is refused at once with the reason`() {
        var machine = SASLStateMachine(rules: [oauth])
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        let reason = "The OAUTHBEARER message is malformed: it has no 'auth' value."
        #expect(
            machine.authenticateReceived(Array("n,,\u{1}\u{1}".utf8))
                == .answerAndClose(
                    AuthenticateAnswer(errorCode: .saslAuthenticationFailed, errorMessage: reason),
                    .malformedMessage(.noCredentials)))
    }

    @Test func `an unknown mechanism is answered with those offered and the connection closes`() {
        var machine = SASLStateMachine(rules: [oauth])
        #expect(
            machine.handshakeReceived(mechanism: "PLAIN", version: 1, now: now)
                == .answerAndClose(
                    HandshakeAnswer(errorCode: .unsupportedSASLMechanism, mechanisms: ["OAUTHBEARER"]),
                    .unsupportedMechanism("PLAIN", offered: [.oauthBearer])))
        #expect(machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now) == .drop)
    }

    @Test func `without a rule for tokens no mechanism is offered`() {
        var machine = SASLStateMachine(rules: [.anonymous])
        let reason = SASLCloseReason.unsupportedMechanism("OAUTHBEARER", offered: [])
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
                == .answerAndClose(HandshakeAnswer(errorCode: .unsupportedSASLMechanism, mechanisms: []), reason))
        #expect("\(reason)" == "The SASL mechanism 'OAUTHBEARER' is not offered: clients connect here without SASL.")
    }

    @Test(arguments: [Int16(2), -1, .max])
    func `a handshake of a version that is not offered is refused`(version: Int16) {
        var machine = SASLStateMachine(rules: [oauth])
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: version, now: now)
                == .answerAndClose(
                    HandshakeAnswer(errorCode: .unsupportedVersion, mechanisms: ["OAUTHBEARER"]),
                    .unsupportedHandshakeVersion(version)))
    }

    // MARK: Version 0

    @Test func `a good bare token makes the session its principal, until its end`() {
        var machine = awaitingBareToken()
        #expect(
            machine.bareTokenReceived(firstMessage) == .validate(BearerToken("aaa.bbb.ccc"), rules: [1]))
        #expect(
            machine.tokenValidated(accepted("ali"), now: now)
                == .becomeAuthenticated(principal("ali"), AuthenticateAnswer(sessionLifetimeMs: 60_000)))
        #expect(machine.requestReceived(now: now + 59) == .forward)
        #expect(
            machine.requestReceived(now: now + 60) == .close(.sessionExpired(principal: "ali", expiresAt: now + 60)))
    }

    @Test func `a bad bare token is answered by RFC 7628 and closes`() {
        var machine = awaitingBareToken()
        _ = machine.bareTokenReceived(firstMessage)
        #expect(
            machine.tokenValidated(.rejected(reason: "No."), now: now)
                == .answerAndClose(
                    AuthenticateAnswer(authBytes: Array(#"{"status":"invalid_token"}"#.utf8)),
                    .tokenRefused("No.")))
        #expect(machine.bareTokenReceived([1]) == .drop)
        #expect(machine.principal == nil)
    }

    @Test func `a malformed bare token closes without an answer`() {
        for bytes in [[], [1], Array("n,,\u{1}\u{1}".utf8)] as [[UInt8]] {
            var machine = awaitingBareToken()
            guard case .close(.malformedMessage) = machine.bareTokenReceived(bytes) else {
                Issue.record("\(bytes) was taken")
                continue
            }
            #expect(machine.bareTokenReceived(firstMessage) == .drop)
        }
    }

    @Test func `the authorization id of a bare token must be its principal`() {
        var machine = awaitingBareToken()
        _ = machine.bareTokenReceived(Array("n,a=bob,\u{1}auth=Bearer aaa.bbb.ccc\u{1}\u{1}".utf8))
        let reason = SASLCloseReason.authorizationIDDiffers(requested: "bob", principal: "ali")
        guard case .answerAndClose(let answer, reason) = machine.tokenValidated(accepted("ali"), now: now) else {
            Issue.record("it was taken")
            return
        }
        #expect(answer.errorCode == .saslAuthenticationFailed && answer.authBytes.isEmpty)
    }

    @Test func `nothing but the token may follow version 0`() {
        var request = awaitingBareToken()
        #expect(request.requestReceived(now: now) == .close(.requestDuringAuthentication))
        #expect(request.bareTokenReceived(firstMessage) == .drop)

        var duringValidation = awaitingBareToken()
        _ = duringValidation.bareTokenReceived(firstMessage)
        #expect(duringValidation.requestReceived(now: now) == .close(.requestDuringAuthentication))
        #expect(duringValidation.tokenValidated(accepted("ali"), now: now) == .drop)

        var gone = awaitingBareToken()
        _ = gone.bareTokenReceived(firstMessage)
        gone.connectionClosed()
        #expect(gone.tokenValidated(accepted("ali"), now: now) == .drop)
    }

    @Test func `a session does not renew itself by version 0, and goes on to its end`() {
        var machine = authenticated()
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 0, now: now + 50)
                == .answer(HandshakeAnswer(errorCode: .illegalSASLState, mechanisms: ["OAUTHBEARER"])))
        #expect(machine.requestReceived(now: now + 50) == .forward)
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 50)
                == .answer(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))

        var late = authenticated()
        #expect(
            late.handshakeReceived(mechanism: "OAUTHBEARER", version: 0, now: now + 60)
                == .close(.sessionExpired(principal: "ali", expiresAt: now + 60)))
    }

    @Test func `version 0 offers the mechanisms there are`() {
        var machine = SASLStateMachine(rules: [oauth])
        #expect(
            machine.handshakeReceived(mechanism: "PLAIN", version: 0, now: now)
                == .answerAndClose(
                    HandshakeAnswer(errorCode: .unsupportedSASLMechanism, mechanisms: ["OAUTHBEARER"]),
                    .unsupportedMechanism("PLAIN", offered: [.oauthBearer])))
    }

    @Test func `a handshake on an anonymous session is illegal`() {
        var machine = SASLStateMachine(rules: [.anonymous, oauth])
        _ = machine.requestReceived(now: now)
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
                == .answerAndClose(
                    HandshakeAnswer(errorCode: .illegalSASLState, mechanisms: ["OAUTHBEARER"]),
                    .handshakeAfterAnonymous))
        #expect(machine.requestReceived(now: now) == .drop)
    }

    @Test func `SaslAuthenticate without a handshake is illegal`() {
        var fresh = SASLStateMachine(rules: [oauth])
        let refusal = SASLStateMachine.AuthenticateAction.answerAndClose(
            AuthenticateAnswer(
                errorCode: .illegalSASLState,
                errorMessage: "The client sent SaslAuthenticate without SaslHandshake."),
            .authenticateBeforeHandshake)
        #expect(fresh.authenticateReceived(firstMessage) == refusal)

        var anonymous = SASLStateMachine(rules: [.anonymous, oauth])
        _ = anonymous.requestReceived(now: now)
        #expect(anonymous.authenticateReceived(firstMessage) == refusal)
    }

    @Test func `no other request may come in the middle of authentication`() {
        var afterHandshake = SASLStateMachine(rules: [.anonymous, oauth])
        _ = afterHandshake.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        #expect(afterHandshake.requestReceived(now: now) == .close(.requestDuringAuthentication))

        var duringValidation = SASLStateMachine(rules: [.anonymous, oauth])
        _ = duringValidation.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = duringValidation.authenticateReceived(firstMessage)
        #expect(duringValidation.requestReceived(now: now) == .close(.requestDuringAuthentication))
        #expect(duringValidation.tokenValidated(accepted("ali"), now: now) == .drop)

        var failing = SASLStateMachine(rules: [.anonymous, oauth])
        _ = failing.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = failing.authenticateReceived(firstMessage)
        _ = failing.tokenValidated(.rejected(reason: "No."), now: now)
        #expect(failing.requestReceived(now: now) == .close(.requestDuringAuthentication))
    }

    @Test func `a second handshake or token before the first is answered is illegal`() {
        var handshakes = SASLStateMachine(rules: [oauth])
        _ = handshakes.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        #expect(
            handshakes.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
                == .answerAndClose(
                    HandshakeAnswer(errorCode: .illegalSASLState, mechanisms: ["OAUTHBEARER"]),
                    .handshakeDuringAuthentication))

        var tokens = SASLStateMachine(rules: [oauth])
        _ = tokens.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = tokens.authenticateReceived(firstMessage)
        #expect(
            tokens.authenticateReceived(firstMessage)
                == .answerAndClose(
                    AuthenticateAnswer(
                        errorCode: .illegalSASLState,
                        errorMessage: "The client sent a second SaslAuthenticate before the first was answered."),
                    .authenticateDuringValidation))
    }

    @Test func `an authorization id must be the token's principal`() {
        let message = Array("n,a=bob,\u{1}auth=Bearer aaa.bbb.ccc\u{1}\u{1}".utf8)
        var other = SASLStateMachine(rules: [oauth])
        _ = other.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = other.authenticateReceived(message)
        #expect(
            other.tokenValidated(accepted("ali"), now: now)
                == .answerAndClose(
                    AuthenticateAnswer(
                        errorCode: .saslAuthenticationFailed,
                        errorMessage: "The client asks to act as somebody else than its token's principal."),
                    .authorizationIDDiffers(requested: "bob", principal: "ali")))

        var same = SASLStateMachine(rules: [oauth])
        _ = same.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = same.authenticateReceived(message)
        #expect(
            same.tokenValidated(accepted("bob"), now: now)
                == .becomeAuthenticated(principal("bob"), AuthenticateAnswer(sessionLifetimeMs: 60_000)))
    }

    @Test(arguments: [(0.0, Int64(1)), (-5, 1), (0.25, 250), (1e12, 31_536_000_000)])
    func `a session's lifetime is never told as zero nor without bound`(seconds: TimeInterval, told: Int64) {
        var machine = SASLStateMachine(rules: [oauth])
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = machine.authenticateReceived(firstMessage)
        #expect(
            machine.tokenValidated(accepted("ali", lifetime: seconds), now: now)
                == .becomeAuthenticated(principal("ali"), AuthenticateAnswer(sessionLifetimeMs: told)))
    }

    @Test func `a connection that closed in mid-validation drops the verdict`() {
        var machine = SASLStateMachine(rules: [oauth])
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        _ = machine.authenticateReceived(firstMessage)
        machine.connectionClosed()
        #expect(machine.tokenValidated(accepted("ali"), now: now) == .drop)
        #expect(machine.principal == nil)
    }

    @Test func `a session renews itself on the same connection`() {
        var machine = authenticated()
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 50)
                == .answer(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))
        #expect(machine.principal == principal("ali"))
        #expect(
            machine.authenticateReceived(firstMessage) == .validate(BearerToken("aaa.bbb.ccc"), rules: [1]))
        #expect(
            machine.tokenValidated(accepted("ali", lifetime: 110), now: now + 50)
                == .becomeAuthenticated(principal("ali"), AuthenticateAnswer(sessionLifetimeMs: 60_000)))
        #expect(machine.requestReceived(now: now + 100) == .forward)
        #expect(
            machine.requestReceived(now: now + 110)
                == .close(.sessionExpired(principal: "ali", expiresAt: now + 110)))
    }

    @Test func `a session that expired may still renew itself, but nothing else`() {
        var renewing = authenticated()
        #expect(
            renewing.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 61)
                == .answer(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))

        var late = authenticated()
        #expect(
            late.requestReceived(now: now + 60) == .close(.sessionExpired(principal: "ali", expiresAt: now + 60)))
        #expect(late.principal == nil)
    }

    @Test func `the principal may not change during re-authentication`() {
        var machine = authenticated()
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 50)
        _ = machine.authenticateReceived(firstMessage)
        #expect(
            machine.tokenValidated(accepted("eve", lifetime: 110), now: now + 50)
                == .answerAndClose(
                    AuthenticateAnswer(
                        errorCode: .saslAuthenticationFailed,
                        errorMessage: "The principal cannot change during re-authentication."),
                    .principalChanged(from: "ali", to: "eve")))
        #expect(machine.requestReceived(now: now + 51) == .drop)
    }

    @Test func `the mechanism may not change during re-authentication`() {
        var machine = authenticated()
        #expect(
            machine.handshakeReceived(mechanism: "PLAIN", version: 1, now: now + 50)
                == .answerAndClose(
                    HandshakeAnswer(errorCode: .unsupportedSASLMechanism, mechanisms: ["OAUTHBEARER"]),
                    .unsupportedMechanism("PLAIN", offered: [.oauthBearer])))
    }

    @Test func `a bad token at re-authentication ends the session`() {
        var machine = authenticated()
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 50)
        _ = machine.authenticateReceived(firstMessage)
        #expect(
            machine.tokenValidated(.rejected(reason: "No."), now: now + 50)
                == .answer(AuthenticateAnswer(authBytes: Array(#"{"status":"invalid_token"}"#.utf8))))
        #expect(machine.principal == nil)
        #expect(
            machine.authenticateReceived([1])
                == .answerAndClose(
                    AuthenticateAnswer(errorCode: .saslAuthenticationFailed, errorMessage: tokenRefused),
                    .tokenRefused("No.")))
    }

    @Test func `a client may begin to re-authenticate once a second`() {
        var machine = authenticated()
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 10)
        _ = machine.authenticateReceived(firstMessage)
        _ = machine.tokenValidated(accepted("ali"), now: now + 10)
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 10.5)
                == .answer(HandshakeAnswer(errorCode: .illegalSASLState, mechanisms: ["OAUTHBEARER"])))
        #expect(machine.requestReceived(now: now + 10.6) == .forward)
        #expect(
            machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 11)
                == .answer(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))
    }

    @Test func `SaslAuthenticate on an authenticated session is illegal but harmless`() {
        var machine = authenticated()
        #expect(
            machine.authenticateReceived(firstMessage)
                == .answer(
                    AuthenticateAnswer(
                        errorCode: .illegalSASLState,
                        errorMessage:
                            "SaslAuthenticate came after authentication was done; SaslHandshake starts it anew.")))
        #expect(machine.requestReceived(now: now) == .forward)
    }

    @Test func `a session that has ended stays while an answer is pending, and the next request closes it`() {
        var machine = authenticated()
        #expect(machine.expiryReached(now: now + 60, isBusy: true) == .lookAgain)
        #expect(machine.expiryReached(now: now + 600, isBusy: true) == .lookAgain)
        #expect(machine.principal == principal("ali"))
        #expect(
            machine.requestReceived(now: now + 601) == .close(.sessionExpired(principal: "ali", expiresAt: now + 60)))
        #expect(machine.expiryReached(now: now + 602, isBusy: true) == SASLStateMachine.ExpiryAction.none)

        var renewed = authenticated()
        _ = renewed.expiryReached(now: now + 60, isBusy: true)
        #expect(
            renewed.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 61)
                == .answer(HandshakeAnswer(errorCode: .none, mechanisms: ["OAUTHBEARER"])))
    }

    @Test func `the expiry timer ends a session that is not being renewed`() {
        var idle = authenticated()
        #expect(idle.expiryReached(now: now + 59, isBusy: false) == .waitUntil(now + 60))
        #expect(
            idle.expiryReached(now: now + 60, isBusy: false)
                == .close(.sessionExpired(principal: "ali", expiresAt: now + 60)))
        #expect(idle.expiryReached(now: now + 61, isBusy: false) == SASLStateMachine.ExpiryAction.none)

        var renewing = authenticated()
        _ = renewing.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now + 59)
        #expect(renewing.expiryReached(now: now + 60, isBusy: false) == SASLStateMachine.ExpiryAction.none)
        #expect(
            renewing.authenticateReceived(firstMessage) == .validate(BearerToken("aaa.bbb.ccc"), rules: [1]))

        var anonymous = SASLStateMachine(rules: [.anonymous])
        _ = anonymous.requestReceived(now: now)
        #expect(anonymous.expiryReached(now: .distantFuture, isBusy: false) == SASLStateMachine.ExpiryAction.none)
    }

    @Test func `an action never shows the token`() {
        var machine = SASLStateMachine(rules: [oauth])
        _ = machine.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
        let action = machine.authenticateReceived(firstMessage)
        var dumped = ""
        dump(action, to: &dumped)
        #expect(!"\(action) \(String(reflecting: action)) \(dumped)".contains("aaa"))
        #expect("\(action)".contains("<token>"))
    }
}
