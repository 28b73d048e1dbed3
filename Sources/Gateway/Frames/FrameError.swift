import KafkaProtocol
import NIOCore

/// Why a client's bytes are not a request.
enum FrameError: Error, Equatable, CustomStringConvertible {
    case tlsOnPlaintextPort
    case httpOnKafkaPort
    case tooSmall(Int)
    case tooLarge(Int, limit: Int)
    case tooLargeToDecode(APIKey, Int, limit: Int)

    /// The bytes of the size field, which begins every frame.
    static let sizeBytes = 4

    /// - Parameter first: The first four bytes of a frame, which should be its size.
    static func check(_ first: ByteBuffer, minimum: Int = FrameHead.minimumSize, limit: Int) -> FrameError? {
        guard let size = first.getInteger(at: first.readerIndex, as: Int32.self) else { return nil }
        if size >= minimum, size <= limit { return nil }
        switch UInt32(bitPattern: size) {
        // A TLS record: handshake (0x16), version 3.x.
        case 0x1603_0000...0x1603_04ff: return .tlsOnPlaintextPort
        // "GET ", "POST", "PUT ", "HEAD".
        case 0x4745_5420, 0x504f_5354, 0x5055_5420, 0x4845_4144: return .httpOnKafkaPort
        default: break
        }
        return size < minimum ? .tooSmall(Int(size)) : .tooLarge(Int(size), limit: limit)
    }

    var description: String {
        switch self {
        case .tlsOnPlaintextPort:
            "the client speaks TLS but this listener does not; "
                + "set security.protocol to PLAINTEXT or SASL_PLAINTEXT in the client"
        case .httpOnKafkaPort:
            "the client speaks HTTP; this port is for the Kafka protocol"
        case .tooSmall(let size):
            "the client sent a frame of \(size) bytes; a request has at least \(FrameHead.minimumSize)"
        case .tooLarge(let size, let limit):
            "the client sent a frame of \(size) bytes; the limit is \(limit)"
        case .tooLargeToDecode(let api, let size, let limit):
            "the client sent a \(api.name) request of \(size) bytes; requests that are decoded are limited to \(limit)"
        }
    }
}
