import Crypto
import Foundation
import NIOPosix

/// Compares presented secrets with stored hashes, off the event loops and off the cooperative threads.
///
/// A client that comes back with the same chosen secret does not pay for scrypt again: the last successes are remembered
/// as an HMAC under a key that lives only in this process. Wrong secrets are never remembered. At most
/// ``maximumPending`` slow comparisons wait at once, so a flood of wrong secrets costs bounded memory and leaves the
/// gateway's threads alone.
actor SecretVerifier {
    /// Too many slow comparisons are waiting; try again later.
    struct Overloaded: Error {}

    static let maximumPending = 32
    static let maximumRemembered = 4096

    private let key = SymmetricKey(size: .bits256)
    private let threads: NIOThreadPool
    /// Stored hash to the HMAC of the secret that matched it.
    private var remembered: [String: Data] = [:]
    private var pending = 0

    init(threads: NIOThreadPool = .singleton) {
        self.threads = threads
    }

    /// Whether `secret` is the one that `encodedHash` was made of.
    ///
    /// - Throws: ``Overloaded``.
    func verify(_ secret: String, against encodedHash: String) async throws -> Bool {
        guard let hash = SecretHash(encoded: encodedHash) else { return false }
        guard hash.isSlow else { return try hash.matches(secret) }

        let tag = Data(HMAC<SHA256>.authenticationCode(for: Data(secret.utf8), using: self.key))
        if let known = self.remembered[encodedHash], known.isEqualInConstantTime(to: tag) { return true }

        guard self.pending < Self.maximumPending else { throw Overloaded() }
        self.pending += 1
        defer { self.pending -= 1 }
        guard try await self.threads.runIfActive({ try hash.matches(secret) }) else { return false }
        if self.remembered.count >= Self.maximumRemembered { self.remembered.removeAll() }
        self.remembered[encodedHash] = tag
        return true
    }

    /// Hashes a secret on the thread pool.
    nonisolated func hash(_ secret: String, scheme: SecretHash.Scheme) async throws -> String {
        try await self.threads.runIfActive { try SecretHash(of: secret, scheme: scheme).encoded }
    }
}
