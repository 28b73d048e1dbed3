/// What the server says in answer to a token that it refuses: `{"status":"invalid_token"}`.
///
/// The client answers with the single byte 0x01 and is then told the reason.
/// - SeeAlso: RFC 7628 §3.2.2.
package struct OAuthBearerServerError: Equatable, Sendable {
    package enum Status: String, Sendable {
        case invalidToken = "invalid_token"
        case insufficientScope = "insufficient_scope"
    }

    package var status: Status
    /// What a token needs, separated by spaces.
    package var scope: String?
    /// Address of the issuer's discovery document.
    package var openIDConfiguration: String?

    package init(status: Status, scope: String? = nil, openIDConfiguration: String? = nil) {
        self.status = status
        self.scope = scope
        self.openIDConfiguration = openIDConfiguration
    }

    /// The JSON as it goes to the client. Its keys have a fixed order.
    package var json: String {
        var members = [("status", self.status.rawValue)]
        if let scope = self.scope { members.append(("scope", scope)) }
        if let address = self.openIDConfiguration { members.append(("openid-configuration", address)) }
        return "{" + members.map { "\"\($0)\":\(JSONValue.literal($1))" }.joined(separator: ",") + "}"
    }
}
