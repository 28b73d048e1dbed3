import Foundation
import GatewayModel
import Store
import Testing

@testable import sluice

@Suite final class OutputFileTests {
    let folder: String

    init() throws {
        self.folder =
            FileManager.default.temporaryDirectory.appendingPathComponent("sluice-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.folder) }

    private func path(_ name: String) -> String { self.folder + "/" + name }

    private func type(_ path: String) throws -> FileAttributeType? {
        try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    }

    private func mode(_ path: String) -> mode_t? { FileStatus(path: path)?.permissions }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: self.folder).sorted() }
    }

    @Test func `a new file is its owner's, in folders that are made`() throws {
        try OutputFile.write("a\n", to: self.path("x/y/new"))
        #expect(try self.text(self.path("x/y/new")) == "a\n")
        #expect(self.mode(self.path("x/y/new")) == 0o600)
        #expect(self.mode(self.path("x")) == 0o700)
    }

    @Test(arguments: [0o644, 0o640, 0o600, 0o755] as [mode_t])
    func `a file keeps its mode, unless it is to be private`(mode: mode_t) throws {
        let path = self.path("file")
        try OutputFile.write("old, and longer", to: path)
        #expect(chmod(path, mode) == 0)
        try OutputFile.write("new", to: path)
        #expect(try self.text(path) == "new")
        #expect(self.mode(path) == mode)
        try OutputFile.write("secret", to: path, isPrivate: true)
        #expect(self.mode(path) == 0o600)
        #expect(try self.names == ["file"])
    }

    @Test func `a link is followed, also to a file that is not there yet`() throws {
        try OutputFile.write("old", to: self.path("target"))
        #expect(symlink("target", self.path("link")) == 0)
        #expect(symlink("later", self.path("early")) == 0)
        try OutputFile.write("new", to: self.path("link"))
        try OutputFile.write("first", to: self.path("early"))
        #expect(try self.text(self.path("target")) == "new")
        #expect(try self.text(self.path("later")) == "first")
        for link in ["link", "early"] { #expect(try self.type(self.path(link)) == .typeSymbolicLink) }
    }

    @Test func `all names of a file show what was written`() throws {
        try OutputFile.write("old, and longer", to: self.path("one"))
        #expect(link(self.path("one"), self.path("two")) == 0)
        try OutputFile.write("new", to: self.path("two"))
        #expect(try self.text(self.path("one")) == "new")
        #expect(FileStatus(path: self.path("one"))?.links == 2)
    }

    @Test func `a pipe is written into and stays`() throws {
        let path = self.path("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        // Both ways, so that opening it waits for nobody.
        let reader = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        defer { close(reader) }
        try OutputFile.write("through", to: path)
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = bytes.withUnsafeMutableBytes { read(reader, $0.baseAddress, $0.count) }
        #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
        #expect(FileStatus(path: path)?.isRegular == false)
        try OutputFile.write("away", to: "/dev/null")
        #expect(try self.type("/dev/null") == .typeCharacterSpecial)
    }

    @Test func `a full disk and a folder are told with the file's name, and leave nothing behind`() throws {
        #expect(throws: EngineClientError("The file '/dev/full' cannot be written: No space left on device.")) {
            try OutputFile.write("x", to: "/dev/full")
        }
        #expect(throws: EngineClientError("The file '\(self.folder)' cannot be written: Is a directory.")) {
            try OutputFile.write("x", to: self.folder)
        }
        try OutputFile.write("x", to: self.path("file"))
        #expect(throws: EngineClientError("The file '\(self.path("file/below"))' cannot be written: Not a directory."))
        {
            try OutputFile.write("x", to: self.path("file/below"))
        }
        #expect(try self.names == ["file"])
    }

    @Test func `a file of that name beside it is not touched`() throws {
        try OutputFile.write("mine", to: self.path("file.new"))
        try OutputFile.write("x", to: self.path("file"))
        #expect(try self.text(self.path("file.new")) == "mine")
    }
}
