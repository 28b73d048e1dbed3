import ArgumentParser
import ConsoleTerminal
import Foundation

struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "List and check the themes of the console.",
        subcommands: [Lint.self, List.self])

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Check theme files: every role, contrast, distance for colour-blind eyes, and the theme without colours.",
            discussion:
                "The exit status is 1 when a theme does not pass. `inherits` is looked up first in the folder of the file."
        )

        @Argument(help: "Theme files, such as Themes/harbor.toml.", completion: .file(extensions: ["toml"]))
        var files: [String]

        func run() throws {
            var passes = true
            for file in self.files {
                let lint = ThemeLibrary().lint(file: file)
                for line in lint.lines { Output.line(line) }
                passes = passes && lint.passes
            }
            if !passes { throw ExitCode(1) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the themes that the console finds.")

        @Flag(help: "Print JSON.") var json = false

        private struct Row: Encodable {
            var name: String
            var origin: String
            var path: String?
        }

        func run() throws {
            let entries = ThemeLibrary().entries()
            if self.json {
                return try Output.json(
                    entries.map { Row(name: $0.name, origin: $0.origin.rawValue, path: $0.path) })
            }
            Output.table(entries.map { [$0.name, $0.origin.rawValue, $0.path ?? ""] })
        }
    }
}
