import Foundation
import Testing

@testable import Store

@Suite struct DataDirectoryBackupTests {
    let parent: TemporaryDirectory
    let directory: DataDirectory

    init() throws {
        self.parent = try TemporaryDirectory()
        self.directory = try DataDirectory(path: self.parent.file("from"))
    }

    private func files(_ directory: DataDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    }

    @Test func `an instance goes on in another directory with what it had while it ran`() async throws {
        let lock = try self.directory.lock()
        let token = try self.directory.adminToken()
        let sealed = try self.directory.secretBox().seal(Data([1, 2, 3]), context: "x")
        let store = try ConfigurationStore(path: self.directory.databasePath)
        try await store.write { transaction in
            try transaction.insert(Fixtures.gateway())
            try transaction.insert(Fixtures.backend(), in: "gw")
        }
        let before = try await store.loadEngineConfiguration()
        let names = try self.files(self.directory)
        let archive = try self.directory.backup(at: Fixtures.date)
        #expect(archive.created == Fixtures.date)
        #expect(try self.files(self.directory) == names)
        // What comes after it is not in it.
        try await store.write { try $0.insert(Fixtures.gateway("gw2", name: "later")) }

        let target = try DataDirectory(path: self.parent.file("to"))
        try target.restore(archive)
        #expect(try target.adminToken() == token)
        #expect(try target.secretBox().open(sealed, context: "x") == Data([1, 2, 3]))
        for path in [target.databasePath, target.adminTokenPath, target.masterKeyPath] {
            #expect(try TemporaryDirectory.mode(of: path) == 0o600)
        }
        let restored = try target.lock()
        let reopened = try ConfigurationStore(path: target.databasePath)
        #expect(try await reopened.loadEngineConfiguration() == before)
        try reopened.close()
        try store.close()
        withExtendedLifetime((lock, restored)) {}
    }

    @Test func `a directory in which there is anything is left as it is`() throws {
        _ = try self.directory.secretBox()
        _ = try self.directory.adminToken()
        _ = try ConfigurationStore(path: self.directory.databasePath)
        let archive = try self.directory.backup(at: Fixtures.date)
        let target = try DataDirectory(path: self.parent.file("to"))
        try Data("mine".utf8).write(to: URL(fileURLWithPath: target.path + "/notes"))
        #expect(throws: DataDirectoryError.self) { try target.restore(archive) }
        #expect(try self.files(target) == ["notes"])
        #expect(throws: DataDirectoryError.self) { try self.directory.restore(archive) }
    }

    @Test func `half a backup is not taken, and one of nothing is not made`() throws {
        #expect(throws: DataDirectoryError.self) { try self.directory.backup(at: Fixtures.date) }
        _ = try self.directory.adminToken()
        _ = try self.directory.secretBox()
        _ = try ConfigurationStore(path: self.directory.databasePath)
        let archive = try self.directory.backup(at: Fixtures.date)
        let target = try DataDirectory(path: self.parent.file("to"))
        for index in archive.files.indices {
            var part = archive
            part.files.remove(at: index)
            #expect(throws: DataDirectoryError.self) { try target.restore(part) }
            #expect(try self.files(target).isEmpty)
        }
        var twice = archive
        twice.files.append(archive.files[0])
        #expect(throws: DataDirectoryError.self) { try target.restore(twice) }
        // A name that would lead elsewhere is not written anywhere.
        var more = archive
        more.files.append(.init(name: "../evil", contents: Data([1])))
        try target.restore(more)
        #expect(!FileManager.default.fileExists(atPath: self.parent.file("evil")))
        unlink(self.directory.masterKeyPath)
        #expect(throws: DataDirectoryError.self) { try self.directory.backup(at: Fixtures.date) }
    }
}
