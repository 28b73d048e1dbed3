import JSON

extension EntityKind {
    package static var virtualCluster: EntityKind { VirtualCluster.kind }
}

extension VirtualCluster: Resource {
    package var uniqueName: String? { self.name }

    /// True when clients may come in without proving who they are.
    package var allowsAnonymous: Bool { self.authentication.contains(.anonymous) }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            VirtualCluster.self, title: "virtual cluster", collection: "virtual-clusters", capture: "virtualClusterId",
            table: "virtual_clusters", parent: .gateway, "What clients see as a Kafka cluster.",
            fields: [
                Field(
                    "name", .string(.entityName), .required, "Unique in the gateway.",
                    example: .string("my-virtual-cluster")),
                .description,
                Field(
                    "destination", .reference(.backendCluster), .required, "The backend cluster.",
                    example: .object(["name": .string("my-backend")])),
                Field(
                    "dns_label", .string(.dnsLabel), .required,
                    "Unique in the gateway: a-z, 0-9 and \"-\" only.", example: .string("my-virtual-cluster")),
                Field(
                    "acl_mode", .choice(of: ACLMode.self), .required,
                    "enforce_on_gateway: nothing is allowed until an acls policy allows it. passthrough: the backend decides.",
                    example: .string("enforce_on_gateway")),
                Field(
                    "authentication", .list(AuthenticationRule.fieldType, .notEmpty), .required,
                    "How clients prove who they are. The first rule that matches decides.",
                    example: .array([AuthenticationRule.example])),
                .unsupported("namespace", "namespaces"),
                .unsupported("topic_aliases", "topic aliases"),
                .labels,
            ])
        kind.filters.append(KindFilter("backend_cluster_id", [.equals], .uuid, path: "destination.id"))
        kind.columns = ["dns_label": "dns_label"]
        kind.rules = [
            { draft in
                guard case .array(let rules)? = draft.values["authentication"],
                    case .object(let destination)? = draft.values["destination"],
                    case .string(let id)? = destination["id"],
                    let backend = try draft.around.find(BackendCluster.self, id: id, in: draft.around.parents.first),
                    !backend.insecureAllowAnonymousVirtualClusterAuth
                else { return }
                for (index, rule) in rules.enumerated() where rule == .object(["type": .string("anonymous")]) {
                    draft.report(
                        "authentication[\(index)]", .invalid,
                        "anonymous needs \(BackendCluster.anonymousFlag) on the backend cluster [\(backend.name)]")
                }
            }
        ]
        return kind
    }()
}

extension AuthenticationRule {
    static let fieldType = FieldType.variants(
        by: "type",
        [
            FieldVariant("anonymous", [], "A client that does not sign in. The rules know it as anonymous."),
            .unsupported("sasl_plain", "sasl_plain authentication"),
            .unsupported("sasl_scram", "sasl_scram authentication"),
            FieldVariant(
                "oauth_bearer",
                [
                    Field(
                        "mediation", .choice(["passthrough", "validate_forward", "terminate"]), .required,
                        "Who judges the token.", example: .string("terminate"),
                        check: { value, field, _ in
                            if case .string(let mediation) = value, mediation != "terminate" {
                                field.refuse("oauth_bearer with mediation [\(mediation)]")
                            }
                        }
                    ).taking([.string("terminate")]),
                    .unsupported("fetch_kong_identity_principal", "the look-up of principals"),
                    Field(
                        "jwks", .object(Self.keySetFields),
                        .requiredWhen("mediation", isOneOf: ["terminate", "validate_forward"]),
                        "The keys that tokens are signed with."),
                    Field("validate", .object(Self.validationFields), .optional, "What a token must say."),
                    Field(
                        "claims_mapping", .object(Self.mappingFields), .optional,
                        "Claims to read in place of the usual ones."),
                ], "A client that signs in with a token (SASL/OAUTHBEARER)."),
            .unsupported("client_certificate", "client_certificate authentication"),
        ], help: "One way for a client to prove who it is.")

    static let example: JSONValue = .object([
        "type": .string("oauth_bearer"), "mediation": .string("terminate"),
        "jwks": .object(["endpoint": .string("https://auth.example.com/.well-known/jwks")]),
    ])

    private static let keySetFields = [
        Field(
            "endpoint", .string(.httpURL), .required, "The URL of the issuer's key set (RFC 7517).",
            example: .string("https://auth.example.com/.well-known/jwks")),
        Field("timeout", .string(.duration), .defaults(.string("10s")), "The longest that one fetch may take."),
        Field(
            "cache_expiration", .string(.duration), .defaults(.string("1h")), "How long a fetched key set is good."),
    ]

    private static let validationFields = [
        Field(
            "audiences",
            .list(
                .object([
                    Field("name", .string(.minimumLength(1)), .required, "An audience (aud) that tokens may have.")
                ]
                ), .notEmpty), .optional, "A token must be for one of these."),
        Field("issuer", .string(.minimumLength(1)), .optional, "A token must be from this issuer (iss)."),
    ]

    private static let mappingFields = [
        Field("sub", .string(.minimumLength(1)), .optional, "The claim that names the principal, in place of sub."),
        Field("scope", .string(.minimumLength(1)), .optional, "The claim that holds the scopes, in place of scope."),
    ]
}
