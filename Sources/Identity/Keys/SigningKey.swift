import CryptoExtras
import Foundation
import JWTKit
import Resources

/// An RSA key pair of an auth server, with the algorithm that it signs with.
struct SigningKey: Sendable {
    /// A uuid.
    let id: String
    let algorithm: SigningAlgorithm
    let privateKey: _RSA.Signing.PrivateKey

    /// Makes a key of 2048 bits. Takes a tenth of a second and more: keep it off event loops.
    static func generate(algorithm: SigningAlgorithm) throws -> SigningKey {
        SigningKey(
            id: UUID().uuidString.lowercased(), algorithm: algorithm,
            privateKey: try _RSA.Signing.PrivateKey(keySize: .bits2048))
    }

    func publicJWK() throws -> PublicJWK {
        let numbers = try self.privateKey.publicKey.getKeyPrimitives()
        return PublicJWK(
            id: self.id, algorithm: self.algorithm, modulus: numbers.modulus.base64URLEncoded,
            exponent: numbers.publicExponent.base64URLEncoded)
    }
}

/// An RSA public key as a JSON Web Key (RFC 7517, RFC 7518 §6.3.1).
struct PublicJWK: Codable, Equatable, Sendable {
    var id: String
    var algorithm: SigningAlgorithm
    /// Base64url of the big-endian number, without padding.
    var modulus: String
    var exponent: String
    private(set) var type = "RSA"
    private(set) var use = "sig"

    init(id: String, algorithm: SigningAlgorithm, modulus: String, exponent: String) {
        self.id = id
        self.algorithm = algorithm
        self.modulus = modulus
        self.exponent = exponent
    }

    enum CodingKeys: String, CodingKey {
        case id = "kid"
        case algorithm = "alg"
        case modulus = "n"
        case exponent = "e"
        case type = "kty"
        case use
    }
}

/// A JSON Web Key Set (RFC 7517 §5).
struct PublicJWKSet: Codable, Equatable, Sendable {
    var keys: [PublicJWK]
}

extension Data {
    /// RFC 4648 §5 without padding.
    var base64URLEncoded: String {
        self.base64EncodedString()
            .replacing("+", with: "-")
            .replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
