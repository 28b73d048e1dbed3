import Testing

@testable import Patterns

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("orders", "orders", true), ("orders", "orders-eu", false), ("orders", "my-orders", false),
        ("orders.*", "orders-eu", true), ("a|b", "b", true), ("a|b", "ab", false), ("^orders$", "orders", true),
        ("(?i)ORDERS", "orders", true), ("", "", true), (".*", "a\nb", false),
    ])
    func `all of a name has to match`(pattern: String, name: String, matches: Bool) throws {
        #expect(try NamePattern(pattern).matching([name], steps: 1_000_000) == (matches ? [name] : []))
    }

    @Test(arguments: ["(", ")", "a)(b", "[a", "*", "(?=a)"])
    func `what is no pattern alone is none`(pattern: String) {
        #expect(throws: NamePattern.Refusal.invalid) { try NamePattern(pattern) }
    }

    @Test(arguments: ["a{6}", "aaaaaa", "(a{1000}){1000}", "a?b?c?", "(?:a{2}){3}"])
    func `a pattern has a size, and may be too large`(pattern: String) {
        #expect(throws: NamePattern.Refusal.tooLarge) { try NamePattern(pattern, maximumSize: 5) }
    }

    @Test func `a pattern of just the size that it may have is one`() throws {
        #expect(try NamePattern("aaaaa", maximumSize: 5).matching(["aaaaa"], steps: 1_000) == ["aaaaa"])
        #expect(throws: NamePattern.Refusal.tooLarge) { try NamePattern("[abc]", maximumBytes: 4) }
    }

    @Test(arguments: ["((?:){1000}){1000}", "(((((a{0}){1000}){1000}){1000}){1000}){1000}", "((()*)*)*"])
    func `repetitions of nothing are nothing`(pattern: String) throws {
        #expect(try NamePattern(pattern).matching(["", "a"], steps: 1_000) == [""])
    }

    @Test func `all names share one number of steps`() throws {
        let pattern = try NamePattern("(a|b)*c")
        let names = (0..<100).map { _ in "abababab" }
        #expect(pattern.matching(names, steps: 100_000) == [])
        #expect(pattern.matching(Array(names.prefix(1)), steps: 1_000) == [])
        #expect(pattern.matching(names, steps: 1_000) == nil)
        #expect(pattern.matching([], steps: 0) == [])
    }
}
