internal import Crypto
package import Foundation

/// Seals secrets at rest with AES-256-GCM under the data directory's master key.
package struct SecretBox: Sendable {
    package enum OpenError: Error, Equatable { case wrongKeyOrAltered }

    private let key: SymmetricKey

    /// - Parameter key: 32 bytes.
    package init?(key: Data) {
        guard key.count == 32 else { return nil }
        self.key = SymmetricKey(data: key)
    }

    /// Seals `plain` under a fresh random nonce.
    ///
    /// - Parameter context: where the secret belongs, such as `auth_signing_keys/<kid>`; a sealed secret opens only
    ///   with the same one, so two cannot be swapped in the database.
    /// - Returns: Nonce, cipher text and tag.
    package func seal(_ plain: Data, context: String) throws -> Data {
        let nonce = AES.GCM.Nonce()
        let box = try AES.GCM.seal(plain, using: self.key, nonce: nonce, authenticating: Data(context.utf8))
        return Data(nonce) + box.ciphertext + box.tag
    }

    /// - Throws: ``OpenError/wrongKeyOrAltered`` for another master key, another context, or changed bytes.
    package func open(_ sealed: Data, context: String) throws -> Data {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return try AES.GCM.open(box, using: self.key, authenticating: Data(context.utf8))
        } catch {
            throw OpenError.wrongKeyOrAltered
        }
    }
}
