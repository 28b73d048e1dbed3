internal import JSON

extension EntityKind {
    package static var claim: EntityKind { AuthClaim.kind }
}

extension AuthClaim: Resource {
    package var uniqueName: String? { self.name }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            AuthClaim.self, title: "claim", collection: "claims", capture: "claimID", table: "auth_claims",
            parent: .authServer, "A fact that goes into tokens.",
            fields: [
                Field(
                    "name", .string(.identityName, .claimName), .required, "The claim's name in the token.",
                    example: .string("my-claim")),
                Field(
                    "value", .string(.minimumLength(1), .staticClaim), .required,
                    "Text; what is valid JSON becomes that JSON value in the token.", example: .string("my-value")),
                Field("enabled", .boolean, .defaults(.bool(true)), "Whether it is in force."),
                Field(
                    "include_in_token", .boolean, .defaults(.bool(false)),
                    "Whether access tokens carry it; otherwise only the userinfo answer does.", example: .bool(true),
                    isInTemplate: true),
                Field(
                    "include_in_all_scopes", .boolean, .defaults(.bool(false)),
                    "Whether it does not depend on the granted scopes.", example: .bool(true), isInTemplate: true),
                Field(
                    "include_in_scopes", .list(.siblingID(.scope), .unique), .defaults(.array([])),
                    "The scopes that bring it."),
            ])
        kind.change = .patch
        kind.paging = .number
        kind.filters = .identity
        kind.sorts = ["created_at", "updated_at", "name"]
        kind.isEngineConfiguration = false
        return kind
    }()
}
