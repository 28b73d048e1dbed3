import JSON

extension EntityKind {
    package static var gateway: EntityKind { Gateway.kind }
}

extension Gateway: Resource {
    package var uniqueName: String? { self.name }

    package static let kind: EntityKind = {
        var kind = EntityKind(
            Gateway.self, title: "gateway", collection: "/v1/event-gateways", capture: "gatewayId", table: "gateways",
            documentKey: "gateways", "A named set of backend clusters, virtual clusters and listeners.",
            fields: [
                Field(
                    "name", .string(.entityName), .required, "Unique in this instance.", example: .string("my-gateway")),
                .description,
                Field(
                    "min_runtime_version",
                    .string(
                        .form(
                            "must be two numbers with a dot between, such as 1.1",
                            facts: StringFacts(pattern: #"^[0-9]+\.[0-9]+$"#), isRuntimeVersion)),
                    .defaults(.string(Gateway.runtimeVersions.last ?? "")), null: .ignored,
                    "The oldest release of the resource model that its engines have. It never goes back.",
                    example: .string("1.2"),
                    check: { value, field, _ in
                        guard case .string(let version) = value, !Gateway.runtimeVersions.contains(version) else {
                            return
                        }
                        let known = Gateway.runtimeVersions.joined(separator: ", ")
                        field.report(.invalid, "no release [\(version)]; there are \(known)")
                    }
                ).taking(Gateway.runtimeVersions.map(JSONValue.string)),
                Field(
                    "labels", .labels(merges: false), .defaults(.object([:])), null: .resets,
                    "Names and values to find it by; env: prod makes consoles start read-only.",
                    example: .object(["env": .string("dev")])),
                Field(
                    "version", .string(), .optional, access: .readOnly, "Rises with every change of what lies below."),
                Field("nodes_total", .integer(0...Int.max), .optional, access: .readOnly, "Engines that load it."),
                Field(
                    "virtual_clusters_total", .integer(0...Int.max), .optional, access: .readOnly,
                    "Virtual clusters below."),
            ])
        kind.change = .putAndPatch
        kind.keepsAbsentOnPut = true
        kind.rules = [
            { draft in
                guard case .string(let new)? = draft.values["min_runtime_version"],
                    case .string(let old)? = draft.previous?["min_runtime_version"], Gateway.isOlder(new, than: old)
                else { return }
                draft.report("min_runtime_version", .invalid, "cannot go back from [\(old)] to [\(new)]")
            }
        ]
        return kind
    }()
}

private func isRuntimeVersion(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
}
