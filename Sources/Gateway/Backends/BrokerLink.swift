import KafkaProtocol
import NIOCore

/// A connection on which the gateway asks one broker its own questions, one after the other.
struct BrokerLink: Sendable {
    /// A broker does not offer what a question needs.
    struct NotOffered: Error, CustomStringConvertible {
        var api: APIKey
        var description: String { "the broker does not offer \(self.api.name) in a version known here" }
    }

    let connection: ControlConnection
    /// What the broker offers.
    let offered: ApiVersionsResponse

    /// Connects and asks what is offered.
    static func open(_ address: BrokerAddress, on loop: any EventLoop) async throws -> BrokerLink {
        let connection = try await ControlConnection.connect(to: address, on: loop)
        do {
            return BrokerLink(connection: connection, offered: try await Self.apiVersions(connection))
        } catch {
            await connection.close()
            throw error
        }
    }

    func close() async {
        await self.connection.close()
    }

    /// The highest version that both sides know, up to `limit`; nil when there is none.
    func version(of api: APIKey, upTo limit: Int16 = .max) -> Int16? {
        guard let known = api.versions, let row = self.offered.apiKeys.first(where: { $0.apiKey == api.rawValue })
        else { return nil }
        let highest = min(known.upperBound, row.maxVersion, limit)
        return highest >= max(known.lowerBound, row.minVersion) ? highest : nil
    }

    /// Like ``version(of:upTo:)``, but throws when there is no such version.
    func requireVersion(of api: APIKey, upTo limit: Int16 = .max) throws -> Int16 {
        guard let version = self.version(of: api, upTo: limit) else { throw NotOffered(api: api) }
        return version
    }

    /// - Throws: ``ControlConnection/Failure``, `KafkaDecodeError`, or what the socket says.
    func ask<Answer: KafkaMessage>(
        _ request: some KafkaMessage, version: Int16, for type: Answer.Type, timeout: TimeAmount = .seconds(10)
    ) async throws -> Answer {
        var body = try await Self.send(request, version: version, on: self.connection, timeout: timeout)
        return try Answer(from: &body, version: version)
    }

    /// Asks in the newest version, and if the broker refuses it, in the version that the refusal names (KIP-511). If
    /// the refusal names none, or has a form of its own as from librdkafka's mock cluster, the question is asked in the
    /// next lower version.
    static func apiVersions(_ connection: ControlConnection) async throws -> ApiVersionsResponse {
        var request = ApiVersionsRequest()
        request.clientSoftwareName = "sluice"
        request.clientSoftwareVersion = "0.1"
        var version = APIKey.apiVersions.versions?.upperBound ?? 0
        var body = try await self.send(request, version: version, on: connection)
        while version > 0, Self.refusesVersion(body) {
            var refusal = body
            let answer = try? ApiVersionsResponse(from: &refusal, version: 0)
            let known = answer?.apiKeys.first { $0.apiKey == APIKey.apiVersions.rawValue }?.maxVersion
            version = max(0, min(known ?? .max, version - 1))
            body = try await self.send(request, version: version, on: connection)
        }
        return try ApiVersionsResponse(from: &body, version: version)
    }

    private static func refusesVersion(_ body: ByteBuffer) -> Bool {
        body.getInteger(at: body.readerIndex, as: Int16.self) == KafkaErrorCode.unsupportedVersion.rawValue
    }

    /// - Returns: the answer's body.
    private static func send(
        _ request: some KafkaMessage, version: Int16, on connection: ControlConnection,
        timeout: TimeAmount = .seconds(10)
    ) async throws -> ByteBuffer {
        let correlationID = Int32.random(in: 1...Int32.max)
        let frame = KafkaFrame.encodeRequest(
            request, version: version, correlationID: correlationID, clientID: ControlConnection.clientID)
        var body = try await connection.send(frame, correlationID: correlationID, timeout: timeout)
        if type(of: request).apiKey.responseHeaderVersion(for: version) >= 1 {
            var cursor = ChunkCursor(ByteChain(body))
            guard cursor.skipTaggedFields() else { throw ControlConnection.Failure.malformedHeader }
            body.moveReaderIndex(forwardBy: cursor.position)
        }
        return body
    }
}
