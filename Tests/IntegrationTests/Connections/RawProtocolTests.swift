import NIOCore
import Testing

extension IntegrationSuite {
    /// What a connection is told, byte by byte, and what ends it.
    @Suite(.serialized) struct RawProtocolTests {
        private static func run(_ body: (SluiceProcess, Quickstart) async throws -> Void) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await body(sluice, try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3))
            }
        }

        @Test func `ApiVersions offers what the gateway can authorize, within what the backend has`() async throws {
            try await Self.run { sluice, quickstart in
                let backendPort = try #require(sluice.sandbox[0].split(separator: ":").last.flatMap { Int($0) })
                let backend = try await RawConnection.run(port: backendPort) { try await $0.apiVersions() }
                let offered = try await RawConnection.run(port: quickstart.port) { try await $0.apiVersions() }
                #expect(offered.error == 0)
                // Old and new: groups of both protocols, transactions, administration.
                for key: Int16 in [
                    0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 29, 30, 31, 32, 36, 37,
                    42, 45, 60,
                    68, 69,
                ] {
                    #expect(offered.apis[key] != nil, "API \(key) is offered")
                }
                #expect(offered.apis[17] == .init(key: 17, minimum: 0, maximum: 1), "as on a broker's SASL listener")
                #expect(offered.apis[0]?.minimum == backend.apis[0]?.minimum, "Produce keeps the backend's minimum")
                // What brokers say to each other.
                for key: Int16 in [4, 5, 6, 7, 52, 56, 58, 62, 67, 83] {
                    #expect(offered.apis[key] == nil, "API \(key) is not offered")
                }
                for (key, api) in offered.apis where ![17, 18, 36].contains(key) {
                    let has = try #require(backend.apis[key], "API \(key) is offered without a backend that has it")
                    #expect(api.minimum >= has.minimum && api.maximum <= has.maximum && api.minimum <= api.maximum)
                }
            }
        }

        @Test func `a request over the limit ends the connection and takes no earlier answer with it`() async throws {
            try await Self.run { sluice, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    var bytes = ByteBuffer()
                    // ApiVersions version 0, and behind it a Metadata request of 4 MiB.
                    bytes.writeMultipleIntegers(Int32(10), Int16(18), Int16(0), Int32(7), Int16(-1))
                    bytes.writeMultipleIntegers(Int32(4 << 20), Int16(3), Int16(4), Int32(8), Int16(-1))
                    bytes.writeInteger(Int32(1_000_000))
                    bytes.writeRepeatingByte(0, count: (4 << 20) - 14)
                    // The end may come before the last byte is sent.
                    try? await client.send(bytes)
                    try await client.closed()
                    #expect(client.received.getInteger(at: 4, as: Int32.self) == 7)
                }
            }
        }

        @Test func `ApiVersions of an unknown version gets the version 0 answer with error 35`() async throws {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    var answer = try #require(try await client.request(18, version: 99, body: ByteBuffer()))
                    #expect(answer.readInteger(as: Int16.self) == 35)
                    let apis = answer.readKafkaArray { $0.readMultipleIntegers(as: (Int16, Int16, Int16).self) }
                    #expect(apis.contains { $0?.0 == 18 })
                    #expect(try await client.apiVersions().error == 0, "the connection goes on")
                }
            }
        }

        @Test func `requests that are not offered, or make no sense, close the connection`() async throws {
            try await Self.run { sluice, quickstart in
                func closes(_ what: String, _ bytes: ByteBuffer) async throws {
                    try await RawConnection.run(port: quickstart.port) { client in
                        try await client.send(bytes)
                        do { try await client.closed() } catch {
                            Issue.record("\(what) left the connection open: \(error)")
                        }
                    }
                }
                func frame(_ key: Int16, _ version: Int16) -> ByteBuffer {
                    .kafkaFrame(key, version: version, correlationID: 1, clientID: "raw", body: ByteBuffer())
                }
                try await closes("an unknown API key", frame(9_999, 0))
                try await closes("an inter-broker request", frame(4, 0))
                try await closes("a version that is not offered", frame(3, 99))
                try await closes("a SASL handshake without a body", frame(17, 0))
                try await closes("a truncated request body", frame(3, 4))
                try await closes("a frame beyond the limit before authentication", ByteBuffer(integer: Int32(64 << 20)))
                try await closes("a negative length", ByteBuffer(integer: Int32(-1)))
                try await closes("a frame too short for a header", ByteBuffer(bytes: [0, 0, 0, 2, 0, 3]))
                try await closes("an HTTP request", ByteBuffer(string: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                try await closes(
                    "garbage", ByteBuffer(bytes: (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ 255) }))

                // The gateway is none the worse for it.
                #expect(try await Kcat.metadata(bootstrap: quickstart.bootstrap).brokers.count == 3)
                #expect(sluice.child.exitStatus == nil)
            }
        }

        @Test func `an unknown SASL mechanism gets error 33 and the list of those there are`() async throws {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    let answer = try #require(try await client.saslHandshake("PLAIN"))
                    #expect(answer.error == 33)
                    #expect(answer.mechanisms == ["OAUTHBEARER"])
                }
            }
        }

        @Test func `SaslHandshake version 0 is followed by tokens behind their length, and then by requests`()
            async throws
        {
            try await Self.run { sluice, quickstart in
                let token = try await quickstart.token()
                try await RawConnection.run(port: quickstart.port) { client in
                    let handshake = try #require(try await client.saslHandshake("OAUTHBEARER", version: 0))
                    #expect(handshake.error == 0 && handshake.mechanisms == ["OAUTHBEARER"])
                    #expect(try await client.bareToken("n,,\u{1}auth=Bearer \(token)\u{1}\u{1}") == "")
                    #expect(try await client.metadata(topics: nil).brokers.count == 3)
                    #expect(try await client.apiVersions().error == 0)
                }
                try await RawConnection.run(port: quickstart.port) { client in
                    _ = try await client.saslHandshake("OAUTHBEARER", version: 0)
                    let altered = Tokens.alteringSignature(of: token)
                    let answer = try await client.bareToken("n,,\u{1}auth=Bearer \(altered)\u{1}\u{1}")
                    #expect(answer == #"{"status":"invalid_token"}"#)
                    try await client.closed()
                }
                try await RawConnection.run(port: quickstart.port) { client in
                    _ = try await client.saslHandshake("OAUTHBEARER", version: 0)
                    try await client.send(ByteBuffer(integer: Int32(513 << 10)))
                    try await client.closed()
                }
                #expect(sluice.child.exitStatus == nil)
            }
        }

        @Test func `ACL commands under enforce_on_gateway answer SECURITY_DISABLED`() async throws {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    var body = ByteBuffer()  // DescribeAcls v1: any resource, any pattern, anyone
                    body.writeInteger(Int8(1))
                    body.writeKafkaString(nil)
                    body.writeInteger(Int8(1))
                    body.writeKafkaString(nil)
                    body.writeKafkaString(nil)
                    body.writeMultipleIntegers(Int8(1), Int8(1))
                    var answer = try #require(try await client.request(29, version: 1, body: body))
                    #expect(answer.readInteger(as: Int32.self) == 0)
                    #expect(answer.readInteger(as: Int16.self) == 54)
                }
            }
        }

        @Test func `answers keep the order of requests, also where the gateway answers itself`() async throws {
            try await Self.run { sluice, quickstart in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                try await RawConnection.run(port: quickstart.port + 1) { client in
                    #expect(try await client.signIn(token: try await quickstart.token())?.error == 0)
                    // Fetches that wait at the broker and denials that the gateway knows at once, all in one write.
                    var pipeline = ByteBuffer()
                    for correlation: Int32 in 100..<130 {
                        var body = ByteBuffer()
                        if correlation % 3 == 0 {
                            body.writeKafkaString("g")
                            body.writeInteger(UInt8(0))
                            pipeline.writeImmutableBuffer(
                                .kafkaFrame(10, version: 1, correlationID: correlation, clientID: "raw", body: body))
                        } else {
                            body.writeInteger(Int32(-1))
                            body.writeInteger(UInt8(0))
                            pipeline.writeImmutableBuffer(
                                .kafkaFrame(3, version: 4, correlationID: correlation, clientID: "raw", body: body))
                        }
                    }
                    try await client.send(pipeline)
                    for expected: Int32 in 100..<130 {
                        var answer = try #require(try await client.frame())
                        #expect(answer.readInteger(as: Int32.self) == expected)
                    }
                }
            }
        }

        @Test func `a denied produce without acknowledgement closes the connection, as a broker does`() async throws {
            try await Self.run { sluice, quickstart in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                try await RawConnection.run(port: quickstart.port + 1) { client async throws in
                    #expect(try await client.metadata(topics: nil).topics == [:])
                    #expect(try await client.produce("x", to: "my-test-topic", acks: 0) == nil)
                    #expect(client.isClosed)
                }
            }
        }

        @Test func `a TLS client on a plaintext port is cut off and the log says why`() async throws {
            try await Self.run { sluice, quickstart in
                let ending = try await PythonClient.run("tls_client") { client in
                    try await client.call("handshake", ["port": .integer(quickstart.port)])
                }
                #expect(ending == "closed")
                try await sluice.logged("TLS", "plaintext")
            }
        }
    }
}
