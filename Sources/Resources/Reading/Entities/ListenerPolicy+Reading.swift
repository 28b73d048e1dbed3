extension Policy where Configuration == ForwardConfiguration {
    /// Reads the body of a create or replace call.
    ///
    /// - Parameters:
    ///   - others: the listener's other policies: one of all may map ports.
    ///   - resolve: finds the virtual cluster that a reference names.
    package init?(
        reading reader: BodyReader, stamp: EntityStamp, others: [ListenerPolicy],
        resolve: (ReferenceInput) throws -> Reference?
    ) rethrows {
        let field = reader["type"]
        switch field.choice(among: ["tls_server", "forward_to_virtual_cluster"]) {
        case "forward_to_virtual_cluster": break
        case let type:
            if let type { field.refuse("\(type) policies") }
            reader.ignoreOtherProperties()
            return nil
        }
        let fields = PolicyFields(reading: reader, condition: nil)
        let config = try reader["config"].object {
            try ForwardConfiguration(reading: $0, others: others, resolve: resolve)
        }
        guard let config else { return nil }
        self.init(type: "forward_to_virtual_cluster", fields: fields, config: config, stamp: stamp)
    }

    /// Reads a patch: what is absent stays.
    package func changed(
        reading reader: BodyReader, others: [ListenerPolicy], resolve: (ReferenceInput) throws -> Reference?
    ) rethrows -> Self {
        var policy = self
        policy.fields.change(reading: reader, condition: nil)
        if let field = reader["config"].ifPresent {
            policy.config =
                try field.object { try ForwardConfiguration(reading: $0, others: others, resolve: resolve) }
                ?? policy.config
        }
        return policy
    }
}

extension ForwardConfiguration {
    fileprivate init?(
        reading reader: BodyReader, others: [ListenerPolicy], resolve: (ReferenceInput) throws -> Reference?
    ) rethrows {
        let field = reader["type"]
        let type = field.choice(among: ["port_mapping", "sni"])
        guard type == "port_mapping" else {
            if type == "sni" { field.refuse("forwarding by sni") }
            reader.ignoreOtherProperties()
            return nil
        }
        if let other = others.first(where: { $0.config.type == "port_mapping" }) {
            field.report(.invalid, "the listener has a port_mapping policy already: [\(other.name ?? other.id)]")
        }
        let destination = try reader["destination"].reference(to: "virtual cluster", resolve)
        let host = reader["advertised_host"].string(.advertisedHost)
        let bootstrap = reader["bootstrap_port"].ifPresent.flatMap { $0.choice(of: BootstrapPort.self) } ?? .atStart
        let lowest = reader["min_broker_id"].ifPresent.flatMap { $0.integer(in: 0...Int(Int32.max)) } ?? 0
        guard let destination, let host else { return nil }
        self.init(
            destination: destination, advertisedHost: host, bootstrapPort: bootstrap, minBrokerID: Int32(lowest))
    }
}
