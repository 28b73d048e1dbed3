import KafkaProtocol
import NIOCore

/// Asks one broker what it offers and what its cluster looks like.
struct BackendInquiry {
    let connection: ControlConnection

    func run(into directory: BackendDirectory) async throws {
        let apiVersions = try await self.apiVersions()
        let metadata = try await self.metadata(offered: apiVersions)
        for topic in metadata.topics {
            if let name = topic.name, topic.topicId != KafkaUUID.zero {
                directory.learn(topicID: topic.topicId, name: name)
            }
        }
        var brokers: [Int32: BackendDirectory.Address] = [:]
        for broker in metadata.brokers where (1...65_535).contains(broker.port) {
            brokers[broker.nodeId] = BackendDirectory.Address(host: broker.host, port: Int(broker.port))
        }
        directory.update { snapshot in
            snapshot.apiVersions = apiVersions
            snapshot.brokers = brokers
        }
    }

    /// Version 3, and version 0 where the broker does not know that (KIP-511).
    private func apiVersions() async throws -> ApiVersionsResponse {
        var request = ApiVersionsRequest()
        request.clientSoftwareName = "sluice"
        request.clientSoftwareVersion = "0.1"
        var body = try await self.send(request, version: 3, correlationID: 1)
        if body.getInteger(at: body.readerIndex, as: Int16.self) == KafkaErrorCode.unsupportedVersion.rawValue {
            body = try await self.send(ApiVersionsRequest(), version: 0, correlationID: 2)
            return try ApiVersionsResponse(from: &body, version: 0)
        }
        return try ApiVersionsResponse(from: &body, version: 3)
    }

    private func metadata(offered: ApiVersionsResponse) async throws -> MetadataResponse {
        let range = offered.apiKeys.first { $0.apiKey == APIKey.metadata.rawValue }
        let version = min(range?.maxVersion ?? 1, 12)
        var request = MetadataRequest()
        request.topics = version == 0 ? [] : nil
        request.allowAutoTopicCreation = false
        var body = try await self.send(request, version: version, correlationID: 3)
        return try MetadataResponse(from: &body, version: version)
    }

    private func send(_ request: some KafkaMessage, version: Int16, correlationID: Int32) async throws -> ByteBuffer {
        let frame = KafkaFrame.encodeRequest(
            request, version: version, correlationID: correlationID, clientID: ControlConnection.clientID)
        var body = try await self.connection.send(frame, correlationID: correlationID)
        if type(of: request).apiKey.responseHeaderVersion(for: version) >= 1 {
            var cursor = ChunkCursor(ByteChain(body))
            guard cursor.skipTaggedFields() else { throw ControlConnection.Failure.malformedHeader }
            body.moveReaderIndex(forwardBy: cursor.position)
        }
        return body
    }
}
