package import Foundation

/// What clients see as "a Kafka cluster".
package struct VirtualCluster: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    package var description: String
    /// The backend cluster.
    package var destination: Reference
    /// Tried in order: the first rule that matches and succeeds wins.
    package var authentication: [AuthenticationRule]
    package var aclMode: ACLMode
    package var dnsLabel: String
    package var labels: [String: String]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, description: String = "", destination: Reference,
        authentication: [AuthenticationRule], aclMode: ACLMode, dnsLabel: String, labels: [String: String] = [:],
        createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.destination = destination
        self.authentication = authentication
        self.aclMode = aclMode
        self.dnsLabel = dnsLabel
        self.labels = labels
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, description, destination, authentication, labels
        case aclMode = "acl_mode"
        case dnsLabel = "dns_label"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

package enum ACLMode: String, Codable, CaseIterable, Sendable {
    case enforceOnGateway = "enforce_on_gateway"
    case passthrough
}
