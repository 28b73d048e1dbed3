import KafkaProtocol
import NIOCore

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
