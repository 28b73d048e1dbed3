import Foundation
import Testing

@testable import Store

@Suite struct DataDirectoryTests {
    let parent: TemporaryDirectory
    let directory: DataDirectory

    init() throws {
        self.parent = try TemporaryDirectory()
        self.directory = try DataDirectory(path: self.parent.file("a/b"))
    }

    @Test func `the directory is made for its owner only`() throws {
        #expect(try TemporaryDirectory.mode(of: self.directory.path) == 0o700)
    }

    @Test func `the admin token is made once, of 32 bytes, for its owner only`() throws {
        #expect(try self.directory.existingAdminToken() == nil)
        let token = try self.directory.adminToken()
        #expect(token.count == 43)
        #expect(try self.directory.adminToken() == token)
        #expect(try self.directory.existingAdminToken() == token)
        #expect(try TemporaryDirectory.mode(of: self.directory.adminTokenPath) == 0o600)
    }

    @Test func `a token that an operator wrote is kept`() throws {
        try self.write("chosen\n", to: self.directory.adminTokenPath)
        #expect(try self.directory.adminToken() == "chosen")
    }

    @Test func `an empty token file is refused`() throws {
        try self.write("\n", to: self.directory.adminTokenPath)
        let path = self.directory.adminTokenPath
        #expect(
            throws: DataDirectoryError(path: path, reason: "is empty: delete it to have a new token made")
        ) {
            try self.directory.adminToken()
        }
    }

    @Test func `the master key stays, so what was sealed opens after a restart`() throws {
        let sealed = try self.directory.secretBox().seal(Data([1, 2, 3]), context: "x")
        #expect(try self.directory.secretBox().open(sealed, context: "x") == Data([1, 2, 3]))
        #expect(try TemporaryDirectory.mode(of: self.directory.masterKeyPath) == 0o600)
        #expect(try Data(contentsOf: URL(fileURLWithPath: self.directory.masterKeyPath)).count == 32)
    }

    @Test func `a missing master key is not replaced when there is a database`() throws {
        _ = try ConfigurationStore(path: self.directory.databasePath)
        #expect(throws: DataDirectoryError.self) { try self.directory.secretBox() }
    }

    @Test func `a second instance is refused and told where the first serves`() throws {
        let lock = try self.directory.lock()
        #expect(throws: InstanceLock.Failure.held(owner: nil)) { try self.directory.lock() }
        let information = ServeInformation(api: "http://127.0.0.1:9190")
        try lock.publish(information)
        #expect(throws: InstanceLock.Failure.held(owner: information)) { try self.directory.lock() }
        #expect(try self.directory.runningInstance() == information)
        #expect(try TemporaryDirectory.mode(of: self.directory.serveInformationPath) == 0o600)
        withExtendedLifetime(lock) {}
    }

    @Test func `the lock goes with its holder, and stale information with it`() throws {
        do {
            let lock = try self.directory.lock()
            try lock.publish(ServeInformation(api: "http://127.0.0.1:9190"))
        }
        #expect(try self.directory.runningInstance() == nil)
        let lock = try self.directory.lock()
        #expect(try self.directory.runningInstance() == nil)
        #expect(!FileManager.default.fileExists(atPath: self.directory.serveInformationPath))
        withExtendedLifetime(lock) {}
    }

    private func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(chmod(path, mode) == 0)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o602, 0o644] as [mode_t])
    func `a private file that others may read or write is refused with the way out`(mode: mode_t) throws {
        _ = try self.directory.adminToken()
        _ = try self.directory.secretBox()
        _ = try ConfigurationStore(path: self.directory.databasePath)
        let directory = self.directory
        for path in [directory.adminTokenPath, directory.masterKeyPath, directory.databasePath] {
            #expect(chmod(path, mode) == 0)
            let error = DataDirectoryError(
                path: path,
                reason:
                    "has mode 0\(String(mode, radix: 8)), so that others may read or write it, and it holds secrets: "
                    + "run `chmod 600 '\(path)'`")
            #expect(throws: InstanceLock.Failure.directory(error)) { try directory.lock() }
            #expect(chmod(path, 0o600) == 0)
        }
        #expect(chmod(directory.adminTokenPath, mode) == 0)
        #expect(throws: DataDirectoryError.self) { try directory.existingAdminToken() }
        #expect(throws: DataDirectoryError.self) { try directory.adminToken() }
        #expect(chmod(directory.masterKeyPath, mode) == 0)
        #expect(throws: DataDirectoryError.self) { try directory.secretBox() }
    }

    @Test func `what is no file is not read as one`() throws {
        #expect(mkdir(self.directory.adminTokenPath, 0o700) == 0)
        #expect(throws: DataDirectoryError.self) { try self.directory.adminToken() }
    }

    @Test func `a directory that everybody may write is refused, one that its group may write is warned of`() throws {
        let directory = self.directory
        #expect(directory.privacyWarning == nil)
        #expect(chmod(directory.path, 0o777) == 0)
        #expect(throws: InstanceLock.Failure.self) { try directory.lock() }
        #expect(chmod(directory.path, 0o770) == 0)
        withExtendedLifetime(try directory.lock()) {}
        #expect(directory.privacyWarning?.contains("chmod g-w") == true)
        #expect(chmod(directory.path, 0o755) == 0)
        withExtendedLifetime(try directory.lock()) {}
        #expect(directory.privacyWarning == nil)
    }

    @Test(arguments: [
        ("{}", "its pid is missing or wrong"), (#"{"pid":1,"api":7}"#, "its api is missing or wrong"),
        ("pid: 1", "it is not JSON"), (#"{"pid":1,"api":"http://h:1","sandbox":"x"}"#, "its sandbox is missing"),
    ])
    func `a serve.json that no instance wrote is told, and so is one that others may write`(
        text: String, reason: String
    ) throws {
        let lock = try self.directory.lock()
        let path = self.directory.serveInformationPath
        try self.write(text, to: path)
        #expect {
            try self.directory.runningInstance()
        } throws: {
            ($0 as? DataDirectoryError)?.reason.contains(reason) == true
        }
        try lock.publish(ServeInformation(api: "http://127.0.0.1:9190"))
        #expect(try self.directory.runningInstance() != nil)
        #expect(chmod(path, 0o622) == 0)
        #expect(throws: DataDirectoryError.self) { try self.directory.runningInstance() }
        withExtendedLifetime(lock) {}
    }

    @Test func `foreign files stay`() throws {
        let path = self.directory.path + "/notes.txt"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        _ = try self.directory.adminToken()
        _ = try self.directory.lock()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
    }

    @Test func `a file in the directory's place is refused`() throws {
        let path = self.parent.file("file")
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: DataDirectoryError(path: path, reason: "is a file, not a directory")) {
            try DataDirectory(path: path)
        }
    }

    @Test(arguments: [
        (["XDG_DATA_HOME": "/data", "HOME": "/home/a"], "/data/sluice"),
        (["HOME": "/home/a"], "/home/a/.local/share/sluice"),
        (["XDG_DATA_HOME": "relative", "HOME": "/home/a"], "/home/a/.local/share/sluice"),
    ])
    func `the default place follows the XDG rules`(_ environment: [String: String], _ expected: String) {
        #expect(DataDirectory.defaultPath(environment: environment) == expected)
    }
}
