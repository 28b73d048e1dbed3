package import Foundation

package enum SigningAlgorithm: String, Codable, CaseIterable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
}

/// An OAuth 2.0 authorization server: it issues tokens to machine clients.
package struct AuthServer: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    /// Becomes `aud`.
    package var audience: String
    package var description: String
    package var signingAlgorithm: SigningAlgorithm
    package var trustedOrigins: [String]
    package var labels: [String: String]
    /// Public URL; becomes `iss`. Set at creation, never changed.
    package var issuer: String
    package var createdAt: Date
    package var updatedAt: Date

    package var metadataURI: String { self.issuer + "/.well-known/openid-configuration" }
    package var jwksURI: String { self.issuer + "/.well-known/jwks" }

    package init(
        id: String, name: String, audience: String, description: String = "",
        signingAlgorithm: SigningAlgorithm = .rs256, trustedOrigins: [String] = [], labels: [String: String] = [:],
        issuer: String, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.audience = audience
        self.description = description
        self.signingAlgorithm = signingAlgorithm
        self.trustedOrigins = trustedOrigins
        self.labels = labels
        self.issuer = issuer
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, audience, description, labels, issuer
        case signingAlgorithm = "signing_algorithm"
        case trustedOrigins = "trusted_origins"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

package struct AuthScope: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    package var description: String
    /// Granted without being asked for, if the client is allowed it.
    package var isDefault: Bool
    package var includeInMetadata: Bool
    package var enabled: Bool
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, description: String = "", isDefault: Bool = false, includeInMetadata: Bool = false,
        enabled: Bool = true, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.isDefault = isDefault
        self.includeInMetadata = includeInMetadata
        self.enabled = enabled
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, description, enabled
        case isDefault = "default"
        case includeInMetadata = "include_in_metadata"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

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

/// An OAuth client. Its `id` is the `client_id` and the `sub` of its tokens. Secrets are stored apart, hashed.
package struct AuthClient: Codable, Equatable, Sendable {
    /// 1–36 characters of `[-_A-Za-z0-9]`; 16 of `[a-z0-9]` when generated.
    package var id: String
    package var name: String
    package var grantTypes: [String]
    package var responseTypes: [String]
    package var redirectURIs: [String]
    package var loginURI: String?
    /// Seconds.
    package var accessTokenDuration: Int
    /// Seconds.
    package var idTokenDuration: Int
    package var allowAllScopes: Bool
    /// Scope ids.
    package var allowScopes: [String]
    package var tokenEndpointAuthMethod: String
    /// Whether the introspection endpoint tells it of tokens of other clients.
    package var mayIntrospect: Bool
    package var labels: [String: String]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, grantTypes: [String], responseTypes: [String], redirectURIs: [String] = [],
        loginURI: String? = nil, accessTokenDuration: Int = 300, idTokenDuration: Int = 300,
        allowAllScopes: Bool = false, allowScopes: [String] = [],
        tokenEndpointAuthMethod: String = "client_secret_post", mayIntrospect: Bool = false,
        labels: [String: String] = [:],
        createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.grantTypes = grantTypes
        self.responseTypes = responseTypes
        self.redirectURIs = redirectURIs
        self.loginURI = loginURI
        self.accessTokenDuration = accessTokenDuration
        self.idTokenDuration = idTokenDuration
        self.allowAllScopes = allowAllScopes
        self.allowScopes = allowScopes
        self.tokenEndpointAuthMethod = tokenEndpointAuthMethod
        self.mayIntrospect = mayIntrospect
        self.labels = labels
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, labels
        case grantTypes = "grant_types"
        case responseTypes = "response_types"
        case redirectURIs = "redirect_uris"
        case loginURI = "login_uri"
        case accessTokenDuration = "access_token_duration"
        case idTokenDuration = "id_token_duration"
        case allowAllScopes = "allow_all_scopes"
        case allowScopes = "allow_scopes"
        case tokenEndpointAuthMethod = "token_endpoint_auth_method"
        case mayIntrospect = "may_introspect"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
