/// The settings of brokers that tools read.
///
/// Settings that are defaults of topics can be changed for all brokers and then apply to topics; the others are
/// read-only, or kept without effect.
enum BrokerConfigs {
    private static let anyInt = Int64(Int32.min)...Int64(Int32.max)
    private static let anyLong = Int64.min...Int64.max

    /// The settings that cannot be changed while a broker runs.
    static func fixed(nodeID: Int32, configuration: SandboxConfiguration) -> [ConfigDefinition] {
        [
            .init(
                name: "auto.create.topics.enable", kind: .boolean,
                defaultValue: "\(configuration.autoCreateTopics)"),
            .init(name: "broker.id", kind: .int(anyInt), defaultValue: "\(nodeID)"),
            .init(name: "default.replication.factor", kind: .int(anyInt), defaultValue: "1"),
            .init(name: "delete.topic.enable", kind: .boolean, defaultValue: "true"),
            .init(name: "log.dirs", kind: .string(allowed: nil), defaultValue: Cluster.logDirectory),
            .init(name: "node.id", kind: .int(anyInt), defaultValue: "\(nodeID)"),
            .init(
                name: "num.partitions", kind: .int(anyInt), defaultValue: "\(configuration.defaultPartitions)"),
            .init(name: "offsets.topic.replication.factor", kind: .int(anyInt), defaultValue: "1"),
            .init(name: "process.roles", kind: .list(allowed: nil), defaultValue: "broker,controller"),
            .init(name: "transaction.max.timeout.ms", kind: .int(anyInt), defaultValue: "900000"),
        ]
    }

    /// Settings that can be changed while a broker runs.
    static let dynamic: [ConfigDefinition] = {
        let known: [ConfigDefinition] = [
            .init(name: "log.cleaner.threads", kind: .int(0...Int64(Int32.max)), defaultValue: "1"),
            .init(name: "max.connections", kind: .int(0...Int64(Int32.max)), defaultValue: "2147483647"),
            .init(name: "num.io.threads", kind: .int(1...Int64(Int32.max)), defaultValue: "8"),
            .init(name: "num.network.threads", kind: .int(1...Int64(Int32.max)), defaultValue: "3"),
        ]
        return known
            + TopicConfigs.definitions.compactMap { topic in
                topic.brokerSynonym.map {
                    ConfigDefinition(name: $0, kind: topic.kind, defaultValue: topic.defaultValue)
                }
            }
    }()

    static func definition(of name: String) -> ConfigDefinition? {
        Self.dynamic.first { $0.name == name }
    }

    /// Loggers whose level can be set. The sandbox's own log does not follow them.
    static let loggers = ["kafka", "org.apache.kafka", "root"]
    static let logLevels: Set<String> = ["DEBUG", "ERROR", "FATAL", "INFO", "OFF", "TRACE", "WARN"]
}

/// The settings of a client metrics resource (KIP-714): the metrics that clients should send.
enum ClientMetricsConfigs {
    static let interval = "interval.ms"
    static let match = "match"
    static let metrics = "metrics"

    static let definitions: [ConfigDefinition] = [
        .init(name: interval, kind: .int(100...3_600_000), defaultValue: "300000"),
        .init(name: match, kind: .list(allowed: nil), defaultValue: ""),
        .init(name: metrics, kind: .list(allowed: nil), defaultValue: ""),
    ]
}
