package import Resources

/// The subject of an access question.
package enum AccessSubject: Equatable, Hashable, Sendable {
    /// A client without authentication.
    case anonymous
    /// A token, judged by the virtual cluster's own rules; an unacceptable one is an error.
    case token(String)
    /// A principal by name, with claims assumed: name to string. For rules that are not in force yet, and for
    /// principals whose token is not at hand.
    case assumed(principal: String, claims: [String: String])
}

/// The `acls` policies that decide an access question.
package enum AccessRules: Equatable, Sendable {
    case inForce
    /// The policies in force and these proposals, to show what would change. A proposal with the id of a policy in force
    /// takes its place.
    case inForceAnd([ClusterPolicy])
    /// These alone: for a virtual cluster that does not exist yet.
    case only([ClusterPolicy])
}

/// May `subject` do `operation` on one resource?
package struct AccessQuestion: Codable, Equatable, Sendable {
    /// Id or name. Empty with ``AccessRules/only(_:)``.
    package var virtualCluster: String
    package var subject: AccessSubject
    package var rules: AccessRules
    package var resourceType: ResourceType
    /// The name that clients use; for the cluster: `kafka-cluster`.
    package var resourceName: String
    package var operation: ACLOperation

    package init(
        virtualCluster: String, subject: AccessSubject, rules: AccessRules = .inForce, resourceType: ResourceType,
        resourceName: String, operation: ACLOperation
    ) {
        self.virtualCluster = virtualCluster
        self.subject = subject
        self.rules = rules
        self.resourceType = resourceType
        self.resourceName = resourceName
        self.operation = operation
    }

    package enum CodingKeys: String, CodingKey {
        case subject, rules, operation
        case virtualCluster = "virtual_cluster"
        case resourceType = "resource_type"
        case resourceName = "resource_name"
    }

    /// `rules` may be left out: those in force.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            virtualCluster: try container.decode(String.self, forKey: .virtualCluster),
            subject: try container.decode(AccessSubject.self, forKey: .subject),
            rules: try container.decodeIfPresent(AccessRules.self, forKey: .rules) ?? .inForce,
            resourceType: try container.decode(ResourceType.self, forKey: .resourceType),
            resourceName: try container.decode(String.self, forKey: .resourceName),
            operation: try container.decode(ACLOperation.self, forKey: .operation))
    }
}

/// The verdict on an ``AccessQuestion``, and how each rule came to it.
package struct AccessExplanation: Codable, Equatable, Sendable {
    /// One rule of one policy, tried.
    package struct Step: Codable, Equatable, Sendable {
        package var policy: String
        /// From 0, within its policy. Nil: the policy as a whole, whose condition did not hold or which is disabled.
        package var rule: Int?
        package var action: ACLRule.Action?
        package var matched: Bool
        /// What was compared, a line each: `names "products*" != "orders.v1"`.
        package var details: [String]

        package init(policy: String, rule: Int?, action: ACLRule.Action?, matched: Bool, details: [String]) {
            self.policy = policy
            self.rule = rule
            self.action = action
            self.matched = matched
            self.details = details
        }
    }

    package var principal: String
    package var allowed: Bool
    /// The rule that decided, see ``RuleName``.
    package var rule: String
    /// A sentence that says why.
    package var reason: String
    package var steps: [Step]

    package init(principal: String, allowed: Bool, rule: String, reason: String, steps: [Step]) {
        self.principal = principal
        self.allowed = allowed
        self.rule = rule
        self.reason = reason
        self.steps = steps
    }
}

/// What may `subject` do on each of these resources?
package struct AccessMatrixQuestion: Codable, Equatable, Sendable {
    package struct Resource: Codable, Equatable, Hashable, Sendable {
        package var type: ResourceType
        @WireName package var name: String

        package init(type: ResourceType, name: String) {
            self.type = type
            self.name = name
        }
    }

    package var virtualCluster: String
    package var subject: AccessSubject
    package var rules: AccessRules
    /// Nil: the topics and groups that exist, one that does not, the cluster, and any transactional id.
    package var resources: [Resource]?

    package init(
        virtualCluster: String, subject: AccessSubject, rules: AccessRules = .inForce, resources: [Resource]? = nil
    ) {
        self.virtualCluster = virtualCluster
        self.subject = subject
        self.rules = rules
        self.resources = resources
    }

    package enum CodingKeys: String, CodingKey {
        case subject, rules, resources
        case virtualCluster = "virtual_cluster"
    }

    /// `rules` may be left out: those in force.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            virtualCluster: try container.decode(String.self, forKey: .virtualCluster),
            subject: try container.decode(AccessSubject.self, forKey: .subject),
            rules: try container.decodeIfPresent(AccessRules.self, forKey: .rules) ?? .inForce,
            resources: try container.decodeIfPresent([Resource].self, forKey: .resources))
    }
}

package struct AccessMatrix: Codable, Equatable, Sendable {
    package struct Cell: Codable, Equatable, Sendable {
        package var operation: ACLOperation
        package var allowed: Bool
        /// The rule that decided.
        package var rule: String

        package init(operation: ACLOperation, allowed: Bool, rule: String) {
            self.operation = operation
            self.allowed = allowed
            self.rule = rule
        }
    }

    package struct Row: Codable, Equatable, Sendable {
        package var resource: AccessMatrixQuestion.Resource
        /// False for a name that stands for any other.
        package var exists: Bool
        /// Only operations that Kafka knows for this type, in a fixed order.
        package var cells: [Cell]

        package init(resource: AccessMatrixQuestion.Resource, exists: Bool, cells: [Cell]) {
            self.resource = resource
            self.exists = exists
            self.cells = cells
        }
    }

    package var principal: String
    package var rows: [Row]
    /// What is likely not meant, a sentence each: READ on topics without READ on any group.
    package var warnings: [String]

    package init(principal: String, rows: [Row], warnings: [String]) {
        self.principal = principal
        self.rows = rows
        self.warnings = warnings
    }
}
