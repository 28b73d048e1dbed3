package import Foundation

/// A policy as stored: the fields that all policies share, and the configuration of its type.
package struct Policy<Configuration: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    package var id: String
    package var type: String
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
        id: String, type: String, name: String? = nil, description: String = "", enabled: Bool = true,
        labels: [String: String] = [:], condition: String? = nil, config: Configuration,
        parentPolicyID: String? = nil, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.type = type
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

    package enum CodingKeys: String, CodingKey {
        case id, type, name, description, enabled, labels, condition, config
        case parentPolicyID = "parent_policy_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

package typealias ListenerPolicy = Policy<ForwardConfiguration>
package typealias ClusterPolicy = Policy<ACLConfiguration>

/// `forward_to_virtual_cluster` with `port_mapping`.
package struct ForwardConfiguration: Codable, Equatable, Sendable {
    package enum BootstrapPort: String, Codable, CaseIterable, Sendable {
        case none
        case atStart = "at_start"
    }

    package var type: String
    package var destination: Reference
    /// The host that clients are told for every broker.
    package var advertisedHost: String
    package var bootstrapPort: BootstrapPort
    /// The lowest broker node ID.
    package var minBrokerID: Int32

    package init(
        type: String = "port_mapping", destination: Reference, advertisedHost: String,
        bootstrapPort: BootstrapPort = .atStart, minBrokerID: Int32 = 0
    ) {
        self.type = type
        self.destination = destination
        self.advertisedHost = advertisedHost
        self.bootstrapPort = bootstrapPort
        self.minBrokerID = minBrokerID
    }

    package enum CodingKeys: String, CodingKey {
        case type, destination
        case advertisedHost = "advertised_host"
        case bootstrapPort = "bootstrap_port"
        case minBrokerID = "min_broker_id"
    }
}

extension Policy {
    /// As answers show it: `name` and `parent_policy_id` also when they are null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.id, forKey: .id)
        try container.encode(self.type, forKey: .type)
        try container.encode(self.name, forKey: .name)
        try container.encode(self.description, forKey: .description)
        try container.encode(self.enabled, forKey: .enabled)
        try container.encode(self.labels, forKey: .labels)
        try container.encodeIfPresent(self.condition, forKey: .condition)
        try container.encode(self.config, forKey: .config)
        try container.encode(self.parentPolicyID, forKey: .parentPolicyID)
        try container.encode(self.createdAt, forKey: .createdAt)
        try container.encode(self.updatedAt, forKey: .updatedAt)
    }
}
