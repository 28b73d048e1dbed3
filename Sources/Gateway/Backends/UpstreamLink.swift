import GatewayModel
import NIOCore

/// A session's connection to one broker, with what has come from it and not yet gone on.
struct UpstreamLink: CustomStringConvertible {
    /// Where the next byte of the broker belongs.
    enum ReadPhase {
        case head
        case collecting(Int)
        case streaming(Int)
        /// An answer too large to be held: the start of it is wanted.
        case openingLarge(Int)
        /// It goes on while it is looked at: ``Session/largeAnswer``.
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

    /// Closes the connection without a word to the session, which goes on without it.
    func abandon() {
        if let handler = try? self.channel.pipeline.syncOperations.handler(type: UpstreamHandler.self) {
            handler.isAbandoned = true
        }
        self.channel.close(promise: nil)
    }
}
