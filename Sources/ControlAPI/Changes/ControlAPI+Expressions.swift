internal import PolicyExpressions
package import Resources

extension ControlAPI {
    /// Parses and type-checks an expression as the engine will.
    ///
    /// - Returns: what is wrong, with its column; nil when it is good.
    @Sendable package static func fault(inExpression text: String, for role: ExpressionRole) -> String? {
        let place: ExpressionPlace =
            switch role {
            case .condition: .aclCondition
            case .resourceNames: .resourceNames
            }
        do {
            _ = try Expression(parsing: text, for: place)
            return nil
        } catch {
            return "column \(error.column): \(error.message)"
        }
    }
}
