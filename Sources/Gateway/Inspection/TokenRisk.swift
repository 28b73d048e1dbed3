import EngineInterface
import Policies
import Resources

/// The last check on a token: whether its values become patterns that match more than intended.
enum TokenRisk {
    static let name = "glob risk"

    static let notMade = TokenCheckReport.Check(
        name: name, outcome: .skipped, detail: "Not made, because an earlier check failed.")

    /// - Parameter rules: The rules that apply to the token; nil under `passthrough`.
    static func check(
        _ context: AuthenticationContext, rules: ACLRuleSet?, policies: [ClusterPolicy]
    ) -> TokenCheckReport.Check {
        guard let rules else {
            return .init(
                name: self.name, outcome: .skipped, detail: "acl_mode is passthrough: no rule names resources.")
        }
        var traces = rules.trace(.read, named: "")[...]
        var risks: [String] = []
        var literals: [String] = []
        var expressions = 0
        for policy in policies where policy.enabled {
            let own = traces.prefix(policy.rules.count)
            traces = traces.dropFirst(own.count)
            for (trace, rule) in zip(own, policy.rules) where trace.isInForce {
                guard case .expression(let text) = rule.resourceNames else { continue }
                expressions += 1
                var isEmptied = false
                for mention in MentionedValues.of(text, in: context) {
                    guard let value = mention.value else { continue }
                    let strings = MentionedValues.strings(in: value)
                    if strings.contains("") { isEmptied = true }
                    guard strings.contains(where: { $0.contains { "*?[]\\".contains($0) } }) else { continue }
                    if mention.isPattern {
                        risks.append("\(trace.ruleName) takes \(mention.path) as a pattern, and it has wildcards")
                    } else {
                        literals.append(mention.path)
                    }
                }
                // Such a rule has failed closed: an allow rule matches no name, a deny rule every name.
                if isEmptied, rules.hasFailed(trace.ruleName) {
                    let effect =
                        trace.action == .allow
                        ? "matches nothing" : "matches every \(trace.type.rawValue)"
                    risks.append("\(trace.ruleName) \(effect) because a value beside a wildcard is empty")
                }
            }
        }
        if !risks.isEmpty {
            return .init(name: self.name, outcome: .warning, detail: risks.joined(separator: "; ") + ".")
        }
        if !literals.isEmpty {
            return .init(
                name: self.name, outcome: .passed,
                detail: "Wildcards in \(literals.joined(separator: ", ")) are taken literally.")
        }
        return .init(
            name: self.name, outcome: .passed,
            detail: expressions == 0
                ? "No rule in force takes resource names from the token."
                : "Values used in resource_names hold no wildcards.")
    }
}
