package import EngineInterface
package import Foundation
import JSON
package import Resources

/// Judges tokens by one `oauth_bearer` rule.
package struct TokenValidator: Sendable {
    /// The largest accepted difference between the clocks of issuer and gateway.
    static let clockSkew: TimeInterval = 30

    let rule: OAuthBearerRule
    let keys: JWKSCache
    let wallClock: @Sendable () -> Date

    package init(
        rule: OAuthBearerRule, keys: JWKSCache, wallClock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.rule = rule
        self.keys = keys
        self.wallClock = wallClock
    }

    /// The effort that may be made to find the token's key.
    enum Effort {
        /// Use cached keys, and fetch only keys that were never fetched. A token whose issuer may have changed its keys
        /// stays undecided.
        case atHand
        /// Ask the source again for a missing key.
        case full
    }

    /// Judges the token; stops at the first check that fails. Never runs on an event loop.
    @concurrent
    package func validate(_ token: BearerToken) async -> TokenVerdict {
        await self.examine(ParsedToken(token), thorough: false).verdict
    }

    /// Makes all checks, even after one has failed, and reports what each compared.
    @concurrent
    package func report(_ token: BearerToken) async -> TokenCheckReport {
        await self.examine(ParsedToken(token), thorough: true).report
    }

    /// The one path of validation and report, so that a report says what validation does.
    @concurrent
    func examine(_ token: ParsedToken, thorough: Bool, effort: Effort = .full) async -> TokenExamination {
        var examination = TokenExamination(thorough: thorough)
        let jwt = examination.check(.shape) { () throws(TokenRejection) in
            let jwt = try token.result.get()
            return (jwt, "A signed JSON Web Token with \(jwt.claims.count) claims.")
        }
        guard let jwt else { return examination }

        let algorithm = examination.check(.algorithm) { () throws(TokenRejection) in
            let algorithm = try SignatureAlgorithm(header: jwt.algorithm)
            return (algorithm, "\(algorithm.rawValue).")
        }
        // A token of another issuer cannot be accepted by this rule, so no keys are fetched for it.
        if !thorough, examination.goesOn { self.checkIssuer(in: jwt.claims, &examination) }
        if let algorithm, examination.goesOn {
            await self.checkSignature(of: jwt, algorithm: algorithm, effort: effort, in: &examination)
        }
        guard examination.goesOn else { return examination }
        self.checkClaims(of: jwt, in: &examination)
        if examination.accepted != nil { await self.checkRevocation(of: jwt, in: &examination) }
        return examination
    }

    /// Asks the issuer of a token whether it has revoked the token, if the issuer is in this process.
    private func checkRevocation(of jwt: JSONWebToken, in examination: inout TokenExamination) async {
        guard let issuers = self.keys.issuers, let issuer = jwt.claims["iss"]?.stringValue else { return }
        let token = IssuedToken(issuer: issuer, id: jwt.claims["jti"]?.stringValue, keyID: jwt.keyID)
        let answer: Result<TokenStanding?, any Error>
        do { answer = .success(try await issuers.standings(of: [token]).first) } catch { answer = .failure(error) }
        switch answer {
        case .success(.foreign?): return
        case .success(.good?): examination.wasIssued(as: token)
        case .success, .failure: break
        }
        examination.check(.revocation) { () throws(TokenRejection) in
            switch answer {
            case .success(.withdrawn(let withdrawal)?): throw .withdrawn(withdrawal)
            case .success(nil): throw .issuerUnavailable(reason: "it does not answer")
            case .failure(let error): throw .issuerUnavailable(reason: "\(error)")
            case .success(.good?), .success(.foreign?): return ((), "Its auth server has not taken it back.")
            }
        }
    }

    private func checkSignature(
        of jwt: JSONWebToken, algorithm: SignatureAlgorithm, effort: Effort, in examination: inout TokenExamination
    ) async {
        let endpoint = self.rule.jwks.displayAddress
        if effort == .atHand, await self.isUndecided(jwt) { return examination.leaveUndecided() }
        var lookup = await self.candidates(
            of: jwt, algorithm: algorithm, newerThan: nil, isHeld: effort == .full && !examination.isThorough)
        // Try the other rules before holding the token until this rule's source answers.
        if case .failure(let failure) = lookup, failure.isPassing, effort == .atHand {
            return examination.leaveUndecided()
        }
        var isVerified = lookup.verifies(jwt, algorithm: algorithm)
        // A missing key may be new, and so may the key that signed a token without a kid.
        if case .success(let found) = lookup, !isVerified, found.mayBeOutdated(for: jwt) {
            guard effort == .full else { return examination.leaveUndecided() }
            let newer = await self.candidates(
                of: jwt, algorithm: algorithm, newerThan: found.version, isHeld: !examination.isThorough)
            if case .success = newer {
                lookup = newer
                isVerified = newer.verifies(jwt, algorithm: algorithm)
            }
        }

        let keyCount = examination.check(.key) { () throws(TokenRejection) in
            switch lookup {
            case .failure(let error):
                throw .keySetUnavailable(endpoint: endpoint, reason: error.reason)
            case .success(let found):
                switch found.candidates {
                case .keys(let keys):
                    let key = jwt.keyID.map { "Key \($0.quoted())" } ?? "\(keys.count) key(s), the token names none,"
                    return (keys.count, "\(key) at \(endpoint).")
                case .mismatch(let algorithms):
                    throw .keyMismatch(algorithm: algorithm, keyID: jwt.keyID, keyAlgorithms: algorithms)
                case .none:
                    throw .unknownKey(keyID: jwt.keyID, endpoint: endpoint)
                }
            }
        }
        guard keyCount != nil else { return }
        examination.check(.signature) { () throws(TokenRejection) in
            guard isVerified else { throw .badSignature(keyID: jwt.keyID, algorithm: algorithm, endpoint: endpoint) }
            return ((), "The signature matches.")
        }
    }

    /// Whether only the source could decide about a token: it is down, or its last keys lack the token's.
    private func isUndecided(_ jwt: JSONWebToken) async -> Bool {
        switch await self.keys.atHand(of: self.rule.jwks) {
        case .failed: true
        case .stale(let version): jwt.keyID.map { !version.keySet.has($0) } ?? false
        case .fresh, .notAskedYet: false
        }
    }

    fileprivate struct Found {
        var candidates: KeySet.Candidates
        var version: UInt64

        func mayBeOutdated(for jwt: JSONWebToken) -> Bool {
            switch self.candidates {
            case .none: true
            case .keys(let keys): jwt.keyID == nil || keys.allSatisfy { $0.id == nil }
            case .mismatch: false
            }
        }
    }

    private func candidates(
        of jwt: JSONWebToken, algorithm: SignatureAlgorithm, newerThan version: UInt64?, isHeld: Bool = false
    ) async -> Result<Found, JWKSCache.Unavailable> {
        let current =
            if let version {
                await self.keys.keys(
                    of: self.rule.jwks, newerThan: version, lacking: jwt.keyID, isHeld: isHeld)
            } else {
                await self.keys.keys(of: self.rule.jwks, isHeld: isHeld)
            }
        return current.map { current in
            Found(
                candidates: current.keySet.candidates(keyID: jwt.keyID, algorithm: algorithm), version: current.number)
        }
    }
}

extension Result<TokenValidator.Found, JWKSCache.Unavailable> {
    fileprivate func verifies(_ jwt: JSONWebToken, algorithm: SignatureAlgorithm) -> Bool {
        guard case .success(let found) = self, case .keys(let keys) = found.candidates else { return false }
        return keys.contains { $0.verifies(jwt, algorithm: algorithm) }
    }
}
