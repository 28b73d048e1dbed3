import Testing

@testable import PolicyExpressions

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("orders", "orders", true), ("orders", "orders-eu", false), ("orders", "my-orders", false),
        ("orders.*", "orders-eu", true), ("a|b", "b", true), ("a|b", "ab", false), ("^orders$", "orders", true),
        ("(?i)ORDERS", "orders", true), ("", "", true), (".*", "a\nb", false),
    ])
    func `all of a name has to match`(pattern: String, name: String, matches: Bool) throws {
        #expect(try #require(NamePattern(pattern)).matchesAll(of: name) == matches)
    }

    @Test(arguments: ["(", ")", "a)(b", "[a", "*", "(?=a)"])
    func `what is no pattern alone is none`(pattern: String) {
        #expect(NamePattern(pattern) == nil)
    }
}
