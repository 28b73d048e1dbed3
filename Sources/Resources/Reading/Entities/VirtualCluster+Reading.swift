extension VirtualCluster {
    /// Reads the body of a create or replace call.
    ///
    /// - Parameter resolve: finds the backend cluster that a reference names.
    package init?(
        reading reader: BodyReader, stamp: EntityStamp, resolve: (ReferenceInput) throws -> BackendCluster?
    ) rethrows {
        let name = reader["name"].string(.entityName)
        let description = reader["description"].ifPresent.flatMap { $0.string(.description) } ?? ""
        var backend: BackendCluster?
        let destination = try reader["destination"].reference(to: "backend cluster") { input in
            backend = try resolve(input)
            return backend.map { Reference(id: $0.id, name: $0.name) }
        }
        let authentication = reader["authentication"].array(1...) { field in
            let rule = field.object { AuthenticationRule(reading: $0) }
            if rule == .anonymous, let backend, !backend.insecureAllowAnonymousVirtualClusterAuth {
                field.report(
                    .invalid,
                    "anonymous needs insecure_allow_anonymous_virtual_cluster_auth on the backend cluster "
                        + "[\(backend.name)]")
            }
            return rule
        }
        reader["namespace"].refuseIfPresent("namespaces")
        reader["topic_aliases"].refuseIfPresent("topic aliases")
        let aclMode = reader["acl_mode"].choice(of: ACLMode.self)
        let dnsLabel = reader["dns_label"].string(.dnsLabel)
        let labels = reader["labels"].ifPresent.flatMap { $0.labels() } ?? [:]
        guard let name, let destination, let authentication, let aclMode, let dnsLabel else { return nil }
        self.init(
            id: stamp.id, name: name, description: description, destination: destination,
            authentication: authentication, aclMode: aclMode, dnsLabel: dnsLabel, labels: labels,
            createdAt: stamp.createdAt, updatedAt: stamp.updatedAt)
    }

    /// True when clients may come in without proving who they are.
    package var allowsAnonymous: Bool { self.authentication.contains(.anonymous) }
}

extension AuthenticationRule {
    init?(reading reader: BodyReader) {
        let type = reader["type"]
        switch type.choice(among: ["anonymous", "sasl_plain", "sasl_scram", "oauth_bearer", "client_certificate"]) {
        case "anonymous":
            self = .anonymous
        case "oauth_bearer":
            guard let rule = OAuthBearerRule(reading: reader) else { return nil }
            self = .oauthBearer(rule)
        case let other:
            if let other { type.refuse("\(other) authentication") }
            reader.ignoreOtherProperties()
            return nil
        }
    }
}

extension OAuthBearerRule {
    fileprivate init?(reading reader: BodyReader) {
        let mediation = reader["mediation"].choice(among: ["passthrough", "validate_forward", "terminate"])
        if let mediation, mediation != "terminate" {
            reader["mediation"].refuse("oauth_bearer with mediation [\(mediation)]")
        }
        reader["fetch_kong_identity_principal"].refuseIfPresent("the look-up of principals")
        let validate = reader["validate"].ifPresent.flatMap { $0.object { TokenValidation(reading: $0) } }
        let mapping = reader["claims_mapping"].ifPresent.flatMap { $0.object { ClaimsMapping(reading: $0) } }
        // Only terminate and validate_forward need the key set.
        let field = mediation == "passthrough" ? reader["jwks"].ifPresent : reader["jwks"]
        guard let jwks = field?.object({ JWKSSource(reading: $0) }), mediation == "terminate" else { return nil }
        self.init(jwks: jwks, validate: validate, claimsMapping: mapping)
    }
}

extension JWKSSource {
    fileprivate init?(reading reader: BodyReader) {
        let endpoint = reader["endpoint"].string(.httpURL)
        let timeout = reader["timeout"].ifPresent.flatMap { $0.string(.duration) } ?? "10s"
        let expiration = reader["cache_expiration"].ifPresent.flatMap { $0.string(.duration) } ?? "1h"
        guard let endpoint else { return nil }
        self.init(endpoint: endpoint, timeout: timeout, cacheExpiration: expiration)
    }
}

extension TokenValidation {
    fileprivate init?(reading reader: BodyReader) {
        let issuer = reader["issuer"].ifPresent.flatMap { $0.string(.minimumLength(1)) }
        let audiences = reader["audiences"].ifPresent.flatMap { field in
            field.array(1...) { element in
                element.object { $0["name"].string(.minimumLength(1)).map(Audience.init(name:)) }
            }
        }
        self.init(issuer: issuer, audiences: audiences)
    }
}

extension ClaimsMapping {
    fileprivate init?(reading reader: BodyReader) {
        self.init(
            sub: reader["sub"].ifPresent.flatMap { $0.string(.minimumLength(1)) },
            scope: reader["scope"].ifPresent.flatMap { $0.string(.minimumLength(1)) })
    }
}
