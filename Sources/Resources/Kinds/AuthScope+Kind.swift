internal import JSON

extension EntityKind {
    package static var scope: EntityKind { AuthScope.kind }
}

extension AuthScope: Resource {
    package var uniqueName: String? { self.name }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            AuthScope.self, title: "scope", collection: "scopes", capture: "scopeID", table: "auth_scopes",
            parent: .authServer, "A right that clients ask for by name.",
            fields: [
                Field(
                    "name", .string(.identityName, .scopeToken), .required, "What tokens say.",
                    example: .string("my-scope")),
                .description,
                Field("enabled", .boolean, .defaults(.bool(true)), "Whether it is granted at all."),
                Field(
                    "default", .boolean, .defaults(.bool(false)), "Granted without being asked for.",
                    example: .bool(false), isInTemplate: true),
                Field(
                    "include_in_metadata", .boolean, .defaults(.bool(false)), "Whether the server's metadata lists it."),
            ])
        kind.change = .patch
        kind.paging = .number
        kind.filters = .identity
        kind.sorts = ["created_at", "updated_at", "name"]
        kind.isEngineConfiguration = false
        kind.carriesTokens = true
        return kind
    }()
}
