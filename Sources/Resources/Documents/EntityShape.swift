import JSON

/// What a document may leave out of an entity, and the order in which its fields are written.
enum EntityShape {
    private static let none: JSONValue = .object([:])

    /// Fields with their defaults, at a path inside an entity; list elements are `[]`.
    private static func defaults(_ kind: EntityKind, _ path: String) -> [(name: String, value: JSONValue)] {
        switch (kind, path) {
        case (.gateway, ""):
            [("description", .string("")), ("min_runtime_version", .string("1.2")), ("labels", self.none)]
        case (.backendCluster, ""):
            [
                ("description", .string("")), ("insecure_allow_anonymous_virtual_cluster_auth", .bool(false)),
                ("metadata_update_interval_seconds", .integer(60)), ("labels", self.none),
            ]
        case (.virtualCluster, ""), (.listener, ""): [("description", .string("")), ("labels", self.none)]
        case (.virtualCluster, "authentication[].jwks"):
            [("timeout", .string("10s")), ("cache_expiration", .string("1h"))]
        case (.clusterPolicy, ""):
            [
                ("description", .string("")), ("enabled", .bool(true)), ("condition", .string("")),
                ("labels", self.none),
            ]
        case (.listenerPolicy, ""):
            [("description", .string("")), ("enabled", .bool(true)), ("labels", self.none)]
        case (.listenerPolicy, "config"): [("bootstrap_port", .string("at_start")), ("min_broker_id", .integer(0))]
        case (.authServer, ""):
            [
                ("description", .string("")), ("signing_algorithm", .string("RS256")), ("trusted_origins", .array([])),
                ("labels", self.none),
            ]
        case (.scope, ""):
            [
                ("description", .string("")), ("default", .bool(false)), ("include_in_metadata", .bool(false)),
                ("enabled", .bool(true)),
            ]
        case (.claim, ""):
            [
                ("include_in_token", .bool(false)), ("include_in_all_scopes", .bool(false)),
                ("include_in_scopes", .array([])), ("enabled", .bool(true)),
            ]
        case (.client, ""):
            [
                ("redirect_uris", .array([])), ("access_token_duration", .integer(300)),
                ("id_token_duration", .integer(300)), ("allow_all_scopes", .bool(false)), ("allow_scopes", .array([])),
                ("token_endpoint_auth_method", .string("client_secret_post")), ("may_introspect", .bool(false)),
                ("labels", self.none),
            ]
        default: []
        }
    }

    /// Fields that have no default and may be there.
    private static func others(_ kind: EntityKind) -> [String] {
        switch kind {
        case .gateway: ["name"]
        case .backendCluster: ["name", "bootstrap_servers", "authentication", "tls"]
        case .virtualCluster:
            ["name", "destination", "authentication", "acl_mode", "dns_label", "namespace", "topic_aliases"]
        case .listener: ["name", "addresses", "ports"]
        case .clusterPolicy, .listenerPolicy: ["type", "name", "config"]
        case .authServer: ["name", "audience"]
        case .scope: ["name"]
        case .claim: ["name", "value"]
        case .client: ["id", "name", "grant_types", "response_types", "login_uri"]
        }
    }

    /// Every field that an entity of this kind may have in a document, without what lies below it.
    static func knownFields(_ kind: EntityKind) -> [String] {
        self.others(kind) + self.defaults(kind, "").map(\.name)
    }

    private static let order: [String: Int] = {
        let names = [
            "type", "resource_type", "action", "id", "name", "description", "audience", "value", "signing_algorithm",
            "trusted_origins", "enabled", "default", "min_runtime_version", "condition", "destination", "addresses",
            "ports", "bootstrap_servers", "dns_label", "acl_mode", "grant_types", "response_types", "redirect_uris",
            "login_uri", "access_token_duration", "id_token_duration", "allow_all_scopes", "allow_scopes",
            "token_endpoint_auth_method", "include_in_token", "include_in_all_scopes", "include_in_scopes",
            "include_in_metadata", "mediation", "endpoint", "timeout", "cache_expiration", "jwks", "issuer",
            "audiences", "validate", "sub", "scope", "claims_mapping", "authentication",
            "insecure_allow_anonymous_virtual_cluster_auth", "tls", "metadata_update_interval_seconds",
            "advertised_host", "bootstrap_port", "min_broker_id", "operations", "resource_names", "match", "rules",
            "config", "labels",
        ]
        return Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }()

    private static func sorted(_ keys: [String], path: String) -> [String] {
        if path.hasSuffix("labels") { return keys.sorted() }
        return keys.sorted { left, right in
            switch (self.order[left], self.order[right]) {
            case (let left?, let right?): left < right
            case (.some, nil): true
            case (nil, .some): false
            case (nil, nil): left < right
            }
        }
    }

    /// With every default written out, fields in their order, nulls gone.
    static func filled(_ object: JSONObject, _ kind: EntityKind) -> JSONObject {
        self.object(object, kind, path: "", isFilling: true)
    }

    /// Without what is as by default.
    static func stripped(_ object: JSONObject, _ kind: EntityKind) -> JSONObject {
        self.object(object, kind, path: "", isFilling: false)
    }

    private static func value(_ value: JSONValue, _ kind: EntityKind, path: String, isFilling: Bool) -> JSONValue {
        switch value {
        case .object(let object): .object(self.object(object, kind, path: path, isFilling: isFilling))
        case .array(let values):
            .array(values.map { self.value($0, kind, path: path + "[]", isFilling: isFilling) })
        case .null, .bool, .integer, .number, .string: value
        }
    }

    private static func object(_ object: JSONObject, _ kind: EntityKind, path: String, isFilling: Bool) -> JSONObject {
        let defaults = self.defaults(kind, path)
        var values: [String: JSONValue] = [:]
        for key in object.keys {
            guard let value = object[key], value != .null else { continue }
            let inner = self.value(value, kind, path: path.isEmpty ? key : "\(path).\(key)", isFilling: isFilling)
            if !isFilling, defaults.contains(where: { $0.name == key && $0.value == inner }) { continue }
            values[key] = inner
        }
        if isFilling { for entry in defaults where values[entry.name] == nil { values[entry.name] = entry.value } }
        var result = JSONObject()
        for key in self.sorted(Array(values.keys), path: path) {
            if let value = values[key] { _ = result.insert(value, forKey: key) }
        }
        return result
    }
}
