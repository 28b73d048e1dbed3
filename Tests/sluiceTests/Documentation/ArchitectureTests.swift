import Foundation
import Testing

/// The article about the architecture says what is in the sources.
struct ArchitectureTests {
    private static func article() throws -> String {
        try Articles.text("Sources/sluice/Documentation.docc/Architecture.md")
    }

    /// The blocks without a language below a heading, such as `Imports`.
    private static func blocks(below heading: String) throws -> [String] {
        let sections = try Self.article().components(separatedBy: "\n## ")
        let section = try #require(sections.first { $0.hasPrefix(heading + "\n") }, "There is no section '\(heading)'.")
        return section.matches(of: /(?s)```\n(.*?)```/).map { String($0.output.1) }
    }

    private static func words(_ text: String) -> [String] {
        text.matches(of: /\w+/).map { String($0.output) }
    }

    // MARK: Imports

    /// What each module of `Package.swift` imports from this package.
    private static func importsOfManifest() throws -> [String: [String]] {
        let manifest = try Articles.text("Package.swift")
        let start = try #require(manifest.range(of: "var targets: [Target] = ["))
        let end = try #require(manifest.range(of: "name: \"TestSupport\""))
        var imports: [String: [String]] = [:]
        for target in manifest[start.upperBound..<end.lowerBound]
            .matches(of: /(?s)(?:module|tool)\(\s*"(\w+)"(?:,\s*\[(.*?)\])?|\.target\(\s*name: "(\w+)"/)
        {
            let (_, name, dependencies, bare) = target.output
            let own = (dependencies ?? "").matches(of: /"(\w+)"/).map { String($0.output.1) }
            // The targets for tests come last; the pattern sees the first of them without its name.
            if let name = name ?? bare { imports[String(name)] = own }
        }
        return imports
    }

    /// What the article says of it.
    private static func importsOfArticle() throws -> [String: [String]] {
        let block = try #require(try Self.blocks(below: "Imports").first)
        var imports: [String: [String]] = [:]
        var module: String?
        for line in block.split(separator: "\n") {
            let sides = line.components(separatedBy: " -> ")
            if sides.count == 2 { module = sides[0].trimmingCharacters(in: .whitespaces) }
            let name = try #require(module, "'\(line)' belongs to no module.")
            imports[name, default: []] += Self.words(sides[sides.count - 1]).filter { $0 != "nothing" }
        }
        return imports
    }

    @Test func `the article lists the imports of the manifest`() throws {
        let manifest = try Self.importsOfManifest()
        try #require(manifest["sluice"]?.contains("Gateway") == true)
        #expect(try Self.importsOfArticle() == manifest)
    }

    @Test func `no module of the list imports a later one in a circle`() throws {
        var open = try Self.importsOfArticle()
        // Takes away modules that import nothing that is left.
        while let (free, _) = open.first(where: { $0.value.allSatisfy { open[$0] == nil } }) { open[free] = nil }
        #expect(open.isEmpty)
    }

    // MARK: The map

    @Test func `the map has each module and each room of the gateway`() throws {
        let map = try #require(try Self.blocks(below: "The map").first)
        let named = Set(map.matches(of: /(\w+)\//).map { String($0.output.1) })
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: Articles.root.appendingPathComponent("Sources").path)
        let rooms = try FileManager.default.contentsOfDirectory(
            atPath: Articles.root.appendingPathComponent("Sources/Gateway").path)
        for folder in modules + rooms where !folder.contains(".") { #expect(named.contains(folder), "\(folder)") }
    }

    @Test func `the folders that begin the lines of the map exist`() throws {
        var module = ""
        for line in try #require(try Self.blocks(below: "The map").first).split(separator: "\n") {
            let folders = line.prefix(26).matches(of: /(\w+)\//).map { String($0.output.1) }
            for folder in folders {
                let path = line.hasPrefix(" ") ? "\(module)/\(folder)" : folder
                if !line.hasPrefix(" ") { module = folder }
                #expect(Articles.paths(below: "Sources").contains(path), "\(path)")
            }
        }
    }

    // MARK: Paths and functions

    @Test func `every file and folder that the articles and the README name exists`() throws {
        let sources = Articles.paths(below: "Sources")
        let names = Set(sources.map { $0.split(separator: "/").last.map(String.init) ?? $0 })
        let tests = Articles.paths(below: "Tests")
        var count = 0
        for article in try Articles.all() {
            for match in article.text.matches(of: /[A-Za-z0-9+_.\/-]+\.(?:swift|c|h|docc\/\w+\.md)\b/) {
                // A name stands for what the reader chooses.
                let path = String(match.output)
                if path.contains(/(^|\/)Name(Command|Configuration|Screen)?(\+\w+)?\.swift$/) { continue }
                let isThere =
                    sources.contains(path) || (!path.contains("/") && names.contains(path))
                    || path.hasPrefix("Tests/") && tests.contains(String(path.dropFirst("Tests/".count)))
                    || FileManager.default.fileExists(atPath: Articles.root.appendingPathComponent(path).path)
                #expect(isThere, "\(article.name) names \(path)")
                count += 1
            }
            for match in article.text.matches(of: /`((?:[A-Z][A-Za-z]+\/)+)`/) {
                let folder = String(match.output.1.dropLast())
                let isThere =
                    sources.contains(folder) || folder == "Sources" || folder == "Specifications"
                    || folder.hasPrefix("Tests/") && tests.contains(String(folder.dropFirst("Tests/".count)))
                #expect(isThere, "\(article.name) names \(folder)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    @Test(arguments: ["A Produce request", "A key press", "A POST to the management API"])
    func `the functions of a walk are in the files named before them`(walk: String) throws {
        var count = 0
        for block in try Self.blocks(below: walk) {
            var file: String?
            var text = ""
            for match in block.matches(of: /([A-Za-z0-9+\/]+\.(?:swift|c))|(\w+)\(\)/) {
                if let path = match.output.1 {
                    file = String(path)
                    text = try Articles.text("Sources/\(path)")
                } else if let function = match.output.2 {
                    let owner = try #require(file)
                    let isThere = text.contains(try Regex("(func |\\b(int|long|unsigned) )\(function)[(<]"))
                    #expect(isThere, "\(owner) has no \(function)()")
                    count += 1
                }
            }
        }
        #expect(count >= 15)
    }
}
