package import Foundation
package import Resources

/// How one client connection proves who it is, and proves it again before its token expires.
///
///     awaitingFirstRequest ──request, `anonymous` allowed──▶ authenticated
///             └─handshake─▶ awaitingToken ─token─▶ validating ─accepted─▶ authenticated
///                                 ▲                    └─rejected─▶ failing ─any answer─▶ closed
///                                 └───────────────── handshake (KIP-368) ────┘
///
/// After SaslHandshake version 0 the token and its answer are bare: bytes behind their length, without Kafka headers. A
/// bare token that is refused ends the connection at once, because its answer has no field for an error.
///
/// ApiVersions is no input of the machine: it is answered in every state. While a bare token is awaited, there is no
/// request. The machine is a pure value: the caller passes the time and judges the tokens.
/// - SeeAlso: KIP-152 (SaslAuthenticate), KIP-255 (OAUTHBEARER), KIP-368 (re-authentication), RFC 7628 §3.2.
package struct SASLStateMachine: ~Copyable {
    /// The shortest time between two re-authentications of a client.
    static let minimumReauthenticationInterval: TimeInterval = 1
    /// The longest session lifetime that clients are given. They convert it to nanoseconds, which must not overflow.
    static let maximumSessionLifetimeMs: Int64 = 365 * 24 * 3600 * 1000

    private struct Session {
        var principal: SessionPrincipal
        /// The mechanism; nil for an anonymous session.
        var mechanism: SASLMechanism?
        var expiresAt: Date?
        /// When the client last began to re-authenticate.
        var renewedAt: Date?

        func isExpired(at now: Date) -> Bool {
            self.expiresAt.map { $0 <= now } ?? false
        }
    }

    private enum State: ~Copyable {
        case awaitingFirstRequest
        /// `session`: the one in force while it is being renewed; nil the first time.
        case awaitingToken(session: Session?)
        /// Only for the first authentication, since a session cannot be renewed with a bare token.
        case awaitingBareToken
        case validating(authorizationID: String?, session: Session?)
        case validatingBareToken(authorizationID: String?)
        /// The client knows that its token was refused, and has to send the byte 0x01.
        case failing(reason: String)
        case authenticated(Session)
        case closed
    }

    private struct Rules {
        var allowsAnonymous: Bool
        /// The indexes of the rules that accept tokens, in list order.
        var forTokens: [Int]
    }

    private var state: State
    private let rules: Rules

    /// - Parameter rules: The virtual cluster's rules in list order. A session keeps the rules that it began with.
    package init(rules: [AuthenticationRule]) {
        self.state = .awaitingFirstRequest
        self.rules = Rules(
            allowsAnonymous: rules.contains(.anonymous),
            forTokens: rules.indices.filter {
                if case .oauthBearer = rules[$0] { true } else { false }
            })
    }

    private init(_ state: consuming State, _ rules: Rules) {
        self.state = state
        self.rules = rules
    }

    /// The mechanisms that SaslHandshake offers.
    package var mechanisms: [SASLMechanism] {
        self.rules.forTokens.isEmpty ? [] : [.oauthBearer]
    }

    /// The session's principal, also during a renewal; nil before it is authenticated and after it has closed.
    package var principal: SessionPrincipal? {
        switch self.state {
        case .authenticated(let session): session.principal
        case .awaitingToken(let session): session?.principal
        case .validating(_, let session): session?.principal
        case .awaitingFirstRequest: nil
        case .awaitingBareToken: nil
        case .validatingBareToken: nil
        case .failing: nil
        case .closed: nil
        }
    }

    /// When the session ends unless it is renewed; nil when it has no end or is not authenticated.
    package var expiresAt: Date? {
        switch self.state {
        case .authenticated(let session): session.expiresAt
        case .awaitingFirstRequest: nil
        case .awaitingToken: nil
        case .awaitingBareToken: nil
        case .validating: nil
        case .validatingBareToken: nil
        case .failing: nil
        case .closed: nil
        }
    }

    /// A request came that is neither ApiVersions nor SASL.
    package mutating func requestReceived(now: Date) -> RequestAction {
        let rules = self.rules
        switch consume self.state {
        case .awaitingFirstRequest:
            guard rules.allowsAnonymous else {
                self = .init(.closed, rules)
                return .close(.authenticationRequired)
            }
            let principal = SessionPrincipal.anonymous
            self = .init(.authenticated(Session(principal: principal)), rules)
            return .becomeAuthenticatedAndForward(principal)
        case .awaitingToken:
            self = .init(.closed, rules)
            return .close(.requestDuringAuthentication)
        case .awaitingBareToken:
            self = .init(.closed, rules)
            return .close(.requestDuringAuthentication)
        case .validating:
            self = .init(.closed, rules)
            return .close(.requestDuringAuthentication)
        case .validatingBareToken:
            self = .init(.closed, rules)
            return .close(.requestDuringAuthentication)
        case .failing:
            self = .init(.closed, rules)
            return .close(.requestDuringAuthentication)
        case .authenticated(let session):
            if let expiresAt = session.expiresAt, session.isExpired(at: now) {
                self = .init(.closed, rules)
                return .close(.sessionExpired(principal: session.principal.name, expiresAt: expiresAt))
            }
            self = .init(.authenticated(session), rules)
            return .forward
        case .closed:
            self = .init(.closed, rules)
            return .drop
        }
    }

    /// A SaslHandshake request came.
    package mutating func handshakeReceived(mechanism: String, version: Int16, now: Date) -> HandshakeAction {
        let rules = self.rules
        switch consume self.state {
        case .awaitingFirstRequest:
            self = .init(.closed, rules)
            return self.beginning(mechanism: mechanism, version: version, session: nil)
        case .authenticated(var session):
            guard let established = session.mechanism else {
                self = .init(.closed, rules)
                return .answerAndClose(self.handshakeAnswer(.illegalSASLState), .handshakeAfterAnonymous)
            }
            let isTooEarly =
                session.renewedAt.map { now.timeIntervalSince($0) < Self.minimumReauthenticationInterval } ?? false
            if version == 0 || isTooEarly {
                // In a session the handshake is a request like any other, so it is not answered after the session's
                // end.
                if let expiresAt = session.expiresAt, session.isExpired(at: now) {
                    self = .init(.closed, rules)
                    return .close(.sessionExpired(principal: session.principal.name, expiresAt: expiresAt))
                }
                self = .init(.authenticated(session), rules)
                return .answer(self.handshakeAnswer(.illegalSASLState))
            }
            session.renewedAt = now
            self = .init(.closed, rules)
            if let requested = SASLMechanism(rawValue: mechanism), requested != established {
                return .answerAndClose(
                    self.handshakeAnswer(.unsupportedSASLMechanism),
                    .mechanismChanged(from: established, to: requested))
            }
            return self.beginning(mechanism: mechanism, version: version, session: session)
        case .awaitingToken:
            self = .init(.closed, rules)
            return .answerAndClose(self.handshakeAnswer(.illegalSASLState), .handshakeDuringAuthentication)
        case .awaitingBareToken:
            self = .init(.closed, rules)
            return .answerAndClose(self.handshakeAnswer(.illegalSASLState), .handshakeDuringAuthentication)
        case .validating:
            self = .init(.closed, rules)
            return .answerAndClose(self.handshakeAnswer(.illegalSASLState), .handshakeDuringAuthentication)
        case .validatingBareToken:
            self = .init(.closed, rules)
            return .answerAndClose(self.handshakeAnswer(.illegalSASLState), .handshakeDuringAuthentication)
        case .failing:
            self = .init(.closed, rules)
            return .answerAndClose(self.handshakeAnswer(.illegalSASLState), .handshakeDuringAuthentication)
        case .closed:
            self = .init(.closed, rules)
            return .drop
        }
    }

    /// Continues from `.closed`, the state after a refusal.
    private mutating func beginning(mechanism: String, version: Int16, session: Session?) -> HandshakeAction {
        guard (0...1).contains(version) else {
            return .answerAndClose(self.handshakeAnswer(.unsupportedVersion), .unsupportedHandshakeVersion(version))
        }
        guard let requested = SASLMechanism(rawValue: mechanism), self.mechanisms.contains(requested) else {
            return .answerAndClose(
                self.handshakeAnswer(.unsupportedSASLMechanism),
                .unsupportedMechanism(mechanism, offered: self.mechanisms))
        }
        guard version > 0 else {
            self.state = .awaitingBareToken
            return .answerAndAwaitBareToken(self.handshakeAnswer(.none))
        }
        self.state = .awaitingToken(session: session)
        return .answer(self.handshakeAnswer(.none))
    }

    /// A SaslAuthenticate request came.
    /// - Parameter bytes: Its `auth_bytes`.
    package mutating func authenticateReceived(_ bytes: [UInt8]) -> AuthenticateAction {
        let rules = self.rules
        switch consume self.state {
        case .awaitingFirstRequest:
            self = .init(.closed, rules)
            return .refuse(.illegalSASLState, .authenticateBeforeHandshake)
        case .awaitingToken(let session):
            do throws(OAuthBearerMessageError) {
                let message = try OAuthBearerMessage(parsing: bytes)
                self = .init(.validating(authorizationID: message.authorizationID, session: session), rules)
                return .validate(message.token, rules: rules.forTokens)
            } catch {
                self = .init(.closed, rules)
                return .refuse(.saslAuthenticationFailed, .malformedMessage(error))
            }
        case .awaitingBareToken:
            self = .init(.closed, rules)
            return .refuse(.illegalSASLState, .authenticateBeforeHandshake)
        case .validating:
            self = .init(.closed, rules)
            return .refuse(.illegalSASLState, .authenticateDuringValidation)
        case .validatingBareToken:
            self = .init(.closed, rules)
            return .refuse(.illegalSASLState, .authenticateDuringValidation)
        case .failing(let reason):
            self = .init(.closed, rules)
            return .refuse(.saslAuthenticationFailed, .tokenRefused(reason))
        case .authenticated(let session):
            guard session.mechanism != nil else {
                self = .init(.closed, rules)
                return .refuse(.illegalSASLState, .authenticateBeforeHandshake)
            }
            self = .init(.authenticated(session), rules)
            return .answer(
                AuthenticateAnswer(
                    errorCode: .illegalSASLState,
                    errorMessage: "SaslAuthenticate came after authentication was done; SaslHandshake starts it anew."))
        case .closed:
            self = .init(.closed, rules)
            return .drop
        }
    }

    /// The bytes behind a length came, as they follow SaslHandshake version 0.
    package mutating func bareTokenReceived(_ bytes: [UInt8]) -> BareTokenAction {
        let rules = self.rules
        switch consume self.state {
        case .awaitingBareToken:
            do throws(OAuthBearerMessageError) {
                let message = try OAuthBearerMessage(parsing: bytes)
                self = .init(.validatingBareToken(authorizationID: message.authorizationID), rules)
                return .validate(message.token, rules: rules.forTokens)
            } catch {
                self = .init(.closed, rules)
                return .close(.malformedMessage(error))
            }
        case .closed:
            self = .init(.closed, rules)
            return .drop
        case .awaitingFirstRequest:
            preconditionFailure("bareTokenReceived() was called where requests are read.")
        case .awaitingToken:
            preconditionFailure("bareTokenReceived() was called where requests are read.")
        case .validating:
            preconditionFailure("bareTokenReceived() was called where requests are read.")
        case .validatingBareToken:
            preconditionFailure("bareTokenReceived() was called while a token is under validation.")
        case .failing:
            preconditionFailure("bareTokenReceived() was called where requests are read.")
        case .authenticated:
            preconditionFailure("bareTokenReceived() was called where requests are read.")
        }
    }

    /// The token of the last `.validate` was judged. Called once for each, even after the connection has closed.
    package mutating func tokenValidated(_ verdict: TokenVerdict, now: Date) -> ValidationAction {
        let rules = self.rules
        switch consume self.state {
        case .validating(let authorizationID, let session):
            switch verdict {
            case .rejected(let reason):
                self = .init(.failing(reason: reason), rules)
                let error = OAuthBearerServerError(status: .invalidToken)
                return .answer(AuthenticateAnswer(authBytes: Array(error.json.utf8)))
            case .accepted(let token):
                self = .init(.closed, rules)
                return self.accepting(token, authorizationID: authorizationID, session: session, now: now)
            }
        case .validatingBareToken(let authorizationID):
            self = .init(.closed, rules)
            switch verdict {
            case .rejected(let reason):
                let error = OAuthBearerServerError(status: .invalidToken)
                return .answerAndClose(
                    AuthenticateAnswer(authBytes: Array(error.json.utf8)), .tokenRefused(reason))
            case .accepted(let token):
                return self.accepting(token, authorizationID: authorizationID, session: nil, now: now)
            }
        case .closed:
            self = .init(.closed, rules)
            return .drop
        case .awaitingFirstRequest:
            preconditionFailure("tokenValidated() was called without a token under validation.")
        case .awaitingBareToken:
            preconditionFailure("tokenValidated() was called without a token under validation.")
        case .awaitingToken:
            preconditionFailure("tokenValidated() was called without a token under validation.")
        case .failing:
            preconditionFailure("tokenValidated() was called without a token under validation.")
        case .authenticated:
            preconditionFailure("tokenValidated() was called without a token under validation.")
        }
    }

    /// Continues from `.closed`, the state after a refusal.
    private mutating func accepting(
        _ token: AcceptedToken, authorizationID: String?, session: Session?, now: Date
    ) -> ValidationAction {
        let principal = token.principal
        // Names compare byte by byte, because equality of strings ignores different spellings of a letter.
        if let authorizationID, !authorizationID.utf8.elementsEqual(principal.name.utf8) {
            return .refuse(.authorizationIDDiffers(requested: authorizationID, principal: principal.name))
        }
        if let session, !session.principal.name.utf8.elementsEqual(principal.name.utf8) {
            return .refuse(.principalChanged(from: session.principal.name, to: principal.name))
        }
        let renewed = Session(
            principal: principal, mechanism: .oauthBearer, expiresAt: token.sessionExpiresAt,
            renewedAt: session?.renewedAt)
        self.state = .authenticated(renewed)
        return .becomeAuthenticated(
            principal,
            AuthenticateAnswer(
                sessionLifetimeMs: Self.lifetimeMs(until: token.sessionExpiresAt, now: now)))
    }

    /// Zero would mean "without end", so an expiry that is already due becomes one millisecond.
    private static func lifetimeMs(until expiry: Date, now: Date) -> Int64 {
        let milliseconds = expiry.timeIntervalSince(now) * 1000
        return Int64(min(max(milliseconds, 1), Double(Self.maximumSessionLifetimeMs)))
    }

    /// A timer rang that was set for ``expiresAt``. A session that is being renewed is left to finish.
    ///
    /// A broker checks for the end of a session when a request arrives. So pending requests are answered, and the timer
    /// is only for clients that send nothing more.
    /// - Parameter isBusy: Whether an answer is pending, or was a moment ago.
    package mutating func expiryReached(now: Date, isBusy: Bool) -> ExpiryAction {
        let rules = self.rules
        switch consume self.state {
        case .authenticated(let session):
            guard let expiresAt = session.expiresAt else {
                self = .init(.authenticated(session), rules)
                return .none
            }
            guard session.isExpired(at: now) else {
                self = .init(.authenticated(session), rules)
                return .waitUntil(expiresAt)
            }
            guard !isBusy else {
                self = .init(.authenticated(session), rules)
                return .lookAgain
            }
            self = .init(.closed, rules)
            return .close(.sessionExpired(principal: session.principal.name, expiresAt: expiresAt))
        case .awaitingFirstRequest:
            self = .init(.awaitingFirstRequest, rules)
            return .none
        case .awaitingToken(let session):
            self = .init(.awaitingToken(session: session), rules)
            return .none
        case .awaitingBareToken:
            self = .init(.awaitingBareToken, rules)
            return .none
        case .validating(let authorizationID, let session):
            self = .init(.validating(authorizationID: authorizationID, session: session), rules)
            return .none
        case .validatingBareToken(let authorizationID):
            self = .init(.validatingBareToken(authorizationID: authorizationID), rules)
            return .none
        case .failing(let reason):
            self = .init(.failing(reason: reason), rules)
            return .none
        case .closed:
            self = .init(.closed, rules)
            return .none
        }
    }

    /// The connection is gone, for whatever cause.
    package mutating func connectionClosed() {
        self.state = .closed
    }

    private func handshakeAnswer(_ errorCode: SASLErrorCode) -> HandshakeAnswer {
        HandshakeAnswer(errorCode: errorCode, mechanisms: self.mechanisms.map(\.rawValue))
    }
}
