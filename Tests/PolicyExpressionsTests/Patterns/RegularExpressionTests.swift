import Testing

@testable import PolicyExpressions

@Suite struct RegularExpressionTests {
    @Test(arguments: [
        ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true), ("^$", "", true), ("", "x", true),
        ("a.c", "abc", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true), ("a|b|", "zzz", true),
        ("^(a|bc)+$", "abcbca", true), ("^(a|bc)+$", "abcb", false), ("^a*$", "aaaa", true), ("^a+?$", "aaa", true),
        ("^a?b$", "b", true), ("^a{2,3}$", "aaaa", false), ("^a{2,3}$", "aaa", true), ("^a{2}$", "aaa", false),
        ("^a{2,}$", "aaaaaa", true), ("^a{0}b$", "b", true), ("a{,3}", "a{,3}", true), ("^a{x$", "a{x", true),
        ("^[a-c_]+$", "ab_c", true), ("^[^a-c]+$", "xyz", true), ("^[^a-c]+$", "xbz", false), ("^[]a]+$", "]a", true),
        ("^[a-]+$", "a-a", true), ("^\\d+\\D$", "12x", true), ("^[\\d.]+$", "1.2", true),
        ("^\\w+\\s\\S$", "a_1 x", true),
        ("^[[:alpha:]]+[[:^alpha:]]$", "ab1", true), ("\\bab\\b", "x ab y", true), ("\\bab\\b", "xab", false),
        ("a\\Bb", "ab", true), ("(?i)^abc$", "aBC", true), ("^a(?i:b)c$", "aBc", true), ("^a(?i:b)c$", "aBC", false),
        ("(?i)[a-z]É", "Xé", true), ("(?-i)a", "A", false), ("(?P<n>a)(?:b)(?<m>c)", "abc", true), ("^.$", "é", true),
        ("^\\x41\\x{1F600}$", "A😀", true), ("\\A\\z", "", true), ("(?m)^b$", "a\nb\nc", true),
        ("^b$", "a\nb\nc", false),
        ("^\\.\\*\\[$", ".*[", true), ("(a*)*b", "aaac", false), ("((a?)*)*$", "x", true), ("[^\\d]", "1", false),
        ("^(?:(?:a)|b)$", "b", true), ("}", "}", true), ("^\\_$", "_", true), ("^[\\]]$", "]", true),
    ])
    func `matches anywhere unless anchored`(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(parsing: pattern).matches(text) == expected)
    }

    @Test(arguments: [
        ("a(", 1, "'(' has no ')'; write '\\(' for the character."),
        ("a)", 1, "')' has no '(' before it; write '\\)' for the character."),
        ("[a", 0, "'[' has no ']'; write '\\[' for the character."),
        ("*a", 0, "'*' has nothing before it to repeat; write '\\*' for the character."),
        ("a|+", 2, "'+' has nothing before it to repeat; write '\\+' for the character."),
        ("{2}", 0, "The counts have nothing before them to repeat; write '\\{' for the character."),
        ("a**", 2, "A repetition follows a repetition; put the first one in '(?:' and ')'."),
        ("(a)\\1", 3, "The back-reference '\\1' is not supported: patterns are RE2's."),
        ("x(?!a)", 1, "Look-around '(?!' is not supported: patterns are RE2's."),
        ("(?<=a)b", 0, "Look-around '(?<=' is not supported: patterns are RE2's."),
        ("(?z)", 0, "'(?z' is not supported; flags are i, m, s and U."),
        ("a\\", 1, "The pattern ends in '\\'; write '\\\\' for a backslash."),
        ("\\q", 0, "'\\q' is not an escape of patterns."),
        ("\\pL", 0, "The class '\\p' is not supported; write ranges in brackets."),
        ("[z-a]", 1, "The range in brackets is in the wrong order."),
        ("a{3,2}", 1, "The repetition's bounds are in the wrong order."),
        ("a{1001}", 1, "A repetition has at most 1000 rounds."),
        ("a{99999999999999999999}", 1, "A repetition has at most 1000 rounds."),
        ("((a{1000}){1000}){1000}", 10, "This repetition makes the pattern too large; use smaller counts."),
        ("[[:nope:]]", 1, "Unknown class '[:nope:]'; known are [:alpha:], [:digit:], [:alnum:] and so on."),
        ("\\x4", 0, "'\\x' takes two hexadecimal digits, or some in braces."),
    ])
    func `a pattern outside RE2 is refused at its place`(pattern: String, offset: Int, message: String) {
        let error = #expect(throws: PatternError.self) { try RegularExpression(parsing: pattern) }
        #expect(error?.offset == offset)
        #expect(error?.message == message)
    }

    @Test(arguments: [("(a+)+$", false), ("(a|a)*b", false), ("(.*)(.*)(.*)x", false), ("(a?){50}a{50}", true)])
    func `no pattern blows up`(pattern: String, expected: Bool) throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try RegularExpression(parsing: pattern).matches(text) == expected)
    }

    @Test func `work beyond the bound is refused`() throws {
        let expression = try RegularExpression(parsing: "a{1000}b{900}")
        #expect(expression.matches(String(repeating: "a", count: 100_000)) == nil)
    }

    @Test func `nested groups are bounded`() {
        #expect(throws: PatternError.self) { try RegularExpression(parsing: String(repeating: "(", count: 500)) }
    }
}
