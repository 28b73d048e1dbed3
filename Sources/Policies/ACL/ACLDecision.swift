/// The answer of the rules about one operation on one resource.
package struct ACLDecision: Equatable, Sendable {
    package var isAllowed: Bool
    /// Index of the rule that decided, for ``ACLRuleSet/ruleName(_:)``; ``defaultDeny`` when no rule matches.
    package var rule: Int32

    package init(isAllowed: Bool, rule: Int32) {
        self.isAllowed = isAllowed
        self.rule = rule
    }

    package static let defaultDenyRule: Int32 = -1
    package static let defaultDeny = ACLDecision(isAllowed: false, rule: defaultDenyRule)
}
