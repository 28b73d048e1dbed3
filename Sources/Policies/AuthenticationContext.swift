package import PolicyExpressions

/// The identity of a session: the facts that `context.auth.*` offers to policies.
package struct AuthenticationContext: Equatable, Sendable {
    /// `anonymous`, `sasl_oauth_bearer`, …
    package var type: String
    package var principalName: String
    /// Only of a principal that was looked up; likewise `metadata`.
    package var principalID: String?
    package var metadata: ExpressionValue?
    /// All claims of the token, a map; nil without a token.
    package var claims: ExpressionValue?

    package init(
        type: String, principalName: String, principalID: String? = nil, metadata: ExpressionValue? = nil,
        claims: ExpressionValue? = nil
    ) {
        self.type = type
        self.principalName = principalName
        self.principalID = principalID
        self.metadata = metadata
        self.claims = claims
    }

    package static let anonymous = AuthenticationContext(type: "anonymous", principalName: "anonymous")

    /// As expressions read it.
    package var variables: ExpressionVariables {
        var variables = ExpressionVariables()
        variables.setAuthentication(
            type: self.type, principalName: self.principalName, principalID: self.principalID, metadata: self.metadata,
            claims: self.claims)
        return variables
    }
}
