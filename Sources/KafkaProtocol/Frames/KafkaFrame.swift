package import NIOCore

/// Whole frames: a size of four bytes, a header, a body.
package enum KafkaFrame {
    package static func encodeRequest(
        _ message: some KafkaMessage, version: Int16, correlationID: Int32, clientID: String?
    ) -> ByteBuffer {
        let key = type(of: message).apiKey
        var header = RequestHeader()
        header.requestApiKey = key.rawValue
        header.requestApiVersion = version
        header.correlationId = correlationID
        header.clientId = clientID
        return self.encode(message, version: version) {
            header.encode(into: &$0, version: key.requestHeaderVersion(for: version))
        }
    }

    package static func encodeResponse(_ message: some KafkaMessage, version: Int16, correlationID: Int32) -> ByteBuffer
    {
        let key = type(of: message).apiKey
        var header = ResponseHeader()
        header.correlationId = correlationID
        return self.encode(message, version: version) {
            header.encode(into: &$0, version: key.responseHeaderVersion(for: version))
        }
    }

    private static func encode(
        _ message: some KafkaMessage, version: Int16, header: (inout ByteBuffer) -> Void
    ) -> ByteBuffer {
        var frame = ByteBufferAllocator().buffer(capacity: 256)
        frame.writeInteger(Int32(0))
        header(&frame)
        message.encode(into: &frame, version: version)
        frame.setInteger(Int32(truncatingIfNeeded: frame.writerIndex - 4), at: 0)
        return frame
    }

    /// Decodes the header of a request.
    /// - Parameter frame: The frame without its size. Its reader index ends at the body.
    package static func decodeRequestHeader(_ frame: inout ByteBuffer) throws(KafkaDecodeError) -> RequestHeader {
        guard let key = frame.getInteger(at: frame.readerIndex, as: Int16.self),
            let version = frame.getInteger(at: frame.readerIndex + 2, as: Int16.self)
        else {
            throw KafkaDecodeError(
                reason: .truncated(needed: 4, available: frame.readableBytes), field: "requestApiKey", offset: 0)
        }
        return try RequestHeader(from: &frame, version: APIKey(rawValue: key).requestHeaderVersion(for: version))
    }
}
