internal import JSON

/// The configuration of a `forward_to_virtual_cluster` policy: how a connection finds its virtual cluster.
package enum ForwardConfiguration: Codable, Equatable, Sendable {
    case portMapping(PortMappingConfiguration)

    private enum CodingKeys: String, CodingKey { case type }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        guard type == PortMappingConfiguration.variant.name else {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "unknown way to forward '\(type)'")
        }
        self = .portMapping(try PortMappingConfiguration(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .portMapping(let mapping):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(PortMappingConfiguration.variant.name, forKey: .type)
            try mapping.encode(to: encoder)
        }
    }
}

extension ForwardConfiguration {
    package static let policyType = FieldVariant(
        "forward_to_virtual_cluster", by: "type",
        [PortMappingConfiguration.variant, .unsupported("sni", "forwarding by sni")],
        "Leads the listener's connections to a virtual cluster.")
}

/// `port_mapping`: the listener's first port is for clients that start, each further one for one broker.
package struct PortMappingConfiguration: Codable, Equatable, Sendable {
    package enum BootstrapPort: String, Codable, CaseIterable, Sendable {
        case none
        case atStart = "at_start"
    }

    package var destination: Reference
    /// The host that is advertised for every broker.
    package var advertisedHost: String
    package var bootstrapPort: BootstrapPort
    /// The lowest broker node ID.
    package var minBrokerID: Int32

    package init(
        destination: Reference, advertisedHost: String, bootstrapPort: BootstrapPort = .atStart, minBrokerID: Int32 = 0
    ) {
        self.destination = destination
        self.advertisedHost = advertisedHost
        self.bootstrapPort = bootstrapPort
        self.minBrokerID = minBrokerID
    }

    package enum CodingKeys: String, CodingKey {
        case destination
        case advertisedHost = "advertised_host"
        case bootstrapPort = "bootstrap_port"
        case minBrokerID = "min_broker_id"
    }
}

extension PortMappingConfiguration {
    package static var typeName: String { self.variant.name }

    static let variant = FieldVariant(
        "port_mapping",
        [
            Field(
                "destination", .reference(.virtualCluster), .required, "The virtual cluster.",
                example: .object(["name": .string("my-virtual-cluster")])),
            Field(
                "advertised_host", .string(.advertisedHost), .required,
                "The host that is advertised to clients. They have to be able to reach it.",
                example: .string("localhost")),
            Field(
                "bootstrap_port", .choice(of: BootstrapPort.self), .defaults(.string("at_start")),
                "at_start: the first port is for clients that do not know the brokers yet. none: there is no such port."
            ),
            Field(
                "min_broker_id", .integer(0...Int(Int32.max)), .defaults(.integer(0)),
                "The lowest node id of the brokers behind.", example: .integer(0), isInTemplate: true),
        ], "Ports stand for brokers.")
}
