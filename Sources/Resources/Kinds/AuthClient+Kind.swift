internal import JSON

extension EntityKind {
    package static var client: EntityKind { AuthClient.kind }
}

extension AuthClient: Resource {
    package var uniqueName: String? { self.name }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            AuthClient.self, title: "client", collection: "clients", capture: "clientID", table: "auth_clients",
            parent: .authServer, "A machine that gets tokens. Its secret is shown once, when it is made.",
            fields: [
                Field("name", .string(.identityName), .required, "What people call it.", example: .string("my-client")),
                Field(
                    "grant_types", .list(.choice(["client_credentials", "implicit"]), .unique), .required,
                    "How it may get tokens (RFC 7591, section 2).", example: .array([.string("client_credentials")])),
                Field(
                    "response_types", .list(.choice(["none", "token", "code", "id_token"]), .unique), .required,
                    "What authorization requests may ask for (RFC 7591, section 2).",
                    example: .array([.string("token")])),
                Field(
                    "redirect_uris", .list(.string(.httpsURL)), .defaults(.array([])),
                    "Where browsers may be sent back to."),
                Field("login_uri", .string(.httpsURL), .optional, null: .resets, "Where a sign-in begins."),
                Field(
                    "access_token_duration", .integer(Self.durations), .defaults(.integer(300)),
                    "Seconds that an access token lives.", example: .integer(3600), isInTemplate: true),
                Field(
                    "id_token_duration", .integer(Self.durations), .defaults(.integer(300)),
                    "Seconds that an ID token lives."),
                Field(
                    "allow_all_scopes", .boolean, .defaults(.bool(false)), "Whether it may have every scope.",
                    example: .bool(true), isInTemplate: true),
                Field(
                    "allow_scopes", .list(.siblingID(.scope), .unique), .defaults(.array([])),
                    "The scopes that it may have."),
                Field(
                    "token_endpoint_auth_method", .choice(["client_secret_post", "none"]),
                    .defaults(.string("client_secret_post")), "How it proves who it is (RFC 7591, section 2)."),
                Field(
                    "may_introspect", .boolean, .defaults(.bool(false)),
                    "Whether the introspection endpoint answers about tokens of other clients."),
                Field(
                    "client_secret", .string(.clientSecret), .optional, access: .generated,
                    "A secret of one's own choice; POST makes one up and answers it this once.", isInDocuments: false),
                Field("labels", .labels(merges: true), .defaults(.object([:])), "Names and values to find it by."),
            ])
        kind.change = .putAndPatch
        kind.hasChosenID = true
        kind.paging = .number
        kind.filters = [
            KindFilter("name", [.equals, .contains]), KindFilter("id", [.equals]),
            KindFilter("labels", [.equals], .labels),
        ]
        kind.sorts = ["created_at", "updated_at", "name"]
        kind.isEngineConfiguration = false
        kind.carriesTokens = true
        return kind
    }()

    private static let durations = 60...2_592_000
}
