import Testing

@testable import ConsoleTerminal

struct ClipboardTests {
    @Test func `a copy is one command in base64`() {
        #expect(Clipboard.command("hello", wrapping: .none) == "\u{1B}]52;c;aGVsbG8=\u{1B}\\")
    }

    @Test func `tmux gets it plain and passed through`() {
        #expect(
            Clipboard.command("hi", wrapping: .tmux)
                == "\u{1B}]52;c;aGk=\u{1B}\\\u{1B}Ptmux;\u{1B}\u{1B}]52;c;aGk=\u{1B}\u{1B}\\\u{1B}\\")
    }

    @Test func `screen gets it in pieces that it passes through`() throws {
        let command = try #require(Clipboard.command(String(repeating: "a", count: 200), wrapping: .screen))
        let pieces = command.split(separator: "\u{1B}\\")
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.count <= 78 })
        #expect(pieces.count == 4)
        #expect(pieces.last?.hasSuffix("\u{7}") == true)
    }

    @Test func `what terminals would cut is not sent`() {
        #expect(Clipboard.command(String(repeating: "x", count: 56_244), wrapping: .none) != nil)
        #expect(Clipboard.command(String(repeating: "x", count: 56_245), wrapping: .none) == nil)
    }

    @Test func `the multiplexer is told by its variables`() {
        #expect(Clipboard.wrapping(term: TerminalName("screen-256color"), environment: ["TMUX": "/tmp/x"]) == .tmux)
        #expect(Clipboard.wrapping(term: TerminalName("tmux-256color"), environment: [:]) == .tmux)
        #expect(Clipboard.wrapping(term: TerminalName("screen"), environment: ["STY": "1.a"]) == .screen)
        #expect(Clipboard.wrapping(term: TerminalName("xterm"), environment: ["TMUX": ""]) == .none)
    }
}
