import Testing

@testable import Patterns

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

    /// The answers are those of Python's `re`, but for `$` before a newline at the end and for `\\B` in an empty text:
    /// there RE2 differs.
    @Test(arguments: [
        ("(a|ab)(c|bcd)(d*)", "abcd", true), ("^(?:a|ab)c$", "abc", true), ("^(a*)+$", "aab", false),
        ("x*", "aaa", true), ("a$", "a\n", false), ("(?m)a$", "a\nb", true), ("(?s)^.$", "\n", true),
        ("^.$", "\n", false), ("[^a]", "\n", true), ("\\Ba\\B", "bab", true), ("\\b", "", false), ("\\B", "", true),
        ("a{0}", "b", true), ("^a{0}$", "a", false), ("(?:)", "x", true), ("()|a", "b", true),
        ("[a-c-e]", "-", true), ("[a\\-c]", "b", false), ("[\\w-]", "-", true), ("^[^]]$", "a", true),
        ("(?i)stra\u{DF}e", "STRASSE", false), ("(?i)[^a]", "A", false), ("(?i)k", "\u{212A}", true),
        ("a|", "zzz", true), ("|", "", true), ("(|a)+$", "aaa", true), ("(a|b)*?c", "ababc", true),
        ("^(?:x{2}){3}$", "xxxxxx", true), ("^(?:x{2}){3}$", "xxxxx", false), ("^(?:a{2}){1}$", "aa", true),
        ("^[\\x41-\\x43]+$", "ABC", true), ("[\\t]", "\t", true), ("^(?:(?:a?)*)*$", "aaa", true),
        ("^(a?){3}$", "aaaa", false), ("^(a?){3}$", "aa", true), ("^(?:a+)?$", "", true), ("^(?:a+)?$", "aa", true),
        ("^(?:a?)+$", "b", false), ("^(?:a*)?$", "aaa", true),
    ])
    func `answers as other engines do`(pattern: String, text: String, expected: Bool) throws {
        let expression = try RegularExpression(parsing: pattern)
        #expect(expression.matches(text) == expected)
        #expect(expression.tabulated().isFound(in: text) == expected)
    }

    @Test(arguments: [
        ("AbC", "xaBcx", true), ("[à-ü]", "ABÇ ä", true), ("É", "é", true), ("[^a-z]", "ABC", false),
        ("σ", "Σ", true), ("a.c", "A\nC", true), ("(?-i)a", "A", false), ("k", "\u{212A}", true),
        ("[R-T]", "\u{17F}", true), ("i", "\u{131}", false), ("I", "\u{131}", true), ("\u{1C4}", "\u{1C6}", true),
        ("\\w", "\u{212A}", false),
    ])
    func `options say how a pattern is read`(pattern: String, text: String, expected: Bool) throws {
        let expression = try RegularExpression(
            parsing: pattern, options: .init(ignoresCase: true, dotMatchesNewline: true))
        #expect(expression.isFound(in: text) == expected)
        #expect(expression.tabulated().isFound(in: text) == expected)
    }

    @Test(arguments: [
        ("^a.c$", "abc", true), ("^a.c$", "abbc", false), ("a{2}", "xaay", true), ("^a{2,3}$", "aaaa", false),
        ("^a{2,}$", "aaaa", true), ("[^0-9]", "123", false), ("[A-Z]+1", "xyz1", true), ("\\d{3}", "a123", true),
        ("\\.", "a", false), ("(?:ab)+c", "ababc", true), ("^$", "", true), ("a|^b$", "b", true), ("a?b", "b", true),
        ("\\w\\s\\w", "a b", true), ("x{", "x{", true), ("[]]", "]", true), ("[a-]", "-", true),
    ])
    func `a filter of the console reads patterns so`(pattern: String, text: String, expected: Bool) throws {
        let options = RegularExpression.Options(ignoresCase: true, dotMatchesNewline: true, isLenient: true)
        let expression = try RegularExpression(parsing: pattern, options: options)
        #expect(expression.isFound(in: text) == expected)
        #expect(expression.tabulated().isFound(in: text) == expected)
    }

    @Test(arguments: [
        ("^a**$", "aaa", true), ("^a+*?+$", "", true), ("^(?:ab){2}{2}$", "abababab", true), ("^a??$", "a", true),
        ("{2}", "a{2}", true), ("\\q", "q", true), ("[\\q]", "q", true), ("^a{1}{1}{1}$", "a", true),
        ("\\bq", "aq", false),
    ])
    func `a lenient reading takes signs without a meaning for characters`(
        pattern: String, text: String, expected: Bool
    ) throws {
        #expect(try RegularExpression(parsing: pattern, options: .init(isLenient: true)).isFound(in: text) == expected)
    }

    @Test func `repetitions in a row neither grow nor nest without end`() throws {
        let options = RegularExpression.Options(isLenient: true)
        for sign in ["*", "?", "+", "{1}", "{0}", "{0,}", "*?{1}"] {
            let pattern = "a" + String(repeating: sign, count: 20_000)
            #expect(try RegularExpression(parsing: pattern, options: options).isFound(in: "a"))
        }
        #expect(throws: PatternError.self) {
            try RegularExpression(parsing: "a" + String(repeating: "{2}*", count: 20_000), options: options)
        }
    }

    @Test func `the variants of ASCII letters are those of all letters`() {
        for value in UInt32(0)..<0x80 {
            let short = ScalarSet(ranges: ScalarSet.caseVariants(of: [value...value]))
            #expect(short == ScalarSet(ranges: ScalarSet.caseVariants(of: value...value)), "\(value)")
        }
    }

    @Test func `no letter outside the blocks has another case`() {
        for gap in ScalarSet.complement(of: ScalarSet.casedBlocks + [0x20000...0x10FFFF]) {
            for value in gap {
                guard let properties = Unicode.Scalar(value)?.properties,
                    properties.changesWhenLowercased || properties.changesWhenUppercased
                else { continue }
                // The other case of a ligature is several letters.
                #expect(properties.lowercaseMapping.unicodeScalars.first?.value == value)
                #expect(properties.uppercaseMapping.unicodeScalars.count > 1)
            }
        }
    }

    @Test(arguments: [
        "(a*)*b", "(a|a)*b", "((a?){20}){20}b", "(a{0,30}){0,30}b", "(.*)(.*)(.*)(.*)b", "(?:\\b|a|\\B)*b",
        "(?:(?:a|b|ab)*)*[c-z]{900}b",
    ])
    func `a match takes no more steps than size times length`(pattern: String) throws {
        let size = try PatternParser.parse(pattern).size + 1
        let expression = try RegularExpression(parsing: pattern)
        for length in [0, 1, 10, 100, 1_000] {
            var left = Int.max
            #expect(expression.matches(String(repeating: "a", count: length), steps: &left) == false)
            // At each place an instruction is visited once by itself, and at most once more from each that leads to it.
            #expect(Int.max - left <= 4 * size * (length + 1))
        }
    }

    @Test func `a match ends with its steps`() throws {
        let expression = try RegularExpression(parsing: "(a|b)*c")
        var left = 1_000
        #expect(expression.matches(String(repeating: "ab", count: 1_000), steps: &left) == nil)
        #expect(left <= 0 && left > -100)
    }

    @Test func `work beyond the bound is refused`() throws {
        let expression = try RegularExpression(parsing: "a{1000}b{900}")
        #expect(expression.matches(String(repeating: "a", count: 100_000)) == nil)
    }

    @Test func `nested groups are bounded`() {
        #expect(throws: PatternError.self) { try RegularExpression(parsing: String(repeating: "(", count: 500)) }
        let deep = String(repeating: "(", count: 64) + String(repeating: ")", count: 64)
        #expect(throws: Never.self) { try RegularExpression(parsing: deep) }
        #expect(throws: PatternError(offset: 64, message: "Groups nest more than 64 levels deep.")) {
            try RegularExpression(parsing: "(\(deep))")
        }
    }

    @Test(arguments: [
        String(repeating: "a|", count: 100_000), String(repeating: "(", count: 100_000),
        String(repeating: "[a-z]", count: 100_000), String(repeating: "a{1000}", count: 1_000),
        String(repeating: "(?i:é)", count: 10_000),
    ])
    func `hostile sizes end with an error`(pattern: String) {
        #expect(throws: PatternError.self) { try RegularExpression(parsing: pattern) }
    }
}
