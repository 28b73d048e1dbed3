import EngineInterface
import Foundation
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

    @Test func `all names of a private file are their owner's before anything is in it`() throws {
        try OutputFile.write("old", to: self.path("one"))
        #expect(chmod(self.path("one"), 0o644) == 0)
        #expect(link(self.path("one"), self.path("two")) == 0)
        try OutputFile.write("secret", to: self.path("two"), isPrivate: true)
        #expect(try self.text(self.path("one")) == "secret")
        #expect(self.mode(self.path("one")) == 0o600)
        #expect(FileStatus(path: self.path("one"))?.links == 2)
    }

    @Test(.enabled(if: geteuid() == 0), arguments: [false, true])
    func `a private file does not go to the owner of the one before it`(hasTwoNames: Bool) throws {
        try OutputFile.write("old", to: self.path("file"))
        if hasTwoNames { #expect(link(self.path("file"), self.path("other")) == 0) }
        #expect(chown(self.path("file"), 12_345, 12_345) == 0)
        try OutputFile.write("new", to: self.path("file"))
        #expect(FileStatus(path: self.path("file"))?.owner == 12_345)
        try OutputFile.write("secret", to: self.path("file"), isPrivate: true)
        #expect(FileStatus(path: self.path("file"))?.owner == geteuid())
        #expect(self.mode(self.path("file")) == 0o600)
    }

    @Test(.enabled(if: geteuid() == 0)) func `a private file does not follow a link that another user made`() throws {
        try OutputFile.write("theirs", to: self.path("target"))
        #expect(symlink("target", self.path("link")) == 0)
        try OutputFile.write("mine", to: self.path("link"), isPrivate: true)
        #expect(try self.text(self.path("target")) == "mine")
        #expect(lchown(self.path("link"), 12_345, 12_345) == 0)
        #expect(throws: EngineClientError.self) {
            try OutputFile.write("secret", to: self.path("link"), isPrivate: true)
        }
        #expect(try self.text(self.path("target")) == "mine")
    }

    @Test(arguments: [EPERM, ENOTSUP, ENOSYS])
    func `a new file is made where there are no hard links, and what is there stays`(failure: Int32) throws {
        let path = self.path("new")
        #expect(try OutputFile.writeNew("secret", to: path, link: { _, _ in failure }))
        #expect(try self.text(path) == "secret")
        #expect(self.mode(path) == 0o600)
        #expect(try self.names == ["new"])
        #expect(try !OutputFile.writeNew("other", to: path, link: { _, _ in failure }))
        // One that somebody made meanwhile.
        let late = self.path("late")
        #expect(
            try !OutputFile.writeNew("mine", to: late) { _, to in
                try? "theirs".write(toFile: to, atomically: false, encoding: .utf8)
                return failure
            })
        #expect(try self.text(late) == "theirs")
        #expect(throws: EngineClientError.self) {
            try OutputFile.writeNew("x", to: self.path("full"), link: { _, _ in ENOSPC })
        }
        #expect(try self.names == ["late", "new"])
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
