package import JSON

/// The principal of an authenticated session.
package struct SessionPrincipal: Equatable, Sendable {
    /// The values of `context.auth.type`.
    package enum AuthenticationType: String, Sendable {
        case anonymous
        case saslOAuthBearer = "sasl_oauth_bearer"
    }

    package var type: AuthenticationType
    /// `context.auth.principal.name`: the token's subject, or `anonymous`.
    package var name: String
    /// All claims of the token, a JSON object; nil without a token.
    package var claims: JSONValue?
    /// The token's scopes in its order.
    package var scope: [String]

    package init(type: AuthenticationType, name: String, claims: JSONValue? = nil, scope: [String] = []) {
        self.type = type
        self.name = name
        self.claims = claims
        self.scope = scope
    }

    /// The principal of a client without credentials, where a rule admits it.
    package static let anonymous = SessionPrincipal(type: .anonymous, name: "anonymous")
}

extension AcceptedToken {
    /// The principal of a session that signs in with the token.
    var principal: SessionPrincipal {
        SessionPrincipal(
            type: .saslOAuthBearer, name: self.principalName, claims: .object(self.claims), scope: self.scope)
    }
}
