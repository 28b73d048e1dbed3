package import EngineInterface

/// What a change of the store means for tokens that were issued.
package struct IssuerChanges: Equatable, Sendable {
    /// What was changed of an issuer.
    enum Part {
        /// The auth server itself or its signing keys.
        case keySet
        /// What any of its tokens may rest on: a client, a secret, a scope, the tokens of a client.
        case tokens
        /// One token, by its `jti`.
        case token(String)
    }

    /// Issuers whose tokens may be good no longer.
    package private(set) var issuers: Set<String> = []
    /// Those of them whose key set is another one.
    package private(set) var keySets: Set<String> = []
    /// Tokens that were taken back one by one; they name no key.
    package private(set) var tokens: Set<IssuedToken> = []

    package var isEmpty: Bool { self.issuers.isEmpty && self.tokens.isEmpty }

    mutating func insert(_ part: Part, of issuer: String) {
        switch part {
        case .keySet:
            self.keySets.insert(issuer)
            self.issuers.insert(issuer)
        case .tokens: self.issuers.insert(issuer)
        case .token(let id): self.tokens.insert(IssuedToken(issuer: issuer, id: id, keyID: nil))
        }
    }
}
