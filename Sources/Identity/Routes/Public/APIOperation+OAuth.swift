import JSON
import ManagementHTTP
import Resources
import Store

/// The public endpoints, for the API's description.
extension APIOperation {
    static func metadata(_ standard: String) -> APIOperation {
        APIOperation(
            "get\(standard)Metadata", "The auth server's metadata (RFC 8414).", tag: "OAuth", security: .none,
            .ok(
                .object(
                    ["issuer": .string, "token_endpoint": .string, "jwks_uri": .string], isClosed: false)),
            refusals: [400, 404, 503])
    }

    static let keySet = APIOperation(
        "getKeySet", "The keys that tokens are signed with (RFC 7517).", tag: "OAuth", security: .none,
        .ok(.object(["keys": .array(.object(["kty": .string, "kid": .string], isClosed: false))])),
        refusals: [400, 404, 503])

    static let token = Self.form(
        "issueToken", "Issues an access token (RFC 6749, section 4.4).",
        .object(
            ["grant_type": .const("client_credentials")],
            optional: ["scope": .string, "client_id": .string, "client_secret": .string], isClosed: false),
        .ok(
            .object(
                ["access_token": .string, "token_type": .const("Bearer"), "expires_in": .count],
                optional: ["scope": .string])))

    static let introspect = Self.form(
        "introspectToken", "Whether a token is active (RFC 7662).", Self.tokenForm,
        .ok(.object(["active": .boolean], isClosed: false)))

    static let revoke = Self.form(
        "revokeOwnToken", "Takes back a token of the client (RFC 7009).", Self.tokenForm,
        Answer(200, "It is good no more."))

    static func userInfo(_ name: String) -> APIOperation {
        APIOperation(
            name, "The claims of an access token (OpenID Connect Core, section 5.3).", tag: "OAuth",
            security: .accessToken, .ok(.object(["sub": .string], isClosed: false)), .oauth(401), .oauth(503),
            refusals: [400, 404])
    }

    private static let tokenForm = Schema.object(
        ["token": .text()],
        optional: ["token_type_hint": .string, "client_id": .string, "client_secret": .string], isClosed: false)

    private static func form(_ name: String, _ summary: String, _ schema: Schema, _ answer: Answer) -> APIOperation {
        APIOperation(
            name, summary, tag: "OAuth", body: .form(schema), security: .client, answer, .invalidForm, .oauth(401),
            .oauth(413), .oauth(429), .oauth(503), refusals: [404])
    }
}

extension APIOperation.Answer {
    private static let error = Schema.component("OAuthError")

    static func oauth(_ status: Int) -> Self {
        let texts = [
            401: "The client or the token is not known.", 413: "The body is too large.",
            429: "The client asks too often.", 503: "Too many clients ask at once.",
        ]
        return Self(status, texts[status] ?? "Refused.", .json(Self.error))
    }

    /// RFC 6749, section 5.2; a problem when the path is wrong.
    static let invalidForm = Self(
        400, "The request is wrong.", .json(Self.error),
        APIOperation.Content(type: "application/problem+json", schema: .component("InvalidRequest")))
}

extension APIOperation {
    /// The schemas that the operations of the identity server name.
    static let identitySchemas: [(name: String, schema: Schema)] = [
        (
            "OAuthError",
            .object(
                ["error": .choice(of: OAuthError.Code.self)], optional: ["error_description": .string])
        ),
        ("ClientSecret", .object(Self.secretFields)),
        (
            "ClientSecretCreated",
            .object([
                "id": .uuid, "enabled": .boolean, "secret": .string, "created_at": .dateTime, "updated_at": .dateTime,
            ])
        ),
        (
            "Token",
            .object([
                "id": .uuid, "granted_scope_names": .array(.string), "created_at": .dateTime, "expires_at": .dateTime,
            ])
        ),
        (
            "SigningKey",
            .object(
                [
                    "id": .string, "algorithm": .choice(of: SigningAlgorithm.self), "state": .string,
                    "created_at": .dateTime, "signs_from": .dateTime,
                ], optional: ["retires_at": .dateTime, "leaves_at": .dateTime])
        ),
    ]

    private static let secretFields: KeyValuePairs<String, Schema> = [
        "id": .uuid, "enabled": .boolean, "created_at": .dateTime, "updated_at": .dateTime,
    ]
}
