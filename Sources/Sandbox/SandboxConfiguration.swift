package import NIOCore

/// How to start a sandbox cluster.
package struct SandboxConfiguration: Sendable {
    /// Address to listen on.
    package var bindHost = "127.0.0.1"
    /// Host that clients are told to connect to.
    package var advertisedHost = "localhost"
    /// One port for each broker, node IDs from 0 on; 0 takes any free port.
    package var ports = [9094, 9095, 9096]
    /// Make a topic when a client asks for metadata of one that is not there.
    package var autoCreateTopics = false
    /// Partitions of topics that are made without a number.
    package var defaultPartitions: Int32 = 1
    /// The most memory for records, groups, offsets and transactional IDs; the oldest batches go first.
    package var capacityBytes = 1 << 30
    /// What groups with their offsets may take of it, and as much again transactional IDs; the longest idle ones go first.
    var groupBytes: Int { self.capacityBytes / 8 }
    /// How long offsets of a group are kept that nobody is in (`offsets.retention.minutes`).
    package var offsetRetention = TimeAmount.hours(7 * 24)
    /// How long a transactional ID is kept that nobody uses (`transactional.id.expiration.ms`).
    package var transactionalIDExpiration = TimeAmount.hours(7 * 24)
    /// How long a new consumer group waits for more members.
    package var initialRebalanceDelay = TimeAmount.milliseconds(200)
    /// Session timeouts that group members may ask for.
    package var sessionTimeouts = TimeAmount.seconds(6) ... .minutes(30)
    /// How often members of groups of the newer protocol are to be heard of (KIP-848), and when they count as gone.
    package var consumerHeartbeatInterval = TimeAmount.seconds(5)
    package var consumerSessionTimeout = TimeAmount.seconds(45)
    /// How often records are dropped that are older than their topic keeps them.
    package var retentionCheckInterval = TimeAmount.minutes(5)
    /// Connections to all brokers at once; later ones are closed.
    package var maximumConnections = Int.max
    /// Largest request that is read; a longer one closes its connection.
    package var maximumRequestBytes = 100 << 20

    package init() {}
}
