import Foundation
import JSON
import Resources

extension AuthClaim {
    /// The claim that a POST body describes.
    ///
    /// - Parameter scopeIDs: The scopes of the auth server; others are reported as missing references.
    /// - Throws: ``Problem`` 400 with all that is wrong.
    static func created(from body: JSONValue, id: String, scopeIDs: Set<String>, now: Date) throws -> AuthClaim {
        try BodyReader.read(body) { reader in
            let name = reader["name"].string(.identityName, .claimName)
            let value = reader["value"].string(.minimumLength(1), .staticClaim)
            let inToken = reader["include_in_token"].ifPresent?.bool() ?? false
            let inAllScopes = reader["include_in_all_scopes"].ifPresent?.bool() ?? false
            let inScopes = reader["include_in_scopes"].ifPresent?.scopeReferences(among: scopeIDs) ?? []
            let enabled = reader["enabled"].ifPresent?.bool() ?? true
            guard let name, let value else { return nil }
            return AuthClaim(
                id: id, name: name, value: value, includeInToken: inToken, includeInAllScopes: inAllScopes,
                includeInScopes: inScopes, enabled: enabled, createdAt: now, updatedAt: now)
        }
    }

    /// This claim with the fields of a PATCH body.
    func patched(from body: JSONValue, scopeIDs: Set<String>, now: Date) throws -> AuthClaim {
        try BodyReader.read(body) { reader in
            var claim = self
            claim.updatedAt = now
            if let name = reader["name"].ifPresent?.string(.identityName, .claimName) { claim.name = name }
            if let value = reader["value"].ifPresent?.string(.minimumLength(1), .staticClaim) { claim.value = value }
            if let inToken = reader["include_in_token"].ifPresent?.bool() { claim.includeInToken = inToken }
            if let inAll = reader["include_in_all_scopes"].ifPresent?.bool() { claim.includeInAllScopes = inAll }
            if let ids = reader["include_in_scopes"].ifPresent?.scopeReferences(among: scopeIDs) {
                claim.includeInScopes = ids
            }
            if let enabled = reader["enabled"].ifPresent?.bool() { claim.enabled = enabled }
            return claim
        }
    }
}

extension FieldReader {
    /// A unique array of the ids of scopes that exist.
    func scopeReferences(among scopeIDs: Set<String>) -> [String]? {
        self.uniqueArray { field in
            guard let id = field.string().map(canonicalID) else { return nil }
            guard scopeIDs.contains(id) else {
                field.report(.missingReference, "no scope [\(id.prefix(100))]")
                return nil
            }
            return id
        }
    }
}

extension StringRule {
    fileprivate static let claimName = StringRule.valid("is a claim that the server itself writes") {
        !AuthClaim.reservedNames.contains($0)
    }

    /// A template is refused rather than issued as if it were text.
    static let staticClaim = StringRule.valid("templates are not supported yet: leave out ${") {
        !$0.contains("${")
    }
}
