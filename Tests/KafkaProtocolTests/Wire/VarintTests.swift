import KafkaProtocol
import NIOCore
import Testing

@Suite("Variable-length numbers")
struct VarintTests {
    @Test(
        arguments: [
            (0, [0]), (1, [1]), (127, [0x7F]), (128, [0x80, 1]), (300, [0xAC, 2]), (16_383, [0xFF, 0x7F]),
            (16_384, [0x80, 0x80, 1]), (4_294_967_295, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]),
        ] as [(UInt32, [UInt8])])
    func `an unsigned varint has seven bits a byte, the lowest first`(_ value: UInt32, _ bytes: [UInt8]) {
        var buffer = ByteBuffer()
        buffer.writeUnsignedVarint(value)
        #expect(Array(buffer.readableBytesView) == bytes)
        #expect(buffer.readUnsignedVarint() == value)
        #expect(buffer.readableBytes == 0)
    }

    @Test(arguments: [[0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0x10], [0x80, 0x80, 0x80, 0x80, 0x80, 0], []] as [[UInt8]])
    func `one that does not end or is too large consumes nothing`(_ bytes: [UInt8]) {
        var buffer = ByteBuffer(bytes: bytes)
        #expect(buffer.readUnsignedVarint() == nil)
        #expect(buffer.readableBytes == bytes.count)
    }

    @Test(
        arguments: [
            (0, [0]), (-1, [1]), (1, [2]), (-64, [0x7F]), (64, [0x80, 1]),
            (.max, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
            (.min, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
        ] as [(Int64, [UInt8])])
    func `a signed one zigzags`(_ value: Int64, _ bytes: [UInt8]) {
        var buffer = ByteBuffer()
        buffer.writeVarint(value)
        #expect(Array(buffer.readableBytesView) == bytes)
        #expect(buffer.readVarint() == value)
    }

    @Test
    func `a signed one of more than 64 bits consumes nothing`() {
        var buffer = ByteBuffer(bytes: [UInt8](repeating: 0xFF, count: 9) + [2])
        #expect(buffer.readVarint() == nil)
        #expect(buffer.readableBytes == 10)
    }
}
