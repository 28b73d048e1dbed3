import Foundation
import Testing

@testable import sluice

@Suite struct InputTests {
    private func read(_ bytes: [UInt8], maximumBytes: Int = Input.maximumBytes) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-test-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do { return try Input.text(path, maximumBytes: maximumBytes) } catch {
            throw CommandFailure(error.message.replacing(path, with: "PATH"))
        }
    }

    private func message(_ body: () throws -> String) -> String {
        do { return "read: \(try body())" } catch { return "\(error)" }
    }

    @Test func `a byte order mark is no part of the text`() throws {
        #expect(try self.read([0xEF, 0xBB, 0xBF] + Array("---\na: 1\n".utf8)) == "---\na: 1\n")
        #expect(try self.read([0xEF, 0xBB, 0xBF]) == "")
        #expect(try self.read(Array("a\u{FEFF}".utf8)) == "a\u{FEFF}")
    }

    @Test func `what is no text in UTF-8 is told`() {
        #expect(
            self.message { try self.read([0xFF, 0xFE, 0x61, 0]) }
                == "The file 'PATH' is text in UTF-16; save it as UTF-8.")
        #expect(self.message { try self.read([0x61, 0xC3]) } == "The file 'PATH' is not text in UTF-8.")
    }

    @Test func `a text has a largest size`() throws {
        #expect(try self.read([UInt8](repeating: 0x61, count: 2048), maximumBytes: 2048).count == 2048)
        #expect(
            self.message { try self.read([UInt8](repeating: 0x61, count: 2049), maximumBytes: 2048) }
                == "The file 'PATH' is larger than 2 KiB.")
        #expect(self.message { try Input.text("/dev/zero") } == "The file '/dev/zero' is larger than 4 MiB.")
    }

    @Test func `a file that is not there and a folder are told apart`() {
        #expect(
            self.message { try Input.text("/nonexistent") }
                == "The file '/nonexistent' cannot be read: No such file or directory.")
        #expect(self.message { try Input.text("/") } == "The file '/' cannot be read: Is a directory.")
    }
}
