import KafkaProtocol
import NIOCore
import Resources

/// Asks one broker for its cluster's metadata, and updates the directory with the answer.
struct BackendInquiry {
    let link: BrokerLink

    /// - Parameters:
    ///   - address: Where the broker was asked.
    ///   - bootstrap: The servers of the configuration. What is known of other addresses is forgotten when no broker is
    ///     there any more.
    func run(
        into directory: BackendDirectory, at address: BrokerAddress,
        bootstrap: [BrokerAddress]
    ) async throws {
        let metadata = try await self.metadata()
        for topic in metadata.topics {
            if let name = topic.name, topic.topicId != KafkaUUID.zero {
                directory.learn(topicID: topic.topicId, name: name)
            }
        }
        let brokers = metadata.addresses
        let versions = directory.versions(of: self.link.offered)
        let places = Set(brokers.values).union(bootstrap)
        directory.update { snapshot in
            snapshot.brokers = brokers
            snapshot.versions[address] = versions
            snapshot.versions = snapshot.versions.filter { places.contains($0.key) }
            snapshot.suspects.remove(address)
            snapshot.suspects.formIntersection(places)
        }
    }

    /// All brokers and topics. Version 1 where the broker does not say what it has.
    func metadata() async throws -> MetadataResponse {
        let range = self.link.offered.apiKeys.first { $0.apiKey == APIKey.metadata.rawValue }
        let version = min(range?.maxVersion ?? 1, 12)
        var request = MetadataRequest()
        request.topics = version == 0 ? [] : nil
        request.allowAutoTopicCreation = false
        return try await self.link.ask(request, version: version, for: MetadataResponse.self)
    }
}

extension MetadataResponse {
    /// The addresses that brokers advertise, by node id. Brokers with impossible ports are left out.
    var addresses: [Int32: BrokerAddress] {
        var addresses: [Int32: BrokerAddress] = [:]
        for broker in self.brokers where (1...65_535).contains(broker.port) {
            addresses[broker.nodeId] = BrokerAddress(host: broker.host, port: Int(broker.port))
        }
        return addresses
    }
}
