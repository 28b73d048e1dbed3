import Console
import Testing

@testable import ConsoleTerminal

struct TerminalNameTests {
    @Test(
        arguments: [
            ("xterm-256color", ["xterm-256color", "xterm", "vt100", "ansi"]),
            ("xterm-kitty", ["xterm-kitty", "xterm-256color", "xterm", "vt100", "ansi"]),
            ("foot", ["foot", "xterm-256color", "xterm", "vt100", "ansi"]),
            ("wezterm", ["wezterm", "xterm-256color", "xterm", "vt100", "ansi"]),
            ("tmux-256color", ["tmux-256color", "screen-256color", "screen", "tmux", "xterm", "vt100", "ansi"]),
            ("screen.foot", ["screen.foot", "screen-256color", "screen", "xterm", "vt100", "ansi"]),
            (
                "rxvt-unicode-256color",
                ["rxvt-unicode-256color", "rxvt-256color", "rxvt", "rxvt-unicode", "xterm", "vt100", "ansi"]
            ),
            ("linux", ["linux", "xterm", "vt100", "ansi"]), ("", ["xterm", "vt100", "ansi"]),
        ])
    func `what is tried for a name that is not described`(name: String, candidates: [String]) {
        #expect(TerminalName(name).candidates() == candidates)
    }

    @Test func `a description for want of a better one is known as that`() {
        #expect(TerminalName("no-such-thing").isGuessed("xterm"))
        #expect(TerminalName("").isGuessed("xterm"))
        #expect(!TerminalName("xterm-kitty").isGuessed("xterm"))
        #expect(!TerminalName("vt100").isGuessed("vt100"))
    }

    @Test func `direct colour is the sibling with that ending`() {
        #expect(TerminalName("tmux-256color").candidates(truecolor: true).first == "tmux-direct")
        #expect(TerminalName("konsole").candidates(truecolor: true).first == "konsole-direct")
    }

    @Test func `graphs are of braille where it can be hoped for`() {
        func graph(_ name: String, _ isUTF8: Bool = true, _ choice: TerminalOptions.GlyphChoice = .automatic)
            -> Glyphs.Graph
        { Glyphs.chosen(choice, isUTF8: isUTF8, term: TerminalName(name)).graph }
        #expect(graph("xterm-256color") == .braille)
        #expect(graph("vte-256color") == .braille)
        #expect(graph("linux") == .blocks)
        #expect(graph("vt220") == .blocks)
        #expect(graph("xterm-256color", false) == .ascii)
        #expect(graph("xterm-256color", false, .unicode) == .ascii)
        #expect(graph("xterm-256color", true, .ascii) == .ascii)
    }

    @Test func `NO_COLOR counts unless colour is asked for`() {
        #expect(TerminalOptions(environment: [:]).wantsColour)
        #expect(!TerminalOptions(environment: ["NO_COLOR": "1"]).wantsColour)
        #expect(TerminalOptions(environment: ["NO_COLOR": ""]).wantsColour)
        #expect(TerminalOptions(environment: ["NO_COLOR": "1"], colour: .always).wantsColour)
        #expect(!TerminalOptions(environment: [:], colour: .never).wantsColour)
    }
}
