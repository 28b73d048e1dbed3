import Resources
import TestSupport

@testable import Sandbox

/// A broker's access control lists for one principal, decided as Kafka's authorizer does. Nothing of the gateway's.
struct BrokerRules {
    struct Rule {
        enum Pattern { case literal, prefixed }

        var type: Authorizer.ResourceType
        var pattern: Pattern
        /// `*` as a literal matches every name.
        var name: String
        /// Nil for all.
        var operation: Authorizer.Operation?
        var isDenied = false

        func matches(_ name: String) -> Bool {
            switch self.pattern {
            case .literal: self.name == "*" || self.name == name
            case .prefixed: name.hasPrefix(self.name)
            }
        }

        /// Whether it denies all that the other one allows.
        func covers(_ other: Rule) -> Bool {
            switch (self.pattern, other.pattern) {
            case (.literal, _) where self.name == "*": true
            case (.literal, .literal): self.name == other.name
            case (.literal, .prefixed): false
            case (.prefixed, _): other.name.hasPrefix(self.name)
            }
        }

        func concerns(_ operation: Authorizer.Operation, _ type: Authorizer.ResourceType) -> Bool {
            self.type == type && (self.operation ?? operation) == operation
        }
    }

    var rules: [Rule]

    /// What an allow rule for the key's operation is good for besides.
    private static let implying: [Authorizer.Operation: Set<Authorizer.Operation>] = [
        .describe: [.read, .write, .delete, .alter], .describeConfigs: [.alterConfigs],
    ]

    func allows(_ operation: Authorizer.Operation, _ type: Authorizer.ResourceType, _ name: String) -> Bool {
        let matching = self.rules.filter { $0.type == type && $0.matches(name) }
        if matching.contains(where: { $0.isDenied && $0.concerns(operation, type) }) { return false }
        let good = Self.implying[operation, default: []].union([operation])
        return matching.contains { rule in !rule.isDenied && (rule.operation.map(good.contains) ?? true) }
    }

    func allowsSomewhere(_ operation: Authorizer.Operation, _ type: Authorizer.ResourceType) -> Bool {
        let concerned = self.rules.filter { $0.concerns(operation, type) }
        return concerned.contains { allowing in
            !allowing.isDenied && !concerned.contains { $0.isDenied && $0.covers(allowing) }
        }
    }

    var authorizer: Authorizer {
        Authorizer(
            allows: { self.allows($0, $1, $2) }, allowsSomewhere: { self.allowsSomewhere($0, $1) })
    }

    // MARK: Making

    static let everything = BrokerRules(
        rules: [.topic, .group, .cluster, .transactionalID].map { Rule(type: $0, pattern: .literal, name: "*") })

    /// Rules about some of these names, mostly single operations.
    static func random(seed: UInt64, names: [Authorizer.ResourceType: [String]]) -> BrokerRules {
        var random = SeededGenerator(seed: seed)
        var rules: [Rule] = []
        for type in [Authorizer.ResourceType.topic, .group, .cluster, .transactionalID] {
            let names = names[type] ?? []
            for _ in 0..<Int.random(in: 2...7, using: &random) {
                guard let name = names.randomElement(using: &random),
                    let operation = type.operations.filter({ $0 != .clusterAction }).randomElement(using: &random)
                else { continue }
                let isPrefix = Int.random(in: 0..<4, using: &random) == 0 && type != .cluster
                let isAny = Int.random(in: 0..<6, using: &random) == 0
                let isAll = Int.random(in: 0..<8, using: &random) == 0
                rules.append(
                    Rule(
                        type: type, pattern: isPrefix ? .prefixed : .literal,
                        name: isPrefix ? String(name.prefix(4)) : isAny ? "*" : name,
                        operation: isAll ? nil : operation, isDenied: Int.random(in: 0..<4, using: &random) == 0))
            }
        }
        return BrokerRules(rules: rules)
    }

    /// The same as an `acls` policy says it.
    var asPolicy: [ACLRule] {
        self.rules.map { rule in
            ACLRule(
                resourceType: Self.type(rule.type), action: rule.isDenied ? .deny : .allow,
                operations: [rule.operation.flatMap(Self.operation) ?? .all],
                resourceNames: .globs([rule.pattern == .prefixed ? rule.name + "*" : rule.name]))
        }
    }

    private static func type(_ type: Authorizer.ResourceType) -> ResourceType {
        switch type {
        case .topic: .topic
        case .group: .group
        case .cluster: .cluster
        case .transactionalID: .transactionalID
        }
    }

    /// Nil for what policies cannot say: cluster action.
    private static func operation(_ operation: Authorizer.Operation) -> ACLOperation? {
        switch operation {
        case .read: .read
        case .write: .write
        case .create: .create
        case .delete: .delete
        case .alter: .alter
        case .describe: .describe
        case .clusterAction: nil
        case .describeConfigs: .describeConfigs
        case .alterConfigs: .alterConfigs
        case .idempotentWrite: .idempotentWrite
        }
    }
}

extension BrokerRules: CustomStringConvertible {
    var description: String {
        self.rules.map { rule in
            let operation = rule.operation.map { "\($0)" } ?? "all"
            return "\(rule.isDenied ? "deny" : "allow") \(operation) \(rule.type) "
                + rule.name + (rule.pattern == .prefixed ? "…" : "")
        }.joined(separator: "; ")
    }
}
