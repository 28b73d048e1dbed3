package import Foundation

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
