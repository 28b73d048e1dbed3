import KafkaProtocol

/// The authorizer that brokers ask before they serve a request: whether the principal behind their connections may do
/// it.
///
/// The sandbox has no principals, so by default there is none. With an authorizer it refuses requests as a broker does,
/// so that tests can compare it with a gateway that enforces the same rules in front of brokers that do not.
struct Authorizer {
    /// The operations by Kafka's codes, which are also the numbers of their bits in authorized operations.
    enum Operation: Int8 {
        case read = 3
        case write = 4
        case create = 5
        case delete = 6
        case alter = 7
        case describe = 8
        case clusterAction = 9
        case describeConfigs = 10
        case alterConfigs = 11
        case idempotentWrite = 12
    }

    enum ResourceType: Hashable {
        case topic, group, cluster, transactionalID

        /// The operations on a resource of this type, as authorized operations list them.
        var operations: [Operation] {
            switch self {
            case .topic: [.read, .write, .create, .delete, .alter, .describe, .describeConfigs, .alterConfigs]
            case .group: [.read, .delete, .describe, .describeConfigs, .alterConfigs]
            case .cluster:
                [.create, .alter, .describe, .clusterAction, .describeConfigs, .alterConfigs, .idempotentWrite]
            case .transactionalID: [.write, .describe]
            }
        }

        /// The error for a client that lacks a permission.
        var refusal: KafkaErrorCode {
            switch self {
            case .topic: .topicAuthorizationFailed
            case .group: .groupAuthorizationFailed
            case .cluster: .clusterAuthorizationFailed
            case .transactionalID: .transactionalIdAuthorizationFailed
            }
        }
    }

    /// The one resource of type `cluster`.
    static let clusterName = "kafka-cluster"

    var allows: (Operation, ResourceType, String) -> Bool
    /// Whether the operation is allowed on at least one name, which need not exist.
    var allowsSomewhere: (Operation, ResourceType) -> Bool
}

extension Cluster {
    func allows(_ operation: Authorizer.Operation, _ type: Authorizer.ResourceType, _ name: String) -> Bool {
        self.authorizer?.allows(operation, type, name) ?? true
    }

    func allowsOnCluster(_ operation: Authorizer.Operation) -> Bool {
        self.allows(operation, .cluster, Authorizer.clusterName)
    }

    /// The error when an operation is not allowed, otherwise nil.
    func refusal(
        of operation: Authorizer.Operation, _ type: Authorizer.ResourceType, _ name: String = Authorizer.clusterName
    ) -> KafkaErrorCode? {
        self.allows(operation, type, name) ? nil : type.refusal
    }

    /// A bit for each operation that is allowed.
    func authorizedOperations(on type: Authorizer.ResourceType, _ name: String) -> Int32 {
        type.operations.reduce(0) { self.allows($1, type, name) ? $0 | 1 << Int32($1.rawValue) : $0 }
    }

    /// The operations on the cluster, none without the right to describe it.
    var authorizedClusterOperations: Int32 {
        self.allowsOnCluster(.describe) ? self.authorizedOperations(on: .cluster, Authorizer.clusterName) : 0
    }
}
