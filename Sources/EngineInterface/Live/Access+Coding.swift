import Foundation
import JSON
import Resources

/// `{"type": "anonymous"}`, `{"type": "token", "token": "…"}`,
/// `{"type": "assumed", "principal": "ali", "claims": {"team": "a"}}`.
extension AccessSubject: Codable {
    private enum Kind: String, Codable { case anonymous, token, assumed }

    private enum CodingKeys: String, CodingKey { case type, token, principal, claims }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .type) {
        case .anonymous:
            self = .anonymous
        case .token:
            self = .token(try container.decode(String.self, forKey: .token))
        case .assumed:
            self = .assumed(
                principal: try container.decode(String.self, forKey: .principal),
                claims: try container.decodeIfPresent([String: String].self, forKey: .claims) ?? [:])
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .anonymous:
            try container.encode(Kind.anonymous, forKey: .type)
        case .token(let token):
            try container.encode(Kind.token, forKey: .type)
            try container.encode(token, forKey: .token)
        case .assumed(let principal, let claims):
            try container.encode(Kind.assumed, forKey: .type)
            try container.encode(principal, forKey: .principal)
            try container.encode(claims, forKey: .claims)
        }
    }
}

/// A token is not for logs: descriptions leave it out.
extension AccessSubject: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch self {
        case .anonymous: "anonymous"
        case .token: "a token"
        case .assumed(let principal, _): "principal '\(principal)'"
        }
    }

    package var debugDescription: String { self.description }
}

/// `{"type": "in_force"}`, `{"type": "in_force_and", "policies": […]}`, `{"type": "only", "policies": […]}`.
///
/// A policy is written as the API writes cluster policies; without an id or dates when it is only a proposal.
extension AccessRules: Codable {
    private enum Kind: String, Codable {
        case only
        case inForce = "in_force"
        case inForceAnd = "in_force_and"
    }

    private enum CodingKeys: String, CodingKey { case type, policies }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .type) {
        case .inForce:
            self = .inForce
        case .inForceAnd:
            self = .inForceAnd(try container.decode([ProposedPolicy].self, forKey: .policies).map(\.policy))
        case .only:
            self = .only(try container.decode([ProposedPolicy].self, forKey: .policies).map(\.policy))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .inForce:
            try container.encode(Kind.inForce, forKey: .type)
        case .inForceAnd(let policies):
            try container.encode(Kind.inForceAnd, forKey: .type)
            try container.encode(policies, forKey: .policies)
        case .only(let policies):
            try container.encode(Kind.only, forKey: .type)
            try container.encode(policies, forKey: .policies)
        }
    }
}

private struct ProposedPolicy: Decodable {
    var policy: ClusterPolicy

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: ClusterPolicy.CodingKeys.self)
        let now = Timestamp.date(milliseconds: 0)
        self.policy = ClusterPolicy(
            id: try container.decodeIfPresent(String.self, forKey: .id) ?? "proposed",
            name: try container.decodeIfPresent(String.self, forKey: .name),
            description: try container.decodeIfPresent(String.self, forKey: .description) ?? "",
            enabled: try container.decodeIfPresent(Bool.self, forKey: .enabled) ?? true,
            labels: try container.decodeIfPresent([String: String].self, forKey: .labels) ?? [:],
            condition: try container.decodeIfPresent(String.self, forKey: .condition),
            config: try ClusterPolicyConfiguration(
                type: try container.decodeIfPresent(String.self, forKey: .type) ?? ACLConfiguration.policyType.name,
                from: try container.superDecoder(forKey: .config)),
            parentPolicyID: try container.decodeIfPresent(String.self, forKey: .parentPolicyID),
            createdAt: try container.decodeIfPresent(Date.self, forKey: .createdAt) ?? now,
            updatedAt: try container.decodeIfPresent(Date.self, forKey: .updatedAt) ?? now)
    }
}

/// `{"type": "backend", "bootstrap_servers": ["host:port"]}`, `{"type": "jwks", "url": "…"}`,
/// `{"type": "port", "address": "127.0.0.1", "port": 19092}`.
extension ReachabilityTarget: Codable {
    private enum Kind: String, Codable { case backend, jwks, port }

    private enum CodingKeys: String, CodingKey {
        case type, url, address, port
        case bootstrapServers = "bootstrap_servers"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .type) {
        case .backend:
            self = .backend(bootstrapServers: try container.decode([String].self, forKey: .bootstrapServers))
        case .jwks:
            self = .jwks(url: try container.decode(String.self, forKey: .url))
        case .port:
            self = .port(
                address: try container.decode(String.self, forKey: .address),
                port: try container.decode(Int.self, forKey: .port))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .backend(let servers):
            try container.encode(Kind.backend, forKey: .type)
            try container.encode(servers, forKey: .bootstrapServers)
        case .jwks(let url):
            try container.encode(Kind.jwks, forKey: .type)
            try container.encode(url, forKey: .url)
        case .port(let address, let port):
            try container.encode(Kind.port, forKey: .type)
            try container.encode(address, forKey: .address)
            try container.encode(port, forKey: .port)
        }
    }
}
