import Foundation
import JSON
import Resources

extension AuthClient {
    /// What a body says of a client: the client, and the secret if it names one.
    struct Described {
        var client: AuthClient
        var secret: String?
    }

    private static let durations = 60...2_592_000
    private static let knownGrantTypes = ["client_credentials", "implicit"]
    private static let knownResponseTypes = ["none", "token", "code", "id_token"]
    private static let authMethods = ["client_secret_post", "none"]

    /// The client that a POST or PUT body describes.
    ///
    /// - Parameters:
    ///   - takesSecret: True for PUT, where `client_secret` may be chosen; on POST it is generated.
    ///   - scopeIDs: The scopes of the auth server; others are reported as missing references.
    /// - Throws: ``Problem`` 400 with all that is wrong.
    static func created(
        from body: JSONValue, id: String, takesSecret: Bool, scopeIDs: Set<String>, now: Date
    ) throws -> Described {
        try BodyReader.read(body) { reader in
            let secret = takesSecret ? reader["client_secret"].ifPresent?.string(.clientSecret) : nil
            let name = reader["name"].string(.identityName)
            let grantTypes = reader["grant_types"].choices(among: Self.knownGrantTypes)
            let responseTypes = reader["response_types"].choices(among: Self.knownResponseTypes)
            let redirectURIs = reader["redirect_uris"].ifPresent?.redirectURIs() ?? []
            let loginURI = reader["login_uri"].ifNotNull?.string(.httpsURL)
            let accessTokenDuration = reader["access_token_duration"].ifPresent?.integer(in: Self.durations) ?? 300
            let idTokenDuration = reader["id_token_duration"].ifPresent?.integer(in: Self.durations) ?? 300
            let allowAllScopes = reader["allow_all_scopes"].ifPresent?.bool() ?? false
            let allowScopes = reader["allow_scopes"].ifPresent?.scopeReferences(among: scopeIDs) ?? []
            let method =
                reader["token_endpoint_auth_method"].ifPresent?.choice(among: Self.authMethods) ?? Self.authMethods[0]
            let mayIntrospect = reader["may_introspect"].ifPresent?.bool() ?? false
            let labels = reader["labels"].ifPresent?.labels() ?? [:]
            guard let name, let grantTypes, let responseTypes else { return nil }
            return Described(
                client: AuthClient(
                    id: id, name: name, grantTypes: grantTypes, responseTypes: responseTypes,
                    redirectURIs: redirectURIs, loginURI: loginURI, accessTokenDuration: accessTokenDuration,
                    idTokenDuration: idTokenDuration, allowAllScopes: allowAllScopes, allowScopes: allowScopes,
                    tokenEndpointAuthMethod: method, mayIntrospect: mayIntrospect, labels: labels, createdAt: now,
                    updatedAt: now),
                secret: secret)
        }
    }

    /// This client with the fields of a PATCH body.
    func patched(from body: JSONValue, scopeIDs: Set<String>, now: Date) throws -> Described {
        try BodyReader.read(body) { reader in
            var client = self
            client.updatedAt = now
            let secret = reader["client_secret"].ifPresent?.string(.clientSecret)
            if let name = reader["name"].ifPresent?.string(.identityName) { client.name = name }
            if let types = reader["grant_types"].ifPresent?.choices(among: Self.knownGrantTypes) {
                client.grantTypes = types
            }
            if let types = reader["response_types"].ifPresent?.choices(among: Self.knownResponseTypes) {
                client.responseTypes = types
            }
            if let uris = reader["redirect_uris"].ifPresent?.redirectURIs() { client.redirectURIs = uris }
            reader["login_uri"].change(&client.loginURI, to: nil) { $0.string(.httpsURL) }
            if let seconds = reader["access_token_duration"].ifPresent?.integer(in: Self.durations) {
                client.accessTokenDuration = seconds
            }
            if let seconds = reader["id_token_duration"].ifPresent?.integer(in: Self.durations) {
                client.idTokenDuration = seconds
            }
            if let all = reader["allow_all_scopes"].ifPresent?.bool() { client.allowAllScopes = all }
            if let ids = reader["allow_scopes"].ifPresent?.scopeReferences(among: scopeIDs) { client.allowScopes = ids }
            if let method = reader["token_endpoint_auth_method"].ifPresent?.choice(among: Self.authMethods) {
                client.tokenEndpointAuthMethod = method
            }
            if let mayIntrospect = reader["may_introspect"].ifPresent?.bool() { client.mayIntrospect = mayIntrospect }
            if let changes = reader["labels"].ifPresent?.labelChanges() {
                reader["labels"].apply(changes, to: &client.labels)
            }
            return Described(client: client, secret: secret)
        }
    }

    /// Whether text can be a client id: 1–36 of letters, digits, `-` and `_`.
    static func isClientID(_ text: String) -> Bool {
        (1...36).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default:
                    false
                }
            }
    }
}

extension FieldReader {
    fileprivate func choices(among choices: [String]) -> [String]? {
        self.uniqueArray { $0.choice(among: choices) }
    }

    fileprivate func redirectURIs() -> [String]? {
        self.array { $0.string(.httpsURL) }
    }
}

extension StringRule {
    static let clientSecret = StringRule.length(1...1024)

    fileprivate static let httpsURL = StringRule.valid("must be an absolute https URL without a fragment") { text in
        guard let parts = URLComponents(string: text) else { return false }
        return parts.scheme?.lowercased() == "https" && parts.host?.isEmpty == false && parts.fragment == nil
    }
}
