package import Foundation
package import GatewayModel

/// Judges tokens by one `oauth_bearer` rule.
package struct TokenValidator: Sendable {
    /// How far the clocks of issuer and gateway may be apart.
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

    /// Says whether the token holds; stops at the first check that fails. Never runs on an event loop.
    @concurrent
    package func validate(_ token: BearerToken) async -> TokenVerdict {
        await self.examine(token, thorough: false).verdict
    }

    /// Goes through all checks, also after one failed, and says what each compared.
    @concurrent
    package func report(_ token: BearerToken) async -> TokenCheckReport {
        await self.examine(token, thorough: true).report
    }

    /// Both of the above: one path, so that what a report says is what validation does.
    @concurrent
    func examine(_ token: BearerToken, thorough: Bool) async -> TokenExamination {
        var examination = TokenExamination(thorough: thorough)
        let jwt = examination.check(.shape) { () throws(TokenRejection) in try self.parse(token) }
        guard let jwt else { return examination }

        let algorithm = examination.check(.algorithm) { () throws(TokenRejection) in
            let algorithm = try SignatureAlgorithm(header: jwt.algorithm)
            return (algorithm, "\(algorithm.rawValue).")
        }
        if let algorithm {
            await self.checkSignature(of: jwt, algorithm: algorithm, in: &examination)
        }
        guard examination.goesOn else { return examination }
        self.checkClaims(of: jwt, in: &examination)
        return examination
    }

    private func parse(_ token: BearerToken) throws(TokenRejection) -> (JSONWebToken, String) {
        let jwt: JSONWebToken
        do throws(JSONWebTokenError) {
            jwt = try JSONWebToken(token.text)
        } catch {
            throw .malformed(error)
        }
        // Explicit types keep tokens made for other purposes apart (RFC 8725 §3.11); most issuers say JWT or nothing.
        if let type = jwt.type?.lowercased(), type.hasSuffix("+jwt"), type != "at+jwt", type != "application/at+jwt" {
            throw .wrongType(type)
        }
        return (jwt, "A signed JSON Web Token with \(jwt.claims.count) claims.")
    }

    private func checkSignature(
        of jwt: JSONWebToken, algorithm: SignatureAlgorithm, in examination: inout TokenExamination
    ) async {
        let endpoint = self.rule.jwks.displayAddress
        var lookup = await self.candidates(of: jwt, algorithm: algorithm, newerThan: nil)
        var isVerified = lookup.verifies(jwt, algorithm: algorithm)
        // A key that is not there may be new; so may the one that signed a token without a kid.
        if case .success(let found) = lookup, !isVerified, found.mayBeOutdated(for: jwt) {
            let newer = await self.candidates(of: jwt, algorithm: algorithm, newerThan: found.version)
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
        of jwt: JSONWebToken, algorithm: SignatureAlgorithm, newerThan version: UInt64?
    ) async -> Result<Found, JWKSCache.Unavailable> {
        let current =
            if let version {
                await self.keys.keys(of: self.rule.jwks, newerThan: version)
            } else {
                await self.keys.keys(of: self.rule.jwks)
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
