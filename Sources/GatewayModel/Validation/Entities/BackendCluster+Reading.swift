extension BackendCluster {
    /// Reads the body of a create or replace call.
    ///
    /// - Parameter anonymousUser: the name of a virtual cluster here that lets anonymous clients in, if there is one:
    ///   then the flag must stay true.
    package init?(
        reading reader: BodyReader, stamp: EntityStamp, anonymousUser: () throws -> String?
    ) rethrows {
        let name = reader["name"].string(.entityName)
        let description = reader["description"].ifPresent.flatMap { $0.string(.description) } ?? ""
        let servers = reader["bootstrap_servers"].array(1...) { $0.bootstrapServer() }
        let authentication = reader["authentication"].object { Self.authentication($0) }
        let flag = reader["insecure_allow_anonymous_virtual_cluster_auth"]
        let allowsAnonymous = flag.ifPresent.flatMap { $0.bool() } ?? false
        if !allowsAnonymous, let user = try anonymousUser() {
            flag.report(.invalid, "must be true while the virtual cluster [\(user)] has an anonymous rule")
        }
        let tls = reader["tls"].object { Self.tls($0) }
        let interval = reader["metadata_update_interval_seconds"].ifPresent.flatMap { $0.integer(in: 1...43_200) } ?? 60
        let labels = reader["labels"].ifPresent.flatMap { $0.labels() } ?? [:]
        guard let name, let servers, let authentication, let tls else { return nil }
        self.init(
            id: stamp.id, name: name, description: description, bootstrapServers: servers,
            authentication: authentication, insecureAllowAnonymousVirtualClusterAuth: allowsAnonymous, tls: tls,
            metadataUpdateIntervalSeconds: interval, labels: labels, createdAt: stamp.createdAt,
            updatedAt: stamp.updatedAt)
    }

    private static func authentication(_ reader: BodyReader) -> BackendAuthentication? {
        let field = reader["type"]
        switch field.choice(among: ["anonymous", "sasl_plain", "sasl_scram"]) {
        case "anonymous":
            return .anonymous
        case let type?:
            field.refuse("\(type) authentication to a backend cluster")
            reader.ignoreOtherProperties()
            return nil
        case nil:
            reader.ignoreOtherProperties()
            return nil
        }
    }

    private static func tls(_ reader: BodyReader) -> BackendTLS? {
        let enabled = reader["enabled"].bool()
        if enabled == true { reader["enabled"].refuse("TLS to a backend cluster") }
        for name in ["insecure_skip_verify", "ca_bundle", "tls_versions", "client_identity"] {
            reader[name].refuseIfPresent("TLS to a backend cluster")
        }
        return enabled.map(BackendTLS.init(enabled:))
    }
}

extension FieldReader {
    fileprivate func bootstrapServer() -> String? {
        guard let server = self.string(.bootstrapServer) else { return nil }
        guard HostPort(server: server) != nil else {
            self.report(.invalid, "the port must be 1 to 65535")
            return nil
        }
        return server
    }
}
