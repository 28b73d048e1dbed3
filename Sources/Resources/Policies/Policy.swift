package import Foundation

/// A policy as stored: the fields that all policies share, and the configuration of its type.
package struct Policy<Configuration: PolicyConfiguration>: Equatable, Sendable {
    package var id: String
    /// Unique in its chain when set.
    package var name: String?
    package var description: String
    package var enabled: Bool
    package var labels: [String: String]
    /// A boolean expression; empty means always. Not on listener policies.
    package var condition: String?
    package var config: Configuration
    package var parentPolicyID: String?
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String? = nil, description: String = "", enabled: Bool = true,
        labels: [String: String] = [:], condition: String? = nil, config: Configuration,
        parentPolicyID: String? = nil, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.enabled = enabled
        self.labels = labels
        self.condition = condition
        self.config = config
        self.parentPolicyID = parentPolicyID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package var type: String { self.config.type }
}

package typealias ListenerPolicy = Policy<ListenerPolicyConfiguration>
package typealias ClusterPolicy = Policy<ClusterPolicyConfiguration>

extension Policy: Resource {
    package static var kind: EntityKind { Configuration.kind }
    package var uniqueName: String? { self.name }
}

extension Policy: Codable {
    package enum CodingKeys: String, CodingKey {
        case id, type, name, description, enabled, labels, condition, config
        case parentPolicyID = "parent_policy_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.id = try container.decode(String.self, forKey: .id)
        self.name = try container.decodeIfPresent(String.self, forKey: .name)
        self.description = try container.decode(String.self, forKey: .description)
        self.enabled = try container.decode(Bool.self, forKey: .enabled)
        self.labels = try container.decode([String: String].self, forKey: .labels)
        self.condition = try container.decodeIfPresent(String.self, forKey: .condition)
        self.config = try Configuration(
            type: try container.decode(String.self, forKey: .type), from: try container.superDecoder(forKey: .config))
        self.parentPolicyID = try container.decodeIfPresent(String.self, forKey: .parentPolicyID)
        self.createdAt = try container.decode(Date.self, forKey: .createdAt)
        self.updatedAt = try container.decode(Date.self, forKey: .updatedAt)
    }

    /// Writes the policy as answers show it: `name` and `parent_policy_id` also when they are null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.id, forKey: .id)
        try container.encode(self.type, forKey: .type)
        try container.encode(self.name, forKey: .name)
        try container.encode(self.description, forKey: .description)
        try container.encode(self.enabled, forKey: .enabled)
        try container.encode(self.labels, forKey: .labels)
        try container.encodeIfPresent(self.condition, forKey: .condition)
        try self.config.encode(to: container.superEncoder(forKey: .config))
        try container.encode(self.parentPolicyID, forKey: .parentPolicyID)
        try container.encode(self.createdAt, forKey: .createdAt)
        try container.encode(self.updatedAt, forKey: .updatedAt)
    }
}
