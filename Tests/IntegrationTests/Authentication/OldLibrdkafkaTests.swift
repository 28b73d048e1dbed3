import Testing

extension IntegrationSuite {
    /// librdkafka before 2.11, which wants SaslHandshake version 0 to be offered, and clients that speak only that.
    @Suite(.serialized, .enabled(if: Prerequisites.allowOldClients)) struct OldLibrdkafkaTests {
        private static func run(_ body: (SluiceProcess, Quickstart, String) async throws -> Void) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) {
                    try await $0.create(topic: "my-test-topic")
                }
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                try await body(sluice, quickstart, try await quickstart.token())
            }
        }

        private static func library(_ version: String) -> [String: String?] {
            ["PYTHONPATH": "\(Prerequisites.oldClients)/confluent-kafka-\(version)"]
        }

        @Test(arguments: ["2.0.2", "2.3.0"])
        func `an older librdkafka signs in, writes and reads, and is refused with a bad token`(
            version: String
        ) async throws {
            try await Self.run { _, quickstart, token in
                try await KafkaClient.run(
                    .confluent, bootstrap: quickstart.bootstrap, token: token, environment: Self.library(version)
                ) { client async throws in
                    #expect(try await client.python.call("version").string == version)
                    #expect(try await client.topics().keys.contains("my-test-topic"))
                    try await client.produce(["one", "two"], to: "my-test-topic")
                    #expect(try await client.consume(2, from: "my-test-topic") == ["one", "two"])
                    #expect(try await quickstart.liveView().principals.contains(quickstart.clientID))

                    try await client.configure(
                        bootstrap: quickstart.bootstrap, token: Tokens.alteringSignature(of: token))
                    let failure = await #expect(throws: ClientFailure.self) { try await client.topics() }
                    #expect(failure?.name == "_AUTHENTICATION", "\(String(describing: failure))")
                }
            }
        }

        /// librdkafka without ApiVersions takes the broker for one of Kafka 0.10 and sends its token without headers.
        @Test(arguments: ["2.0.2", "2.3.0"])
        func `librdkafka signs in by SaslHandshake version 0`(version: String) async throws {
            try await Self.run { _, quickstart, token in
                let settings: [String: JSON] = ["api.version.request": false, "broker.version.fallback": "0.10.0"]
                try await KafkaClient.run(
                    .confluent, bootstrap: quickstart.bootstrap, token: token, environment: Self.library(version),
                    settings: settings
                ) { client async throws in
                    #expect(try await client.topics().keys.contains("my-test-topic"))
                    #expect(try await quickstart.liveView().principals.contains(quickstart.clientID))
                }
                try await KafkaClient.run(
                    .confluent, bootstrap: quickstart.bootstrap, token: Tokens.alteringSignature(of: token),
                    environment: Self.library(version), settings: settings
                ) { client async throws in
                    _ = await #expect(throws: ClientFailure.self) { try await client.topics() }
                }
            }
        }

        /// Debian builds librdkafka without OpenID Connect: kcat has unsigned tokens only. It offers one, and is told that
        /// it is no good; a gateway that did not offer version 0 would be told that it cannot SASL.
        @Test func `Debian's kcat gets as far as its token`() async throws {
            try await Self.run { sluice, quickstart, _ in
                let options = [
                    "-b", quickstart.bootstrap, "-L", "-m", "3", "-X", "security.protocol=SASL_PLAINTEXT",
                    "-X", "sasl.mechanism=OAUTHBEARER", "-X", "enable.sasl.oauthbearer.unsecure.jwt=true",
                    "-X", "sasl.oauthbearer.config=principal=ali",
                ]
                let old = ["-X", "api.version.request=false", "-X", "broker.version.fallback=0.10.0"]
                for more in [[], old] {
                    let refused = try await Kcat.run(options + more)
                    #expect(refused.status != 0)
                    #expect(!refused.errors.contains("Handshake not supported"), "\(refused.errors)")
                }
                let refusals = sluice.child.errorText.split(separator: "\n").filter {
                    $0.contains("The token is not signed (alg none).") && $0.contains("clientID=rdkafka")
                }
                #expect(refusals.count >= 2)
            }
        }
    }
}
