import Testing

@testable import ConsoleTerminal

struct BackgroundReplyTests {
    @Test(
        arguments: [
            ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?62c", .light), ("\u{1B}]11;rgb:1e1e/1e1e/2e2e\u{7}", .dark),
            ("xx\u{1B}]11;rgb:f/f/e\u{1B}\\", .light), ("\u{1B}]11;rgba:10/10/10/ff\u{7}", .dark),
            ("\u{1B}]11;rgb:0000/ffff/0000\u{7}", .light), ("\u{1B}]11;rgb:0000/0000/ffff\u{7}", .dark),
            ("\u{1B}[?1;2c", nil), ("\u{1B}]11;rgb:", nil), ("\u{1B}]11;rgb:fffff/0/0\u{7}", nil),
            ("\u{1B}]11;rgb:zz/0/0\u{7}", nil), ("", nil),
        ] as [(String, TerminalCapabilities.Background?)])
    func `the terminal's answer tells light from dark`(answer: String, background: TerminalCapabilities.Background?) {
        #expect(BackgroundReply.background(in: Array(answer.utf8)) == background)
    }

    @Test(
        arguments: [
            ("15;0", .dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark), ("0;7", .light),
            ("default;default", nil), ("", nil), ("0;99", nil), (nil, nil),
        ] as [(String?, TerminalCapabilities.Background?)])
    func `COLORFGBG is the second source`(value: String?, background: TerminalCapabilities.Background?) {
        #expect(BackgroundReply.background(colorfgbg: value) == background)
    }
}
