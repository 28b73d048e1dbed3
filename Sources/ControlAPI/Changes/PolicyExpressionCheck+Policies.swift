internal import PolicyExpressions
package import Resources

extension PolicyExpressionCheck {
    /// Parses and type-checks as the engine will.
    package static let policies = PolicyExpressionCheck(
        condition: { fault($0, for: .aclCondition) }, resourceNames: { fault($0, for: .resourceNames) })

    private static func fault(_ text: String, for place: ExpressionPlace) -> String? {
        do {
            _ = try Expression(parsing: text, for: place)
            return nil
        } catch {
            return "column \(error.column): \(error.message)"
        }
    }
}
