import Resources

/// The server's answer to a token that it refuses: `{"status":"invalid_token"}`.
///
/// The client answers with the single byte 0x01 and then receives the reason.
/// - SeeAlso: RFC 7628 §3.2.2.
package struct OAuthBearerServerError: Equatable, Sendable {
    package enum Status: String, Sendable {
        case invalidToken = "invalid_token"
        case insufficientScope = "insufficient_scope"
    }

    package var status: Status
    /// The scopes that a token needs, separated by spaces.
    package var scope: String?
    /// The address of the issuer's discovery document.
    package var openIDConfiguration: String?

    package init(status: Status, scope: String? = nil, openIDConfiguration: String? = nil) {
        self.status = status
        self.scope = scope
        self.openIDConfiguration = openIDConfiguration
    }

    /// The JSON for the client. Its keys have a fixed order.
    package var json: String {
        var members = [("status", self.status.rawValue)]
        if let scope = self.scope { members.append(("scope", scope)) }
        if let address = self.openIDConfiguration { members.append(("openid-configuration", address)) }
        return "{" + members.map { "\"\($0)\":\(OutsideText.json($1))" }.joined(separator: ",") + "}"
    }
}
