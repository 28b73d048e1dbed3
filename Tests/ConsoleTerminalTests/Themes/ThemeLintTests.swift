import Console
import Testing

@testable import ConsoleTerminal

struct ThemeLintTests {
    private func lint(_ source: String) -> ThemeLint {
        let reader = ThemeReader(source, file: "x.toml")
        var assembly = ThemeAssembly()
        let theme = assembly.theme(named: "x", [reader.document])
        return ThemeLint(theme, problems: reader.problems + assembly.problems)
    }

    private func row(_ lint: ThemeLint, _ role: Role) throws -> ThemeLint.Contrast {
        try #require(lint.contrast.first { $0.role == role })
    }

    @Test func `text on an unknown background is measured against the worst one`() throws {
        let lint = self.lint("mode = \"dark\"\n[role]\nbase = \"#808080\"\n")
        #expect(try self.row(lint, .base).has?.oneDecimal == "3.5")
        #expect(try !self.row(lint, .base).passes)
        #expect(try self.row(lint, .chromeBorder).passes)
    }

    @Test func `the terminal's text on a fixed fill is a failure, both of the terminal are not`() throws {
        let lint = self.lint("[role]\n\"table.cursor\" = { bg = \"#203040\" }\n")
        #expect(try self.row(lint, .tableCursor).note == "the terminal's own text colour on a fixed background")
        #expect(try self.row(lint, .base).passes)
        #expect(try self.row(lint, .base).has == nil)
    }

    @Test func `dim text is a failure where contrast is promised`() throws {
        let lint = self.lint("mode = \"dark\"\n[role]\n\"base.muted\" = { fg = \"#ffffff\", attrs = [\"dim\"] }\n")
        #expect(try !self.row(lint, .muted).passes)
    }

    @Test func `red against green fails for the eyes that lack a cone`() {
        let lint = self.lint(
            "mode = \"dark\"\n[role]\n\"decision.allow\" = \"#9bd67c\"\n\"decision.deny\" = \"#ef7a63\"\n")
        let failed = lint.vision.filter { !$0.passes }.map(\.vision)
        #expect(failed == [.deutan, .protan])
        #expect(!lint.passes)
    }

    @Test func `roles that only colour tells apart are named`() {
        let lint = self.lint("[role]\n\"decision.deny\" = { fg = \"red\", mono = [] }\n")
        #expect(lint.lookalikes.contains(.init(one: .decisionAllow, other: .decisionDeny, depth: .mono)))
        #expect(lint.lines.contains("   decision.allow and decision.deny look the same at depth mono"))
    }

    @Test func `gradients that cannot be seen or do not change are problems`() {
        let lint = self.lint(
            "mode = \"dark\"\n[gradient]\nallow = [\"#202020\", \"#ffffff\"]\nload = [\"#5fb0d6\", \"#5fb0d6\"]\n")
        let messages = lint.problems.map(\.message)
        #expect(messages.contains { $0.hasPrefix("gradient \"allow\" has a colour of contrast 1.") })
        #expect(messages.contains("gradient \"load\" ends as it begins"))
    }

    @Test func `the report of a theme has a row for every role`() {
        let lines = ThemeLint.report(.plain)
        #expect(lines[0] == "plain (any): FAIL")
        for role in Role.allCases { #expect(lines.contains { $0.hasPrefix("   \(role.rawValue) ") }) }
        #expect(lines.allSatisfy { $0.count <= 80 })
    }
}
