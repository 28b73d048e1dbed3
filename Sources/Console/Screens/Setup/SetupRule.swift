package import Resources

/// One rule of the ACL policy, as the walkthrough asks for it.
///
/// In an answers file:
///
///     rules:
///       - resource_type: topic          # topic, group, cluster, transactional_id
///         action: allow                 # allow, deny
///         operations: [describe, read]
///         names: all                    # or [orders.*, audit], or {claim: topic_prefix, suffix: "*"}
package struct SetupRule: Equatable, Sendable {
    package enum Names: String, CaseIterable, Sendable { case all, these, claim }

    package var resourceType: ResourceType
    package var action: ACLRule.Action
    /// In the order of ``choices(for:)`` when it comes from the form.
    package var operations: [ACLOperation]
    package var names: Names
    /// Globs with commas between, for ``Names/these``.
    package var these: String
    /// For ``Names/claim``: names that start with this claim's value, and then the suffix.
    package var claim: String
    package var suffix: String

    package init(
        resourceType: ResourceType = .topic, action: ACLRule.Action = .allow,
        operations: [ACLOperation] = [.describe, .describeConfigs, .read, .write], names: Names = .all,
        these: String = "", claim: String = "", suffix: String = "*"
    ) {
        self.resourceType = resourceType
        self.action = action
        self.operations = operations
        self.names = names
        self.these = these
        self.claim = claim
        self.suffix = suffix
    }

    /// Lets consumer groups work.
    package static let groups = SetupRule(resourceType: .group, operations: [.describe, .read])

    /// The operations that Kafka knows for a type of resource.
    package static func choices(for type: ResourceType) -> [ACLOperation] {
        switch type {
        case .topic:
            [.describe, .describeConfigs, .read, .write, .create, .delete, .alter, .alterConfigs, .all]
        case .group: [.describe, .read, .delete, .describeConfigs, .alterConfigs, .all]
        case .cluster: [.describe, .describeConfigs, .create, .alter, .alterConfigs, .idempotentWrite, .all]
        case .transactionalID: [.describe, .write, .all]
        }
    }

    package var globs: [String] { SetupAnswers.list(self.these) }

    package var resourceNames: ResourceNames {
        switch self.names {
        case .all: .globs(["*"])
        case .these: .globs(self.globs)
        case .claim: .expression(self.expression)
        }
    }

    /// `[context.auth.token.claims.topic_prefix + "*"]`
    var expression: String {
        let isName =
            self.claim.first?.isNumber == false
            && self.claim.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let member = isName ? ".\(self.claim)" : "[\(ExpressionText.quoted(self.claim, by: "\""))]"
        let claim = "context.auth.token.claims" + member
        return self.suffix.isEmpty ? "[\(claim)]" : "[\(claim) + \(ExpressionText.quoted(self.suffix, by: "\""))]"
    }

    package var rule: ACLRule {
        ACLRule(
            resourceType: self.resourceType, action: self.action, operations: self.operations,
            resourceNames: self.resourceNames)
    }
}

extension SetupRule {
    /// Rules for what clients usually do.
    package enum Recipe: String, CaseIterable, Sendable {
        case both = "produce_and_consume"
        case consumer, producer, topics, admin

        /// What a new form has: a client with it can do what clients usually do.
        package static let standard = Self.both

        package var title: String {
            switch self {
            case .both: "produce and consume"
            case .consumer: "consume"
            case .producer: "produce"
            case .topics: "topics without groups"
            case .admin: "everything"
            }
        }

        package var rules: [SetupRule] {
            switch self {
            case .both: [SetupRule(), .groups]
            case .topics: [SetupRule()]
            case .consumer: [SetupRule(operations: [.describe, .describeConfigs, .read]), .groups]
            case .producer:
                [
                    SetupRule(operations: [.describe, .describeConfigs, .write]),
                    SetupRule(resourceType: .transactionalID, operations: [.describe, .write]),
                ]
            case .admin:
                [
                    SetupRule(operations: [.all]), SetupRule(resourceType: .group, operations: [.all]),
                    SetupRule(resourceType: .cluster, operations: [.all]),
                    SetupRule(resourceType: .transactionalID, operations: [.all]),
                ]
            }
        }
    }

    /// Which rule and which part of it a name such as `acl.rules[1].operations` means.
    static func part(_ name: String) -> (index: Int, member: String)? {
        let prefix = SetupField.aclRules.rawValue + "["
        guard name.hasPrefix(prefix), let end = name.firstIndex(of: "]"),
            let index = Int(name[name.index(name.startIndex, offsetBy: prefix.count)..<end])
        else { return nil }
        return (index, String(name[name.index(after: end)...].dropFirst()))
    }
}
