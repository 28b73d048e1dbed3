import CryptoExtras
import Foundation
import JWTKit
import Resources

/// The keys of one auth server, parsed: one that signs, those that will, and the retired ones that old tokens were
/// signed with.
struct SigningKeySet: Sendable {
    let active: SigningKey
    /// The public key set as JSON, `{"keys":[…]}`, the active key first.
    let document: Data
    /// When another key signs or a retired one leaves the set; this value is then out of date.
    let validUntil: Date?

    private let activeID: JWKIdentifier
    private let keys: JWTKeyCollection

    /// - Parameter others: the public keys that do not sign now.
    init(active: SigningKey, others: [PublicJWK], validUntil: Date?) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]

        self.active = active
        self.activeID = JWKIdentifier(string: active.id)
        self.document = try encoder.encode(PublicJWKSet(keys: [active.publicJWK()] + others))
        self.validUntil = validUntil
        self.keys = JWTKeyCollection(defaultJWTSerializer: DefaultJWTSerializer(jsonEncoder: encoder))

        await self.keys.add(
            try Insecure.RSA.PrivateKey(backing: active.privateKey), algorithm: active.algorithm, id: active.id,
            encoder: encoder)
        for key in others {
            let publicKey = try Insecure.RSA.PublicKey(modulus: key.modulus, exponent: key.exponent)
            await self.keys.add(publicKey, algorithm: key.algorithm, id: key.id, encoder: encoder)
        }
    }

    /// A compact JWT with the header `{"alg":…,"kid":…,"typ":"JWT"}`.
    func sign(_ claims: AccessTokenClaims) async throws -> String {
        try await self.keys.sign(claims, kid: self.activeID)
    }

    /// The claims of a token that one of these keys signed; whether it is still valid is the caller's to check.
    ///
    /// - Returns: `nil` for anything else, malformed text included.
    func verify(_ token: String) async -> AccessTokenClaims? {
        try? await self.keys.verify(token, as: AccessTokenClaims.self)
    }
}

extension JWTKeyCollection {
    fileprivate func add(
        _ key: some RSAKey, algorithm: SigningAlgorithm, id: String, encoder: JSONEncoder
    ) {
        let kid = JWKIdentifier(string: id)
        let serializer = DefaultJWTSerializer(jsonEncoder: encoder)
        switch algorithm {
        case .rs256: self.add(rsa: key, digestAlgorithm: .sha256, kid: kid, serializer: serializer)
        case .rs384: self.add(rsa: key, digestAlgorithm: .sha384, kid: kid, serializer: serializer)
        case .rs512: self.add(rsa: key, digestAlgorithm: .sha512, kid: kid, serializer: serializer)
        case .ps256: self.add(pss: key, digestAlgorithm: .sha256, kid: kid, serializer: serializer)
        case .ps384: self.add(pss: key, digestAlgorithm: .sha384, kid: kid, serializer: serializer)
        case .ps512: self.add(pss: key, digestAlgorithm: .sha512, kid: kid, serializer: serializer)
        }
    }
}
