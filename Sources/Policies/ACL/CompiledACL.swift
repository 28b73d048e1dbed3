import Patterns
package import PolicyExpressions
package import Resources

/// Why an `acls` policy cannot be used: one of its expressions does not compile.
package struct ACLConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Name of the policy, or its id.
    package var policy: String
    /// `condition`, `config.rules[0].resource_names`
    package var field: String
    package var error: ExpressionError

    package var description: String { "Policy '\(self.policy)', \(self.field): \(self.error)" }
}

/// The enabled `acls` policies of a virtual cluster, ready to be asked about sessions.
package struct CompiledACL: Sendable {
    private struct CompiledPolicy: Sendable {
        var name: String
        /// nil: always.
        var condition: Expression?
        /// The rules with fixed names, or nil when there are none.
        var table: RuleTable?
        /// In ascending order.
        var dynamic: [(rule: Int32, names: Expression)]
        var rules: Range<Int>
        var hasDeny: Bool
    }

    /// A dynamic name longer than this is an error.
    static let maximumNameBytes = 4_096

    private let policies: [CompiledPolicy]
    private let rules: ACLRuleList
    private let hasExpressions: Bool

    /// Compiles the enabled policies of type `acls`; the others are left out.
    ///
    /// - Throws: The first expression that does not compile.
    package init(policies: [ClusterPolicy]) throws(ACLConfigurationError) {
        var compiled: [CompiledPolicy] = []
        var rules: [ACLRuleList.Rule] = []
        for policy in policies where policy.enabled && policy.type == ACLConfiguration.policyType.name {
            let name = policy.name ?? policy.id
            let condition = policy.condition.flatMap { $0.isEmpty ? nil : $0 }
            let first = rules.count
            var fixed: [RuleTable.Rule] = []
            var dynamic: [(rule: Int32, names: Expression)] = []
            for (position, rule) in policy.rules.enumerated() {
                let index = Int32(clamping: rules.count)
                let operations = rule.operations.map(\.name)
                var globs: [Glob]?
                switch rule.resourceNames {
                case .globs(let patterns):
                    let names = patterns.map { Glob(pattern: $0) }
                    globs = names
                    fixed.append(
                        RuleTable.Rule(
                            index: index, action: rule.action, type: rule.resourceType, operations: operations,
                            globs: names))
                case .expression(let text):
                    let field = "config.rules[\(position)].resource_names"
                    dynamic.append((index, try Self.compile(text, .resourceNames, name, field)))
                }
                rules.append(
                    ACLRuleList.Rule(
                        name: RuleName.name(policy: name, rule: position), action: rule.action, type: rule.resourceType,
                        operations: operations, globs: globs))
            }
            compiled.append(
                CompiledPolicy(
                    name: name,
                    condition: try condition.map { text throws(ACLConfigurationError) in
                        try Self.compile(text, .aclCondition, name, "condition")
                    },
                    table: fixed.isEmpty ? nil : RuleTable(fixed), dynamic: dynamic, rules: first..<rules.count,
                    hasDeny: policy.rules.contains { $0.action == .deny }))
        }
        self.policies = compiled
        self.hasExpressions = compiled.contains { $0.condition != nil || !$0.dynamic.isEmpty }
        self.rules = ACLRuleList(rules)
    }

    private static func compile(
        _ text: String, _ place: ExpressionPlace, _ policy: String, _ field: String
    ) throws(ACLConfigurationError) -> Expression {
        do {
            return try Expression(parsing: text, for: place)
        } catch {
            throw ACLConfigurationError(policy: policy, field: field, error: error)
        }
    }

    /// The rules that hold for an identity.
    ///
    /// Rule indices are those of this configuration: the same for every identity.
    package func ruleSet(for context: AuthenticationContext) -> ACLRuleSet {
        self.ruleSet(of: self.evaluation(for: context))
    }

    /// What the expressions come to for an identity. Identities for which it is equal have the same rules.
    package func evaluation(for context: AuthenticationContext) -> ACLEvaluation {
        // Nothing depends on the identity: there is nothing to evaluate, and one set of rules for all.
        let variables = self.hasExpressions ? context.variables : nil
        var evaluation = ACLEvaluation()
        for (place, policy) in self.policies.enumerated() {
            var allowsHold = true
            if let condition = policy.condition {
                do throws(EvaluationError) {
                    guard let variables, try condition.evaluateCondition(variables) else { continue }
                } catch {
                    let effect = policy.hasDeny ? "only its deny rules hold" : "the policy does not hold"
                    evaluation.problems.append("\(policy.name): the condition failed, so \(effect). \(error)")
                    guard policy.hasDeny else { continue }
                    allowsHold = false
                }
            }
            for (index, names) in policy.dynamic {
                let rule = self.rules[index]
                guard let variables, rule.action == .deny || allowsHold else { continue }
                let globs = Self.resolve(names, rule, variables, &evaluation.problems)
                evaluation.names.append(.init(rule: index, globs: globs))
            }
            evaluation.policies.append(.init(place: place, allowsHold: allowsHold))
        }
        return evaluation
    }

    /// - Parameter evaluation: of this configuration.
    package func ruleSet(of evaluation: ACLEvaluation) -> ACLRuleSet {
        let layers = evaluation.policies.map { holding in
            let policy = self.policies[holding.place]
            return ACLRuleSet.Layer(table: policy.table, rules: policy.rules, allowsHold: holding.allowsHold)
        }
        let resolved = evaluation.names.map { names in
            let rule = self.rules[names.rule]
            return RuleTable.Rule(
                index: names.rule, action: rule.action, type: rule.type, operations: rule.operations,
                globs: names.globs)
        }
        return ACLRuleSet(rules: self.rules, layers: layers, resolved: resolved, problems: evaluation.problems)
    }

    /// The names of a rule. On failure an allow rule has none and a deny rule has all.
    private static func resolve(
        _ names: Expression, _ rule: ACLRuleList.Rule, _ variables: ExpressionVariables, _ problems: inout [String]
    ) -> [Glob] {
        let reason: String
        do {
            let texts = try names.evaluateTexts(variables)
            if texts.contains(where: { $0.string.utf8.count > Self.maximumNameBytes }) {
                reason = "A name is longer than \(Self.maximumNameBytes) bytes."
            } else {
                let globs = texts.map { Glob($0) }
                guard zip(texts, globs).contains(where: { $0.hasEmptyPart && $1.isPattern }) else { return globs }
                reason = "A value of the identity is empty, and the pattern around it would match more than is meant."
            }
        } catch {
            reason = error.description
        }
        let effect = rule.action == .deny ? "this deny rule matches every name" : "this allow rule matches nothing"
        problems.append("\(rule.name): resource_names failed, so \(effect). \(reason)")
        return rule.action == .deny ? [.any] : []
    }
}

/// All rules of a configuration, by index. Shared by its sessions.
final class ACLRuleList: Sendable {
    struct Rule: Sendable {
        /// `acl_policy[0]`
        var name: String
        var action: ACLRule.Action
        var type: ResourceType
        /// As written.
        var operations: [ACLOperation]
        /// nil when an expression gives the names.
        var globs: [Glob]?

        /// The operation in the rule by which it concerns `operation`: itself, `all`, or one that implies it.
        func operation(concerning operation: ACLOperation) -> ACLOperation? {
            if self.operations.contains(operation) { return operation }
            if self.operations.contains(.all) { return .all }
            return self.operations.first { $0.concerned(by: self.action).contains(operation) }
        }
    }

    let rules: [Rule]

    init(_ rules: [Rule]) {
        self.rules = rules
    }

    subscript(index: Int32) -> Rule { self.rules[Int(index)] }
}
