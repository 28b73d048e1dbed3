import Resources
import Testing

@Suite struct WireNameTests {
    /// Pieces of which some are the same text to Swift and different bytes on the wire.
    private static let pieces = [
        "a", "e\u{301}", "\u{e9}", "\u{212b}", "\u{c5}", "A\u{30a}", "\u{1e69}", "s\u{323}\u{307}", "s\u{307}\u{323}",
        "\u{ac00}", "\u{1100}\u{1161}", "\u{2126}", "\u{3a9}", "-", "\u{0}", "\u{10ffff}",
    ]

    private static func names(_ count: Int) -> [String] {
        (0..<count).map { _ in (0..<Int.random(in: 0...3)).map { _ in self.pieces.randomElement() ?? "" }.joined() }
    }

    @Test func `names are equal, found and ordered as their bytes are`() {
        let names = Self.names(400)
        var byBytes: [[UInt8]: Int] = [:]
        var byName: [WireName: Int] = [:]
        for name in names {
            byBytes[Array(name.utf8), default: 0] += 1
            byName[WireName(name), default: 0] += 1
        }
        #expect(byName.count == byBytes.count)
        for (name, count) in byName { #expect(byBytes[Array(name.text.utf8)] == count) }
        for (left, right) in zip(names, names.shuffled()) {
            #expect((WireName(left) == WireName(right)) == (Array(left.utf8) == Array(right.utf8)))
            #expect(left.hasSameBytes(as: right) == (Array(left.utf8) == Array(right.utf8)))
        }
        let sorted = names.sortedByBytes().map { Array($0.utf8) }
        #expect(sorted == sorted.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(names.wireNames.sorted().map(\.text) == names.wireNames.map(\.text).sortedByBytes())
    }

    private struct Key: Hashable {
        @WireName var group: String
        @WireName var member: String
    }

    @Test func `a key with marked names tells spellings apart, and neighbours do not run together`() {
        #expect(Key(group: "caf\u{e9}", member: "m") != Key(group: "cafe\u{301}", member: "m"))
        #expect(Key(group: "caf\u{e9}", member: "m") == Key(group: "caf\u{e9}", member: "m"))
        #expect(Key(group: "ab", member: "c") != Key(group: "a", member: "bc"))
        #expect(Set([Key(group: "a", member: "b"), Key(group: "a", member: "b")]).count == 1)
    }
}
