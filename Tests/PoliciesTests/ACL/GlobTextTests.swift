import Patterns
import PolicyExpressions
import Testing

@testable import Policies

@Suite struct GlobTextTests {
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
}
