package import EngineInterface
package import Foundation
package import JSON

/// Why a token is refused.
package enum TokenRejection: Error, Equatable, Sendable {
    case malformed(JSONWebTokenError)
    case wrongType(String)
    case unsigned
    case symmetricAlgorithm(String)
    case unsupportedAlgorithm(String)
    case keySetUnavailable(endpoint: String, reason: String)
    case unknownKey(keyID: String?, endpoint: String)
    case keyMismatch(algorithm: SignatureAlgorithm, keyID: String?, keyAlgorithms: [SignatureAlgorithm])
    case badSignature(keyID: String?, algorithm: SignatureAlgorithm, endpoint: String)
    case notADate(claim: String, typeName: String)
    case noExpiry
    case expired(at: Date, now: Date)
    case notYetValid(from: Date, now: Date)
    case issuedInFuture(at: Date, now: Date)
    case wrongIssuer(found: String?, expected: String)
    case noAudience(accepted: [String])
    case wrongAudience(found: [String], accepted: [String])
    case noSubject(claim: String)
    case badSubject(claim: String, typeName: String)
    case withdrawn(TokenWithdrawal)
    case issuerUnavailable(reason: String)
}

extension TokenRejection: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let error):
            "\(error)"
        case .wrongType(let type):
            "The token's typ is \(type.quoted()): it is not an access token."
        case .unsigned:
            "The token is not signed (alg none)."
        case .symmetricAlgorithm(let name):
            "The token is signed with \(name), a shared secret; only signatures of a private key are taken."
        case .unsupportedAlgorithm(let name):
            "The token's alg \(name.quoted()) is not supported, only "
                + SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ") + "."
        case .keySetUnavailable(let endpoint, let reason):
            "The keys at \(endpoint) cannot be fetched: \(reason)."
        case .unknownKey(let keyID?, let endpoint):
            "No key with kid \(keyID.quoted()) at \(endpoint)."
        case .unknownKey(nil, let endpoint):
            "The token names no key, and none at \(endpoint) fits its alg."
        case .keyMismatch(let algorithm, let keyID, let keyAlgorithms):
            "The token's alg \(algorithm.rawValue) does not fit the key \((keyID ?? "").quoted()), which is for "
                + keyAlgorithms.map(\.rawValue).joined(separator: ", ") + "."
        case .badSignature(let keyID?, let algorithm, let endpoint):
            "The signature does not match (\(algorithm.rawValue), key \(keyID.quoted()) at \(endpoint))."
        case .badSignature(nil, let algorithm, let endpoint):
            "The signature matches no key at \(endpoint) (\(algorithm.rawValue))."
        case .notADate(let claim, let typeName):
            "The claim \(claim.quoted()) is \(typeName), not a time in seconds since 1970."
        case .noExpiry:
            "The token has no exp."
        case .expired(let date, let now):
            "The token expired \(now.timeIntervalSince(date).inMessage) ago (exp \(date.inMessage))."
        case .notYetValid(let date, let now):
            "The token is valid only in \(date.timeIntervalSince(now).inMessage) (nbf \(date.inMessage))."
        case .issuedInFuture(let date, let now):
            "The token was issued \(date.timeIntervalSince(now).inMessage) in the future (iat \(date.inMessage))."
        case .wrongIssuer(let found?, let expected):
            "iss \(found.quoted()) is not \(expected.quoted())."
        case .wrongIssuer(nil, let expected):
            "The token has no iss that is a string; \(expected.quoted()) is required."
        case .noAudience(let accepted):
            "The token has no aud; one of [\(accepted.map { $0.quoted() }.joined(separator: ", "))] is required."
        case .wrongAudience(let found, let accepted):
            "aud [\(found.prefix(16).map { $0.quoted() }.joined(separator: ", "))] does not contain any of "
                + "[\(accepted.map { $0.quoted() }.joined(separator: ", "))]."
        case .noSubject(let claim):
            "The token has no claim \(claim.quoted()) to take the principal from."
        case .badSubject(let claim, let typeName):
            "The claim \(claim.quoted()) is \(typeName); the principal's name is a string that is not empty."
        case .withdrawn(let withdrawal):
            "The token is no longer valid: \(withdrawal)."
        case .issuerUnavailable(let reason):
            "The token's issuer cannot say whether it is still good: \(reason)."
        }
    }
}

/// The result of validating a token.
package enum TokenVerdict: Equatable, Sendable {
    case accepted(AcceptedToken)
    /// The reason, a sentence that never holds the token.
    case rejected(reason: String)
}

/// A token whose signature and claims are valid.
package struct AcceptedToken: Equatable, Sendable {
    package var principalName: String
    package var claims: JSONObject
    package var scope: [String]
    /// The token's `exp`.
    package var expiresAt: Date
    /// The end of a session that begins with the token: its `exp`, or, for a token that is accepted only because of
    /// clock skew, the end of that skew.
    package var sessionExpiresAt: Date
    /// The identity by which its issuer knows the token, if that is in this process; nil for tokens of other issuers.
    package var issued: IssuedToken?

    package init(
        principalName: String, claims: JSONObject, scope: [String] = [], expiresAt: Date,
        sessionExpiresAt: Date? = nil
    ) {
        self.principalName = principalName
        self.claims = claims
        self.scope = scope
        self.expiresAt = expiresAt
        self.sessionExpiresAt = sessionExpiresAt ?? expiresAt
    }
}
