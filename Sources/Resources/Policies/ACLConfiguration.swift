import JSON

/// The configuration of an `acls` policy. Order does not matter: any matching deny wins.
package struct ACLConfiguration: Codable, Equatable, Sendable {
    package var rules: [ACLRule]

    package init(rules: [ACLRule]) {
        self.rules = rules
    }
}

extension ACLConfiguration {
    /// Whether READ is allowed on topics and on no group. Consumers need both: without READ on its group a consumer can
    /// neither join it nor commit.
    ///
    /// - Parameter allowsRead: Whether READ is allowed on some resource of the type.
    package static func readsTopicsWithoutGroups(_ allowsRead: (ResourceType) -> Bool) -> Bool {
        allowsRead(.topic) && !allowsRead(.group)
    }

    /// Whether the rules as written allow READ on topics and on no group, whichever names they are for. Deny rules are not
    /// considered.
    package var readsTopicsWithoutGroups: Bool {
        Self.readsTopicsWithoutGroups { type in
            self.rules.contains { rule in
                rule.resourceType == type && rule.action == .allow
                    && rule.operations.contains { $0.name == .read || $0.name == .all }
            }
        }
    }
}

package struct ACLRule: Codable, Equatable, Sendable {
    package enum Action: String, Codable, CaseIterable, Sendable { case allow, deny }

    package struct OperationName: Codable, Equatable, Sendable {
        package var name: ACLOperation

        package init(name: ACLOperation) {
            self.name = name
        }
    }

    package var resourceType: ResourceType
    package var action: Action
    package var operations: [OperationName]
    package var resourceNames: ResourceNames

    package init(
        resourceType: ResourceType, action: Action, operations: [ACLOperation], resourceNames: ResourceNames
    ) {
        self.resourceType = resourceType
        self.action = action
        self.operations = operations.map(OperationName.init(name:))
        self.resourceNames = resourceNames
    }

    package enum CodingKeys: String, CodingKey {
        case action, operations
        case resourceType = "resource_type"
        case resourceNames = "resource_names"
    }
}

extension ACLConfiguration {
    package static let policyType = FieldVariant(
        "acls",
        [
            Field(
                "rules", .list(.object(ACLRule.fields), .notEmpty), .required, "What is allowed and denied.",
                example: .array([ACLRule.example]))
        ],
        "Allows and denies operations on topics, groups, the cluster and transactional ids.")
}

extension ACLRule {
    static let fields = [
        Field("resource_type", .choice(of: ResourceType.self), .required, "What the rule is about."),
        Field("action", .choice(of: Action.self), .required, "A rule that denies wins."),
        Field(
            "operations",
            .list(
                .object([Field("name", .choice(of: ACLOperation.self), .required, "One of Kafka's operations, or all.")]
                ),
                .notEmpty), .required, "What may or may not be done."),
        Field(
            "resource_names",
            .either(
                string: .string([]),
                or: .list(
                    .object([Field("match", .string(.minimumLength(1)), .required, "A name, with * and ? for any.")]),
                    ListBounds(maximum: 50)), fault: .isArray,
                "must be an array of {\"match\": glob}, or a string that is an expression"), .required,
            "Names and globs, or an expression that yields them.",
            check: { value, field, around in
                guard case .string(let text) = value else { return }
                if let gateway = try around.gateway(), !gateway.supports("1.1") {
                    field.report(
                        .invalid,
                        "an expression needs min_runtime_version 1.1, the gateway has \(gateway.minRuntimeVersion)")
                } else if let fault = around.fault(inExpression: text, for: .resourceNames) {
                    field.report(.invalid, fault)
                }
            }),
    ]

    static let example: JSONValue = .object([
        "resource_type": .string("topic"), "action": .string("allow"),
        "operations": .array(
            ["describe", "describe_configs", "read", "write"].map { .object(["name": .string($0)]) }),
        "resource_names": .array([.object(["match": .string("*")])]),
    ])
}

package enum ResourceType: String, Codable, CaseIterable, Hashable, Sendable {
    case topic, group, cluster
    case transactionalID = "transactional_id"
}

/// Kafka's operations as an `acls` policy names them.
package enum ACLOperation: String, Codable, CaseIterable, Hashable, Sendable {
    case all, alter, create, delete, describe, read, write
    case alterConfigs = "alter_configs"
    case describeConfigs = "describe_configs"
    case idempotentWrite = "idempotent_write"
}

/// Globs, or one expression that yields globs.
package enum ResourceNames: Equatable, Sendable {
    case globs([String])
    case expression(String)
}

extension ResourceNames: Codable {
    private struct Match: Codable { var match: String }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .expression(text)
        } else {
            self = .globs(try container.decode([Match].self).map(\.match))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .globs(let globs): try container.encode(globs.map(Match.init(match:)))
        case .expression(let text): try container.encode(text)
        }
    }
}
