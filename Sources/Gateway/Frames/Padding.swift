import KafkaProtocol
import NIOCore

/// Tagged fields of zeros that take a given number of bytes (KIP-482). One field reaches nearly every number; where the
/// size of the field would need a byte more just then, an empty one stands before it.
struct Padding {
    /// The two highest tags of one byte, far above the tags of Kafka's messages.
    static let longTag: UInt32 = 127
    static let shortTag: UInt32 = 126

    let hasShortField: Bool
    /// Zeros in the long field; nil without one.
    let zeros: Int?

    /// - Returns: nil for one byte, since no field is that short, and for negative numbers.
    init?(bytes: Int) {
        switch bytes {
        case 0:
            (self.hasShortField, self.zeros) = (false, nil)
        case 2...:
            if let zeros = Self.zeros(inFieldOf: bytes) {
                (self.hasShortField, self.zeros) = (false, zeros)
            } else if let zeros = Self.zeros(inFieldOf: bytes - 2) {
                (self.hasShortField, self.zeros) = (true, zeros)
            } else {
                return nil
            }
        default:
            return nil
        }
    }

    /// A tag, a size of one to five bytes, and the rest.
    private static func zeros(inFieldOf bytes: Int) -> Int? {
        for sizeBytes in 1...5 {
            let zeros = bytes - 1 - sizeBytes
            guard zeros >= 0 else { return nil }
            if Self.varintBytes(zeros) == sizeBytes { return zeros }
        }
        return nil
    }

    private static func varintBytes(_ value: Int) -> Int {
        max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }

    var fields: [UnknownTaggedField] {
        var fields: [UnknownTaggedField] = []
        if self.hasShortField { fields.append(UnknownTaggedField(tag: Self.shortTag, data: ByteBuffer())) }
        if let zeros = self.zeros {
            fields.append(UnknownTaggedField(tag: Self.longTag, data: ByteBuffer(repeating: 0, count: zeros)))
        }
        return fields
    }

    /// The start of a tail without content, up to its last zeros.
    /// - Returns: the bytes before the zeros, and how many zeros follow.
    static func opening<Message: EndpointsMessage>(
        ofTail bytes: Int, of type: Message.Type
    ) -> (bytes: ByteBuffer, zeros: Int) {
        var out = ByteBuffer()
        // Every count of an empty tail but the last is that of an empty array.
        for _ in 1..<max(1, Message.emptyTailBytes) { out.writeCount(0, compact: true) }
        let padding = Padding(bytes: bytes - Message.emptyTailBytes)
        guard let padding, let zeros = padding.zeros else {
            out.writeUnsignedVarint(0)
            return (out, max(0, bytes - out.readableBytes))
        }
        out.writeUnsignedVarint(padding.hasShortField ? 2 : 1)
        if padding.hasShortField {
            out.writeUnsignedVarint(Self.shortTag)
            out.writeUnsignedVarint(0)
        }
        out.writeUnsignedVarint(Self.longTag)
        out.writeUnsignedVarint(UInt32(truncatingIfNeeded: zeros))
        return (out, zeros)
    }

    static func tail<Message: EndpointsMessage>(bytes: Int, of type: Message.Type) -> ByteBuffer {
        var (tail, zeros) = self.opening(ofTail: bytes, of: type)
        tail.writeRepeatingByte(0, count: zeros)
        return tail
    }
}
