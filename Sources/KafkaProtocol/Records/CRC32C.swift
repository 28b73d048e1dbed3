package import NIOCore

/// CRC-32C (Castagnoli), the checksum of record batches. Eight tables, eight bytes a step.
package enum CRC32C {
    private static let tables: [[UInt32]] = {
        var tables = [[UInt32]](repeating: [UInt32](repeating: 0, count: 256), count: 8)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82f6_3b78 : crc >> 1 }
            tables[0][byte] = crc
        }
        for byte in 0..<256 {
            for table in 1..<8 {
                let before = tables[table - 1][byte]
                tables[table][byte] = before >> 8 ^ tables[0][Int(before & 0xff)]
            }
        }
        return tables
    }()

    /// All eight tables in one array.
    private static let flat: [UInt32] = Self.tables.flatMap { $0 }

    package static func checksum(_ buffer: ByteBuffer) -> UInt32 {
        buffer.withUnsafeReadableBytes { self.checksum($0) }
    }

    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        self.flat.withUnsafeBufferPointer { tables in
            var crc = ~UInt32(0)
            var index = 0
            while index &+ 8 <= bytes.count {
                let low = crc ^ UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
                let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index &+ 4, as: UInt32.self))
                crc =
                    tables[7 &* 256 &+ Int(low & 0xff)] ^ tables[6 &* 256 &+ Int(low >> 8 & 0xff)]
                    ^ tables[5 &* 256 &+ Int(low >> 16 & 0xff)] ^ tables[4 &* 256 &+ Int(low >> 24)]
                    ^ tables[3 &* 256 &+ Int(high & 0xff)] ^ tables[2 &* 256 &+ Int(high >> 8 & 0xff)]
                    ^ tables[1 &* 256 &+ Int(high >> 16 & 0xff)] ^ tables[Int(high >> 24)]
                index &+= 8
            }
            while index < bytes.count {
                crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[index])) & 0xff)]
                index &+= 1
            }
            return ~crc
        }
    }
}
