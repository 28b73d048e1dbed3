package import Foundation

/// The mechanisms that the gateway terminates.
package enum SASLMechanism: String, Equatable, Sendable {
    case oauthBearer = "OAUTHBEARER"
}

/// The Kafka error codes that answers to SASL requests carry.
package enum SASLErrorCode: Int16, Equatable, Sendable {
    case none = 0
    case unsupportedSASLMechanism = 33
    case illegalSASLState = 34
    case unsupportedVersion = 35
    case saslAuthenticationFailed = 58
}

/// The fields of a SaslHandshake response.
package struct HandshakeAnswer: Equatable, Sendable {
    package var errorCode: SASLErrorCode
    package var mechanisms: [String]
}

/// The fields of a SaslAuthenticate response.
package struct AuthenticateAnswer: Equatable, Sendable {
    package var errorCode: SASLErrorCode = .none
    package var errorMessage: String?
    package var authBytes: [UInt8] = []
    /// The milliseconds after which the client must have re-authenticated; zero means never.
    package var sessionLifetimeMs: Int64 = 0
}

extension SASLStateMachine {
    package enum RequestAction: Equatable {
        case forward
        /// The session belongs to this principal now; forward the request.
        case becomeAuthenticatedAndForward(SessionPrincipal)
        case close(SASLCloseReason)
        case drop
    }

    package enum HandshakeAction: Equatable {
        case answer(HandshakeAnswer)
        /// Answer, then read a bare token in place of a request, for `bareTokenReceived`.
        case answerAndAwaitBareToken(HandshakeAnswer)
        case answerAndClose(HandshakeAnswer, SASLCloseReason)
        /// The session has ended: close without an answer.
        case close(SASLCloseReason)
        case drop
    }

    package enum BareTokenAction: Equatable {
        /// Like ``AuthenticateAction/validate(_:rules:)``.
        case validate(BearerToken, rules: [Int])
        /// Close without an answer, since a client would not understand any.
        case close(SASLCloseReason)
        case drop
    }

    package enum AuthenticateAction: Equatable {
        /// Judge the token by these rules, in this order, then call `tokenValidated`. Read no further request before that.
        case validate(BearerToken, rules: [Int])
        case answer(AuthenticateAnswer)
        case answerAndClose(AuthenticateAnswer, SASLCloseReason)
        case drop

        static func refuse(_ errorCode: SASLErrorCode, _ reason: SASLCloseReason) -> Self {
            .answerAndClose(AuthenticateAnswer(errorCode: errorCode, errorMessage: reason.forClient), reason)
        }
    }

    package enum ValidationAction: Equatable {
        /// The session belongs to this principal now; answer, then read on.
        case becomeAuthenticated(SessionPrincipal, AuthenticateAnswer)
        case answer(AuthenticateAnswer)
        case answerAndClose(AuthenticateAnswer, SASLCloseReason)
        case drop

        static func refuse(_ reason: SASLCloseReason) -> Self {
            .answerAndClose(
                AuthenticateAnswer(errorCode: .saslAuthenticationFailed, errorMessage: reason.forClient), reason)
        }
    }

    package enum ExpiryAction: Equatable {
        case close(SASLCloseReason)
        case waitUntil(Date)
        /// The session has ended, but its pending requests have not: look again when they have.
        case lookAgain
        case none
    }
}

/// Why authentication ends a connection.
package enum SASLCloseReason: Equatable, Sendable {
    case authenticationRequired
    case requestDuringAuthentication
    case handshakeAfterAnonymous
    case handshakeDuringAuthentication
    case unsupportedHandshakeVersion(Int16)
    case unsupportedMechanism(String, offered: [SASLMechanism])
    case mechanismChanged(from: SASLMechanism, to: SASLMechanism)
    case authenticateBeforeHandshake
    case authenticateDuringValidation
    case unsupportedAuthenticateVersion(Int16)
    case malformedMessage(OAuthBearerMessageError)
    /// The token was refused. The sentence for the log quotes the token and the rules.
    case tokenRefused(String)
    case authorizationIDDiffers(requested: String, principal: String)
    case principalChanged(from: String, to: String)
    case sessionExpired(principal: String, expiresAt: Date)
}

extension SASLCloseReason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .authenticationRequired:
            "The client sent a request without authenticating, and no rule allows anonymous clients."
        case .requestDuringAuthentication:
            "The client sent a request in the middle of its authentication."
        case .handshakeAfterAnonymous:
            "The client sent SaslHandshake after it had begun as anonymous; it must come before any other request."
        case .handshakeDuringAuthentication:
            "The client sent SaslHandshake in the middle of its authentication."
        case .unsupportedHandshakeVersion(let version):
            "SaslHandshake version \(version) is not offered, only 0 and 1."
        case .unsupportedMechanism(let mechanism, let offered) where offered.isEmpty:
            "The SASL mechanism \(mechanism.quoted()) is not offered: clients connect here without SASL."
        case .unsupportedMechanism(let mechanism, let offered):
            "The SASL mechanism \(mechanism.quoted()) is not offered, only "
                + offered.map(\.rawValue).joined(separator: ", ") + "."
        case .mechanismChanged(let from, let to):
            "The SASL mechanism cannot change from \(from.rawValue) to \(to.rawValue) during re-authentication."
        case .authenticateBeforeHandshake:
            "The client sent SaslAuthenticate without SaslHandshake."
        case .authenticateDuringValidation:
            "The client sent a second SaslAuthenticate before the first was answered."
        case .unsupportedAuthenticateVersion(let version):
            "SaslAuthenticate version \(version) is not offered."
        case .malformedMessage(let error):
            "\(error)"
        case .tokenRefused(let reason):
            reason
        case .authorizationIDDiffers(let requested, let principal):
            "The client asks to act as \(requested.quoted()), but its token is of \(principal.quoted())."
        case .principalChanged(let from, let to):
            "The principal cannot change from \(from.quoted()) to \(to.quoted()) during re-authentication."
        case .sessionExpired(let principal, let expiresAt):
            "The session of \(principal.quoted()) expired at \(expiresAt.inMessage) and was not renewed."
        }
    }
}

extension SASLCloseReason {
    /// The sentence for the client. An unauthenticated client learns nothing of the configuration: no address, key,
    /// issuer, audience, claim or rule. The log has the whole sentence.
    package var forClient: String {
        switch self {
        case .tokenRefused:
            "The token was refused. The log of the gateway has the reason."
        case .authorizationIDDiffers:
            "The client asks to act as somebody else than its token's principal."
        case .principalChanged:
            "The principal cannot change during re-authentication."
        case .sessionExpired:
            "The session expired and was not renewed."
        case .authenticationRequired, .requestDuringAuthentication, .handshakeAfterAnonymous,
            .handshakeDuringAuthentication, .unsupportedHandshakeVersion, .unsupportedMechanism, .mechanismChanged,
            .authenticateBeforeHandshake, .authenticateDuringValidation, .unsupportedAuthenticateVersion,
            .malformedMessage:
            // These sentences quote only the client's own bytes and the protocol.
            self.description
        }
    }
}
