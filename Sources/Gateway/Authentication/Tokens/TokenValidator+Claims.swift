import Foundation
import JSON
import Resources

extension TokenValidator {
    /// The checks on claims, in the order in which a report lists them.
    /// - SeeAlso: RFC 7519 §4.1.
    func checkClaims(of jwt: JSONWebToken, in examination: inout TokenExamination) {
        let claims = jwt.claims
        let now = self.wallClock()

        let expiry = examination.check(.time) { () throws(TokenRejection) in try Self.time(in: claims, now: now) }
        self.checkIssuer(in: claims, &examination)
        self.checkAudience(in: claims, &examination)
        let name = examination.check(.principal) { () throws(TokenRejection) in try self.principalName(in: claims) }
        let scope = self.scope(in: claims, &examination)

        if let expiry, let name {
            examination.accept(
                AcceptedToken(
                    principalName: name, claims: claims, scope: scope, expiresAt: expiry,
                    sessionExpiresAt: expiry > now ? expiry : expiry + Self.clockSkew))
        }
    }

    /// `exp`, which must be there, and `nbf` and `iat`, which may not lie in the future.
    private static func time(in claims: JSONObject, now: Date) throws(TokenRejection) -> (Date, String) {
        guard let expiry = try Self.date("exp", in: claims) else { throw .noExpiry }
        guard now < expiry + Self.clockSkew else { throw .expired(at: expiry, now: now) }
        let left = expiry.timeIntervalSince(now)
        var details = [
            left > 0
                ? "Expires in \(left.inMessage) (exp \(expiry.inMessage))"
                : "Expired \((-left).inMessage) ago (exp \(expiry.inMessage)), within the clock skew allowed"
        ]
        if let date = try Self.date("nbf", in: claims) {
            guard date <= now + Self.clockSkew else { throw .notYetValid(from: date, now: now) }
            details.append("nbf \(date.inMessage)")
        }
        if let date = try Self.date("iat", in: claims) {
            guard date <= now + Self.clockSkew else { throw .issuedInFuture(at: date, now: now) }
            details.append("iat \(date.inMessage)")
        }
        details.append("clocks may differ by \(Int(Self.clockSkew)) s")
        return (expiry, details.joined(separator: "; ") + ".")
    }

    func checkIssuer(in claims: JSONObject, _ examination: inout TokenExamination) {
        let found = claims["iss"]?.stringValue
        guard let expected = self.rule.validate?.issuer else {
            examination.warn(
                .issuer,
                "The rule names no issuer, so any is taken" + (found.map { "; iss is \($0.quoted())." } ?? "."))
            return
        }
        examination.check(.issuer) { () throws(TokenRejection) in
            guard let found, found.utf8.elementsEqual(expected.utf8) else {
                throw .wrongIssuer(found: found, expected: expected)
            }
            return ((), "iss is \(found.quoted()), as the rule demands.")
        }
    }

    private func checkAudience(in claims: JSONObject, _ examination: inout TokenExamination) {
        let found: [String] =
            switch claims["aud"] {
            case .string(let audience): [audience]
            case .array(let audiences): audiences.compactMap(\.stringValue)
            case .null, .bool, .integer, .unsigned, .number, .object, nil: []
            }
        let names = found.prefix(16).map { $0.quoted() }.joined(separator: ", ")
        guard let accepted = self.rule.validate?.audiences?.map(\.name), !accepted.isEmpty else {
            examination.warn(
                .audience, "The rule names no audience, so tokens made for others are taken; aud is [\(names)].")
            return
        }
        examination.check(.audience) { () throws(TokenRejection) in
            guard !found.isEmpty else { throw .noAudience(accepted: accepted) }
            guard let match = accepted.first(where: { name in found.contains { $0.utf8.elementsEqual(name.utf8) } })
            else {
                throw .wrongAudience(found: found, accepted: accepted)
            }
            return ((), "aud [\(names)] has \(match.quoted()), which the rule accepts.")
        }
    }

    private func principalName(in claims: JSONObject) throws(TokenRejection) -> (String, String) {
        let claim = self.rule.claimsMapping?.sub ?? "sub"
        guard let value = claims[claim] else { throw .noSubject(claim: claim) }
        guard let name = value.stringValue, !name.isEmpty else {
            throw .badSubject(claim: claim, typeName: value == .string("") ? "empty" : value.typeName)
        }
        return (name, "The principal is \(name.quoted()), from the claim \(claim.quoted()).")
    }

    /// The scopes of a string, separated by spaces, or of an array. A token without scopes is valid.
    private func scope(in claims: JSONObject, _ examination: inout TokenExamination) -> [String] {
        let claim = self.rule.claimsMapping?.scope ?? "scope"
        let scope: [String]
        switch claims[claim] {
        case .string(let text):
            scope = text.split(separator: " ").map(String.init)
        case .array(let elements):
            scope = elements.compactMap(\.stringValue)
        case nil:
            examination.skip(.scope, "The token has no claim \(claim.quoted()).")
            return []
        case .some(let other):
            examination.skip(.scope, "The claim \(claim.quoted()) is \(other.typeName); no scope is taken from it.")
            return []
        }
        let names = scope.prefix(16).map { $0.quoted() }.joined(separator: ", ")
        examination.check(.scope) { () throws(TokenRejection) in
            ((), "The scopes are [\(names)], from the claim \(claim.quoted()).")
        }
        return scope
    }

    /// A time in seconds since 1970, with or without fraction, up to the year 9999.
    private static func date(_ claim: String, in claims: JSONObject) throws(TokenRejection) -> Date? {
        guard let value = claims[claim] else { return nil }
        guard let seconds = value.doubleValue else { throw .notADate(claim: claim, typeName: value.typeName) }
        guard (0...253_402_300_799).contains(seconds) else {
            throw .notADate(claim: claim, typeName: "a number out of range")
        }
        return Date(timeIntervalSince1970: seconds)
    }
}
