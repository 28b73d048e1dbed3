import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@Suite("Bytes that are not messages")
struct HostileBytesTests {
    @Test(arguments: MessageSample.all)
    func `a message that is cut anywhere is an error and leaves the buffer alone`(_ sample: MessageSample) {
        for version in sample.schema.versions {
            let filled = sample.filled(version: version, count: 8).map(\.bytes)
            // One with content, not too long: every length of it is tried.
            let content = filled.filter { $0.count <= 400 }.max { $0.count < $1.count } ?? []
            for bytes in [content, sample.defaults(version: version)] {
                let whole = ByteBuffer(bytes: bytes)
                for length in bytes.indices {
                    var buffer = whole.getSlice(at: 0, length: length) ?? ByteBuffer()
                    if (try? sample.type.init(from: &buffer, version: version)) != nil {
                        Issue.record("version \(version) was read from \(length) of \(bytes.count) bytes")
                    }
                    if buffer.readableBytes != length { Issue.record("version \(version) consumed bytes") }
                }
            }
        }
    }

    @Test(arguments: MessageSample.all)
    func `a length of any kind in any place is read or refused`(_ sample: MessageSample) {
        let hostile: [[UInt8]] = [
            [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0x00, 0x00, 0x00], [0xFF, 0xFF, 0xFF, 0xFE],
            [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
            [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x80, 0x80, 0x80, 0x80, 0x80], [0x7F, 0xFF],
        ]
        for version in sample.schema.versions {
            let filled = sample.filled(version: version, count: 6).map(\.bytes)
            guard let bytes = filled.filter({ $0.count <= 200 }).max(by: { $0.count < $1.count }) else { continue }
            for place in bytes.indices {
                for length in hostile {
                    var changed = bytes
                    changed.replaceSubrange(place..<min(place + length.count, bytes.count), with: length)
                    Self.expectReadOrRefused(sample, changed, version)
                }
            }
        }
    }

    @Test(arguments: MessageSample.all)
    func `random bytes are read or refused`(_ sample: MessageSample) {
        var random = SeededGenerator(seed: 4)
        for version in sample.schema.versions {
            for round in 0..<90 {
                // Small bytes give short lengths and so get deeper into a message.
                let highest: UInt8 = [3, 16, 255][round % 3]
                let count = Int.random(in: 0...200, using: &random)
                let bytes = (0..<count).map { _ in UInt8.random(in: 0...highest, using: &random) }
                Self.expectReadOrRefused(sample, bytes, version)
            }
        }
    }

    /// What can be read can be written, and then reads as the same.
    private static func expectReadOrRefused(_ sample: MessageSample, _ bytes: [UInt8], _ version: Int16) {
        guard let decoded = try? DecodedMessage(sample.type, from: bytes, version: version) else { return }
        let encoded = decoded.encoded(version: version)
        // A double that is not a number equals nothing, itself neither: bytes are compared.
        let again = try? DecodedMessage(sample.type, from: encoded, version: version)
        if again?.encoded(version: version) != encoded {
            Issue.record("version \(version) writes \(bytes.hex) as \(encoded.hex)")
        }
    }
}

@Suite("Counts and lengths that cannot be")
struct HostileCountTests {
    @Test
    func `a count beyond the frame is refused before anything is read`() {
        // 2,147,483,647 topics in 8 bytes.
        var buffer = ByteBuffer(bytes: [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0])
        let error = #expect(throws: KafkaDecodeError.self) { try MetadataRequest(from: &buffer, version: 1) }
        #expect(error?.reason == .tooManyElements(count: 2_147_483_647, available: 8))
        #expect(
            error?.description == "topics at byte 4 claims 2147483647 elements, but only 8 bytes are left")
    }

    @Test
    func `a count that the frame could hold reserves no more memory than the frame has bytes`() {
        // Four thousand topics of two bytes: the Swift values would take many times that.
        let reader = WireReader(ByteBuffer(repeating: 0, count: 8_000))
        let stride = MemoryLayout<MetadataRequest.MetadataRequestTopic>.stride
        #expect(reader.reservation(4_000, stride: stride) * stride <= 8_000)
        #expect(reader.reservation(3, stride: stride) == 3)
    }

    @Test
    func `an element that fails ends the array at once and says where`() {
        // Topics "a" and one whose name is not UTF-8, of two claimed and many bytes left.
        var buffer = ByteBuffer(bytes: [0, 0, 0, 2, 0, 1, 0x61, 0, 1, 0xFF] + [UInt8](repeating: 0, count: 50))
        let error = #expect(throws: KafkaDecodeError.self) { try MetadataRequest(from: &buffer, version: 1) }
        #expect(error == KafkaDecodeError(reason: .invalidUTF8, field: "topics[1].name", offset: 9))
    }

    @Test
    func `null is refused where a version has none`() {
        var topics = ByteBuffer(bytes: [0xFF, 0xFF, 0xFF, 0xFF])
        let error = #expect(throws: KafkaDecodeError.self) { try MetadataRequest(from: &topics, version: 0) }
        #expect(error?.reason == .unexpectedNull)
        #expect(throws: Never.self) { try MetadataRequest(from: &topics, version: 1) }
    }

    @Test
    func `nil is written as empty where a version has no null`() {
        var request = MetadataRequest()
        request.topics = nil
        var buffer = ByteBuffer()
        request.encode(into: &buffer, version: 0)
        #expect(Array(buffer.readableBytesView) == [0, 0, 0, 0])
    }

    @Test
    func `a negative length is refused`() {
        var buffer = ByteBuffer(bytes: [0xFF, 0xFE])
        let error = #expect(throws: KafkaDecodeError.self) { try SaslHandshakeRequest(from: &buffer, version: 1) }
        #expect(error?.reason == .negativeLength(-2))
        #expect(error?.field == "mechanism")
    }

    @Test
    func `a string longer than any version can write is refused`() {
        var buffer = ByteBuffer()
        buffer.writeUnsignedVarint(32_768 + 1)
        buffer.writeRepeatingByte(0x61, count: 32_800)
        let error = #expect(throws: KafkaDecodeError.self) { try ApiVersionsRequest(from: &buffer, version: 3) }
        #expect(error?.field == "clientSoftwareName")
        #expect(error?.reason == .invalid("a string of 32768 bytes; 32767 are allowed"))
    }

    @Test
    func `a string too long for its length ends after a whole character`() throws {
        var request = SaslHandshakeRequest()
        request.mechanism = String(repeating: "日", count: 11_000)
        var buffer = ByteBuffer()
        request.encode(into: &buffer, version: 1)
        // 32,767 bytes hold 10,922 characters of three bytes.
        #expect(buffer.readableBytes == 2 + 10_922 * 3)
        #expect(try SaslHandshakeRequest(from: &buffer, version: 1).mechanism.count == 10_922)
    }
}
