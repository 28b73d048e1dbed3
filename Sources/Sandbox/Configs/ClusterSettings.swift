/// A resource that has settings.
struct ConfigResource: Hashable {
    enum Kind: Int8 {
        case topic = 2
        case broker = 4
        case brokerLogger = 8
        case clientMetrics = 16
        case group = 32

        /// The source that DescribeConfigs names for a value that was set on the resource itself.
        var ownSource: Int8 {
            switch self {
            case .topic: 1
            case .broker: 2
            case .brokerLogger: 6
            case .clientMetrics: 7
            case .group: 8
            }
        }
    }

    var kind: Kind
    /// The resource's name; for a broker its node ID, or empty for all brokers.
    var name: String
}

/// Settings that were changed on brokers, their loggers and client metrics resources; topics and groups keep their own.
struct ClusterSettings {
    /// All brokers together.
    static let allBrokers = ConfigResource(kind: .broker, name: "")

    /// A cluster with eligible leader replicas (KIP-966) is set up with one setting for all brokers.
    private(set) var values: [ConfigResource: [String: String]] = [
        allBrokers: [TopicConfigs.minimumInSyncReplicas: "1"]
    ]

    init() {}

    subscript(resource: ConfigResource) -> [String: String] { self.values[resource] ?? [:] }

    mutating func set(_ values: [String: String], of resource: ConfigResource) {
        self.values[resource] = values.isEmpty ? nil : values
    }

    func names(of kind: ConfigResource.Kind) -> [String] {
        self.values.keys.filter { $0.kind == kind }.map(\.name).sorted()
    }

    /// The defaults of topics, by topic setting, as far as brokers' settings differ from the built-in defaults.
    var topicDefaults: [String: String] {
        let brokers = self[Self.allBrokers]
        guard !brokers.isEmpty else { return [:] }
        return TopicConfigs.definitions.reduce(into: [:]) { defaults, definition in
            if let value = definition.brokerSynonym.flatMap({ brokers[$0] }) { defaults[definition.name] = value }
        }
    }
}
