import KafkaProtocol
import Resources

/// The resources with a configuration in Kafka, by the type of permission that they need. The numbers are Kafka's
/// `ConfigResource.Type`.
enum ConfigurationResource {
    case topic(String)
    case group(String)
    /// A broker (4), a broker's loggers (8) or client metrics (16).
    case cluster

    /// A resource as requests name it.
    struct Key: Hashable {
        var type: Int8
        @WireName var name: String
    }

    static let broker: Int8 = 4
    static let loggers: Int8 = 8

    init?(type: Int8, name: String) {
        switch type {
        case 2: self = .topic(name)
        case Self.broker, Self.loggers, 16: self = .cluster
        case 32: self = .group(name)
        default: return nil
        }
    }

    func permission(_ operation: ACLOperation) -> Permission {
        switch self {
        case .topic(let name): Permission(operation, .topic, name)
        case .group(let name): Permission(operation, .group, name)
        case .cluster: .cluster(operation)
        }
    }

    var refusal: KafkaErrorCode {
        switch self {
        case .topic: .topicAuthorizationFailed
        case .group: .groupAuthorizationFailed
        case .cluster: .clusterAuthorizationFailed
        }
    }
}
