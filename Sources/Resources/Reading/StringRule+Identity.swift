import Foundation

extension StringRule {
    /// A name of the identity API: any text of 1 to 255 characters.
    package static let identityName = StringRule.length(1...255)

    static let audience = StringRule.length(1...1024)

    /// The routes below an issuer are found by the last two parts of its path.
    static let issuer = StringRule.valid(
        "must be an http or https URL that ends in /<id>/auth, the id 1 to 64 of letters, digits, - and _",
        facts: StringFacts(maximumLength: 1024, pattern: "^https?://[^/?#@]+(/[^/?#]+)*/[A-Za-z0-9_-]{1,64}/auth$")
    ) { text in
        guard text.utf8.count <= 1024, let url = URLComponents(string: text),
            let scheme = url.scheme, ["http", "https"].contains(scheme), let host = url.host, !host.isEmpty,
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil
        else { return false }
        let parts = url.path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count >= 3 && parts.dropFirst().allSatisfy { !$0.isEmpty } && parts.last == "auth"
            && parts[parts.count - 2].wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) != nil
    }

    static let origin = StringRule.valid(
        "must be an origin such as https://app.example.com:8443",
        facts: StringFacts(pattern: "^[hH][tT][tT][pP][sS]?://[^/?#@]+/?$")
    ) {
        WebOrigin($0) != nil
    }

    /// RFC 6749 §3.3. The empty name is another rule's business.
    static let scopeToken = StringRule.form(
        #"must have no spaces, quotes or backslashes and only ASCII characters, such as orders:read"#,
        facts: StringFacts(pattern: #"^[\x21\x23-\x5B\x5D-\x7E]*$"#)
    ) { $0.isEmpty || AuthScope.isScopeToken($0) }

    static let claimName = StringRule.valid(
        "is a claim that the server itself writes",
        facts: StringFacts(pattern: "^(?!(\(AuthClaim.reservedNames.sorted().joined(separator: "|")))$)")
    ) {
        !AuthClaim.reservedNames.contains($0)
    }

    /// A template is refused rather than issued as if it were text.
    package static let staticClaim = StringRule.valid(
        "templates are not supported yet: leave out ${", facts: StringFacts(pattern: #"^([^$]|\$(?!\{))*$"#)
    ) {
        !$0.contains("${")
    }

    package static let clientSecret = StringRule.length(1...1024)

    static let httpsURL = StringRule.valid(
        "must be an absolute https URL without a fragment",
        facts: StringFacts(pattern: "^[hH][tT][tT][pP][sS]://[^/?#]+([/?][^#]*)?$", format: "uri")
    ) { text in
        guard let parts = URLComponents(string: text) else { return false }
        return parts.scheme?.lowercased() == "https" && parts.host?.isEmpty == false && parts.fragment == nil
    }
}

extension AuthScope {
    /// Whether text can be a scope's name: printable ASCII without space, quote and backslash (RFC 6749 §3.3).
    package static func isScopeToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x21, 0x23...0x5B, 0x5D...0x7E: true
                default: false
                }
            }
    }
}

extension AuthClaim {
    /// Claims that the server itself writes; a configured claim of such a name is refused.
    package static let reservedNames: Set<String> = [
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "scope", "client_id",
    ]
}
