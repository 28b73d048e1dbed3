import Testing

@testable import Patterns

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
        let glob = Glob([.init("ali*[x]?\\", isLiteral: true), .init("-*", isLiteral: false)])
        #expect(glob.matches("ali*[x]?\\-1"))
        #expect(!glob.matches("alice[x]?\\-1"))
        #expect(glob.source == "ali\\*\\[x\\]\\?\\\\-*")
        #expect(Glob(pattern: glob.source) == glob)
        #expect(Glob(literal: "a*").form == .exact("a*"))
        let set = Glob([.init("[", isLiteral: false), .init("a-c]", isLiteral: true), .init("]", isLiteral: false)])
        #expect(set.matches("-"))
        #expect(set.matches("]"))
        #expect(!set.matches("b"))
    }

    @Test(arguments: [
        ("Orders*", "oRDERS-1", true), ("orders", "ORDERS", true), ("[a-c]?", "BX", true), ("[!a-c]", "B", false),
        ("é", "É", true), ("a\\Bc", "AbC", true), ("orders", "order", false), ("*é?", "xxÉy", true),
        ("Keys", "\u{212A}EY\u{17F}", true), ("`", "@", false), ("{", "[", false),
    ])
    func `a caseless glob takes both cases`(pattern: String, name: String, expected: Bool) {
        #expect(Glob(pattern: pattern, options: .init(ignoresCase: true)).matches(name) == expected)
    }

    @Test func `without classes a bracket is a character`() {
        let glob = Glob(pattern: "[a]*", options: .init(hasClasses: false))
        #expect(glob.matches("[a]x"))
        #expect(!glob.matches("ax"))
        #expect(glob != Glob(pattern: "[a]*"))
    }

    @Test func `a pattern has the fastest of four forms`() {
        #expect(Glob(pattern: "**").form == .any)
        #expect(Glob(pattern: "a\\*").form == .exact("a*"))
        #expect(Glob(pattern: "a-*").form == .prefix(Array("a-".utf8)))
        #expect(Glob(pattern: "1*", options: .init(ignoresCase: true)).form == .prefix(Array("1".utf8)))
        #expect(Glob(pattern: "a?").form == .general(GlobElements(list: [.scalar(0x61), .one])))
    }

    @Test(arguments: [("*a*a*a*b", 300), ("*a", 3_000), ("a*a*a?*?c", 300), ("****", 100), ("*[a-b][!b]*c*", 300)])
    func `a match takes no more comparisons than the product of the lengths`(pattern: String, length: Int) {
        guard case .general(let elements) = Glob(pattern: pattern + "?").form else { return }
        var comparisons = 0
        _ = elements.consumes(String(repeating: "a", count: length).unicodeScalars) { element, scalar in
            comparisons += 1
            return elements.accepts(scalar.value, element)
        }
        #expect(comparisons > 0 && comparisons <= elements.list.count * (length + 1))
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
