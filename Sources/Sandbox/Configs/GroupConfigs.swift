/// The settings that a group can have, for groups of the newer protocols.
enum GroupConfigs {
    static let heartbeatInterval = "consumer.heartbeat.interval.ms"
    static let sessionTimeout = "consumer.session.timeout.ms"

    static let shareReset = "share.auto.offset.reset"
    static let shareIsolation = "share.isolation.level"

    /// The definitions, sorted by name. The sandbox honours those that have a constant above.
    static let definitions: [ConfigDefinition] = [
        .init(name: heartbeatInterval, kind: .int(5000...15000), defaultValue: "5000"),
        .init(name: sessionTimeout, kind: .int(45000...60000), defaultValue: "45000"),
        .init(name: shareReset, kind: .string(allowed: ["earliest", "latest"]), defaultValue: "latest"),
        .init(name: "share.heartbeat.interval.ms", kind: .int(5000...15000), defaultValue: "5000"),
        .init(
            name: shareIsolation, kind: .string(allowed: ["read_committed", "read_uncommitted"]),
            defaultValue: "read_uncommitted"),
        .init(name: "share.record.lock.duration.ms", kind: .int(15000...60000), defaultValue: "30000"),
        .init(name: "share.session.timeout.ms", kind: .int(45000...60000), defaultValue: "45000"),
    ]
}
