import KafkaProtocol
import NIOCore

extension RequestContext {
    func decode<Message: KafkaMessage>() throws(KafkaDecodeError) -> Message {
        var bytes = self.body
        return try Message(
            from: &bytes, version: self.version, maximumElements: self.facts.maximumRequestElements)
    }

    /// Encodes the request anew, or an answer to it.
    func encode(_ message: some KafkaMessage) -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: self.body.readableBytes)
        message.encode(into: &bytes, version: self.version)
        return bytes
    }
}

extension ResponseContext {
    func decode<Message: KafkaMessage>() throws(KafkaDecodeError) -> Message {
        var bytes = self.body
        return try Message(from: &bytes, version: self.version)
    }
}
