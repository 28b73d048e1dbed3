import Foundation

/// The README and the articles, as they lie in the sources.
enum Articles {
    struct Article {
        var name: String
        var text: String
    }

    /// A fenced block of shell commands.
    struct ShellBlock {
        var article: String
        /// The first command, without the remark behind it.
        var firstCommand: String
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../..").standardized

    static func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    static func all() throws -> [Article] {
        let folder = "Sources/sluice/Documentation.docc"
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appendingPathComponent(folder).path)
        let articles = names.filter { $0.hasSuffix(".md") }.sorted().map { ($0, "\(folder)/\($0)") }
        return try ([("README.md", "README.md")] + articles).map { Article(name: $0.0, text: try Self.text($0.1)) }
    }

    static func shellBlocks() throws -> [ShellBlock] {
        try Self.all().flatMap { article in
            article.text.matches(of: /(?s)```sh\n(.*?)```/).map { match in
                let commands = match.output.1.split(separator: "\n").filter { !$0.hasPrefix("#") }
                let first = commands.first?.components(separatedBy: "  #").first ?? ""
                return ShellBlock(article: article.name, firstCommand: first.trimmingCharacters(in: .whitespaces))
            }
        }
    }

    /// The paths of all files and folders below a folder, relative to it.
    static func paths(below folder: String) -> Set<String> {
        let start = Self.root.appendingPathComponent(folder).path
        return Set(FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? [])
    }
}
