import KafkaProtocol
import NIOCore

/// One request on its way to a plan.
struct RequestContext {
    let version: Int16
    /// The body, after the header.
    let body: ByteBuffer
    let facts: SessionFacts
    /// The backend's answers to the question of an earlier evaluation; nil in a first evaluation.
    let answers: TopicAnswers?

    var authorizer: SessionAuthorizer { self.facts.authorizer }

    /// The question to ask before a decision, if some of the ids are unknown and no question has been asked yet.
    func question(about ids: some Sequence<KafkaUUID>) -> TopicQuestion? {
        self.answers == nil ? self.facts.question(about: ids) : nil
    }
}

extension RequestContext {
    func decode<Message: KafkaMessage>() throws(KafkaDecodeError) -> Message {
        var bytes = self.body
        return try Message(
            from: &bytes, version: self.version, maximumElements: self.facts.maximumRequestElements)
    }

    /// Encodes a changed request, or an answer to it.
    func encode(_ message: some KafkaMessage) -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: self.body.readableBytes)
        message.encode(into: &bytes, version: self.version)
        return bytes
    }
}
