package import NIOCore

/// The settings of a sandbox cluster.
package struct SandboxConfiguration: Sendable {
    /// The address to listen on.
    package var bindHost = "127.0.0.1"
    /// The host that is advertised to clients.
    package var advertisedHost = "localhost"
    /// One port for each broker, node IDs from 0 on; 0 takes any free port.
    package var ports = [9094, 9095, 9096]
    /// Whether a topic is created when a client asks for metadata of one that does not exist.
    package var autoCreateTopics = false
    /// The partitions of topics that are created without a number.
    package var defaultPartitions: Int32 = 1
    /// The most memory for records, groups, offsets and transactional IDs; the oldest batches go first.
    package var capacityBytes = 1 << 30
    /// The part of it for groups with their offsets, and as much again for transactional IDs; the longest idle ones are
    /// forgotten first.
    var groupBytes: Int { self.capacityBytes / 8 }
    /// The time for which offsets of a group without members are kept (`offsets.retention.minutes`).
    package var offsetRetention = TimeAmount.hours(7 * 24)
    /// The time for which an unused transactional ID is kept (`transactional.id.expiration.ms`).
    package var transactionalIDExpiration = TimeAmount.hours(7 * 24)
    /// The time for which a new consumer group waits for more members.
    package var initialRebalanceDelay = TimeAmount.milliseconds(200)
    /// The session timeouts that group members may ask for.
    package var sessionTimeouts = TimeAmount.seconds(6) ... .minutes(30)
    /// The interval of heartbeats in groups of the newer protocol (KIP-848), and the time without one after which a
    /// member is removed.
    package var consumerHeartbeatInterval = TimeAmount.seconds(5)
    package var consumerSessionTimeout = TimeAmount.seconds(45)
    /// The interval at which records beyond their topic's retention are dropped.
    package var retentionCheckInterval = TimeAmount.minutes(5)
    /// The most connections to all brokers together; later ones are closed.
    package var maximumConnections = Int.max
    /// The largest request that is read; a longer one closes its connection.
    package var maximumRequestBytes = 100 << 20

    package init() {}
}
