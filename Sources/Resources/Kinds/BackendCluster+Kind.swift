internal import JSON

extension EntityKind {
    package static var backendCluster: EntityKind { BackendCluster.kind }
}

extension BackendCluster: Resource {
    package var uniqueName: String? { self.name }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            BackendCluster.self, title: "backend cluster", collection: "backend-clusters", capture: "backendClusterId",
            table: "backend_clusters", parent: .gateway,
            "The Kafka cluster behind. Its brokers have to be reachable from here.",
            fields: [
                Field(
                    "name", .string(.entityName), .required, "Unique in the gateway.", example: .string("my-backend")),
                .description,
                Field(
                    "bootstrap_servers", .list(.string(.bootstrapServer, .bootstrapPort), .notEmpty), .required,
                    "Where to ask for the brokers: host:port, or [ipv6]:port.",
                    example: .array([.string("localhost:9094")])),
                Field(
                    "authentication",
                    .variants(
                        by: "type",
                        [
                            FieldVariant("anonymous", [], "The brokers ask nobody who it is."),
                            .unsupported("sasl_plain", "sasl_plain authentication to a backend cluster"),
                            .unsupported("sasl_scram", "sasl_scram authentication to a backend cluster"),
                        ], help: "How the gateway signs in."), .required, "How the gateway signs in to the brokers.",
                    example: .object(["type": .string("anonymous")])),
                Field(
                    Self.anonymousFlag, .boolean, .defaults(.bool(false)),
                    "Has to be true before a virtual cluster lets anonymous clients in.", example: .bool(false),
                    isInTemplate: true),
                Field(
                    "tls", .object(Self.tlsFields), .required, "TLS to the brokers.",
                    example: .object(["enabled": .bool(false)])),
                Field(
                    "metadata_update_interval_seconds", .integer(1...43_200), .defaults(.integer(60)),
                    "How often brokers and topics are asked for anew."),
                .labels,
            ])
        kind.rules = [
            { draft in
                guard draft.values[Self.anonymousFlag] != .bool(true) else { return }
                let clusters = try draft.around.list(VirtualCluster.self, in: draft.around.parents.first)
                let user = clusters.first { $0.destination.id == draft.around.id && $0.allowsAnonymous }
                guard let user else { return }
                draft.report(
                    Self.anonymousFlag, .invalid,
                    "must be true while the virtual cluster [\(user.name)] has an anonymous rule")
            }
        ]
        return kind
    }()

    package static let anonymousFlag = "insecure_allow_anonymous_virtual_cluster_auth"

    private static let tlsFields: [Field] =
        [
            Field(
                "enabled", .boolean, .required, "Whether connections to the brokers are encrypted.",
                example: .bool(false),
                check: { value, field, _ in if value == .bool(true) { field.refuse("TLS to a backend cluster") } }
            ).taking([.bool(false)])
        ]
        + ["insecure_skip_verify", "ca_bundle", "tls_versions", "client_identity"].map {
            .unsupported($0, "TLS to a backend cluster")
        }
}

extension StringRule {
    /// The form of the whole is another rule's business.
    fileprivate static let bootstrapPort = StringRule.valid("the port must be 1 to 65535") {
        !HostPort.hasServerForm($0) || HostPort(server: $0) != nil
    }
}
