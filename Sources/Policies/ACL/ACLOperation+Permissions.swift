package import Resources

extension ACLOperation {
    /// The operations that a rule about this one concerns: `all` every one; an allow also what it implies in Kafka.
    func concerned(by action: ACLRule.Action) -> [ACLOperation] {
        switch (action, self) {
        case (_, .all): ACLOperation.allCases
        case (.allow, .read), (.allow, .write), (.allow, .delete), (.allow, .alter): [self, .describe]
        case (.allow, .alterConfigs): [self, .describeConfigs]
        case (_, _): [self]
        }
    }

    /// Kafka's code of the operation; `all` is 2.
    package var kafkaCode: Int32 {
        switch self {
        case .all: 2
        case .read: 3
        case .write: 4
        case .create: 5
        case .delete: 6
        case .alter: 7
        case .describe: 8
        case .describeConfigs: 10
        case .alterConfigs: 11
        case .idempotentWrite: 12
        }
    }

    /// Kafka's code of ClusterAction, which no rule names: `all` on the cluster stands for it.
    package static let clusterActionCode: Int32 = 9

    /// Place in tables.
    var ordinal: Int { Int(self.kafkaCode) - 2 }
    /// One more than the highest ``ordinal``.
    static let ordinals = 11

    /// As a sentence says it: `describe configs`.
    var words: String {
        switch self {
        case .all: "every operation"
        case .alterConfigs: "alter configs"
        case .describeConfigs: "describe configs"
        case .idempotentWrite: "idempotent write"
        case .alter, .create, .delete, .describe, .read, .write: self.rawValue
        }
    }
}

extension ResourceType {
    /// The operations that Kafka knows for the type, besides ClusterAction.
    package var supportedOperations: [ACLOperation] {
        switch self {
        case .topic: [.read, .write, .create, .describe, .delete, .alter, .describeConfigs, .alterConfigs]
        case .group: [.read, .describe, .delete, .describeConfigs, .alterConfigs]
        case .cluster: [.create, .describeConfigs, .alterConfigs, .idempotentWrite, .alter, .describe]
        case .transactionalID: [.describe, .write]
        }
    }

    /// Place in tables.
    var ordinal: Int {
        switch self {
        case .topic: 0
        case .group: 1
        case .cluster: 2
        case .transactionalID: 3
        }
    }

    /// As a sentence says it.
    var singular: String {
        switch self {
        case .topic: "topic"
        case .group: "group"
        case .cluster: "cluster"
        case .transactionalID: "transactional id"
        }
    }
}
