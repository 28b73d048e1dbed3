/// The token issuers that run in the same process as a gateway.
///
/// The gateway asks them directly, without a socket between: their keys are there as soon as the process is, and a token
/// that was taken back is refused at the next sign-in.
package protocol LocalIssuers: Sendable {
    /// The key set that an address publishes, if it is the address of one of these issuers.
    func keySet(at address: String) async throws -> LocalKeySet

    /// What the issuers say of their tokens, in the order of `tokens`.
    func standings(of tokens: [IssuedToken]) async throws -> [TokenStanding]
}

package enum LocalKeySet: Equatable, Sendable {
    /// The key set, a JSON document.
    case document([UInt8])
    /// The address is of this process, and no issuer has it any more.
    case gone
    /// The address is none of this process.
    case elsewhere
}

/// A token as its issuer knows it.
package struct IssuedToken: Hashable, Sendable {
    /// `iss`.
    package var issuer: String
    /// `jti`; nil when the token has none.
    package var id: String?
    /// The key that signed it, from the header.
    package var keyID: String?

    package init(issuer: String, id: String?, keyID: String?) {
        self.issuer = issuer
        self.id = id
        self.keyID = keyID
    }
}

package enum TokenStanding: Equatable, Sendable {
    case good
    case withdrawn(TokenWithdrawal)
    /// The token names an issuer that is none of this process.
    case foreign
}

/// Why a token that was issued is good no longer.
package enum TokenWithdrawal: Equatable, Sendable {
    case issuerDeleted
    case keyWithdrawn
    /// The token was revoked, or its client was deleted with all its tokens.
    case revoked
    /// The client may not use the grant that the token came from any more.
    case grantWithdrawn
    /// The secret that the token was issued for was deleted or disabled.
    case secretWithdrawn
    /// The scope was deleted or disabled, or is allowed to the client no longer.
    case scopeWithdrawn(String)
}

extension TokenWithdrawal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .issuerDeleted: "its auth server was deleted"
        case .keyWithdrawn: "the key that signed it was withdrawn"
        case .revoked: "it was revoked, or its client was deleted"
        case .grantWithdrawn: "its client may not use the client_credentials grant any more"
        case .secretWithdrawn: "the client secret that it was issued for was deleted or disabled"
        case .scopeWithdrawn(let name): "its client may not have the scope [\(name)] any more"
        }
    }
}
