import Resources

/// The metadata document of an auth server (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
///
/// It names what is there: no authorization endpoint, no id tokens, one grant.
struct ServerMetadata: Codable, Equatable, Sendable {
    var issuer: String
    var tokenEndpoint: String
    var introspectionEndpoint: String
    var userinfoEndpoint: String
    var revocationEndpoint: String
    var jwksURI: String
    /// Nil when there are none: a claim without elements is left out (RFC 8414 §3.2).
    var scopesSupported: [String]?
    var responseTypesSupported: [String]
    var grantTypesSupported: [String]
    var subjectTypesSupported: [String]
    var idTokenSigningAlgorithmsSupported: [String]
    var tokenEndpointAuthMethodsSupported: [String]
    var revocationEndpointAuthMethodsSupported: [String]
    var introspectionEndpointAuthMethodsSupported: [String]
    var uiLocalesSupported: [String]
    var requestURIParameterSupported: Bool

    init(server: AuthServer, scopes: [AuthScope]) {
        let clientAuthentication = ["client_secret_basic", "client_secret_post"]
        self.issuer = server.issuer
        self.tokenEndpoint = server.issuer + "/oauth/token"
        self.introspectionEndpoint = server.issuer + "/introspect"
        self.userinfoEndpoint = server.issuer + "/userinfo"
        self.revocationEndpoint = server.issuer + "/revoke"
        self.jwksURI = server.jwksURI
        let names = scopes.filter { $0.enabled && $0.includeInMetadata }.map(\.name)
        self.scopesSupported = names.isEmpty ? nil : names
        // Required by both documents, though a server without an authorization endpoint has no use for it.
        self.responseTypesSupported = ["token"]
        self.grantTypesSupported = ["client_credentials"]
        self.subjectTypesSupported = ["public"]
        self.idTokenSigningAlgorithmsSupported = [server.signingAlgorithm.rawValue]
        self.tokenEndpointAuthMethodsSupported = clientAuthentication
        self.revocationEndpointAuthMethodsSupported = clientAuthentication
        self.introspectionEndpointAuthMethodsSupported = clientAuthentication
        self.uiLocalesSupported = ["en"]
        self.requestURIParameterSupported = false
    }

    enum CodingKeys: String, CodingKey {
        case issuer
        case tokenEndpoint = "token_endpoint"
        case introspectionEndpoint = "introspection_endpoint"
        case userinfoEndpoint = "userinfo_endpoint"
        case revocationEndpoint = "revocation_endpoint"
        case jwksURI = "jwks_uri"
        case scopesSupported = "scopes_supported"
        case responseTypesSupported = "response_types_supported"
        case grantTypesSupported = "grant_types_supported"
        case subjectTypesSupported = "subject_types_supported"
        case idTokenSigningAlgorithmsSupported = "id_token_signing_alg_values_supported"
        case tokenEndpointAuthMethodsSupported = "token_endpoint_auth_methods_supported"
        case revocationEndpointAuthMethodsSupported = "revocation_endpoint_auth_methods_supported"
        case introspectionEndpointAuthMethodsSupported = "introspection_endpoint_auth_methods_supported"
        case uiLocalesSupported = "ui_locales_supported"
        case requestURIParameterSupported = "request_uri_parameter_supported"
    }
}
