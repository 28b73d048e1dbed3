import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
    /// The test vectors of RFC 3720 §B.4, and the check value of the algorithm.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ([UInt8](0..<32), 0x46DD_794E),
            ([UInt8](0..<32).reversed(), 0x113F_DB5C),
            ([UInt8]("123456789".utf8), 0xE306_9283),
            ([], 0),
        ] as [([UInt8], UInt32)])
    func `known bytes have their checksum`(_ bytes: [UInt8], _ checksum: UInt32) {
        #expect(CRC32C.checksum(ByteBuffer(bytes: bytes)) == checksum)
    }

    @Test
    func `every length and alignment agrees with the sum bit by bit`() {
        var random = SeededGenerator(seed: 32)
        let bytes = (0..<80).map { _ in UInt8.random(in: 0...255, using: &random) }
        for start in 0..<9 {
            for end in start...bytes.count {
                var buffer = ByteBuffer(bytes: bytes)
                buffer.moveReaderIndex(to: start)
                buffer.moveWriterIndex(to: end)
                if CRC32C.checksum(buffer) != Self.bitByBit(bytes[start..<end]) {
                    Issue.record("bytes \(start)..<\(end)")
                }
            }
        }
    }

    private static func bitByBit(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            for bit in 0..<8 {
                let isOdd = (sum ^ UInt32(byte >> UInt8(bit))) & 1 == 1
                sum = sum >> 1 ^ (isOdd ? 0x82F6_3B78 : 0)
            }
        }
        return ~sum
    }
}
