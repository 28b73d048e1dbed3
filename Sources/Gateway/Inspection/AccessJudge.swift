import EngineInterface
import Policies
import Resources

/// Judges what one subject may do in one virtual cluster, with the same rules and decisions as its requests.
struct AccessJudge: Sendable {
    /// The name in place of a rule's when nothing is enforced.
    static let passthroughRule = "__internal/passthrough"

    let context: AuthenticationContext
    /// Nil under `passthrough`.
    let rules: ACLRuleSet?
    /// The policies that `rules` was compiled from, in chain order, including disabled ones.
    let policies: [ClusterPolicy]

    var principal: String { self.context.principalName }

    func cell(_ operation: ACLOperation, on type: ResourceType, named name: String) -> AccessMatrix.Cell {
        guard let rules = self.rules else {
            return AccessMatrix.Cell(operation: operation, allowed: true, rule: Self.passthroughRule)
        }
        let decision = rules.decide(operation, on: type, named: name)
        return AccessMatrix.Cell(
            operation: operation, allowed: decision.isAllowed, rule: rules.ruleName(decision.rule))
    }

    func row(_ resource: AccessMatrixQuestion.Resource, exists: Bool) -> AccessMatrix.Row {
        AccessMatrix.Row(
            resource: resource, exists: exists,
            cells: resource.type.operationsInOrder.map { self.cell($0, on: resource.type, named: resource.name) })
    }

    func allows(_ operation: ACLOperation, on type: ResourceType, named name: String) -> Bool {
        self.cell(operation, on: type, named: name).allowed
    }

    /// Whether the operation is allowed on some name.
    func allowsAny(_ operation: ACLOperation, on type: ResourceType) -> Bool {
        self.rules?.decideOnAnyName(operation, on: type).isAllowed ?? true
    }

    /// The patterns with one `*`, at their end, of rules about topics that apply to the subject, each once, in order.
    /// New topics may match them.
    var topicPrefixPatterns: [String] {
        guard let rules = self.rules else { return [] }
        var patterns: [String] = []
        for rule in rules.trace(.read, named: "") where rule.isInForce && rule.type == .topic {
            for name in rule.names {
                let literal = name.pattern.dropLast()
                guard name.pattern.hasSuffix("*"), !literal.isEmpty,
                    !literal.contains(where: { "*?[]\\".contains($0) }), !patterns.contains(name.pattern)
                else { continue }
                patterns.append(name.pattern)
            }
        }
        return patterns
    }

    // MARK: Why

    func explain(_ operation: ACLOperation, on type: ResourceType, named name: String) -> AccessExplanation {
        guard let rules = self.rules else {
            return AccessExplanation(
                principal: self.principal, allowed: true, rule: Self.passthroughRule,
                reason: "acl_mode is passthrough: the gateway decides nothing, the backend cluster does.", steps: [])
        }
        let decision = rules.decide(operation, on: type, named: name)
        return AccessExplanation(
            principal: self.principal, allowed: decision.isAllowed, rule: rules.ruleName(decision.rule),
            reason: rules.reason(for: decision, operation: operation, on: type, named: name),
            steps: AccessSteps(judge: self, rules: rules, operation: operation, type: type, name: name).all)
    }
}

extension ResourceType {
    /// The operations that Kafka has for the type, in the order of screens and tables.
    var operationsInOrder: [ACLOperation] {
        let order: [ACLOperation] = [
            .describe, .describeConfigs, .read, .write, .create, .delete, .alter, .alterConfigs, .idempotentWrite,
        ]
        let supported = self.supportedOperations
        return order.filter(supported.contains)
    }
}
