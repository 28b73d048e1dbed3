internal import Crypto
internal import CryptoExtras
package import Foundation

/// The files of a data directory in one encrypted file.
///
///     SLUICE-BACKUP 1\n
///     {"scrypt":{"cost":131072,"block_size":8,"parallelism":1},"salt":"…","nonce":"…"}\n
///     AES-256-GCM of: length of the list (4 bytes, big-endian), the list as JSON, the bytes of its files
///
/// The key is derived from a passphrase by scrypt (RFC 7914). The two lines are authenticated with the rest, so nothing of
/// the file can be changed.
package struct BackupArchive: Equatable, Sendable {
    package struct File: Equatable, Sendable {
        package var name: String
        package var contents: Data

        package init(name: String, contents: Data) {
            self.name = name
            self.contents = contents
        }
    }

    package enum OpenError: Error, Equatable {
        case notAnArchive
        /// The archive is one of a later release.
        case unknownVersion
        case wrongPassphraseOrAltered
    }

    /// When it was made.
    package var created: Date
    package var files: [File]

    package init(created: Date, files: [File]) {
        self.created = created
        self.files = files
    }

    private static let magic = "SLUICE-BACKUP"
    private static let firstLine = "\(magic) 1"

    /// What the key costs. It is part of the file, so that it can be raised.
    struct Cost: Codable, Equatable {
        var cost: Int
        var block_size: Int
        var parallelism: Int

        /// About half a second and 128 MiB.
        static let standard = Cost(cost: 1 << 17, block_size: 8, parallelism: 1)

        /// What a file may ask of this machine before it is known to be genuine.
        var isBearable: Bool {
            (2...1 << 20).contains(self.cost) && self.cost.nonzeroBitCount == 1 && (1...16).contains(self.block_size)
                && (1...4).contains(self.parallelism) && self.memory <= 1 << 30
        }

        var memory: Int { 128 * self.block_size * (self.cost + self.parallelism + 2) }
    }

    private struct Header: Codable {
        var scrypt: Cost
        var salt: Data
        var nonce: Data
    }

    private struct List: Codable {
        struct Entry: Codable {
            var name: String
            var bytes: Int
        }
        var created: Date
        var files: [Entry]
    }

    /// Seals under a fresh salt and nonce.
    package func sealed(passphrase: String) throws -> Data { try self.sealed(passphrase: passphrase, cost: .standard) }

    func sealed(passphrase: String, cost: Cost) throws -> Data {
        let list = try JSONEncoder().encode(
            List(created: self.created, files: self.files.map { .init(name: $0.name, bytes: $0.contents.count) }))
        var plain = withUnsafeBytes(of: UInt32(list.count).bigEndian) { Data($0) } + list
        for file in self.files { plain += file.contents }

        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        let nonce = AES.GCM.Nonce()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = try encoder.encode(Header(scrypt: cost, salt: salt, nonce: Data(nonce)))
        let lines = Data(Self.firstLine.utf8) + Data("\n".utf8) + header + Data("\n".utf8)
        let key = try Self.key(passphrase, salt: salt, cost: cost)
        let box = try AES.GCM.seal(plain, using: key, nonce: nonce, authenticating: lines)
        return lines + box.ciphertext + box.tag
    }

    /// Opens what ``sealed(passphrase:)`` made.
    ///
    /// - Throws: ``OpenError``.
    package init(opening data: Data, passphrase: String) throws {
        let newline = UInt8(ascii: "\n")
        guard data.starts(with: Self.magic.utf8), let first = data.prefix(64).firstIndex(of: newline) else {
            throw OpenError.notAnArchive
        }
        guard data[..<first].elementsEqual(Self.firstLine.utf8) else { throw OpenError.unknownVersion }
        let afterFirst = data.index(after: first)
        guard let second = data[afterFirst...].prefix(1024).firstIndex(of: newline),
            let header = try? JSONDecoder().decode(Header.self, from: data[afterFirst..<second]),
            header.scrypt.isBearable, let nonce = try? AES.GCM.Nonce(data: header.nonce)
        else { throw OpenError.notAnArchive }
        let afterLines = data.index(after: second)
        let rest = data[afterLines...]
        let tagBytes = 16
        guard rest.count >= tagBytes else { throw OpenError.wrongPassphraseOrAltered }
        let plain: Data
        do {
            let key = try Self.key(passphrase, salt: header.salt, cost: header.scrypt)
            let box = try AES.GCM.SealedBox(
                nonce: nonce, ciphertext: rest.dropLast(tagBytes), tag: rest.suffix(tagBytes))
            plain = try AES.GCM.open(box, using: key, authenticating: data[..<afterLines])
        } catch { throw OpenError.wrongPassphraseOrAltered }
        self = try Self(plain: plain)
    }

    private init(plain: Data) throws {
        var rest = plain[...]
        func take(_ count: Int) throws -> Data {
            guard count >= 0, rest.count >= count else { throw OpenError.notAnArchive }
            defer { rest = rest.dropFirst(count) }
            return Data(rest.prefix(count))
        }
        let length = try take(4).reduce(0) { $0 << 8 | Int($1) }
        guard let list = try? JSONDecoder().decode(List.self, from: try take(length)) else {
            throw OpenError.notAnArchive
        }
        self.created = list.created
        self.files = try list.files.map { File(name: $0.name, contents: try take($0.bytes)) }
    }

    private static func key(_ passphrase: String, salt: Data, cost: Cost) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Data(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: cost.cost, blockSize: cost.block_size,
            parallelism: cost.parallelism, maxMemory: cost.memory + (1 << 20))
    }
}
