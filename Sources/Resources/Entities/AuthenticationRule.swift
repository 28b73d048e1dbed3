/// One way for a client to prove who it is to a virtual cluster.
package enum AuthenticationRule: Equatable, Sendable {
    case anonymous
    case oauthBearer(OAuthBearerRule)
}

/// `oauth_bearer` with `mediation: terminate`: the gateway validates the token and ends the SASL exchange itself.
package struct OAuthBearerRule: Equatable, Sendable {
    package var jwks: JWKSSource
    package var validate: TokenValidation?
    package var claimsMapping: ClaimsMapping?

    package init(jwks: JWKSSource, validate: TokenValidation? = nil, claimsMapping: ClaimsMapping? = nil) {
        self.jwks = jwks
        self.validate = validate
        self.claimsMapping = claimsMapping
    }
}

package struct JWKSSource: Codable, Hashable, Sendable {
    package var endpoint: String
    /// Total time of one fetch, as the API writes it: `10s`.
    package var timeout: String
    /// How long a fetched key set is good: `1h`.
    package var cacheExpiration: String

    package init(endpoint: String, timeout: String = "10s", cacheExpiration: String = "1h") {
        self.endpoint = endpoint
        self.timeout = timeout
        self.cacheExpiration = cacheExpiration
    }

    package enum CodingKeys: String, CodingKey {
        case endpoint, timeout
        case cacheExpiration = "cache_expiration"
    }
}

package struct TokenValidation: Codable, Equatable, Sendable {
    package struct Audience: Codable, Equatable, Sendable {
        package var name: String

        package init(name: String) {
            self.name = name
        }
    }

    package var issuer: String?
    package var audiences: [Audience]?

    package init(issuer: String? = nil, audiences: [Audience]? = nil) {
        self.issuer = issuer
        self.audiences = audiences
    }
}

/// Names of the claims to read in place of `sub` and `scope`.
package struct ClaimsMapping: Codable, Equatable, Sendable {
    package var sub: String?
    package var scope: String?

    package init(sub: String? = nil, scope: String? = nil) {
        self.sub = sub
        self.scope = scope
    }
}

extension AuthenticationRule: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, mediation, jwks, validate
        case claimsMapping = "claims_mapping"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .type) {
        case "anonymous":
            self = .anonymous
        case "oauth_bearer":
            self = .oauthBearer(
                OAuthBearerRule(
                    jwks: try container.decode(JWKSSource.self, forKey: .jwks),
                    validate: try container.decodeIfPresent(TokenValidation.self, forKey: .validate),
                    claimsMapping: try container.decodeIfPresent(ClaimsMapping.self, forKey: .claimsMapping)))
        case let type:
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "unknown authentication rule '\(type)'")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .anonymous:
            try container.encode("anonymous", forKey: .type)
        case .oauthBearer(let rule):
            try container.encode("oauth_bearer", forKey: .type)
            try container.encode("terminate", forKey: .mediation)
            try container.encode(rule.jwks, forKey: .jwks)
            try container.encodeIfPresent(rule.validate, forKey: .validate)
            try container.encodeIfPresent(rule.claimsMapping, forKey: .claimsMapping)
        }
    }
}
