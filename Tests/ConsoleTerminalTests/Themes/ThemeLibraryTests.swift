import Console
import Foundation
import Testing

@testable import ConsoleTerminal

struct ThemeLibraryTests {
    private func message(_ library: ThemeLibrary, _ name: String) -> String? {
        do {
            _ = try library.theme(named: name)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a child changes the palette and its parent's roles follow`() throws {
        let themes = try TemporaryThemes(["mine.toml": "inherits = \"harbor\"\n[palette]\nmoss = \"#123456\"\n"])
        let theme = try themes.library.theme(named: "mine")
        #expect(theme.name == "mine")
        #expect(theme.mode == .dark)
        #expect(ResolvedTheme(theme, depth: .truecolor)[.decisionAllow].foreground == 0x123456)
    }

    @Test func `a user's theme hides the shipped one and may inherit it`() throws {
        let themes = try TemporaryThemes([
            "harbor.toml": "inherits = \"harbor\"\n[role]\n\"decision.deny\" = \"#ff00ff\"\n"
        ])
        let library = themes.library
        #expect(library.entries().first { $0.name == "harbor" }?.origin == .user)
        let resolved = ResolvedTheme(try library.theme(named: "harbor"), depth: .truecolor)
        #expect(resolved[.decisionDeny].foreground == 0xff00ff)
        #expect(resolved[.decisionAllow].foreground == 0x54e9c0)
    }

    @Test func `a cycle is an error with file and line`() throws {
        let themes = try TemporaryThemes([
            "a.toml": "inherits = \"b\"\n", "b.toml": "\ninherits = \"c\"\n", "c.toml": "\n\ninherits = \"a\"\n",
            "own.toml": "inherits = \"own\"\n", "harbor.toml": "inherits = \"paper\"\n",
        ])
        let library = themes.library
        #expect(self.message(library, "a") == "c.toml:3: inherits \"a\", which inherits this theme")
        #expect(self.message(library, "own") == "own.toml:1: inherits \"own\", which inherits this theme")
        #expect(self.message(library, "harbor") == "paper.toml:5: inherits \"harbor\", which inherits this theme")
    }

    @Test func `unknown themes and parents are named`() throws {
        let themes = try TemporaryThemes(["a.toml": "name = \"a\"\ninherits = \"none\"\n"])
        #expect(self.message(themes.library, "a") == "a.toml:2: inherits unknown theme \"none\"")
        #expect(self.message(themes.library, "zz") == "zz.toml: there is no such theme")
        #expect(self.message(themes.library, "../a") == "../a.toml: there is no such theme")
    }

    @Test func `files that are no text are refused`() throws {
        let themes = try TemporaryThemes()
        try Data([0x6e, 0xff, 0xfe]).write(to: themes.url.appendingPathComponent("bytes.toml"))
        try FileManager.default.createDirectory(
            at: themes.url.appendingPathComponent("folder.toml"), withIntermediateDirectories: true)
        try Data(count: 70_000).write(to: themes.url.appendingPathComponent("large.toml"))
        #expect(self.message(themes.library, "bytes") == "bytes.toml: the file is not UTF-8")
        #expect(self.message(themes.library, "folder") == "folder.toml: not a regular file")
        #expect(self.message(themes.library, "large") == "large.toml: a theme has at most 64 KiB")
    }

    @Test func `themes are looked for in the user's folder, the named one, beside the program and in its package`()
        throws
    {
        let package = try TemporaryThemes(["Package.swift": ""])
        try FileManager.default.createDirectory(
            at: package.url.appendingPathComponent("Themes"), withIntermediateDirectories: true)
        let library = ThemeLibrary(
            environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h", "SLUICE_THEMES_DIR": "/t"],
            executable: package.url.appendingPathComponent("build/debug/sluice").path)
        let root = package.url.resolvingSymlinksInPath().path
        #expect(
            library.folders == [
                .init("/c/sluice/themes", origin: .user), .init("/t", origin: .environment),
                .init("\(root)/build/share/sluice/themes", origin: .shipped),
                .init("\(root)/Themes", origin: .shipped),
            ])
        let bare = ThemeLibrary(environment: ["HOME": "/h", "SLUICE_THEMES_DIR": ""], executable: nil)
        #expect(bare.folders == [.init("/h/.config/sluice/themes", origin: .user)])
    }

    @Test func `the choice follows the background the terminal tells`() {
        let choice = ThemeChoice.byBackground(dark: "a", light: "b", fallback: "c")
        #expect(choice.name(for: .dark) == "a")
        #expect(choice.name(for: .light) == "b")
        #expect(choice.name(for: .any) == "c")
        #expect(ThemeChoice.named("x").name(for: .light) == "x")
    }

    @Test func `a choice that cannot be read gives harbor and the message`() throws {
        let themes = try TemporaryThemes(["a.toml": "[role]\n\"tabel.row\" = \"red\"\nrow = 1\n"])
        let (theme, message) = themes.library.theme(for: .named("a"), mode: .dark)
        #expect(theme.name == "harbor")
        #expect(message == "a.toml:2: unknown role \"tabel.row\" (and 1 more)")
    }

    @Test func `a saved file changes the theme and a broken one keeps it`() throws {
        let themes = try TemporaryThemes(["a.toml": "[role]\nbase = \"red\"\n"])
        let library = themes.library
        var watch = ThemeWatch(try library.theme(named: "a"), stamps: library.stamps())
        let load = { (name: String) throws(ThemeError) in try library.theme(named: name) }
        #expect(watch.observe(library.stamps(), load: load) == .none)

        try themes.write("a.toml", "[role]\nbase = \"green\"\n")
        guard case .theme(let green) = watch.observe(library.stamps(), load: load) else {
            Issue.record("The change was not noticed.")
            return
        }
        #expect(ResolvedTheme(green, depth: .colours16)[.base].foreground == 2)

        try themes.write("a.toml", "[role]\nbasse = \"blue\"\n")
        #expect(watch.observe(library.stamps(), load: load) == .broken("a.toml:2: unknown role \"basse\""))
        #expect(watch.theme == green)
        #expect(watch.observe(library.stamps(), load: load) == .none)

        try themes.write("a.toml", "[role]\nbase = \"green\"\n\n")
        #expect(watch.observe(library.stamps(), load: load) == .none)
        #expect(watch.theme == green)
    }

    @Test func `a theme that was broken at the start is used once it is mended`() throws {
        let themes = try TemporaryThemes(["a.toml": "[role]\nbasse = \"red\"\n"])
        let library = themes.library
        let standIn = library.theme(for: .named("a"), mode: .dark).theme
        var watch = ThemeWatch(standIn, name: "a", stamps: library.stamps())
        try themes.write("a.toml", "[role]\nbase = \"red\"\n")
        let change = watch.observe(library.stamps()) { name throws(ThemeError) in try library.theme(named: name) }
        #expect(change == .theme(try library.theme(named: "a")))
        #expect(watch.theme.name == "a")
    }

    @Test func `the lint of a file shows its problems and its parents beside it`() throws {
        let themes = try TemporaryThemes([
            "child.toml": "inherits = \"parent\"\nmode = \"dark\"\n[role]\n\"tabel.row\" = \"red\"\n",
            "parent.toml": "[palette]\nink = \"#202020\"\n[role]\nbase = \"ink\"\n", "child.txt": "",
        ])
        let lint = ThemeLibrary(folders: []).lint(file: themes.url.appendingPathComponent("child.toml").path)
        #expect(!lint.passes)
        #expect(lint.lines[0] == "child (dark): FAIL")
        #expect(lint.lines.contains("  child.toml:4: unknown role \"tabel.row\""))
        #expect(
            lint.lines.contains { $0.contains("base ") && $0.hasSuffix("4.5    1.1    1.2  FAIL") }, "\(lint.lines)")
        let text = ThemeLibrary(folders: []).lint(file: themes.url.appendingPathComponent("child.txt").path)
        #expect(text.problems.map(\.description) == ["child.txt: a theme's file ends in .toml"])
        let none = ThemeLibrary(folders: []).lint(file: themes.url.appendingPathComponent("none.toml").path)
        #expect(none.problems.map(\.description) == ["none.toml: there is no such file"])
    }
}
