import Patterns
package import Resources

/// How one rule meets a question, whether it matches or not.
package struct ACLRuleTrace: Equatable, Sendable {
    package struct Name: Equatable, Sendable {
        /// The glob as written or as evaluated; what is literal in it is escaped.
        package var pattern: String
        package var matches: Bool
    }

    package var rule: Int32
    /// `acl_policy[0]`
    package var ruleName: String
    package var action: ACLRule.Action
    package var type: ResourceType
    /// As written.
    package var operations: [ACLOperation]
    /// The operation in the rule by which it concerns the one asked about; nil when none does.
    package var concernedBy: ACLOperation?
    /// Empty when an expression gives none.
    package var names: [Name]
    /// False when its policy's condition did not hold.
    package var isInForce: Bool

    package func matches(_ type: ResourceType) -> Bool {
        self.isInForce && self.type == type && self.concernedBy != nil && self.names.contains(where: \.matches)
    }
}

extension ACLRuleSet {
    /// Every rule of the configuration against one question, in order.
    package func trace(_ operation: ACLOperation, named name: String) -> [ACLRuleTrace] {
        self.rules.rules.indices.map { position in
            let index = Int32(clamping: position)
            let rule = self.rules.rules[position]
            let layer = self.layers.first { $0.rules.contains(position) }
            return ACLRuleTrace(
                rule: index, ruleName: rule.name, action: rule.action, type: rule.type, operations: rule.operations,
                concernedBy: rule.operation(concerning: operation),
                names: self.globs(of: index).map { .init(pattern: $0.source, matches: $0.matches(name)) },
                isInForce: layer.map { rule.action == .deny || $0.allowsHold } ?? false)
        }
    }
}
