package import NIOCore

/// A topic id or other 16-byte id of the protocol.
package struct KafkaUUID: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    /// The id that stands for no topic.
    package static let zero = KafkaUUID(high: 0, low: 0)

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 16 bytes; nil when there are fewer.
    package init?(readingFrom buffer: inout ByteBuffer) {
        guard buffer.readableBytes >= 16, let high = buffer.readInteger(as: UInt64.self),
            let low = buffer.readInteger(as: UInt64.self)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// A random id that is not one of Kafka's reserved ones and whose text does not start with `-`.
    package static func random() -> KafkaUUID {
        while true {
            let id = KafkaUUID(high: .random(in: 2...UInt64.max), low: .random(in: 0...UInt64.max))
            if id.high >> 58 != 62 { return id }
        }
    }
}

extension KafkaUUID: CustomStringConvertible {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Kafka's text form: base64url without padding, 22 characters.
    package var description: String {
        let bytes =
            (0..<8).map { UInt8(truncatingIfNeeded: self.high >> (56 - 8 * UInt64($0))) }
            + (0..<8).map { UInt8(truncatingIfNeeded: self.low >> (56 - 8 * UInt64($0))) }
        var text: [UInt8] = []
        for start in stride(from: 0, to: 16, by: 3) {
            let part = bytes[start..<min(start + 3, 16)]
            var bits: UInt32 = 0
            for byte in part { bits = bits << 8 | UInt32(byte) }
            bits <<= 8 * UInt32(3 - part.count)
            for index in 0...part.count { text.append(Self.alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension KafkaUUID: LosslessStringConvertible {
    /// The id of a text of 22 base64url characters; nil for any other text.
    package init?(_ text: String) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        var count = 0
        for character in text.utf8 {
            guard let value = Self.alphabet.firstIndex(of: character) else { return nil }
            count += 1
            // 21 characters of six bits, and two more bits at the top of the last one.
            let width: UInt64 = count < 22 ? 6 : 2
            guard count <= 22, count < 22 || value & 0xF == 0 else { return nil }
            high = high << width | low >> (64 - width)
            low = low << width | UInt64(count < 22 ? value : value >> 4)
        }
        guard count == 22 else { return nil }
        self.init(high: high, low: low)
    }
}
