import Foundation
import Testing

/// The README and the articles show what the program shows, and leave nothing out.
struct ArticleTests {
    /// The screens of the golden files at 80 columns and 24 rows, without trailing spaces.
    private static func goldenScreens() throws -> Set<String> {
        let golden = "Tests/ConsoleTests/Golden"
        let files = Articles.paths(below: golden).filter { $0.hasSuffix("@80x24.unicode.txt") }
        return Set(
            try files.map { file in
                let rows = try Articles.text("\(golden)/\(file)").split(separator: "\n").filter { $0.hasPrefix("│") }
                return Self.trimmed(rows.map { String($0.dropFirst().dropLast()) })
            })
    }

    private static func trimmed(_ rows: [String]) -> String {
        rows.map { $0.replacing(/\ +$/, with: "") }.joined(separator: "\n").trimmingCharacters(in: .newlines)
    }

    @Test func `the screens in the articles and the README are golden screens`() throws {
        let golden = try Self.goldenScreens()
        var count = 0
        for article in try Articles.all() {
            for block in article.text.matches(of: /(?s)```\n( GATEWAY .*?)```/) {
                let rows = block.output.1.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                #expect(golden.contains(Self.trimmed(rows)), "\(article.name) shows another screen:\n\(block.output.1)")
                count += 1
            }
        }
        #expect(count == 3)
    }

    @Test func `the README names every command of the program`() throws {
        let readme = try Articles.text("README.md")
        let commands = try Articles.text("Sources/sluice/Sluice.swift").matches(of: /(\w+)Command\.self/)
        #expect(commands.count > 10)
        for command in commands {
            let name = command.output.1.lowercased()
            #expect(readme.contains("sluice \(name)") || readme.contains("`\(name)"), "\(name)")
        }
    }

    @Test func `the first page leads to every article`() throws {
        let page = try Articles.text("Sources/sluice/Documentation.docc/sluice.md")
        let readme = try Articles.text("README.md")
        for article in try Articles.all() where !["README.md", "sluice.md"].contains(article.name) {
            #expect(page.contains("<doc:\(article.name.dropLast(".md".count))>"))
            #expect(readme.contains("Documentation.docc/\(article.name)"))
        }
    }
}
