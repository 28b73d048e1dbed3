import KafkaProtocol
import NIOCore

/// The answers that carry records and so have no natural size: Fetch and ShareFetch, with what their requests left to be
/// done to them.
enum RecordsAnswer {
    case fetch(FetchMerge)
    case shareFetch(ShareFetchMerge)

    /// - Returns: nil for every other answer: no broker makes a large one.
    init?(_ plan: ResponsePlan) {
        switch plan {
        case .fetch(let merge): self = .fetch(merge)
        case .shareFetch(let merge): self = .shareFetch(merge)
        default: return nil
        }
    }

    /// A field of a partition, as far as stepping over it goes.
    enum Field {
        case fixed(Int)
        /// A compact length and as many bytes.
        case bytes
        case taggedFields
        /// An array of structures: fixed bytes and tagged fields each.
        case structures(Int)
    }

    /// Index, error code and three offsets; aborted transactions; preferred replica; records.
    private static let fetchPartition: [Field] = [.fixed(30), .structures(16), .fixed(4), .bytes, .taggedFields]
    /// Index and error code; message; code and message of acknowledgements; leader; records; acquired records.
    private static let shareFetchPartition: [Field] = [
        .fixed(6), .bytes, .fixed(2), .bytes, .fixed(8), .taggedFields, .bytes, .structures(18), .taggedFields,
    ]

    /// The fields of a partition where topics are ids and lengths compact, as in all versions with endpoints.
    var partitionFields: [Field] {
        switch self {
        case .fetch: Self.fetchPartition
        case .shareFetch: Self.shareFetchPartition
        }
    }

    /// Whether broker addresses may stand behind the topics.
    func mayHoldEndpoints(version: Int16) -> Bool {
        switch self {
        case .fetch: version >= FetchMerge.firstWithEndpoints
        case .shareFetch: true
        }
    }

    /// What stands before the topics.
    struct Opening {
        var errorCode: Int16
        var sessionID: Int32
        var topics: Int
        /// Bytes from the start of the frame to the number of topics.
        var bytesToCount: Int
        /// Bytes from the start of the frame to the first topic.
        var bytes: Int
        var isFlexible: Bool
    }

    /// - Returns: nil when not all of it has arrived, or when it is not what it should be.
    func opening(_ start: ChunkCursor, version: Int16) -> Opening? {
        var cursor = start
        var opening = Opening(errorCode: 0, sessionID: 0, topics: 0, bytesToCount: 0, bytes: 0, isFlexible: true)
        // Size and correlation id.
        guard cursor.skip(8) else { return nil }
        switch self {
        case .fetch:
            opening.isFlexible = version >= FetchResponse.firstFlexibleVersion
            if opening.isFlexible, !cursor.skipTaggedFields() { return nil }
            guard cursor.skip(4) else { return nil }
            if version >= FetchMerge.firstWithSessions {
                guard let code = cursor.readInteger(as: Int16.self), let id = cursor.readInteger(as: Int32.self) else {
                    return nil
                }
                (opening.errorCode, opening.sessionID) = (code, id)
            }
        case .shareFetch:
            guard cursor.skipTaggedFields(), cursor.skip(4), let code = cursor.readInteger(as: Int16.self),
                let message = cursor.readLength(compact: true), cursor.skip(max(0, message)), cursor.skip(4)
            else { return nil }
            opening.errorCode = code
        }
        opening.bytesToCount = cursor.position
        guard let topics = cursor.readLength(compact: opening.isFlexible), topics >= 0 else { return nil }
        opening.topics = topics
        opening.bytes = cursor.position
        return opening
    }

    /// The topics that the gateway puts in: how many, and their bytes.
    func refusedTopics(_ opening: Opening, version: Int16) -> (count: Int, bytes: ByteBuffer) {
        guard opening.errorCode == KafkaErrorCode.none.rawValue else { return (0, ByteBuffer()) }
        var bytes = ByteBuffer()
        switch self {
        case .fetch(let merge):
            for topic in merge.denied { topic.encode(into: &bytes, version: version) }
            return (merge.denied.count, bytes)
        case .shareFetch(let merge):
            for topic in merge.denied { topic.encode(into: &bytes, version: version) }
            return (merge.denied.count, bytes)
        }
    }

    /// How a tail without endpoints begins that has `bytes` bytes, and how many zeros follow.
    func paddingOpening(ofTail bytes: Int) -> (bytes: ByteBuffer, zeros: Int) {
        switch self {
        case .fetch: Padding.opening(ofTail: bytes, of: FetchResponse.self)
        case .shareFetch: Padding.opening(ofTail: bytes, of: ShareFetchResponse.self)
        }
    }

    /// Learns from an answer's head what it has to say about the client's session.
    func followSession(_ opening: Opening, facts: SessionFacts) {
        guard case .fetch(let merge) = self else { return }
        merge.followSession(errorCode: opening.errorCode, sessionID: opening.sessionID, facts: facts)
    }
}
