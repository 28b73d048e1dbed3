import Foundation
import Testing

@testable import ConsoleTerminal

struct ForegroundTextTests {
    /// Runs what the terminal would, without one.
    private func run(_ command: [String]) -> Int32? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func edit(_ editor: String) -> EditOutcome {
        ForegroundText.edit(name: "../a b.yaml", text: "one", environment: ["EDITOR": editor], run: self.run)
    }

    @Test func `what the editor wrote comes back`() {
        #expect(self.edit("printf two >") == .changed("two"))
        #expect(self.edit("true") == .unchanged)
    }

    @Test(arguments: [
        "WORD=two sh -c 'printf $WORD > \"$1\"' sh", "true && printf two >", "cd / ; printf two >",
        "f() { printf two > \"$1\"; }; f", "'printf' \"two\" >",
    ])
    func `the shell reads the editor's command, as it does for git`(editor: String) {
        #expect(self.edit(editor) == .changed("two"))
    }

    @Test func `what a pager shows makes the terminal do nothing`() throws {
        var shown: String?
        let problem = ForegroundText.page(title: "a", text: "x\u{1B}]0;y\u{7}\n\u{9B}2J\n", environment: [:]) {
            command in
            shown = command.last.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
            return 0
        }
        #expect(problem == nil)
        #expect(shown == "x\\u{1b}]0;y\\u{7}\n\\u{9b}2J\n")
    }

    @Test func `an editor that fails changes nothing, and is named`() {
        #expect(self.edit("false") == .failed("\"false\" ended with status 1. Nothing was changed."))
        #expect(
            self.edit("no-such-editor-here")
                == .failed(
                    "\"no-such-editor-here\" was not found: set EDITOR to a program that is installed. Nothing was changed."
                ))
        let killed = "f() { sh -c 'kill -9 $$'; return $?; }; f"
        #expect(self.edit(killed) == .failed("\"\(killed)\" was ended by signal 9. Nothing was changed."))
    }

    @Test func `the file is the user's alone, has a harmless name, and is gone afterwards`() throws {
        var path = ""
        var mode = 0
        _ = ForegroundText.edit(name: "../$(x) b.yaml", text: "one", environment: [:]) { command in
            path = command.last ?? ""
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
            return 0
        }
        #expect(path.hasSuffix("/x--b.yaml"))
        #expect(mode == 0o600)
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(!FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent))
    }
}
