import JSON
import JWTKit

/// The payload of an access token.
///
/// Times are whole seconds since 1970. `aud` is always an array. `scope` is a space separated string, and left out
/// when no scope was granted (RFC 9068 §2.2.3 names the claim, RFC 8693 §4.2 its form): Kafka's Java client refuses a
/// token whose scope is empty.
struct AccessTokenClaims: JWTPayload, Equatable {
    var issuer: String
    /// The client id: a machine client is its own subject.
    var clientID: String
    var audience: [String]
    var issuedAt: Int
    var expiresAt: Int
    var tokenID: String
    var scope: String?
    /// The configured claims; never one of ``AuthClaim/reservedNames``.
    var custom: [String: JSONValue]

    private static let issuerKey = JSONKey("iss")
    private static let subjectKey = JSONKey("sub")
    private static let clientIDKey = JSONKey("client_id")
    private static let audienceKey = JSONKey("aud")
    private static let issuedAtKey = JSONKey("iat")
    private static let notBeforeKey = JSONKey("nbf")
    private static let expiresAtKey = JSONKey("exp")
    private static let tokenIDKey = JSONKey("jti")
    private static let scopeKey = JSONKey("scope")
    private static let reservedKeys = Set(
        [
            issuerKey, subjectKey, clientIDKey, audienceKey, issuedAtKey, notBeforeKey, expiresAtKey, tokenIDKey,
            scopeKey,
        ].map(\.stringValue))

    init(
        issuer: String, clientID: String, audience: [String], issuedAt: Int, expiresAt: Int, tokenID: String,
        scope: String?, custom: [String: JSONValue]
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.audience = audience
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.tokenID = tokenID
        self.scope = scope
        self.custom = custom
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.issuer = try container.decode(String.self, forKey: Self.issuerKey)
        self.clientID = try container.decode(String.self, forKey: Self.clientIDKey)
        self.audience = try container.decode([String].self, forKey: Self.audienceKey)
        self.issuedAt = try container.decode(Int.self, forKey: Self.issuedAtKey)
        self.expiresAt = try container.decode(Int.self, forKey: Self.expiresAtKey)
        self.tokenID = try container.decode(String.self, forKey: Self.tokenIDKey)
        self.scope = try container.decodeIfPresent(String.self, forKey: Self.scopeKey)
        self.custom = [:]
        for key in container.allKeys where !Self.reservedKeys.contains(key.stringValue) {
            self.custom[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        for (name, value) in self.custom where !Self.reservedKeys.contains(name) {
            try container.encode(value, forKey: JSONKey(name))
        }
        try container.encode(self.issuer, forKey: Self.issuerKey)
        try container.encode(self.clientID, forKey: Self.subjectKey)
        try container.encode(self.clientID, forKey: Self.clientIDKey)
        try container.encode(self.audience, forKey: Self.audienceKey)
        try container.encode(self.issuedAt, forKey: Self.issuedAtKey)
        try container.encode(self.issuedAt, forKey: Self.notBeforeKey)
        try container.encode(self.expiresAt, forKey: Self.expiresAtKey)
        try container.encode(self.tokenID, forKey: Self.tokenIDKey)
        try container.encodeIfPresent(self.scope, forKey: Self.scopeKey)
    }

    /// The signature is all that is checked here: time is the caller's, who has the clock.
    func verify(using algorithm: some JWTAlgorithm) {}
}
