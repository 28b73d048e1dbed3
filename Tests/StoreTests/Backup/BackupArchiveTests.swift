import Foundation
import Testing

@testable import Store

@Suite struct BackupArchiveTests {
    /// Cheap, so that many can be tried.
    private static let cost = BackupArchive.Cost(cost: 2, block_size: 1, parallelism: 1)
    private static let passphrase = "correct horse battery"

    private let archive = BackupArchive(
        created: Date(timeIntervalSince1970: 1_785_874_206),
        files: [
            .init(name: "master-key", contents: Data(repeating: 7, count: 32)), .init(name: "empty", contents: Data()),
            .init(name: "sluice.db", contents: Data((0..<1000).map { UInt8($0 % 251) })),
        ])

    private func sealed() throws -> Data { try self.archive.sealed(passphrase: Self.passphrase, cost: Self.cost) }

    private func opened(_ data: Data, passphrase: String = Self.passphrase) throws -> BackupArchive {
        try BackupArchive(opening: data, passphrase: passphrase)
    }

    @Test func `what was sealed is opened with its passphrase and no other`() throws {
        let sealed = try self.sealed()
        #expect(try self.opened(sealed) == self.archive)
        #expect(try self.sealed() != sealed)
        for wrong in ["", "correct horse batterz", Self.passphrase + " "] {
            #expect(throws: BackupArchive.OpenError.wrongPassphraseOrAltered) {
                try self.opened(sealed, passphrase: wrong)
            }
        }
    }

    @Test func `the standard cost is one that is opened`() throws {
        let sealed = try self.archive.sealed(passphrase: Self.passphrase)
        #expect(sealed.starts(with: "SLUICE-BACKUP 1\n".utf8))
        #expect(try self.opened(sealed) == self.archive)
    }

    @Test func `nothing of the contents can be read in it`() throws {
        let sealed = try self.sealed()
        #expect(sealed.range(of: Data(repeating: 7, count: 8)) == nil)
        #expect(sealed.range(of: Data("master-key".utf8)) == nil)
    }

    @Test func `a file that was cut anywhere is refused`() throws {
        let sealed = try self.sealed()
        for length in 0..<sealed.count {
            #expect(throws: BackupArchive.OpenError.self) { try self.opened(sealed.prefix(length)) }
        }
        #expect(throws: BackupArchive.OpenError.self) { try self.opened(sealed + [0]) }
    }

    @Test func `a byte that was changed anywhere is found`() throws {
        let sealed = try self.sealed()
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: BackupArchive.OpenError.self, "byte \(index)") { try self.opened(changed) }
        }
    }

    @Test(arguments: [
        #"{"cost":1073741824,"block_size":8,"parallelism":1}"#, #"{"cost":1048576,"block_size":16,"parallelism":1}"#,
        #"{"cost":3,"block_size":8,"parallelism":1}"#, #"{"cost":0,"block_size":8,"parallelism":1}"#,
        #"{"cost":16,"block_size":-8,"parallelism":1}"#, #"{"cost":16,"block_size":8,"parallelism":99999}"#,
        #"{"cost":9223372036854775807,"block_size":8,"parallelism":1}"#,
    ])
    func `a file may not ask for more work than this machine can bear`(scrypt: String) {
        let header = #"{"nonce":"AAAAAAAAAAAAAAAA","salt":"AAAA","scrypt":\#(scrypt)}"#
        #expect(throws: BackupArchive.OpenError.notAnArchive) {
            try self.opened(Data("SLUICE-BACKUP 1\n\(header)\n".utf8) + Data(count: 100))
        }
    }

    @Test func `other files and later versions are told apart`() {
        #expect(throws: BackupArchive.OpenError.notAnArchive) { try self.opened(Data("hello".utf8)) }
        #expect(throws: BackupArchive.OpenError.notAnArchive) { try self.opened(Data()) }
        #expect(throws: BackupArchive.OpenError.unknownVersion) {
            try self.opened(Data("SLUICE-BACKUP 2\n{}\n".utf8))
        }
    }
}
