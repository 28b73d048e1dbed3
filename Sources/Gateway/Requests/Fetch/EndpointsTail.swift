import KafkaProtocol
import NIOCore

/// The part of a Fetch or ShareFetch answer behind the topics: the endpoints of moved leaders (KIP-951), and tagged
/// fields. Its length must not change when it is readdressed, since the frame's length was sent long before.
///
/// Spare bytes become a tagged field that no client knows, and that clients must step over (KIP-482). Endpoints that do
/// not fit are left out: they are a hint, and a client without it asks for metadata.
enum EndpointsTail {
    /// A longer tail is not held; padding takes its place. Some hundreds of endpoints fit.
    static let maximumBytes = 64 * 1024

    /// - Returns: As many bytes as `tail` has, unchanged if they name no broker.
    static func readdressed(
        _ tail: ByteBuffer, of answer: RecordsAnswer, version: Int16, context: inout ResponseContext
    ) throws(KafkaDecodeError) -> ByteBuffer {
        switch answer {
        case .fetch: try self.readdressed(tail, as: FetchResponse.self, version, &context)
        case .shareFetch: try self.readdressed(tail, as: ShareFetchResponse.self, version, &context)
        }
    }

    private static func readdressed<Message: EndpointsMessage>(
        _ tail: ByteBuffer, as type: Message.Type, _ version: Int16, _ context: inout ResponseContext
    ) throws(KafkaDecodeError) -> ByteBuffer {
        // The tail behind the start of an answer without topics is an answer that the codec can read.
        var start = ByteBuffer()
        Message().encode(into: &start, version: version)
        let startBytes = start.readableBytes - Message.emptyTailBytes
        var whole = start.getSlice(at: start.readerIndex, length: startBytes) ?? ByteBuffer()
        whole.writeImmutableBuffer(tail)
        var message = try Message(from: &whole, version: version)
        guard whole.readableBytes == 0 else {
            throw KafkaDecodeError(
                reason: .invalid("\(whole.readableBytes) bytes too many"), field: "nodeEndpoints",
                offset: whole.readerIndex)
        }
        if message.nodeEndpoints.isEmpty { return tail }
        message.nodeEndpoints = context.readdressed(message.nodeEndpoints)
        let known = message.unknownTaggedFields.filter { $0.tag < Padding.shortTag }
        while true {
            message.unknownTaggedFields = known
            if let fitted = self.padded(message, startBytes: startBytes, to: tail.readableBytes, version) {
                return fitted
            }
            let count = message.nodeEndpoints.count
            guard count > 0 else { return Padding.tail(bytes: tail.readableBytes, of: Message.self) }
            message.nodeEndpoints.removeLast(max(1, count / 8))
        }
    }

    /// - Returns: nil when the message is too long, or one byte too short to be padded.
    private static func padded<Message: EndpointsMessage>(
        _ message: Message, startBytes: Int, to bytes: Int, _ version: Int16
    ) -> ByteBuffer? {
        var message = message
        var encoded = ByteBuffer()
        message.encode(into: &encoded, version: version)
        let spare = bytes - (encoded.readableBytes - startBytes)
        guard let padding = Padding(bytes: spare) else { return nil }
        if spare > 0 {
            message.unknownTaggedFields += padding.fields
            encoded.clear()
            message.encode(into: &encoded, version: version)
        }
        // The number of tagged fields may have taken a byte more.
        guard encoded.readableBytes == startBytes + bytes else { return nil }
        return encoded.getSlice(at: encoded.readerIndex + startBytes, length: bytes)
    }
}
