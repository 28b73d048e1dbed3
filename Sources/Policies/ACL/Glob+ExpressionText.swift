import Patterns
import PolicyExpressions

extension Glob {
    /// The pattern that an expression came to: what is literal in the text matches itself.
    init(_ text: ExpressionText) {
        self.init(text.runs.map { Part($0.string, isLiteral: $0.isLiteral) })
    }
}
