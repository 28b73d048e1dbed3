package import Foundation

package struct AuthClaim: Codable, Equatable, Sendable {
    package var id: String
    /// The claim's name in the token.
    package var name: String
    /// Text; valid JSON becomes that JSON value in the token.
    package var value: String
    package var includeInToken: Bool
    package var includeInAllScopes: Bool
    /// Scope ids.
    package var includeInScopes: [String]
    package var enabled: Bool
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, value: String, includeInToken: Bool = false, includeInAllScopes: Bool = false,
        includeInScopes: [String] = [], enabled: Bool = true, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.value = value
        self.includeInToken = includeInToken
        self.includeInAllScopes = includeInAllScopes
        self.includeInScopes = includeInScopes
        self.enabled = enabled
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, value, enabled
        case includeInToken = "include_in_token"
        case includeInAllScopes = "include_in_all_scopes"
        case includeInScopes = "include_in_scopes"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
