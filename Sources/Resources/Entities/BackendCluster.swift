package import Foundation

/// A real Kafka cluster behind the gateway.
package struct BackendCluster: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    package var description: String
    /// `host:port` or `[ipv6]:port`, at least one.
    package var bootstrapServers: [String]
    package var authentication: BackendAuthentication
    package var insecureAllowAnonymousVirtualClusterAuth: Bool
    package var tls: BackendTLS
    /// 1 through 43,200.
    package var metadataUpdateIntervalSeconds: Int
    package var labels: [String: String]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, description: String = "", bootstrapServers: [String],
        authentication: BackendAuthentication = .anonymous, insecureAllowAnonymousVirtualClusterAuth: Bool = false,
        tls: BackendTLS = BackendTLS(enabled: false), metadataUpdateIntervalSeconds: Int = 60,
        labels: [String: String] = [:], createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.bootstrapServers = bootstrapServers
        self.authentication = authentication
        self.insecureAllowAnonymousVirtualClusterAuth = insecureAllowAnonymousVirtualClusterAuth
        self.tls = tls
        self.metadataUpdateIntervalSeconds = metadataUpdateIntervalSeconds
        self.labels = labels
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, description, authentication, tls, labels
        case bootstrapServers = "bootstrap_servers"
        case insecureAllowAnonymousVirtualClusterAuth = "insecure_allow_anonymous_virtual_cluster_auth"
        case metadataUpdateIntervalSeconds = "metadata_update_interval_seconds"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// How the gateway signs in to a backend cluster: `{"type": "anonymous"}`.
package enum BackendAuthentication: Equatable, Sendable {
    case anonymous
}

extension BackendAuthentication: Codable {
    private enum CodingKeys: String, CodingKey { case type }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        guard type == "anonymous" else {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "unknown backend authentication '\(type)'")
        }
        self = .anonymous
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("anonymous", forKey: .type)
    }
}

/// TLS from the gateway to the brokers.
package struct BackendTLS: Codable, Equatable, Sendable {
    package var enabled: Bool

    package init(enabled: Bool) {
        self.enabled = enabled
    }
}
