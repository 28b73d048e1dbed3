import NIOCore

// The few messages that raw tests send, written out by hand from Kafka's message definitions in versions without
// compact lengths and tags. They share no code with the product.

extension ByteBuffer {
    static func kafkaFrame(
        _ key: Int16, version: Int16, correlationID: Int32, clientID: String, body: ByteBuffer
    ) -> ByteBuffer {
        var request = ByteBuffer()
        request.writeMultipleIntegers(key, version, correlationID)
        request.writeKafkaString(clientID)
        request.writeImmutableBuffer(body)
        var frame = ByteBuffer()
        frame.writeInteger(Int32(request.readableBytes))
        frame.writeBuffer(&request)
        return frame
    }

    mutating func writeKafkaString(_ text: String?) {
        guard let text else { return _ = self.writeInteger(Int16(-1)) }
        self.writeInteger(Int16(text.utf8.count))
        self.writeString(text)
    }

    mutating func writeKafkaBytes(_ bytes: ByteBuffer) {
        self.writeInteger(Int32(bytes.readableBytes))
        self.writeImmutableBuffer(bytes)
    }

    mutating func readKafkaString() -> String? {
        guard let length = self.readInteger(as: Int16.self), length >= 0 else { return nil }
        return self.readString(length: Int(length))
    }

    mutating func readKafkaBytes() -> ByteBuffer? {
        guard let length = self.readInteger(as: Int32.self), length >= 0 else { return nil }
        return self.readSlice(length: Int(length))
    }

    mutating func readKafkaArray<Element>(_ read: (inout ByteBuffer) -> Element) -> [Element] {
        guard let count = self.readInteger(as: Int32.self), count > 0 else { return [] }
        return (0..<count).map { _ in read(&self) }
    }
}

/// An answer that ended early.
struct ShortAnswer: Error {}

extension RawConnection {
    struct OfferedAPI: Hashable {
        var key: Int16
        var minimum: Int16
        var maximum: Int16
    }

    /// ApiVersions v0: the error code and what is offered.
    func apiVersions() async throws -> (error: Int16, apis: [Int16: OfferedAPI]) {
        guard var answer = try await self.request(18, version: 0, body: ByteBuffer()) else { throw ShortAnswer() }
        let error = answer.readInteger(as: Int16.self) ?? -1
        let apis = answer.readKafkaArray { buffer in
            OfferedAPI(
                key: buffer.readInteger() ?? -1, minimum: buffer.readInteger() ?? -1,
                maximum: buffer.readInteger() ?? -1)
        }
        return (error, Dictionary(apis.map { ($0.key, $0) }) { first, _ in first })
    }

    /// SaslHandshake: the error code and the mechanisms.
    func saslHandshake(_ mechanism: String, version: Int16 = 1) async throws -> (error: Int16, mechanisms: [String])? {
        var body = ByteBuffer()
        body.writeKafkaString(mechanism)
        guard var answer = try await self.request(17, version: version, body: body) else { return nil }
        return (answer.readInteger() ?? -1, answer.readKafkaArray { $0.readKafkaString() ?? "" })
    }

    struct SASLAnswer: Equatable {
        var error: Int16
        var message: String?
        var bytes: String
        var lifetimeMilliseconds: Int64
    }

    /// SaslAuthenticate v1.
    /// - Returns: nil when the connection closed.
    func saslAuthenticate(_ bytes: String) async throws -> SASLAnswer? {
        var body = ByteBuffer()
        body.writeKafkaBytes(ByteBuffer(string: bytes))
        guard var answer = try await self.request(36, version: 1, body: body) else { return nil }
        return SASLAnswer(
            error: answer.readInteger() ?? -1, message: answer.readKafkaString(),
            bytes: answer.readKafkaBytes().map { String(buffer: $0) } ?? "",
            lifetimeMilliseconds: answer.readInteger() ?? 0)
    }

    /// Bytes behind their length, as they follow SaslHandshake v0, and the answer in the same form.
    /// - Returns: nil when the connection closed.
    func bareToken(_ bytes: String) async throws -> String? {
        var frame = ByteBuffer()
        frame.writeKafkaBytes(ByteBuffer(string: bytes))
        try await self.send(frame)
        return try await self.frame().map { String(buffer: $0) }
    }

    /// Signs in with OAUTHBEARER (RFC 7628 §3.1).
    @discardableResult
    func signIn(token: String) async throws -> SASLAnswer? {
        guard let handshake = try await self.saslHandshake("OAUTHBEARER"), handshake.error == 0 else { return nil }
        return try await self.saslAuthenticate("n,,\u{1}auth=Bearer \(token)\u{1}\u{1}")
    }

    struct Metadata: Equatable {
        /// Node id to `host:port`.
        var brokers: [Int32: String] = [:]
        /// Topic to its error code and number of partitions.
        var topics: [String: [Int]] = [:]
        /// Topic to the leaders of its partitions.
        var leaders: [String: [Int32]] = [:]
    }

    /// Metadata v4 without automatic creation.
    /// - Parameter topics: nil asks for all.
    func metadata(topics: [String]?) async throws -> Metadata {
        var body = ByteBuffer()
        body.writeInteger(Int32(topics?.count ?? -1))
        for topic in topics ?? [] { body.writeKafkaString(topic) }
        body.writeInteger(UInt8(0))
        guard var answer = try await self.request(3, version: 4, body: body) else { throw ShortAnswer() }
        var metadata = Metadata()
        answer.moveReaderIndex(forwardBy: 4)
        _ = answer.readKafkaArray { buffer in
            let node = buffer.readInteger(as: Int32.self) ?? -1
            let host = buffer.readKafkaString() ?? ""
            metadata.brokers[node] = "\(host):\(buffer.readInteger(as: Int32.self) ?? -1)"
            _ = buffer.readKafkaString()
        }
        _ = answer.readKafkaString()
        _ = answer.readInteger(as: Int32.self)
        _ = answer.readKafkaArray { buffer in
            let error = buffer.readInteger(as: Int16.self) ?? -1
            let name = buffer.readKafkaString() ?? ""
            _ = buffer.readInteger(as: UInt8.self)
            let leaders = buffer.readKafkaArray { partition -> Int32 in
                _ = partition.readMultipleIntegers(as: (Int16, Int32).self)
                let leader = partition.readInteger(as: Int32.self) ?? -1
                _ = partition.readKafkaArray { $0.readInteger(as: Int32.self) }
                _ = partition.readKafkaArray { $0.readInteger(as: Int32.self) }
                return leader
            }
            metadata.topics[name] = [Int(error), leaders.count]
            metadata.leaders[name] = leaders
        }
        return metadata
    }

    /// Produce v3 of one record to partition 0.
    /// - Returns: the partition's error code, or nil when the connection closed.
    func produce(_ value: String, to topic: String, acks: Int16 = -1) async throws -> Int16? {
        var body = ByteBuffer()
        body.writeKafkaString(nil)
        body.writeMultipleIntegers(acks, Int32(5_000), Int32(1))
        body.writeKafkaString(topic)
        body.writeMultipleIntegers(Int32(1), Int32(0))
        body.writeKafkaBytes(.recordBatch(value: value))
        guard var answer = try await self.request(0, version: 3, body: body) else { return nil }
        _ = answer.readInteger(as: Int32.self)
        _ = answer.readKafkaString()
        guard answer.readMultipleIntegers(as: (Int32, Int32).self) != nil,
            let error = answer.readInteger(as: Int16.self)
        else { throw ShortAnswer() }
        return error
    }

    /// Fetch v4 of partition 0 from offset 0.
    /// - Returns: the partition's error code and the size of its records.
    func fetch(topic: String) async throws -> (error: Int16, recordBytes: Int) {
        let body = ByteBuffer.fetchBody(topic: topic, maximumWaitMilliseconds: 100, minimumBytes: 0)
        guard var answer = try await self.request(1, version: 4, body: body) else { throw ShortAnswer() }
        answer.moveReaderIndex(forwardBy: 4)
        _ = answer.readInteger(as: Int32.self)
        _ = answer.readKafkaString()
        guard answer.readMultipleIntegers(as: (Int32, Int32).self) != nil,
            let error = answer.readInteger(as: Int16.self)
        else { throw ShortAnswer() }
        _ = answer.readMultipleIntegers(as: (Int64, Int64).self)
        _ = answer.readKafkaArray { $0.readMultipleIntegers(as: (Int64, Int64).self) }
        return (error, answer.readKafkaBytes()?.readableBytes ?? 0)
    }

    /// Sends a Fetch v4 that an empty partition answers only after a while, and does not wait for it.
    func sendFetch(topic: String, correlationID: Int32, waitingMilliseconds: Int32) async throws {
        let body = ByteBuffer.fetchBody(
            topic: topic, maximumWaitMilliseconds: waitingMilliseconds, minimumBytes: 1)
        try await self.send(
            .kafkaFrame(1, version: 4, correlationID: correlationID, clientID: "raw", body: body))
    }

    /// FindCoordinator v1 for a group.
    func findCoordinator(group: String) async throws -> (error: Int16, node: Int32, address: String) {
        var body = ByteBuffer()
        body.writeKafkaString(group)
        body.writeInteger(UInt8(0))
        guard var answer = try await self.request(10, version: 1, body: body) else { throw ShortAnswer() }
        answer.moveReaderIndex(forwardBy: 4)
        let error = answer.readInteger(as: Int16.self) ?? -1
        _ = answer.readKafkaString()
        let node = answer.readInteger(as: Int32.self) ?? -2
        let host = answer.readKafkaString() ?? ""
        return (error, node, "\(host):\(answer.readInteger(as: Int32.self) ?? -2)")
    }

    /// Heartbeat v1 of a member that does not exist: an authorized one answers 25, `UNKNOWN_MEMBER_ID`.
    func heartbeat(group: String) async throws -> Int16 {
        var body = ByteBuffer()
        body.writeKafkaString(group)
        body.writeInteger(Int32(1))
        body.writeKafkaString("nobody")
        guard var answer = try await self.request(12, version: 1, body: body) else { throw ShortAnswer() }
        answer.moveReaderIndex(forwardBy: 4)
        return answer.readInteger() ?? -1
    }
}

extension ByteBuffer {
    fileprivate static func fetchBody(
        topic: String, maximumWaitMilliseconds: Int32, minimumBytes: Int32
    ) -> ByteBuffer {
        var body = ByteBuffer()
        body.writeMultipleIntegers(Int32(-1), maximumWaitMilliseconds, minimumBytes, Int32(1 << 20))
        body.writeMultipleIntegers(UInt8(0), Int32(1))
        body.writeKafkaString(topic)
        body.writeMultipleIntegers(Int32(1), Int32(0), Int64(0), Int32(1 << 20))
        return body
    }

    /// A record batch of format 2 with one record, uncompressed.
    static func recordBatch(value: String) -> ByteBuffer {
        var record = ByteBuffer()
        record.writeInteger(UInt8(0))  // attributes
        record.writeInteger(UInt8(0))  // timestamp delta
        record.writeInteger(UInt8(0))  // offset delta
        record.writeInteger(UInt8(1))  // no key
        record.writeZigZag(value.utf8.count)
        record.writeString(value)
        record.writeInteger(UInt8(0))  // no headers

        var checked = ByteBuffer()
        checked.writeMultipleIntegers(Int16(0), Int32(0), Int64(1_700_000_000_000), Int64(1_700_000_000_000))
        checked.writeMultipleIntegers(Int64(-1), Int16(-1), Int32(-1), Int32(1))
        checked.writeZigZag(record.readableBytes)
        checked.writeBuffer(&record)

        var batch = ByteBuffer()
        batch.writeMultipleIntegers(Int64(0), Int32(9 + checked.readableBytes), Int32(-1), UInt8(2))
        batch.writeInteger(crc32c(checked.readableBytesView))
        batch.writeBuffer(&checked)
        return batch
    }

    private mutating func writeZigZag(_ value: Int) {
        var rest = UInt64(bitPattern: Int64((value << 1) ^ (value >> 63)))
        while rest >= 0x80 {
            self.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        self.writeInteger(UInt8(rest))
    }
}

/// CRC-32C (Castagnoli), bit by bit: small and obviously right.
private func crc32c(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 {
            let polynomial: UInt32 = crc & 1 == 1 ? 0x82F6_3B78 : 0
            crc = (crc >> 1) ^ polynomial
        }
    }
    return ~crc
}
