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
        let broken = stride(from: 0, to: source.count, by: 41).filter { length in
            !self.read(String(source.prefix(length))).isEmpty
        }
        #expect(broken.count > 10)
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

    @Test(arguments: [".a", "[", "{x=", "={a", "\"", "é", "[\n", ",", "\\", "\"\\u"])
    func `nesting without end is refused`(piece: String) {
        for start in ["", "a", "a = ", "[", "role.base", "role = {", "x = [", "\"", "'"] {
            let problems = self.read(start + String(repeating: piece, count: 10_000))
            #expect(problems.count == 1 && problems[0].line != nil && problems[0].column != nil)
        }
    }

    @Test func `a NUL hides nothing`() {
        #expect(self.read("name = \"x\"\n\0\n[rolle]\n").map(\.description) == ["hostile.toml:2:1: expected a key"])
        #expect(self.read("# \0\n").map(\.description) == ["hostile.toml:1:3: a control character"])
        #expect(self.read("\"na\\u0000me\" = 1\n").map(\.message) == ["no character has this number"])
    }

    @Test func `numbers at the edges are refused`() {
        let source =
            "contrast = nan\n[palette]\na = 9223372036854775807\nb = -9223372036854775808\nc = 99999999999999999999\n"
        #expect(!self.read(source).isEmpty)
        #expect(self.read("contrast = 1.0e999\n").map(\.line) == [1])
        #expect(self.read("contrast = 99.5\n").map(\.message) == ["contrast is 4.5 to 21"])
    }

    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return self.state ^ self.state >> 29
        }
    }
}
