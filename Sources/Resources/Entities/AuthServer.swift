package import Foundation

/// An OAuth 2.0 authorization server: it issues tokens to machine clients.
package struct AuthServer: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    /// Becomes `aud`.
    package var audience: String
    package var description: String
    package var signingAlgorithm: SigningAlgorithm
    package var trustedOrigins: [String]
    package var labels: [String: String]
    /// Public URL; becomes `iss`. Set at creation, never changed.
    package var issuer: String
    package var createdAt: Date
    package var updatedAt: Date

    package var metadataURI: String { self.issuer + "/.well-known/openid-configuration" }
    package var jwksURI: String { self.issuer + "/.well-known/jwks" }

    package init(
        id: String, name: String, audience: String, description: String = "",
        signingAlgorithm: SigningAlgorithm = .rs256, trustedOrigins: [String] = [], labels: [String: String] = [:],
        issuer: String, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.audience = audience
        self.description = description
        self.signingAlgorithm = signingAlgorithm
        self.trustedOrigins = trustedOrigins
        self.labels = labels
        self.issuer = issuer
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, audience, description, labels, issuer
        case signingAlgorithm = "signing_algorithm"
        case trustedOrigins = "trusted_origins"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
