import KafkaProtocol
import NIOCore

/// The control of a sandbox cluster by tests: move leaders, stop brokers, cause faults, inspect state.
package final class SandboxAdministration: Sendable {
    package enum Failure: Error, Equatable {
        case unknownPartition(topic: String, partition: Int32)
        case unknownBroker(Int32)
        case unknownAPI(Int16)
    }

    package struct PartitionView: Sendable, Equatable {
        package var leader: Int32
        package var leaderEpoch: Int32
        package var replicas: [Int32]
        package var startOffset: Int64
        package var endOffset: Int64
        package var sizeBytes: Int
    }

    package struct TopicView: Sendable, Equatable {
        package var name: String
        package var partitions: [PartitionView]
    }

    package struct GroupView: Sendable, Equatable {
        package var id: String
        package var state: String
        /// The generation; for a group of the newer protocols its epoch.
        package var generation: Int32
        package var members: Int
    }

    private let brokers: NIOLoopBound<SandboxBrokers>
    private let eventLoop: any EventLoop

    init(brokers: NIOLoopBound<SandboxBrokers>, eventLoop: any EventLoop) {
        self.brokers = brokers
        self.eventLoop = eventLoop
    }

    private func withCluster<Result: Sendable>(
        _ body: @escaping @Sendable (Cluster) throws -> Result
    ) async throws -> Result {
        let brokers = self.brokers
        return try await self.eventLoop.submit { try body(brokers.value.cluster) }.get()
    }

    /// Makes another broker the leader of a partition. Clients that ask the old one get the new one's name (KIP-951).
    package func moveLeader(topic: String, partition: Int32, to nodeID: Int32) async throws {
        try await self.withCluster { cluster in
            guard cluster.node(nodeID) != nil else { throw Failure.unknownBroker(nodeID) }
            let place = TopicPartition(topic: topic, partition: partition)
            guard cluster.topics.moveLeader(of: place, to: nodeID) else {
                throw Failure.unknownPartition(topic: topic, partition: partition)
            }
            cluster.leadersChanged()
        }
    }

    /// Stops one broker: its connections close, its port refuses, and other brokers lead its partitions if they can.
    package func stopBroker(_ nodeID: Int32) async throws {
        let brokers = self.brokers
        try await self.eventLoop.flatSubmit { brokers.value.stop(nodeID) }.get()
    }

    /// Starts a stopped broker again on the port it had.
    package func startBroker(_ nodeID: Int32) async throws {
        let brokers = self.brokers
        try await self.eventLoop.flatSubmit { brokers.value.restart(nodeID) }.get()
    }

    /// Injects a fault into the next requests of an API, one for each request, in the order of the calls.
    ///
    /// - Parameter apiKey: The API's number, such as 0 for Produce.
    package func inject(_ fault: SandboxFault, apiKey: Int16, times: Int = 1) async throws {
        try await self.withCluster { cluster in
            let key = APIKey(rawValue: apiKey)
            guard OfferedAPIs.ranges.contains(where: { $0.key == key }) else { throw Failure.unknownAPI(apiKey) }
            cluster.faults.add(fault, for: key, times: times)
        }
    }

    /// Creates a topic whose leaders are spread over the brokers.
    package func createTopic(_ name: String, partitions: Int = 1, replicationFactor: Int = 1) async throws {
        try await self.withCluster { cluster in
            guard cluster.topics[name] == nil else { return }
            let replicas = cluster.topics.placement(of: partitions, replicationFactor: replicationFactor)
            cluster.topics.create(name, id: .random(), replicas: replicas, configs: [:])
        }
    }

    package func topics() async throws -> [TopicView] {
        try await self.withCluster { cluster in
            cluster.topics.sortedNames.compactMap { cluster.topics[$0] }.map { topic in
                TopicView(
                    name: topic.name,
                    partitions: topic.partitions.map {
                        PartitionView(
                            leader: $0.leader, leaderEpoch: $0.leaderEpoch, replicas: $0.replicas,
                            startOffset: $0.log.startOffset, endOffset: $0.log.endOffset, sizeBytes: $0.log.sizeBytes)
                    })
            }
        }
    }

    package func groups() async throws -> [GroupView] {
        try await self.withCluster { cluster in
            let classic = cluster.groups.groups.values.map {
                GroupView(id: $0.id, state: $0.state.name, generation: $0.generation, members: $0.members.count)
            }
            let newer = cluster.groups.consumerGroups.values.map {
                GroupView(id: $0.id, state: $0.stateName, generation: $0.epoch, members: $0.members.count)
            }
            let share = cluster.groups.shareGroups.values.map {
                GroupView(id: $0.id, state: $0.stateName, generation: $0.epoch, members: $0.members.count)
            }
            return (classic + newer + share).sorted { $0.id < $1.id }
        }
    }

    /// The node ID of the broker that coordinates a group.
    package func coordinator(ofGroup groupID: String) async throws -> Int32 {
        try await self.withCluster { $0.coordinator(of: groupID)?.id ?? -1 }
    }

    /// The record bytes of all topics together.
    package func storedBytes() async throws -> Int {
        try await self.withCluster { $0.topics.storedBytes }
    }

    func stopAll() async {
        let brokers = self.brokers
        try? await self.eventLoop.flatSubmit { brokers.value.stopAll() }.get()
    }
}

/// The cluster with its listening brokers. Confined to the cluster's event loop.
final class SandboxBrokers {
    let cluster: Cluster
    private let servers: [BrokerServer]

    init(cluster: Cluster) {
        self.cluster = cluster
        self.servers = cluster.nodes.map { BrokerServer(nodeID: $0.id, cluster: cluster) }
    }

    /// - Returns: The bound ports, in node ID order.
    func startAll() -> EventLoopFuture<[Int]> {
        let configuration = self.cluster.configuration
        self.cluster.scheduleRetention()
        let starts = zip(self.servers, configuration.ports).map { server, port in
            server.start(host: configuration.bindHost, port: port)
        }
        return EventLoopFuture.whenAllSucceed(starts, on: self.cluster.eventLoop)
    }

    func stopAll() -> EventLoopFuture<Void> {
        self.cluster.shutdown()
        return EventLoopFuture.andAllComplete(self.servers.map { $0.stop() }, on: self.cluster.eventLoop)
    }

    func stop(_ nodeID: Int32) -> EventLoopFuture<Void> {
        guard let server = self.servers.first(where: { $0.nodeID == nodeID }) else {
            return self.cluster.eventLoop.makeFailedFuture(SandboxAdministration.Failure.unknownBroker(nodeID))
        }
        return server.stop()
    }

    func restart(_ nodeID: Int32) -> EventLoopFuture<Void> {
        guard let server = self.servers.first(where: { $0.nodeID == nodeID }), let node = self.cluster.node(nodeID)
        else {
            return self.cluster.eventLoop.makeFailedFuture(SandboxAdministration.Failure.unknownBroker(nodeID))
        }
        guard !node.isUp else { return self.cluster.eventLoop.makeSucceededVoidFuture() }
        return server.start(host: self.cluster.configuration.bindHost, port: Int(node.port)).map { _ in }
    }
}
