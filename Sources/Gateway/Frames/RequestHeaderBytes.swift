import GatewayModel
import KafkaProtocol
import NIOCore

/// A request frame taken apart: its header as it came, and its body.
struct RequestHeaderBytes {
    /// From the API key to the end of the header.
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

/// Response frames: size, correlation id, tagged fields where the header has them, body.
enum ResponseFrame {
    static func make(body: ByteBuffer, api: APIKey, version: Int16, correlationID: Int32) -> ByteBuffer {
        let hasTags = api.responseHeaderVersion(for: version) >= 1
        let size = 4 + (hasTags ? 1 : 0) + body.readableBytes
        var frame = ByteBufferAllocator().buffer(capacity: 4 + size)
        frame.writeInteger(Int32(size))
        frame.writeInteger(correlationID)
        if hasTags { frame.writeInteger(UInt8(0)) }
        frame.writeImmutableBuffer(body)
        return frame
    }

    /// The body of a whole frame.
    static func body(of frame: ByteBuffer, api: APIKey, version: Int16) throws(KafkaDecodeError) -> ByteBuffer {
        var buffer = frame
        buffer.moveReaderIndex(forwardBy: 4)
        _ = try ResponseHeader(from: &buffer, version: api.responseHeaderVersion(for: version))
        return buffer
    }

    /// `frame` with `changed` in the place of `body`.
    static func replacingBody(of frame: ByteBuffer, body: ByteBuffer, with changed: ByteBuffer) -> ByteBuffer {
        let headerBytes = frame.readableBytes - 4 - body.readableBytes
        var out = ByteBufferAllocator().buffer(capacity: 4 + headerBytes + changed.readableBytes)
        out.writeInteger(Int32(headerBytes + changed.readableBytes))
        if let header = frame.getSlice(at: frame.readerIndex + 4, length: headerBytes) {
            out.writeImmutableBuffer(header)
        }
        out.writeImmutableBuffer(changed)
        return out
    }
}
