// In a file of its own: `Insecure` is a name of CryptoExtras and of JWTKit.
import CryptoExtras

extension TestIssuer {
    /// A new private key of 2048 bits.
    static func rsaPrivateKeyPEM() throws -> String {
        try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation
    }
}
