import KafkaProtocol
import NIOCore

/// The first fields of a request frame, which decide whether it has to be decoded.
struct FrameHead: Equatable {
    /// Bytes of size, API key, API version and correlation id.
    static let bytes = 12
    /// The size of the smallest request: key, version and correlation id.
    static let minimumSize = 8

    /// The value of the size field: the bytes that follow it.
    var size: Int
    var apiKey: Int16
    var version: Int16
    var correlationID: Int32

    /// The whole frame with its size field.
    var frameBytes: Int { self.size + 4 }

    init?(_ buffer: ByteBuffer) {
        let start = buffer.readerIndex
        guard let size = buffer.getInteger(at: start, as: Int32.self),
            let apiKey = buffer.getInteger(at: start + 4, as: Int16.self),
            let version = buffer.getInteger(at: start + 6, as: Int16.self),
            let correlationID = buffer.getInteger(at: start + 8, as: Int32.self)
        else { return nil }
        self.size = Int(size)
        self.apiKey = apiKey
        self.version = version
        self.correlationID = correlationID
    }

    var api: APIKey? {
        let api = APIKey(rawValue: self.apiKey)
        return api.isKnown ? api : nil
    }
}
