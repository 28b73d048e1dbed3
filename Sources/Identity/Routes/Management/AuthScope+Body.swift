import Foundation
import JSON
import Resources

extension AuthScope {
    /// The scope that a POST body describes.
    ///
    /// - Throws: ``Problem`` 400 with all that is wrong.
    static func created(from body: JSONValue, id: String, now: Date) throws -> AuthScope {
        try BodyReader.read(body) { reader in
            let name = reader["name"].string(.identityName, .scopeToken)
            let description = reader["description"].ifPresent?.string(.description) ?? ""
            let isDefault = reader["default"].ifPresent?.bool() ?? false
            let includeInMetadata = reader["include_in_metadata"].ifPresent?.bool() ?? false
            let enabled = reader["enabled"].ifPresent?.bool() ?? true
            guard let name else { return nil }
            return AuthScope(
                id: id, name: name, description: description, isDefault: isDefault,
                includeInMetadata: includeInMetadata, enabled: enabled, createdAt: now, updatedAt: now)
        }
    }

    /// This scope with the fields of a PATCH body.
    func patched(from body: JSONValue, now: Date) throws -> AuthScope {
        try BodyReader.read(body) { reader in
            var scope = self
            scope.updatedAt = now
            if let name = reader["name"].ifPresent?.string(.identityName, .scopeToken) { scope.name = name }
            reader["description"].change(&scope.description, to: "") { $0.string(.description) }
            if let isDefault = reader["default"].ifPresent?.bool() { scope.isDefault = isDefault }
            if let isListed = reader["include_in_metadata"].ifPresent?.bool() { scope.includeInMetadata = isListed }
            if let enabled = reader["enabled"].ifPresent?.bool() { scope.enabled = enabled }
            return scope
        }
    }
}

extension StringRule {
    /// RFC 6749 §3.3. The empty name is another rule's business.
    fileprivate static let scopeToken = StringRule.form(
        #"must have no spaces, quotes or backslashes and only ASCII characters, such as orders:read"#
    ) { $0.isEmpty || AuthScope.isScopeToken($0) }
}
