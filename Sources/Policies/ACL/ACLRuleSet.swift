import Patterns
package import Resources

/// The rules that hold for one session: any matching deny, then any matching allow, then the default, deny.
///
/// Tables of rules with fixed names are shared by sessions; only names that came from an expression are the session's own.
package struct ACLRuleSet: Sendable {
    /// A policy that holds.
    struct Layer: Sendable {
        var table: RuleTable?
        /// Its rules in the list of all.
        var rules: Range<Int>
        /// False when its condition failed: then only deny rules hold.
        var allowsHold: Bool
    }

    /// Kafka's constant: the one name of the resource type `cluster`.
    package static let clusterName = "kafka-cluster"
    /// What decides when no rule matches.
    package static let defaultDenyName = RuleName.defaultDeny

    let rules: ACLRuleList
    let layers: [Layer]
    private let tables: [(table: RuleTable, allowsHold: Bool)]
    /// The names that expressions gave, by rule.
    let names: [Int32: [Glob]]

    /// Sentences about expressions that failed for this session, with the rule: such an allow rule matches nothing,
    /// such a deny rule everything. They hold no values of the session.
    package let problems: [String]

    init(rules: ACLRuleList, layers: [Layer], resolved: [RuleTable.Rule], problems: [String]) {
        self.rules = rules
        self.layers = layers
        self.problems = problems
        self.names = Dictionary(uniqueKeysWithValues: resolved.map { ($0.index, $0.globs) })
        var tables = layers.compactMap { layer in layer.table.map { (table: $0, allowsHold: layer.allowsHold) } }
        if !resolved.isEmpty { tables.append((RuleTable(resolved), true)) }
        self.tables = tables
    }

    /// Decides about one operation on one resource.
    ///
    /// - Parameter name: as the client says it; ``clusterName`` for the cluster.
    package func decide(_ operation: ACLOperation, on type: ResourceType, named name: String) -> ACLDecision {
        var rule = RuleTable.Entries.none
        for (table, _) in self.tables { rule = min(rule, table.firstDeny(operation, type, name)) }
        if rule != RuleTable.Entries.none { return ACLDecision(isAllowed: false, rule: rule) }
        for (table, allowsHold) in self.tables where allowsHold {
            rule = min(rule, table.firstAllow(operation, type, name))
        }
        return rule == RuleTable.Entries.none ? .defaultDeny : ACLDecision(isAllowed: true, rule: rule)
    }

    /// Decides whether the operation is allowed on at least some name: an allow rule that no deny rule covers wholly.
    ///
    /// Of several reasons to deny it names the deny rule that covers the first allow rule.
    package func decideOnAnyName(_ operation: ACLOperation, on type: ResourceType) -> ACLDecision {
        var decision = ACLDecision.defaultDeny
        for (table, allowsHold) in self.tables where allowsHold {
            for (glob, rule) in table.allowed(operation, type) {
                var cover = RuleTable.Entries.none
                for (other, _) in self.tables { cover = min(cover, other.firstDeny(operation, type, covering: glob)) }
                if cover == RuleTable.Entries.none { return ACLDecision(isAllowed: true, rule: rule) }
                if decision.rule == ACLDecision.defaultDenyRule { decision.rule = cover }
            }
        }
        return decision
    }

    /// The allowed ones of the operations that the resource type can have, as Kafka's bit field: bit n for code n.
    package func authorizedOperations(on type: ResourceType, named name: String) -> Int32 {
        var bits: Int32 = 0
        for operation in type.supportedOperations where self.decide(operation, on: type, named: name).isAllowed {
            bits |= 1 << operation.kafkaCode
        }
        if type == .cluster, self.allowsClusterAction() { bits |= 1 << ACLOperation.clusterActionCode }
        return bits
    }

    /// Whether the session may do what brokers do among themselves: `all` on the cluster.
    package func allowsClusterAction() -> Bool {
        self.decide(.all, on: .cluster, named: Self.clusterName).isAllowed
    }

    /// `acl_policy[0]`: the policy's name or id, and the rule's place in it. ``defaultDenyName`` for no rule.
    package func ruleName(_ rule: Int32) -> String {
        self.rule(rule)?.name ?? Self.defaultDenyName
    }

    func rule(_ index: Int32) -> ACLRuleList.Rule? {
        self.rules.rules.indices.contains(Int(index)) ? self.rules[index] : nil
    }

    /// Whether the names of a rule could not be evaluated for this session.
    ///
    /// - Parameter name: as ``ruleName(_:)`` gives it.
    package func hasFailed(_ name: String) -> Bool {
        self.problems.contains { $0.utf8.starts(with: "\(name): ".utf8) }
    }

    /// The globs of a rule in this session.
    func globs(of index: Int32) -> [Glob] {
        self.names[index] ?? self.rule(index)?.globs ?? []
    }
}
