import Testing

@testable import ConsoleTerminal

/// Whatever a theme file holds, reading it ends with a theme or with problems.
struct HostileThemeTests {
    private func read(_ source: String) -> [ThemeProblem] {
        let reader = ThemeReader(source, file: "hostile.toml")
        var assembly = ThemeAssembly()
        let theme = assembly.theme(named: "hostile", [reader.document])
        for depth in ColourDepth.allCases { _ = ResolvedTheme(theme, depth: depth) }
        return reader.problems + assembly.problems
    }

    @Test(arguments: ["harbor", "tern"])
    func `a theme cut anywhere does not trap`(name: String) throws {
        let source = try ShippedThemes.source(name)
        for length in stride(from: 0, to: source.count, by: 41) {
            _ = ThemeReader(String(source.prefix(length)), file: "cut.toml")
        }
        #expect(!self.read(String(source.prefix(300))).isEmpty)
    }

    @Test func `random bytes do not trap`() {
        var random = Seeded(state: 7)
        for round in 0..<300 {
            let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in
                round.isMultiple(of: 2)
                    ? UInt8.random(in: 0...255, using: &random) : UInt8.random(in: 9...126, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let reader = ThemeReader(text, file: "random.toml")
            #expect(reader.problems.allSatisfy { !$0.message.isEmpty })
        }
    }

    @Test func `a theme with changed bytes does not trap`() throws {
        var random = Seeded(state: 11)
        let source = Array(try ShippedThemes.source("harbor").utf8.prefix(3000))
        for _ in 0..<200 {
            var bytes = source
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...127, using: &random)
            }
            _ = self.read(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func `a file that is too large is refused before it is parsed`() {
        let large = String(repeating: "# nothing\n", count: 7000)
        #expect(self.read(large).map(\.description) == ["hostile.toml: a theme has at most 64 KiB"])
    }

    @Test(arguments: [".a", "[", "{x=", "\"", "é"])
    func `a line that nests without end is refused`(piece: String) {
        let line = "a" + String(repeating: piece, count: 6000)
        #expect(self.read("name = \"x\"\n\(line)\n").map(\.description) == ["hostile.toml:2: a line has at most 1000 bytes"])
    }

    @Test func `nesting within the limits does not trap`() {
        let dots = "a" + String(repeating: ".a", count: 490)
        #expect(!self.read("[\(dots)]\n\(dots) = 1\n").isEmpty)
        #expect(!self.read("[role.\(dots)]\n\(dots) = 1\n").isEmpty)
        #expect(!self.read("a = " + String(repeating: "[\n", count: 20_000)).isEmpty)
    }

    @Test func `a NUL hides nothing`() {
        #expect(self.read("name = \"x\"\n\0\n[rolle]\n").map(\.description) == ["hostile.toml:2: a NUL character"])
        #expect(!self.read("\"na\\u0000me\" = 1\n").isEmpty)
        #expect(!self.read("[role]\n\"ba\\u0000se\" = 1\n\"\\u0000\" = { fg = 1 }\n").isEmpty)
    }

    @Test func `numbers at the edges are refused`() {
        let source = "contrast = nan\n[palette]\na = 9223372036854775807\nb = -9223372036854775808\nc = 99999999999999999999\n"
        #expect(!self.read(source).isEmpty)
        #expect(self.read("contrast = inf\n").map(\.message) == ["contrast is 4.5 to 21"])
        #expect(self.read("contrast = nan\n").map(\.message) == ["contrast is 4.5 to 21"])
    }

    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return self.state ^ self.state >> 29
        }
    }
}
