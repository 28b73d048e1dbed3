import KafkaProtocol
import NIOCore
import Resources

/// Connects to a listener as a client would: ApiVersions, SASL when there is a token, Metadata, and then a connection
/// to a broker behind its own port. It only reads.
struct ListenerProbe: Sendable {
    enum Failure: Error, Equatable, CustomStringConvertible {
        /// The gateway refused, with this sentence.
        case refused(String)
        case mechanism(offered: [String])
        case step(String, String)
        case metadata(KafkaErrorCode)
        /// Metadata names no broker: only the bootstrap port leads anywhere.
        case noBroker

        var description: String {
            switch self {
            case .refused(let reason): "The gateway refused the token: \(reason)"
            case .mechanism(let offered):
                "The listener does not offer OAUTHBEARER, only [\(offered.joined(separator: ", "))]."
            case .step(let step, let reason): "\(step): \(reason)."
            case .metadata(let code): "Metadata was answered with \(code.name)."
            case .noBroker:
                "The listener has no port for any broker behind it, so that clients find none: give it one port for bootstrap "
                    + "and one for each broker."
            }
        }
    }

    let address: BrokerAddress
    let token: BearerToken?
    let loop: any EventLoop

    /// - Returns: names of the topics that a client sees, sorted.
    /// - Throws: ``Failure``.
    func topics() async throws(Failure) -> [String] {
        let connection = try await Self.step("Connecting to \(self.address) failed") {
            try await ControlConnection.connect(to: self.address, on: self.loop)
        }
        do throws(Failure) {
            let topics = try await self.topics(connection)
            await connection.close()
            return topics
        } catch {
            await connection.close()
            throw error
        }
    }

    private func topics(_ connection: ControlConnection) async throws(Failure) -> [String] {
        let link = try await Self.step("ApiVersions was not answered") {
            BrokerLink(connection: connection, offered: try await BrokerLink.apiVersions(connection))
        }
        if let token { try await self.authenticate(with: token, link) }
        let metadata = try await Self.step(
            self.token == nil
                ? "Metadata was not answered, as happens to clients that have to authenticate"
                : "Metadata was not answered"
        ) {
            var request = MetadataRequest()
            request.topics = nil
            request.allowAutoTopicCreation = false
            return try await link.ask(
                request, version: try link.requireVersion(of: .metadata, upTo: 12), for: MetadataResponse.self)
        }
        let code = KafkaErrorCode(rawValue: metadata.errorCode)
        guard code == .none else { throw .metadata(code) }
        guard let broker = metadata.brokers.first else { throw .noBroker }
        try await self.reach(BrokerAddress(host: broker.host, port: Int(broker.port)))
        return metadata.topics.compactMap(\.name).sortedByBytes()
    }

    /// Connects to a broker at the address that Metadata names, because that is where clients read and write.
    private func reach(_ broker: BrokerAddress) async throws(Failure) {
        let connection = try await Self.step("Connecting to the broker at \(broker) failed") {
            try await ControlConnection.connect(to: broker, on: self.loop)
        }
        do throws(Failure) {
            _ = try await Self.step("The broker at \(broker) did not answer ApiVersions") {
                try await BrokerLink.apiVersions(connection)
            }
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }

    /// SASL/OAUTHBEARER (RFC 7628, KIP-255). After an error the client sends 0x01, and the answer to it has the reason.
    private func authenticate(with token: BearerToken, _ link: BrokerLink) async throws(Failure) {
        let handshake = try await Self.step("SaslHandshake was not answered") {
            var request = SaslHandshakeRequest()
            request.mechanism = "OAUTHBEARER"
            return try await link.ask(request, version: 1, for: SaslHandshakeResponse.self)
        }
        guard handshake.errorCode == KafkaErrorCode.none.rawValue else {
            throw .mechanism(offered: handshake.mechanisms)
        }
        let answer = try await self.send("n,,\u{1}auth=Bearer \(token.text)\u{1}\u{1}", link)
        if answer.errorCode == KafkaErrorCode.none.rawValue {
            guard answer.authBytes.readableBytes > 0 else { return }
            let end = try await self.send("\u{1}", link)
            throw .refused(end.errorMessage ?? "it gave no reason")
        }
        throw .refused(answer.errorMessage ?? KafkaErrorCode(rawValue: answer.errorCode).name)
    }

    private func send(_ message: String, _ link: BrokerLink) async throws(Failure) -> SaslAuthenticateResponse {
        try await Self.step("SaslAuthenticate was not answered") {
            var request = SaslAuthenticateRequest()
            request.authBytes = ByteBuffer(string: message)
            let version = try link.requireVersion(of: .saslAuthenticate)
            return try await link.ask(
                request, version: version, for: SaslAuthenticateResponse.self, timeout: .seconds(30))
        }
    }

    private static func step<Value>(
        _ words: String, _ body: () async throws -> Value
    ) async throws(Failure) -> Value {
        do { return try await body() } catch { throw .step(words, describe(error)) }
    }
}
