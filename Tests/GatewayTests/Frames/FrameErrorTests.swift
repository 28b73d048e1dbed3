import NIOCore
import Testing

@testable import Gateway

@Suite struct FrameErrorTests {
    @Test func `the first bytes of a TLS handshake are told from a size`() throws {
        let error = try #require(FrameError.check(ByteBuffer(bytes: [0x16, 0x03, 0x01, 0x02]), limit: 100))
        #expect(error == .tlsOnPlaintextPort)
        #expect(error.description.contains("SASL_PLAINTEXT"))
    }

    @Test func `the first bytes of an HTTP request are told from a size`() {
        #expect(FrameError.check(ByteBuffer(string: "GET "), limit: 100) == .httpOnKafkaPort)
    }

    @Test(arguments: [(Int32(-1), FrameError.tooSmall(-1)), (7, .tooSmall(7)), (101, .tooLarge(101, limit: 100))])
    func `sizes that no request can have are refused`(size: Int32, error: FrameError) {
        #expect(FrameError.check(ByteBuffer(integer: size), limit: 100) == error)
    }

    @Test func `sizes within the limit pass`() {
        #expect(FrameError.check(ByteBuffer(integer: Int32(8)), limit: 100) == nil)
        #expect(FrameError.check(ByteBuffer(integer: Int32(100)), limit: 100) == nil)
    }
}
