import Resources

extension ScopeGrant {
    /// Decides which scopes a client gets.
    ///
    /// Requested scopes must all exist, be enabled and be allowed to the client. Without a request the client gets the
    /// enabled default scopes that it is allowed.
    ///
    /// - Parameters:
    ///   - requested: The `scope` parameter: names separated by spaces; `nil` when left out.
    ///   - scopes: The auth server's scopes, in order of creation.
    /// - Throws: `invalid_scope`.
    init(requested: String?, client: AuthClient, scopes: [AuthScope]) throws(OAuthError) {
        let allowed = Set(client.allowScopes)
        let usable = scopes.filter { $0.enabled && (client.allowAllScopes || allowed.contains($0.id)) }
        let names = (requested ?? "").split(separator: " ").map(String.init)
        guard !names.isEmpty else {
            self.init(scopes: usable.filter(\.isDefault), wasRequested: false)
            return
        }

        var granted: [AuthScope] = []
        for name in names where !granted.contains(where: { $0.name == name }) {
            guard AuthScope.isScopeToken(name) else {
                throw .invalidScope("A requested scope has characters that no scope has.")
            }
            guard let scope = usable.first(where: { $0.name == name }) else {
                throw .invalidScope("The scope [\(name)] is unknown, disabled, or not allowed to this client.")
            }
            granted.append(scope)
        }
        self.init(scopes: granted, wasRequested: true)
    }
}
