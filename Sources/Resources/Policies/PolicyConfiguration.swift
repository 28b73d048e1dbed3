/// The configuration of a policy of one chain: an enum of the types that the chain has.
///
/// A type is one file in this folder: its configuration, and its ``FieldVariant`` with its fields. The chain's enum has a case
/// for it and lists it among its types; what enforces policies picks those of its type.
package protocol PolicyConfiguration: Equatable, Sendable {
    static var kind: EntityKind { get }

    /// Every type that the resource model has in this chain.
    static var types: [FieldVariant] { get }

    /// The text of the policy's `type`.
    var type: String { get }

    /// - Throws: `DecodingError` for a type that the chain does not have.
    init(type: String, from decoder: any Decoder) throws
    func encode(to encoder: any Encoder) throws
}

/// What a listener policy does.
package enum ListenerPolicyConfiguration: PolicyConfiguration {
    case forward(ForwardConfiguration)

    package static let types: [FieldVariant] = [
        .unsupported("tls_server", "tls_server policies"), ForwardConfiguration.policyType,
    ]

    package var type: String {
        switch self {
        case .forward: ForwardConfiguration.policyType.name
        }
    }

    package init(type: String, from decoder: any Decoder) throws {
        switch type {
        case ForwardConfiguration.policyType.name: self = .forward(try ForwardConfiguration(from: decoder))
        default: throw DecodingError.unknownPolicyType(type, decoder)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .forward(let config): try config.encode(to: encoder)
        }
    }
}

/// What a cluster policy does.
package enum ClusterPolicyConfiguration: PolicyConfiguration {
    case acls(ACLConfiguration)

    package static let types: [FieldVariant] = [ACLConfiguration.policyType]

    package var type: String {
        switch self {
        case .acls: ACLConfiguration.policyType.name
        }
    }

    package init(type: String, from decoder: any Decoder) throws {
        switch type {
        case ACLConfiguration.policyType.name: self = .acls(try ACLConfiguration(from: decoder))
        default: throw DecodingError.unknownPolicyType(type, decoder)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .acls(let config): try config.encode(to: encoder)
        }
    }
}

extension DecodingError {
    fileprivate static func unknownPolicyType(_ type: String, _ decoder: any Decoder) -> DecodingError {
        .dataCorrupted(
            Context(codingPath: decoder.codingPath, debugDescription: "unknown policy type '\(type)'"))
    }
}

extension Policy where Configuration == ListenerPolicyConfiguration {
    /// How it forwards, when it forwards by ports.
    package var portMapping: PortMappingConfiguration? {
        get {
            switch self.config {
            case .forward(.portMapping(let mapping)): mapping
            }
        }
        set {
            if let newValue { self.config = .forward(.portMapping(newValue)) }
        }
    }
}

extension Policy where Configuration == ClusterPolicyConfiguration {
    /// The rules, when it is of type `acls`.
    package var rules: [ACLRule] {
        get {
            switch self.config {
            case .acls(let config): config.rules
            }
        }
        set { self.config = .acls(ACLConfiguration(rules: newValue)) }
    }
}
