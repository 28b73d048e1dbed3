import NIOCore

/// A session's connection to one broker, with what has come from it and not yet gone on.
struct UpstreamLink: CustomStringConvertible {
    /// Where the next byte of the broker belongs.
    enum ReadPhase {
        case head
        case collecting(Int)
        case streaming(Int)
    }

    let channel: any Channel
    let address: BackendDirectory.Address
    /// Version ranges by API key, as this session's client may use them.
    let offer: OfferedVersions
    var input = ChunkQueue()
    var phase = ReadPhase.head
    var isReadRequested = false

    var description: String { self.address.description }
}
