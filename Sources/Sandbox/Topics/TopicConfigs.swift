/// The settings a topic can have: what clients may ask for, with their defaults and what values they take.
///
/// The sandbox honours `max.message.bytes`. The others are kept and shown, as an admin client expects, and change nothing: there is
/// one bound on the size of all records together instead of retention and compaction.
enum TopicConfigs {
    enum Kind: Equatable {
        case boolean
        case int(ClosedRange<Int64>)
        case long(ClosedRange<Int64>)
        case double
        case list(allowed: Set<String>?)
        case string(allowed: Set<String>)

        /// The type's number in DescribeConfigs.
        var wireValue: Int8 {
            switch self {
            case .boolean: 1
            case .string: 2
            case .int: 3
            case .long: 5
            case .double: 6
            case .list: 7
            }
        }
    }

    struct Definition {
        var name: String
        var kind: Kind
        var defaultValue: String
        /// The broker setting that the default comes from, for the synonyms of DescribeConfigs.
        var brokerSynonym: String?
    }

    static let maximumMessageBytes = "max.message.bytes"

    private static let allIntegers = Int64(Int32.min)...Int64(Int32.max)
    private static let nonNegativeLong = Int64(0)...Int64.max

    /// Sorted by name, as a broker answers them.
    static let definitions: [Definition] = [
        .init(
            name: "cleanup.policy", kind: .list(allowed: ["compact", "delete"]), defaultValue: "delete",
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
            name: "message.timestamp.type", kind: .string(allowed: ["CreateTime"]), defaultValue: "CreateTime",
            brokerSynonym: "log.message.timestamp.type"),
        .init(name: "min.cleanable.dirty.ratio", kind: .double, defaultValue: "0.5"),
        .init(name: "min.compaction.lag.ms", kind: .long(nonNegativeLong), defaultValue: "0"),
        .init(
            name: "min.insync.replicas", kind: .int(1...Int64(Int32.max)), defaultValue: "1",
            brokerSynonym: "min.insync.replicas"),
        .init(name: "preallocate", kind: .boolean, defaultValue: "false"),
        .init(name: "remote.storage.enable", kind: .boolean, defaultValue: "false"),
        .init(
            name: "retention.bytes", kind: .long(allLongs), defaultValue: "-1", brokerSynonym: "log.retention.bytes"),
        .init(
            name: "retention.ms", kind: .long(-1...Int64.max), defaultValue: "604800000",
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

    static func definition(of name: String) -> Definition? {
        Self.byName[name]
    }

    /// Says what is wrong with a setting, nil when it is fine.
    static func fault(in name: String, value: String) -> String? {
        guard let definition = Self.byName[name] else { return "Unknown topic config name: \(name)" }
        // Older versions of the answers cannot carry more.
        guard value.utf8.count <= Int(Int16.max) else { return "Invalid value for configuration \(name): too long" }
        let wrong = "Invalid value \(value) for configuration \(name)"
        switch definition.kind {
        case .boolean:
            return ["true", "false"].contains(value.lowercased()) ? nil : "\(wrong): expected true or false"
        case .int(let range), .long(let range):
            guard let number = Int64(value) else { return "\(wrong): not a number" }
            return range.contains(number)
                ? nil : "\(wrong): expected \(range.lowerBound) through \(range.upperBound)"
        case .double:
            guard let number = Double(value), (0...1).contains(number) else { return "\(wrong): expected 0 through 1" }
            return nil
        case .list(let allowed):
            guard let allowed else { return nil }
            let parts = value.split(separator: ",").map { $0.filter { $0 != " " } }
            return parts.allSatisfy(allowed.contains)
                ? nil : "\(wrong): expected \(allowed.sorted().joined(separator: ", "))"
        case .string(let allowed):
            return allowed.contains(value)
                ? nil : "\(wrong): expected one of \(allowed.sorted().joined(separator: ", "))"
        }
    }

    /// Settings of a broker, for DescribeConfigs: what tools look at, read-only.
    static func brokerSettings(of nodeID: Int32, autoCreateTopics: Bool) -> [(name: String, value: String, kind: Kind)]
    {
        [
            ("auto.create.topics.enable", "\(autoCreateTopics)", .boolean),
            ("broker.id", "\(nodeID)", .int(allIntegers)),
            ("compression.type", "producer", .string(allowed: [])),
            ("default.replication.factor", "1", .int(allIntegers)),
            ("delete.topic.enable", "true", .boolean),
            ("log.cleanup.policy", "delete", .list(allowed: nil)),
            ("log.message.timestamp.type", "CreateTime", .string(allowed: [])),
            ("log.retention.bytes", "-1", .long(allLongs)),
            ("log.retention.ms", "604800000", .long(allLongs)),
            ("log.segment.bytes", "1073741824", .int(allIntegers)),
            ("message.max.bytes", "1048588", .int(allIntegers)),
            ("min.insync.replicas", "1", .int(allIntegers)),
            ("node.id", "\(nodeID)", .int(allIntegers)),
            ("num.partitions", "1", .int(allIntegers)),
            ("offsets.topic.replication.factor", "1", .int(allIntegers)),
        ]
    }
}
