import EngineInterface
import KafkaProtocol
import NIOCore
import Resources

/// Asks a backend cluster for its topics and brokers, on connections of its own that end with the question, so that no
/// client's request waits.
struct BackendInspector: Sendable {
    let monitor: BackendClusterMonitor

    /// Brokers and topics.
    /// - Throws: `EngineClientError` when no broker answers.
    func metadata() async throws -> MetadataResponse {
        try await self.withAnyBroker { try await BackendInquiry(link: $0).metadata() }
    }

    /// Tries one address after the other until `body` succeeds.
    func withAnyBroker<Value: Sendable>(
        _ body: @Sendable (BrokerLink) async throws -> Value
    ) async throws -> Value {
        var reason = "no bootstrap server is configured"
        for address in self.monitor.addresses {
            do {
                return try await self.withBroker(at: address, body)
            } catch let error as EngineClientError {
                throw error
            } catch {
                reason = "\(address): \(describe(error))"
            }
        }
        throw EngineClientError("Backend cluster '\(self.monitor.cluster.name)' does not answer: \(reason).")
    }

    func withBroker<Value: Sendable>(
        at address: BrokerAddress, _ body: @Sendable (BrokerLink) async throws -> Value
    ) async throws -> Value {
        let link = try await BrokerLink.open(address, on: self.monitor.loop)
        do {
            let value = try await body(link)
            await link.close()
            return value
        } catch {
            await link.close()
            throw error
        }
    }

    // MARK: Topics

    func topics() async throws -> [TopicView] {
        let metadata = try await self.metadata()
        return metadata.topics.compactMap { topic in
            guard let name = topic.name, topic.errorCode == KafkaErrorCode.none.rawValue || !topic.partitions.isEmpty
            else { return nil }
            return TopicView(
                name: name, physicalName: name, topicID: topic.topicId == .zero ? nil : "\(topic.topicId)",
                isInternal: topic.isInternal,
                partitions: topic.partitions.sorted { $0.partitionIndex < $1.partitionIndex }.map {
                    TopicView.Partition(
                        index: $0.partitionIndex, leader: $0.leaderId, replicas: $0.replicaNodes,
                        inSyncReplicas: $0.isrNodes)
                },
                readers: [], writers: [])
        }.sorted { WireName($0.name) < WireName($1.name) }
    }

    /// - Throws: `EngineClientError` with the backend's own words.
    func createTopic(_ name: String, partitions: Int32) async throws {
        let metadata = try await self.metadata()
        let addresses = metadata.addresses
        var request = CreateTopicsRequest()
        request.timeoutMs = 10_000
        var topic = CreateTopicsRequest.CreatableTopic()
        topic.name = name
        topic.numPartitions = partitions
        let replicas = Int16(clamping: min(3, max(1, addresses.count)))
        let create: @Sendable (BrokerLink) async throws -> CreateTopicsResponse = { [request, topic] link in
            var (request, topic) = (request, topic)
            let version = try link.requireVersion(of: .createTopics)
            // From version 4 on the backend has a default (KIP-464).
            topic.replicationFactor = version >= 4 ? -1 : replicas
            request.topics = [topic]
            return try await link.ask(request, version: version, for: CreateTopicsResponse.self, timeout: .seconds(20))
        }
        let answer: CreateTopicsResponse
        if let controller = addresses[metadata.controllerId] {
            do {
                answer = try await self.withBroker(at: controller, create)
            } catch {
                throw EngineClientError("The controller at \(controller) does not answer: \(describe(error)).")
            }
        } else {
            answer = try await self.withAnyBroker(create)
        }
        guard let result = answer.topics.first(where: { $0.name.hasSameBytes(as: name) }) else {
            throw EngineClientError("The backend cluster did not say whether topic '\(name)' was made.")
        }
        guard result.errorCode == KafkaErrorCode.none.rawValue else {
            let code = KafkaErrorCode(rawValue: result.errorCode)
            let words = result.errorMessage.map { ": \($0)" } ?? ""
            throw EngineClientError(
                "Backend cluster '\(self.monitor.cluster.name)' refuses topic '\(name)' (\(code.name))\(words)",
                kind: .invalid)
        }
    }
}
