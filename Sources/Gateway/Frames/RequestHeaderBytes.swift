import EngineInterface
import KafkaProtocol
import NIOCore

/// The header of a request frame in its original bytes, and the body.
struct RequestHeaderBytes {
    /// The bytes from the API key to the end of the header.
    let header: ByteBuffer
    let body: ByteBuffer
    let clientID: String?

    /// - Parameter frame: a whole frame with its size field.
    init(_ frame: ByteBuffer, head: FrameHead) throws(KafkaDecodeError) {
        var buffer = frame
        buffer.moveReaderIndex(forwardBy: 4)
        let start = buffer.readerIndex
        let version = (head.api ?? .apiVersions).requestHeaderVersion(for: head.version)
        let decoded = try RequestHeader(
            from: &buffer, version: version, maximumElements: GatewayLimits().requestElements)
        self.clientID = decoded.clientId
        self.header = frame.getSlice(at: start, length: buffer.readerIndex - start) ?? ByteBuffer()
        self.body = buffer
    }

    /// A frame with this header and another body.
    func frame(with body: ByteBuffer) -> ByteBuffer {
        var frame = ByteBufferAllocator().buffer(capacity: 4 + self.header.readableBytes + body.readableBytes)
        frame.writeInteger(Int32(self.header.readableBytes + body.readableBytes))
        frame.writeImmutableBuffer(self.header)
        frame.writeImmutableBuffer(body)
        return frame
    }

    /// Moves `cursor` from the start of a frame to its body.
    static func skip(_ cursor: inout ChunkCursor, head: FrameHead) -> Bool {
        guard cursor.skip(FrameHead.bytes), let length = cursor.readInteger(as: Int16.self) else { return false }
        if length > 0, !cursor.skip(Int(length)) { return false }
        guard let api = head.api, api.requestHeaderVersion(for: head.version) >= 2 else { return true }
        return cursor.skipTaggedFields()
    }
}
