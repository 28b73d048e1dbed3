import Console
import Foundation
import Testing

@testable import ConsoleTerminal

struct ShippedThemesTests {
    @Test(arguments: ShippedThemes.names)
    func `a shipped theme passes the lint`(name: String) throws {
        let lint = ThemeLint(try ShippedThemes.library.theme(named: name))
        #expect(lint.passes, "\(lint.lines.joined(separator: "\n"))")
    }

    @Test func `no other theme is shipped`() {
        #expect(ShippedThemes.library.entries().map(\.name) == ShippedThemes.names.sorted())
    }

    @Test(arguments: ShippedThemes.names, ColourDepth.allCases)
    func `every role resolves to colours of the depth`(name: String, depth: ColourDepth) throws {
        let resolved = ResolvedTheme(try ShippedThemes.library.theme(named: name), depth: depth)
        let limit =
            switch depth {
            case .truecolor: 0xffffff
            case .colours256: 255
            case .colours16: 15
            case .colours8: 7
            case .mono: -1
            }
        for role in Role.allCases {
            let look = resolved[role]
            #expect((-1...limit).contains(look.foreground), "\(role)")
            #expect((-1...limit).contains(look.background), "\(role)")
            #expect(look.foreground < 0 || look.foreground != look.background, "\(role)")
            #expect(resolved.pairs.contains(.init(foreground: look.foreground, background: look.background)))
        }
        #expect(resolved.pairs.count <= ResolvedTheme.maximumPairs)
        for gradient in GradientName.allCases {
            let ramp = resolved.ramp(gradient)
            #expect((1...5).contains(ramp.count))
            #expect(resolved.look(gradient, at: 0) == ramp.first)
            #expect(resolved.look(gradient, at: 1) == ramp.last)
            #expect(resolved.look(gradient, at: .nan) == ramp.first)
            #expect(resolved.look(gradient, at: .infinity) == ramp.last)
            #expect(resolved[Ink(gradient.role)] == resolved[gradient.role])
            let inks = (Ink.lowest...Ink.highest).map { resolved[Ink(gradient.role, level: $0)] }
            #expect(resolved[Ink(gradient.role, level: Ink.zero)] == resolved[.graphAbsent])
            #expect(inks.first == ramp.first && inks.last == ramp.last)
            if ![.truecolor, .colours256].contains(depth) { #expect(Set(inks) == [resolved[gradient.role]]) }
        }
    }

    @Test(arguments: ShippedThemes.names, ColourDepth.allCases)
    func `allow and deny look different at every depth`(name: String, depth: ColourDepth) throws {
        let resolved = ResolvedTheme(try ShippedThemes.library.theme(named: name), depth: depth)
        #expect(resolved[.decisionAllow] != resolved[.decisionDeny])
        #expect(resolved[.tableRow] != resolved[.tableCursor])
    }

    @Test(arguments: ShippedThemes.names)
    func `without colours deny and error stand out by attributes`(name: String) throws {
        let resolved = ResolvedTheme(try ShippedThemes.library.theme(named: name), depth: .mono)
        #expect(resolved[.decisionDeny].attributes.contains(.reverse))
        #expect(resolved[.decisionAllow].attributes != resolved[.decisionDeny].attributes)
        #expect(resolved[.decisionAllow].attributes != resolved[.decisionError].attributes)
    }

    @Test func `a theme that sets nothing is told apart by the built-in attributes`() {
        let lint = ThemeLint(Theme(name: "empty"))
        #expect(!lint.lookalikes.contains { $0.depth == .mono }, "\(lint.lines)")
    }

    @Test(arguments: ["high-contrast", "high-contrast-day"])
    func `the high-contrast themes hold seven to one`(name: String) throws {
        let theme = try ShippedThemes.library.theme(named: name)
        #expect(theme.contrast == 7)
        let rows = ThemeLint(theme).contrast
        #expect(rows.allSatisfy { ($0.has ?? 0) >= 4.5 && ($0.hasAt256 ?? 0) >= 4.5 })
        #expect(rows.filter { $0.need == 7 }.count == Role.allCases.count - 6)
    }

    /// `UPDATE_GOLDEN=1` writes the Swift copies anew.
    @Test func `the embedded themes are the files`() throws {
        let folder = ShippedThemes.root.appendingPathComponent("Themes").path
        let names = ThemeFolder.files(in: folder).map { String($0.dropLast(".toml".count)) }.sorted()
        #expect(names == ShippedThemes.names.sorted())
        // `high-contrast` is `highContrast`.
        func identifier(_ name: String) -> String {
            let words = name.split(separator: "-")
            return words.dropFirst().reduce(String(words[0])) { $0 + $1.capitalized }
        }
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            var swift = """
                // swift-format-ignore-file
                // The themes that are always there, copied from Themes/. A test keeps them equal and, with
                // UPDATE_GOLDEN=1, writes this file.

                /// Text of the themes the console has without any folder, by name.
                enum EmbeddedThemes {
                    static let sources = [
                        \(names.map { "\"\($0)\": \(identifier($0))" }.joined(separator: ", ")),
                    ]

                """
            for name in names {
                swift +=
                    "\n    private static let \(identifier(name)) = #\"\"\"\n\(try ShippedThemes.source(name))\"\"\"#\n"
            }
            swift += "}\n"
            let url = ShippedThemes.root.appendingPathComponent(
                "Sources/ConsoleTerminal/Themes/EmbeddedThemes.swift")
            try swift.write(to: url, atomically: true, encoding: .utf8)
            return
        }
        #expect(EmbeddedThemes.sources.keys.sorted() == names.sorted())
        for name in names {
            // A multi-line literal has no newline before its closing quotes.
            #expect(EmbeddedThemes.sources[name].map { $0 + "\n" } == (try ShippedThemes.source(name)), "\(name)")
        }
    }

    @Test func `the embedded themes are enough`() throws {
        let library = ThemeLibrary(folders: [])
        #expect(library.entries().map(\.name) == ShippedThemes.names.sorted())
        #expect(library.entries().allSatisfy { $0.path == nil })
        for entry in library.entries() {
            let theme = try library.theme(named: entry.name)
            #expect(theme == (try ShippedThemes.library.theme(named: entry.name)))
        }
    }

    @Test func `the picker shows what is needed and what there is`() throws {
        let previews = ShippedThemes.library.previews()
        #expect(previews.map(\.name) == ShippedThemes.names.sorted())
        #expect(previews.allSatisfy { $0.passes && $0.warnings.isEmpty })
        let modes = Dictionary(uniqueKeysWithValues: previews.map { ($0.name, $0.summary.mode) })
        #expect(modes["harbor"] == "dark")
        #expect(modes["ansi16"] == "terminal")
        #expect(modes["mono"] == "no colour")
        let harbor = try #require(previews.first { $0.name == "harbor" }).summary
        #expect(harbor.notes.contains("mono: deny is bold+reverse, allow plain  pass"))
    }

    @Test func `the documentation of themes names every role`() throws {
        let url = ShippedThemes.root.appendingPathComponent("Themes/README.md")
        let text = try String(contentsOf: url, encoding: .utf8)
        for role in Role.allCases { #expect(text.contains("`\(role.rawValue)`"), "\(role.rawValue)") }
        let examples = text.components(separatedBy: "```toml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(examples.count == 2)
        for example in examples { #expect(ThemeReader(example, file: "README.md").problems.isEmpty) }
    }
}
