import EngineInterface
import Policies
import PolicyExpressions
import Resources

/// How each policy and rule met one question, in words.
struct AccessSteps {
    typealias Step = AccessExplanation.Step

    let judge: AccessJudge
    let rules: ACLRuleSet
    let operation: ACLOperation
    let type: ResourceType
    let name: String

    var all: [Step] {
        var steps: [Step] = []
        var traces = self.rules.trace(self.operation, named: self.name)[...]
        for policy in self.judge.policies {
            let policyName = policy.name ?? policy.id
            guard policy.enabled else {
                steps.append(
                    Step(
                        policy: policyName, rule: nil, action: nil, matched: false, details: ["the policy is disabled"])
                )
                continue
            }
            let own = traces.prefix(policy.rules.count)
            traces = traces.dropFirst(own.count)
            let condition = self.condition(of: policy)
            if !own.contains(where: \.isInForce) {
                steps.append(Step(policy: policyName, rule: nil, action: nil, matched: false, details: condition))
                continue
            }
            for (position, (trace, rule)) in zip(own, policy.rules).enumerated() {
                steps.append(
                    Step(
                        policy: policyName, rule: position, action: trace.action, matched: trace.matches(self.type),
                        details: condition + self.details(of: trace, rule)))
            }
        }
        return steps
    }

    /// The condition's lines; none for a policy without a condition.
    private func condition(of policy: ClusterPolicy) -> [String] {
        guard let text = policy.condition, !text.isEmpty else { return [] }
        let outcome: String
        do {
            let expression = try Expression(parsing: text, for: .aclCondition)
            outcome = try expression.evaluateCondition(self.judge.context.variables) ? "holds" : "does not hold"
        } catch {
            outcome = "failed: \(error)"
        }
        return ["condition \(text) \(outcome)"] + self.mentions(in: text)
    }

    private func mentions(in text: String) -> [String] {
        MentionedValues.of(text, in: self.judge.context).map { "  \($0.sentence)" }
    }

    private func details(of trace: ACLRuleTrace, _ rule: ACLRule) -> [String] {
        guard trace.isInForce else { return ["an allow rule does not count when the condition failed"] }
        var details: [String] = []
        details.append(
            trace.type == self.type
                ? "resource_type \(self.type.rawValue)"
                : "resource_type \(trace.type.rawValue) is not \(self.type.rawValue)")
        let written = trace.operations.map(\.rawValue).joined(separator: ", ")
        switch trace.concernedBy {
        case self.operation?: details.append("operations \(written)")
        case .all?: details.append("operations \(written) have \(self.operation.rawValue)")
        case let implying?:
            details.append("operations \(written): \(implying.rawValue) implies \(self.operation.rawValue)")
        case nil: details.append("operations \(written) have no \(self.operation.rawValue)")
        }
        if case .expression(let text) = rule.resourceNames {
            details.append("resource_names \(text)")
            details += self.mentions(in: text)
        }
        guard trace.type == self.type else { return details }
        if trace.names.isEmpty { details.append("names: none") }
        // One match is enough; without a match, list as many names as a screen can hold.
        if let match = trace.names.first(where: \.matches) {
            details.append("names \(match.pattern.inDoubleQuotes) matches \(self.name.inDoubleQuotes)")
        } else {
            details += trace.names.prefix(20).map {
                "names \($0.pattern.inDoubleQuotes) != \(self.name.inDoubleQuotes)"
            }
            if trace.names.count > 20 { details.append("names: \(trace.names.count - 20) more, none matches") }
        }
        return details
    }
}
