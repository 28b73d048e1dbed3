import Crypto
import CryptoExtras
import Foundation

/// What is kept of a client secret: a salted hash, from which the secret cannot be read.
///
/// A secret that this server made has 124 random bits, so nobody finds it by trying and one salted HMAC is enough. A
/// secret that a person chose may be a word, so each try has to cost: scrypt (RFC 7914) with N = 2^14, r = 8, p = 1,
/// about 50 ms and 16 MiB.
///
/// As text: `hmac-sha256$<salt>$<hash>` or `scrypt$<N>$<r>$<p>$<salt>$<hash>`, salt (16 bytes) and hash (32 bytes) in
/// base64. The cost is part of the text so that it can be raised for new secrets.
struct SecretHash: Equatable, Sendable {
    enum Scheme: Equatable, Sendable {
        case hmacSHA256
        case scrypt(cost: Int, blockSize: Int, parallelism: Int)

        static let forGeneratedSecrets = Scheme.hmacSHA256
        static let forChosenSecrets = Scheme.scrypt(cost: 16384, blockSize: 8, parallelism: 1)
    }

    private static let saltBytes = 16
    private static let hashBytes = 32

    let scheme: Scheme
    let salt: Data
    let hash: Data

    /// Hashes `secret`. Takes as long as the scheme says: keep it off event loops.
    ///
    /// - Parameter salt: that of another secret of the same client, so that one derivation serves to try both; else a
    ///   fresh one.
    init(of secret: String, scheme: Scheme, salt: Data? = nil) throws {
        let salt = salt ?? Self.freshSalt()
        self.scheme = scheme
        self.salt = salt
        self.hash = try Self.derive(secret, salt: salt, scheme: scheme)
    }

    private init(scheme: Scheme, salt: Data, hash: Data) {
        self.scheme = scheme
        self.salt = salt
        self.hash = hash
    }

    /// A hash of nothing, as slow to try as one of a chosen secret.
    static var decoy: SecretHash {
        SecretHash(scheme: .forChosenSecrets, salt: self.freshSalt(), hash: Data(count: self.hashBytes))
    }

    private static func freshSalt() -> Data {
        SymmetricKey(size: .init(bitCount: self.saltBytes * 8)).withUnsafeBytes { Data($0) }
    }

    /// Reads what `encoded` wrote.
    ///
    /// - Returns: `nil` when the text is not such a hash.
    init?(encoded: String) {
        var parts = encoded.split(separator: "$", omittingEmptySubsequences: false)[...]
        switch parts.popFirst() {
        case "hmac-sha256":
            self.scheme = .hmacSHA256
        case "scrypt":
            guard parts.count == 5,
                let cost = parts.popFirst().flatMap({ Int($0) }), (2...1 << 17).contains(cost),
                cost.nonzeroBitCount == 1,
                let blockSize = parts.popFirst().flatMap({ Int($0) }), (1...16).contains(blockSize),
                let parallelism = parts.popFirst().flatMap({ Int($0) }), (1...16).contains(parallelism)
            else { return nil }
            self.scheme = .scrypt(cost: cost, blockSize: blockSize, parallelism: parallelism)
        default:
            return nil
        }
        guard parts.count == 2,
            let salt = parts.popFirst().flatMap({ Data(base64Encoded: String($0)) }),
            let hash = parts.popFirst().flatMap({ Data(base64Encoded: String($0)) }),
            hash.count == Self.hashBytes
        else { return nil }
        self.salt = salt
        self.hash = hash
    }

    var encoded: String {
        let prefix =
            switch self.scheme {
            case .hmacSHA256: "hmac-sha256"
            case .scrypt(let cost, let blockSize, let parallelism): "scrypt$\(cost)$\(blockSize)$\(parallelism)"
            }
        return "\(prefix)$\(self.salt.base64EncodedString())$\(self.hash.base64EncodedString())"
    }

    /// Whether a try takes long enough to be worth remembering and worth a thread of its own.
    var isSlow: Bool {
        switch self.scheme {
        case .hmacSHA256: false
        case .scrypt: true
        }
    }

    /// Whether this is the hash of `secret`. The comparison takes the same time wherever the hashes differ.
    func matches(_ secret: String) throws -> Bool {
        try self.derive(secret).isEqualInConstantTime(to: self.hash)
    }

    /// What the hash of `secret` would be, under this salt and scheme.
    func derive(_ secret: String) throws -> Data {
        try Self.derive(secret, salt: self.salt, scheme: self.scheme)
    }

    /// Whether one derivation serves to try both.
    func isDerived(like other: SecretHash) -> Bool { self.scheme == other.scheme && self.salt == other.salt }

    private static func derive(_ secret: String, salt: Data, scheme: Scheme) throws -> Data {
        switch scheme {
        case .hmacSHA256:
            let code = HMAC<SHA256>.authenticationCode(for: Data(secret.utf8), using: SymmetricKey(data: salt))
            return Data(code)
        case .scrypt(let cost, let blockSize, let parallelism):
            let key = try KDF.Scrypt.deriveKey(
                from: Data(secret.utf8), salt: salt, outputByteCount: Self.hashBytes, rounds: cost,
                blockSize: blockSize, parallelism: parallelism, maxMemory: 512 << 20)
            return key.withUnsafeBytes { Data($0) }
        }
    }
}

extension Data {
    /// Compares without stopping at the first difference. The lengths are not secret.
    func isEqualInConstantTime(to other: Data) -> Bool {
        guard self.count == other.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(self, other) { difference |= left ^ right }
        return difference == 0
    }
}
