internal import JSON

extension EntityKind {
    package static var authServer: EntityKind { AuthServer.kind }
}

extension AuthServer: Resource {
    package var uniqueName: String? { self.name }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            AuthServer.self, title: "auth server", collection: "/v1/auth-servers", capture: "authServerID",
            table: "auth_servers", documentKey: "auth_servers", "Issues tokens to clients.",
            fields: [
                Field(
                    "name", .string(.identityName), .required, "What people call it.",
                    example: .string("my-auth-server")),
                .description,
                Field(
                    "audience", .string(.audience), .required, "Who the tokens are for (aud).",
                    example: .string("http://my-service.example")),
                Field(
                    "signing_algorithm", .choice(of: SigningAlgorithm.self), .defaults(.string("RS256")),
                    "How tokens are signed (RFC 7518, section 3.1)."),
                Field(
                    "trusted_origins", .list(.string(.origin), ListBounds(maximum: 16, isUnique: true)),
                    .defaults(.array([])), "Origins of web pages that may ask it from a browser."),
                Field(
                    "issuer", .string(.issuer), .optional, access: .atCreation,
                    "The URL in tokens (iss). It is made from the server's address unless it is given at creation.",
                    isInDocuments: false),
                Field(
                    "labels", .labels(merges: true), .defaults(.object([:])), "Names and values to find it by."),
                Field("metadata_uri", .string(), .optional, access: .readOnly, "Where its metadata is published."),
                Field("jwks_uri", .string(), .optional, access: .readOnly, "Where its keys are published."),
            ])
        kind.change = .patch
        kind.paging = .number
        kind.filters = [
            KindFilter("name", [.equals, .contains]), KindFilter("description", [.equals, .contains]),
            KindFilter("audience", [.equals, .contains]), KindFilter("id", [.equals], .uuid),
            KindFilter("labels", [.equals], .labels),
        ]
        kind.sorts = ["created_at", "updated_at", "name", "audience"]
        kind.isEngineConfiguration = false
        kind.carriesTokens = true
        kind.columns = ["issuer": "issuer"]
        return kind
    }()
}

extension [KindFilter] {
    /// The filters of the kinds below an auth server.
    static let identity: [KindFilter] = [
        KindFilter("name", [.equals, .contains]), KindFilter("id", [.equals], .uuid),
    ]
}
