import Patterns
package import Resources

/// A rule that matches an operation on a resource.
package struct ACLMatch: Equatable, Sendable {
    package var rule: Int32
    package var ruleName: String
    package var action: ACLRule.Action
    /// The glob that matches, as written or as evaluated; what is literal in it is escaped.
    package var pattern: String
    /// The operation in the rule: `read` when an allow of it implies the `describe` asked about.
    package var operation: ACLOperation

    package init(
        rule: Int32, ruleName: String, action: ACLRule.Action, pattern: String, operation: ACLOperation
    ) {
        self.rule = rule
        self.ruleName = ruleName
        self.action = action
        self.pattern = pattern
        self.operation = operation
    }
}

extension ACLRuleSet {
    /// Every rule that matches, denies first, each kind in the order of configuration.
    package func explain(_ operation: ACLOperation, on type: ResourceType, named name: String) -> [ACLMatch] {
        let matches = self.layers.flatMap { layer in
            layer.rules.compactMap { position -> ACLMatch? in
                let index = Int32(clamping: position)
                guard let rule = self.rule(index), rule.action == .deny || layer.allowsHold, rule.type == type,
                    let written = rule.operation(concerning: operation),
                    let glob = self.globs(of: index).first(where: { $0.matches(name) })
                else { return nil }
                return ACLMatch(
                    rule: index, ruleName: rule.name, action: rule.action, pattern: glob.source, operation: written)
            }
        }
        return matches.filter { $0.action == .deny } + matches.filter { $0.action == .allow }
    }

    /// A sentence that says why: the rule and its pattern, or that no rule matches.
    package func reason(
        for decision: ACLDecision, operation: ACLOperation, on type: ResourceType, named name: String
    ) -> String {
        let resource = type == .cluster ? "the cluster" : "\(type.singular) \(name.quoted)"
        guard let rule = self.rule(decision.rule) else { return "No rule allows \(operation.words) on \(resource)." }
        let pattern = self.globs(of: decision.rule).first { $0.matches(name) }?.source
        return self.sentence(rule, operation, on: type, pattern)
    }

    /// A sentence that says why ``decideOnAnyName(_:on:)`` decided so.
    package func reasonOnAnyName(for decision: ACLDecision, operation: ACLOperation, on type: ResourceType) -> String {
        guard let rule = self.rule(decision.rule) else {
            return "No rule allows \(operation.words) on any \(type.singular)."
        }
        let sentence = self.sentence(rule, operation, on: type, nil)
        return decision.isAllowed
            ? sentence
            : "Each rule that allows \(operation.words) on a \(type.singular) is covered by a deny rule: \(sentence)"
    }

    private func sentence(
        _ rule: ACLRuleList.Rule, _ operation: ACLOperation, on type: ResourceType, _ pattern: String?
    ) -> String {
        let written = rule.operation(concerning: operation) ?? operation
        let verb = rule.action == .allow ? "allows" : "denies"
        let resources =
            type == .cluster
            ? "the cluster" : pattern.map { "\(type.singular)s matching \($0.quoted)" } ?? "some \(type.singular)s"
        let implied = written == operation || written == .all ? "" : ", and \(written.words) implies \(operation.words)"
        return "\(rule.name) \(verb) \(written.words) on \(resources)\(implied)."
    }
}

extension String {
    /// The text in quotes, on one line and at most 100 scalars long, because names come from clients.
    fileprivate var quoted: String {
        var result = String.UnicodeScalarView()
        for scalar in self.unicodeScalars.prefix(100) {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return "'\(String(result))\(self.unicodeScalars.count > 100 ? "…" : "")'"
    }
}
