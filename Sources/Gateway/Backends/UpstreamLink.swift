import NIOCore
import Resources

/// A session's connection to one broker, with the bytes that were received and not yet forwarded.
struct UpstreamLink: CustomStringConvertible {
    /// The part of an answer that the broker's next byte belongs to.
    enum ReadPhase {
        case head
        case collecting(Int)
        case streaming(Int)
        /// The start of an answer that is too large to be held.
        case openingLarge(Int)
        /// An answer that is inspected while it is forwarded: ``Session/largeAnswer``.
        case passingLarge
    }

    let channel: any Channel
    let address: BrokerAddress
    /// Version ranges by API key, as this session's client may use them.
    var offer: OfferedVersions
    var input = ChunkQueue()
    var phase = ReadPhase.head
    var isReadRequested = false

    var description: String { self.address.description }

    /// Closes the connection without notifying the session, which continues without it.
    func abandon() {
        if let handler = try? self.channel.pipeline.syncOperations.handler(type: UpstreamHandler.self) {
            handler.isAbandoned = true
        }
        self.channel.close(promise: nil)
    }
}
