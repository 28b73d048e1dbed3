package import Logging
import NIOCore
import NIOPosix

/// A Kafka-compatible cluster of three brokers in this process, in memory, for learning and tests.
///
/// State is only in memory: records, topics and groups are lost when it stops, and the oldest records when all outgrow
/// the configured bound. There is no authentication, no TLS and no compaction. All brokers and connections live on one
/// event loop.
package final class SandboxCluster: Sendable {
    package struct Address: Sendable, Equatable, CustomStringConvertible {
        package var nodeID: Int32
        package var host: String
        package var port: Int

        /// `localhost:9094`, `[::1]:9094`.
        package var description: String { Self.text(host: self.host, port: self.port) }

        /// A host and a port as clients write them, an IPv6 address in brackets.
        static func text(host: String, port: Int) -> String {
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    /// The address of each broker, as Metadata advertises it.
    package let addresses: [Address]
    /// The control of the cluster by tests, outside the Kafka protocol.
    package let administration: SandboxAdministration
    private let group: MultiThreadedEventLoopGroup

    private init(addresses: [Address], administration: SandboxAdministration, group: MultiThreadedEventLoopGroup) {
        self.addresses = addresses
        self.administration = administration
        self.group = group
    }

    /// `host:port` of all brokers, separated by commas: a client's `bootstrap.servers`.
    package var bootstrapServers: String {
        self.addresses.map(\.description).joined(separator: ",")
    }

    /// Starts all brokers.
    ///
    /// - Throws: ``SandboxError`` when a port cannot be bound; no broker is then left running.
    package static func start(
        _ configuration: SandboxConfiguration = SandboxConfiguration(), logger: Logger
    ) async throws -> SandboxCluster {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let eventLoop = group.next()
        do {
            let brokers = try await eventLoop.submit {
                let cluster = Cluster(configuration: configuration, eventLoop: eventLoop, logger: logger)
                return NIOLoopBound(SandboxBrokers(cluster: cluster), eventLoop: eventLoop)
            }.get()
            let ports = try await eventLoop.flatSubmit { brokers.value.startAll() }.get()
            let addresses = ports.enumerated().map { nodeID, port in
                Address(nodeID: Int32(nodeID), host: configuration.advertisedHost, port: port)
            }
            logger.info(
                "sandbox cluster started: in memory, for learning and tests only, everything is lost when it stops",
                metadata: [
                    "brokers": "\(addresses.map(\.description).joined(separator: ","))",
                    "capacityBytes": "\(configuration.capacityBytes)",
                ])
            return SandboxCluster(
                addresses: addresses,
                administration: SandboxAdministration(brokers: brokers, eventLoop: eventLoop), group: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    /// Closes all connections and discards all state.
    package func shutdown() async {
        await self.administration.stopAll()
        try? await self.group.shutdownGracefully()
    }
}
