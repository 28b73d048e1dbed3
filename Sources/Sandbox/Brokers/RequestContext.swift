import KafkaProtocol
import NIOCore

/// The origin of a request, and the form of its answer.
struct RequestContext {
    /// The broker that was asked.
    let nodeID: Int32
    let apiKey: APIKey
    let version: Int16
    let correlationID: Int32
    let clientID: String
    /// The client's address as Kafka shows it, with a slash in front.
    let clientHost: String
    let connection: BrokerConnection

    /// A whole answer in one buffer: length, header, and what `write` adds.
    func frame(_ write: (inout ByteBuffer) -> Void) -> [ByteBuffer] {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(256)
        self.writeHeader(into: &buffer)
        write(&buffer)
        // An answer that does not carry records stays far below 2 GiB.
        buffer.setInteger(Int32(truncatingIfNeeded: buffer.readableBytes - 4), at: buffer.readerIndex)
        return [buffer]
    }

    /// Four bytes for the length, and the response header.
    func writeHeader(into buffer: inout ByteBuffer) {
        buffer.writeInteger(Int32(0))
        buffer.writeInteger(self.correlationID)
        if self.apiKey.responseHeaderVersion(for: self.version) >= 1 { buffer.writeInteger(UInt8(0)) }
    }
}

/// The outcome of a request.
enum RequestOutcome {
    case answer([ByteBuffer])
    /// The request has no answer (Produce with acks 0).
    case noAnswer
    /// The answer follows through ``BrokerConnection/answer(_:)``.
    case later
    case close(reason: String)
}
