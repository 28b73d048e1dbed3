import Console
import Foundation
import Testing

@testable import sluice

@Suite final class ConsoleFilesTests {
    let folder: String

    init() throws {
        self.folder =
            FileManager.default.temporaryDirectory.appendingPathComponent("sluice-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.folder) }

    private func files(_ instance: String) -> ConsoleFiles {
        ConsoleFiles(instance: instance, environment: ["XDG_STATE_HOME": self.folder, "HOME": self.folder])
    }

    @Test func `each instance has a draft of its own`() throws {
        let names = [
            "/var/lib/sluice", "/var/lib-sluice", "http://localhost:9190", "https://localhost:9190",
            "/" + String(repeating: "a", count: 5_000), "/" + String(repeating: "a", count: 5_001),
        ]
        for name in names { try self.files(name).saveDraft("draft of \(name)") }
        for name in names { #expect(try self.files(name).draft() == "draft of \(name)") }
        #expect(try self.files("/another").draft() == nil)
    }

    @Test func `a file is replaced unasked only while it is as it was written`() throws {
        let path = self.folder + "/client.py"
        let files = self.files("")
        #expect(try files.writePrivate("one", to: path))
        #expect(try !files.writePrivate("two", to: path))
        #expect(try files.writePrivate("two", to: path, replacing: .unchanged(TextFingerprint("one"))))
        #expect(try !files.writePrivate("three", to: path, replacing: .unchanged(TextFingerprint("one"))))
        #expect(try files.read(path) == "two")
        #expect(try files.writePrivate("three", to: path, replacing: .anything))
        #expect(try files.read(path) == "three")
        // One that is gone is made again.
        try FileManager.default.removeItem(atPath: path)
        #expect(try files.writePrivate("four", to: path, replacing: .unchanged(TextFingerprint("three"))))
    }
}
