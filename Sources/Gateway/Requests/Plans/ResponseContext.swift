import KafkaProtocol
import NIOCore

/// One response while a plan is applied to it.
struct ResponseContext {
    let body: ByteBuffer
    let version: Int16
    let facts: SessionFacts
    private(set) var unmappedBrokers: [Int32] = []
    var brokers: [Int32: BrokerAddress] = [:]
    /// Whether a new body was made in place of the backend's.
    private(set) var isReencoded = false

    init(body: ByteBuffer, version: Int16, facts: SessionFacts) {
        self.body = body
        self.version = version
        self.facts = facts
    }

    /// Encodes the client's body.
    mutating func encode(_ message: some KafkaMessage) -> ByteBuffer {
        self.isReencoded = true
        var bytes = ByteBufferAllocator().buffer(capacity: self.body.readableBytes + 256)
        message.encode(into: &bytes, version: self.version)
        return bytes
    }

    /// The address that this client knows the broker by; nil, and noted, when there is none.
    mutating func endpoint(nodeID: Int32) -> (host: String, port: Int32)? {
        if let endpoint = self.facts.endpoints.endpoint(nodeID: nodeID) { return endpoint }
        if let place = self.unmappedBrokers.firstIndex(where: { $0 >= nodeID }) {
            if self.unmappedBrokers[place] != nodeID { self.unmappedBrokers.insert(nodeID, at: place) }
        } else {
            self.unmappedBrokers.append(nodeID)
        }
        return nil
    }
}

extension ResponseContext {
    func decode<Message: KafkaMessage>() throws(KafkaDecodeError) -> Message {
        var bytes = self.body
        return try Message(from: &bytes, version: self.version)
    }
}
