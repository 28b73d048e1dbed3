/// The settings that a topic can have, with their defaults and possible values.
///
/// The sandbox honours `max.message.bytes`, `min.insync.replicas`, `message.timestamp.type`, and where `cleanup.policy`
/// names `delete` also `retention.ms` and `retention.bytes`. Where it names `compact`, records need keys, but nothing
/// is ever compacted. The others are kept and shown, as an admin client expects, but have no effect.
enum TopicConfigs {
    static let maximumMessageBytes = "max.message.bytes"
    static let cleanupPolicy = "cleanup.policy"
    static let retentionBytes = "retention.bytes"
    static let retentionTime = "retention.ms"
    static let minimumInSyncReplicas = "min.insync.replicas"
    static let timestampType = "message.timestamp.type"

    private static let nonNegativeLong = Int64(0)...Int64.max

    /// The definitions, sorted by name as in a broker's answer.
    static let definitions: [ConfigDefinition] = [
        .init(
            name: cleanupPolicy, kind: .list(allowed: ["compact", "delete"]), defaultValue: "delete",
            brokerSynonym: "log.cleanup.policy"),
        .init(name: "compression.gzip.level", kind: .int(-1...9), defaultValue: "-1"),
        .init(name: "compression.lz4.level", kind: .int(1...17), defaultValue: "9"),
        .init(
            name: "compression.type",
            kind: .string(allowed: ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]),
            defaultValue: "producer", brokerSynonym: "compression.type"),
        .init(name: "compression.zstd.level", kind: .int(-131072...22), defaultValue: "3"),
        .init(
            name: "delete.retention.ms", kind: .long(nonNegativeLong), defaultValue: "86400000",
            brokerSynonym: "log.cleaner.delete.retention.ms"),
        .init(name: "file.delete.delay.ms", kind: .long(nonNegativeLong), defaultValue: "60000"),
        .init(name: "flush.messages", kind: .long(1...Int64.max), defaultValue: "9223372036854775807"),
        .init(name: "flush.ms", kind: .long(nonNegativeLong), defaultValue: "9223372036854775807"),
        .init(
            name: "follower.replication.throttled.replicas", kind: .list(allowed: nil), defaultValue: ""),
        .init(name: "index.interval.bytes", kind: .int(0...Int64(Int32.max)), defaultValue: "4096"),
        .init(name: "leader.replication.throttled.replicas", kind: .list(allowed: nil), defaultValue: ""),
        .init(name: "local.retention.bytes", kind: .long(-2...Int64.max), defaultValue: "-2"),
        .init(name: "local.retention.ms", kind: .long(-2...Int64.max), defaultValue: "-2"),
        .init(
            name: "max.compaction.lag.ms", kind: .long(1...Int64.max), defaultValue: "9223372036854775807"),
        .init(
            name: maximumMessageBytes, kind: .int(0...Int64(Int32.max)), defaultValue: "1048588",
            brokerSynonym: "message.max.bytes"),
        .init(
            name: "message.timestamp.after.max.ms", kind: .long(nonNegativeLong), defaultValue: "3600000"),
        .init(
            name: "message.timestamp.before.max.ms", kind: .long(nonNegativeLong),
            defaultValue: "9223372036854775807"),
        .init(
            name: timestampType, kind: .string(allowed: ["CreateTime", "LogAppendTime"]), defaultValue: "CreateTime",
            brokerSynonym: "log.message.timestamp.type"),
        .init(name: "min.cleanable.dirty.ratio", kind: .double, defaultValue: "0.5"),
        .init(name: "min.compaction.lag.ms", kind: .long(nonNegativeLong), defaultValue: "0"),
        .init(
            name: minimumInSyncReplicas, kind: .int(1...Int64(Int32.max)), defaultValue: "1",
            brokerSynonym: "min.insync.replicas"),
        .init(name: "preallocate", kind: .boolean, defaultValue: "false"),
        .init(name: "remote.log.copy.disable", kind: .boolean, defaultValue: "false"),
        .init(name: "remote.log.delete.on.disable", kind: .boolean, defaultValue: "false"),
        .init(name: "remote.storage.enable", kind: .boolean, defaultValue: "false"),
        .init(
            name: retentionBytes, kind: .long(allLongs), defaultValue: "-1", brokerSynonym: "log.retention.bytes"),
        .init(
            name: retentionTime, kind: .long(-1...Int64.max), defaultValue: "604800000",
            brokerSynonym: "log.retention.ms"),
        .init(
            name: "segment.bytes", kind: .int(14...Int64(Int32.max)), defaultValue: "1073741824",
            brokerSynonym: "log.segment.bytes"),
        .init(name: "segment.index.bytes", kind: .int(4...Int64(Int32.max)), defaultValue: "10485760"),
        .init(name: "segment.jitter.ms", kind: .long(nonNegativeLong), defaultValue: "0"),
        .init(name: "segment.ms", kind: .long(1...Int64.max), defaultValue: "604800000"),
        .init(name: "unclean.leader.election.enable", kind: .boolean, defaultValue: "false"),
    ]

    private static let allLongs = Int64.min...Int64.max
    private static let byName = Dictionary(uniqueKeysWithValues: definitions.map { ($0.name, $0) })

    static func definition(of name: String) -> ConfigDefinition? {
        Self.byName[name]
    }

    /// The mistake in a setting; nil when it is valid.
    static func fault(in name: String, value: String) -> String? {
        guard let definition = Self.byName[name] else { return "Unknown topic config name: \(name)" }
        return definition.fault(in: value)
    }
}
