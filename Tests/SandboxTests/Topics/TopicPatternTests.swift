import Testing

@testable import Sandbox

@Suite struct `Topic pattern` {
    @Test(
        arguments: [
            ("orders", "orders", true),
            ("orders", "orders2", false),
            ("^orders$", "orders", true),
            ("order.*", "orders.eu", true),
            ("a|bc+", "bccc", true),
            ("(a|b)*c?", "ababa", true),
            ("(?:ab){2}", "abab", true),
            ("(?:ab){2}", "ab", false),
            ("a{1,3}", "aaaa", false),
            ("a{2,}", "aaaa", true),
            ("[a-c_]+-\\d{2}", "a_c-07", true),
            ("[^a-c]+", "xyz", true),
            ("[^a-c]+", "xaz", false),
            ("[]x]", "]", true),
            ("a\\.b", "axb", false),
            ("\\w+", "topic_1", true),
            ("x{", "x{", true),
            ("(?P<name>x)", "x", true),
            ("", "", true),
            ("a^b", "ab", false),
        ] as [(String, String, Bool)])
    func `whole names match or not`(pattern: String, name: String, expected: Bool) throws {
        #expect(try #require(TopicPattern(pattern)).matches(name) == expected)
    }

    @Test(arguments: [
        "(", ")", "a)", "[a", "*a", "a**", "a{3,2}", "[z-a]", "\\", "\\q", "(?=a)", "((a{1000}){1000}){1000}",
        String(repeating: "(", count: 500) + String(repeating: ")", count: 500),
    ])
    func `what is no pattern, or too large a one, is refused`(pattern: String) {
        #expect(TopicPattern(pattern) == nil)
    }

    @Test func `no pattern makes it slow`() throws {
        let pattern = try #require(TopicPattern("(a*)*(a|aa)+b"))
        #expect(!pattern.matches(String(repeating: "a", count: 3000)))
    }
}
