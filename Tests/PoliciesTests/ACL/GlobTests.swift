import PolicyExpressions
import Testing

@testable import Policies

@Suite struct GlobTests {
    @Test(arguments: [
        ("*", "", true), ("*", "anything", true), ("**", "x", true), ("orders", "orders", true),
        ("orders", "orders2", false), ("orders", "Orders", false), ("or*", "orders", true), ("or*", "or", true),
        ("or*", "o", false), ("*ers", "orders", true), ("*r*r*", "orders", true), ("*r*r*r*", "orders", false),
        ("o?ders", "orders", true), ("?", "", false), ("?", "é", true), ("??", "é", false), ("*??", "é", false),
        ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[!a-c]x", "dx", true), ("[^a-c]x", "bx", false),
        ("[]]", "]", true), ("[!]]", "]", false), ("[a-]", "-", true), ("[z-a]", "z", true), ("[z-a]", "m", false),
        ("[abc", "[abc", true), ("[", "[", true), ("[]", "[]", true), ("[a\\]b]", "]", true), ("a\\*", "a*", true),
        ("a\\*", "ab", false), ("a\\\\*", "a\\b", true), ("a\\", "a\\", true), ("[é-ü]", "ö", true), ("", "", true),
        ("", "a", false), ("\\é", "é", true), ("a*b?c[d]*", "aXXb1cdYY", true), ("*a", "aab", false),
    ])
    func `matches the whole name`(pattern: String, name: String, expected: Bool) {
        #expect(Glob(pattern: pattern).matches(name) == expected)
    }

    @Test func `equality is by code point`() {
        #expect(!Glob(pattern: "\u{e9}").matches("e\u{301}"))
        #expect(!Glob(pattern: "e*").matches("\u{e9}"))
    }

    @Test func `hostile patterns and names take no exponential time`() {
        let pattern = String(repeating: "*a", count: 500) + "b"
        #expect(!Glob(pattern: pattern).matches(String(repeating: "a", count: 5_000)))
        #expect(Glob(pattern: String(repeating: "[", count: 4_000)).matches(String(repeating: "[", count: 4_000)))
    }

    @Test func `literal parts match themselves`() {
        func text(_ literal: String, _ pattern: String) -> ExpressionText {
            var text = ExpressionText(literal: literal)
            text.append(ExpressionText(pattern: pattern))
            return text
        }
        let glob = Glob(text("ali*[x]?\\", "-*"))
        #expect(glob.matches("ali*[x]?\\-1"))
        #expect(!glob.matches("alice[x]?\\-1"))
        #expect(glob.source == "ali\\*\\[x\\]\\?\\\\-*")
        var set = ExpressionText(pattern: "[")
        set.append(text("a-c]", "]"))
        #expect(Glob(set).matches("-"))
        #expect(Glob(set).matches("]"))
        #expect(!Glob(set).matches("b"))
    }

    @Test(arguments: [
        ("*", "x-*", true), ("x-*", "x-write", true), ("x-*", "x-*", true), ("x-*", "x-y-*", true),
        ("x-y-*", "x-*", false),
        ("x-write", "x-*", false), ("x-write", "*", false), ("a", "a", true), ("?", "a", true), ("?", "*", false),
        ("*b", "a*b", true), ("*b", "a*", false), ("[ab]*", "a*", true), ("[ab]*", "c*", false), ("[ab]", "[ab]", true),
        ("?*", "[ab]*", true), ("*?", "?*", false), ("a*c", "abc", true), ("*a*b*", "xaybz", true), ("", "", true),
        ("?", "[ab]", true), ("[ab]", "?", false),
    ])
    func `covers what is surely within`(wide: String, narrow: String, expected: Bool) {
        #expect(Glob(pattern: wide).covers(Glob(pattern: narrow)) == expected)
    }
}
