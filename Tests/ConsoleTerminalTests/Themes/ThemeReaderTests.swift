import Console
import Testing

@testable import ConsoleTerminal

struct ThemeReaderTests {
    private func problems(_ source: String) -> [String] {
        ThemeReader(source, file: "harbor.toml").problems.map(\.description)
    }

    private func theme(_ source: String) throws -> Theme {
        let reader = ThemeReader(source, file: "x.toml")
        #expect(reader.problems.isEmpty, "\(reader.problems)")
        var assembly = ThemeAssembly()
        let theme = assembly.theme(named: "x", [reader.document])
        #expect(assembly.problems.isEmpty, "\(assembly.problems)")
        return theme
    }

    @Test func `an unknown role is named with file and line`() {
        let source = "name = \"harbor\"\n\n[role]\n\"table.row\" = \"red\"\n\"tabel.row\" = \"red\"\n"
        #expect(self.problems(source) == ["harbor.toml:5: unknown role \"tabel.row\""])
    }

    @Test(arguments: [
        "[role]\ntabel.row = \"red\"", "[role]\ntabel.row = { fg = \"red\", bg = 1 }", "[role.tabel]\nrow = \"red\"",
        "[role]\n'tabel.row' = { }", "[role]\n\"tabel.row\".fg = \"red\"", "\nrole.tabel.row = \"red\"",
    ])
    func `an unknown role is found however it is written`(source: String) {
        #expect(self.problems(source) == ["harbor.toml:2: unknown role \"tabel.row\""])
    }

    @Test func `an unknown key is named with file and line`() {
        #expect(self.problems("name = \"x\"\ncolor = 3\n") == ["harbor.toml:2: unknown key \"color\""])
        #expect(self.problems("[rolle]\n") == ["harbor.toml:1: unknown table \"rolle\""])
        #expect(
            self.problems("[role]\n\"decision.deny\" = { fg = \"red\", colour = \"red\" }\n") == [
                "harbor.toml:2: unknown key \"colour\" in role \"decision.deny\": a role has fg, bg, attrs, ansi and mono"
            ])
    }

    @Test(arguments: [
        ("name = \"x\"\n[role\n", "harbor.toml:2:6: expected ']' after the table's name"),
        ("name \"x\"\n", "harbor.toml:1:6: expected '=' after the key"),
        ("name = harbor\n", "harbor.toml:1:8: \"harbor\" is not a value: strings need quotes"),
        ("name = \"harbor\n", "harbor.toml:1:15: the string does not end on its line"),
        ("name = 'a' 'b'", "harbor.toml:1:12: expected the end of the line"),
        ("[[role]]", "harbor.toml:1:2: themes have no arrays of tables"),
        ("name = \"\"\"x\"\"\"", "harbor.toml:1:9: themes have no strings of several lines"),
        ("\n\"é\" = [1, [2]]", "harbor.toml:2:11: arrays hold no arrays and no tables here"),
        ("name = 'a'\nname = 'b'\n", "harbor.toml:2:11: name is set twice"),
        ("a = { b = 1\n}", "harbor.toml:1:12: expected ',' or '}' on the same line"),
        ("a.a.a.a.a.a.a.a.a = 1", "harbor.toml:1:17: a key has at most 8 names"),
        ("day = 2026-01-02", "harbor.toml:1:7: \"2026-01-02\" is not a value: strings need quotes"),
    ])
    func `a mistake in the TOML is named with line and column`(source: String, problem: String) {
        #expect(self.problems(source) == [problem])
    }

    @Test func `keys and values are read in every way TOML writes them`() throws {
        let source = """
            # a comment\r
            'name' = 'x'  # behind\r
            [palette]\r
            "ink" = "\\u0023fff"\r
            [role.decision]
            deny = { fg = "ink", attrs = [
                "bold", # and
                'underline',
            ] }
            allow.fg = 12
            """
        #expect(
            try ThemeSyntax.assignments(of: source) == [
                .init(path: ["name"], namesInBraces: 0, value: .string("x"), line: 2),
                .init(path: ["palette"], namesInBraces: 0, value: .header, line: 3),
                .init(path: ["palette", "ink"], namesInBraces: 0, value: .string("#fff"), line: 4),
                .init(path: ["role", "decision"], namesInBraces: 0, value: .header, line: 5),
                .init(path: ["role", "decision", "deny", "fg"], namesInBraces: 1, value: .string("ink"), line: 6),
                .init(
                    path: ["role", "decision", "deny", "attrs"], namesInBraces: 1,
                    value: .array([.string("bold"), .string("underline")]), line: 6),
                .init(path: ["role", "decision", "allow", "fg"], namesInBraces: 0, value: .integer(12), line: 10),
            ])
    }

    @Test func `a palette holds colours only`() {
        let source = "[palette]\nink = \"#fff\"\nfog = \"#ggg\"\ndefault = \"#fff\"\nsea = 300\nmoss = true\n"
        let problems = ThemeReader(source, file: "harbor.toml").problems
        #expect(problems.map(\.line) == [3, 4, 5, 6])
        #expect(problems[0].message.hasPrefix("\"#ggg\" is not a colour: write \"#5fb0d6\""))
    }

    @Test func `a name that no palette has is found with its line`() {
        let reader = ThemeReader("[palette]\nink = \"#fff\"\n[role]\nbase = \"ink\"\nlink = 1\n", file: "a.toml")
        #expect(reader.problems.map(\.description) == ["a.toml:5: unknown role \"link\""])
        let other = ThemeReader("[role]\nbase = \"ink\"\n[gradient]\nload = [\"red\", \"rest\"]\n", file: "a.toml")
        var assembly = ThemeAssembly()
        _ = assembly.theme(named: "a", [other.document])
        #expect(assembly.problems.map(\.line) == [2, 4])
    }

    @Test(arguments: [
        ("mode = \"night\"", "harbor.toml:1: mode is \"dark\", \"light\" or \"any\""),
        ("contrast = 3", "harbor.toml:1: contrast is 4.5 to 21"),
        ("inherits = 3", "harbor.toml:1: inherits is a string"),
        ("background = [1]", "harbor.toml:1: background is not a colour"),
        ("role = 1", "harbor.toml:1: [role] is a table"),
        (
            "[gradient]\nheat = [\"red\", \"blue\"]",
            "harbor.toml:2: unknown gradient \"heat\": there are allow, deny and load"
        ),
        ("[gradient]\nload = [\"red\"]", "harbor.toml:2: a gradient has two or three colours"),
        ("[gradient]\nload = [\"red\", 1.5]", "harbor.toml:2: a gradient has two or three colours"),
        (
            "[role]\nbase = { attrs = [\"blink\"] }",
            "harbor.toml:2: unknown attribute \"blink\": there are bold, dim, italic, underline, reverse"
        ),
        (
            "[role]\nbase = { ansi = \"#fff\" }",
            "harbor.toml:2: ansi of \"base\" is not a look: write such as \"bold white on red\", with the names of the sixteen colours"
        ),
        ("[role]\n\"table.row\" = 1\ntable.row = 2", "harbor.toml:3: role \"table.row\" is set twice"),
    ])
    func `what is wrong is said in a sentence`(source: String, problem: String) {
        #expect(self.problems(source) == [problem])
    }

    @Test func `a role falls back to its prefixes and then to base, property by property`() throws {
        let theme = try self.theme(
            """
            background = "#101010"
            [role]
            base = { fg = "#eeeeee", mono = ["italic"] }
            decision = { fg = "#111111", attrs = ["bold"], mono = ["underline"] }
            "decision.deny" = { bg = "#222222" }
            "state.live" = "#333333"
            """)
        let resolved = ResolvedTheme(theme, depth: .truecolor)
        #expect(
            resolved[.decisionDeny] == CellLook(foreground: 0x111111, background: 0x222222, attributes: .bold))
        #expect(
            resolved[.decisionAllow] == CellLook(foreground: 0x111111, background: 0x101010, attributes: .bold))
        #expect(resolved[.stateLive] == CellLook(foreground: 0x333333, background: 0x101010))
        #expect(resolved[.tableRow] == CellLook(foreground: 0xeeeeee, background: 0x101010))
        let mono = ResolvedTheme(theme, depth: .mono)
        #expect(mono[.decisionDeny] == CellLook(attributes: .underline))
        #expect(mono[.base] == CellLook(attributes: .italic))
        #expect(mono[.stateLive] == CellLook(attributes: .bold))
    }

    @Test func `sixteen colours follow ansi, then the hue, and eight colours lose the brightness`() throws {
        let theme = try self.theme(
            """
            [role]
            "decision.allow" = { fg = "#86c06c", ansi = "green" }
            "decision.deny" = { fg = "#ff5040", attrs = ["bold"] }
            "env.prod" = { fg = "#ffffff", bg = "#a00000", ansi = "bold underline bright-white on red" }
            "table.cursor" = { fg = "#000000", bg = "#ffffff", attrs = ["reverse"], ansi = "inherit" }
            "base.muted" = { fg = "#888888", ansi = "bright-black" }
            "state.down" = { fg = "#ff0000", bg = "#d00000" }
            """)
        let sixteen = ResolvedTheme(theme, depth: .colours16)
        #expect(sixteen[.decisionAllow] == CellLook(foreground: 2))
        #expect(sixteen[.decisionDeny] == CellLook(foreground: 1, attributes: .bold))
        #expect(sixteen[.envProd] == CellLook(foreground: 15, background: 1, attributes: [.bold, .underline]))
        #expect(sixteen[.tableCursor] == CellLook())
        #expect(sixteen[.muted] == CellLook(foreground: 8))
        let eight = ResolvedTheme(theme, depth: .colours8)
        #expect(eight[.envProd] == CellLook(foreground: 7, background: 1, attributes: [.bold, .underline]))
        #expect(eight[.muted] == CellLook(attributes: .dim))
        // Red on red would be invisible.
        #expect(sixteen[.stateDown] == CellLook(foreground: 7, background: 1))
    }

    @Test func `a theme with more pairs than a terminal has keeps to the limit and fails the lint`() throws {
        let roles = Role.allCases.enumerated().map { index, role in
            "\"\(role.rawValue)\" = { fg = \"#ffff\(index + 10)\", bg = \"#0000\(index + 10)\" }"
        }
        let theme = try self.theme("mode = \"dark\"\n[role]\n\(roles.joined(separator: "\n"))\n")
        #expect(ResolvedTheme(theme, depth: .truecolor).pairs.count == ResolvedTheme.maximumPairs)
        let lint = ThemeLint(theme)
        #expect(!lint.passes)
        #expect(lint.lines.contains("  Colour pairs: \(Role.allCases.count) of at most 50  FAIL"))
    }

    @Test func `a graph role that is not set takes the middle of its gradient`() throws {
        let theme = try self.theme("[gradient]\nload = [\"#000000\", \"#5fb0d6\", \"#ffffff\"]\n")
        #expect(ResolvedTheme(theme, depth: .truecolor)[.graphLoad].foreground == 0x5fb0d6)
        #expect(ResolvedTheme(theme, depth: .truecolor).ramp(.load).count == 5)
        #expect(ResolvedTheme(theme, depth: .mono).ramp(.load).count == 1)
    }

    @Test func `a gradient has steps where it can and one look where it cannot`() throws {
        let gradient = "[gradient]\nload = [\"#54e9c0\", \"#ecd16a\", \"#ff7a4a\"]\n"
        let dark = try self.theme("mode = \"dark\"\n\(gradient)")
        #expect(ResolvedTheme(dark, depth: .colours256).ramp(.load).count == 5)
        for depth in [ColourDepth.colours16, .colours8, .mono] {
            let resolved = ResolvedTheme(dark, depth: depth)
            #expect(resolved.ramp(.load) == [resolved[.graphLoad]])
        }
    }
}
