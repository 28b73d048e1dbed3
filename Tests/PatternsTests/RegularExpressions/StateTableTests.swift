import Testing

@testable import Patterns

@Suite struct StateTableTests {
    @Test func `an expression too large for a table still matches`() throws {
        // Sixteen places back: 2^16 states.
        let wide = try RegularExpression(parsing: "x.{16}y$").tabulated()
        #expect(!wide.isTabulated)
        #expect(wide.isFound(in: "ax" + String(repeating: "-", count: 16) + "y"))
        #expect(!wide.isFound(in: "ax" + String(repeating: "-", count: 15) + "y"))
        #expect(!wide.isFound(in: "ax" + String(repeating: "x", count: 16) + "yz"))
    }

    @Test(arguments: [
        ("^é+$", "ééé", true), ("[^a-z]", "abc", false), ("漢.", "漢字", true), ("$", "x", true),
        ("^a|b$", "cb", true), ("^^a", "a", true), ("a$b", "ab", false), ("()", "", true), ("\\bb", "a b", true),
        ("\\bb", "ab", false), ("b\\b", "ab", true), ("\\Bb\\B", "abé", false), ("(?m)^b$", "a\nb\nc", true),
        ("(?m)^b", "ab", false), ("(?m)a$", "a\n", true), ("\\Ab", "ab", false), ("a\\z", "a\n", false),
        ("[^\\x{D7FF}]", "\u{D7FF}", false), ("[\\x{10FFFF}]", "\u{10FFFF}", true),
    ])
    func `a table knows all scalars and assertions`(pattern: String, text: String, expected: Bool) throws {
        let expression = try RegularExpression(parsing: pattern).tabulated()
        #expect(expression.isTabulated)
        #expect(expression.isFound(in: text) == expected)
    }

    @Test(arguments: [
        "[ab]a[ab]{900}c[ab]{500}d", "(?:[a-c].{0,3}){150}w", "(?:(?:.{0,20}x){5}y){4}z", "(?i)(?:\\b.|é\\B){200}q",
    ])
    func `a table is given up after a bounded number of steps`(pattern: String) throws {
        let syntax = try PatternParser.parse(pattern)
        var steps = StateTable.maximumSteps
        #expect(StateTable(Program(syntax), steps: &steps) == nil)
        // One cell at most is begun without steps left: each instruction once for each that leads to it.
        #expect(steps > -4 * syntax.size)
    }
}
