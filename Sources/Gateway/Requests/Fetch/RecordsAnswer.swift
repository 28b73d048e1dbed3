import KafkaProtocol
import NIOCore

/// The answers that carry records and so have no natural size: Fetch and ShareFetch, with the plans of their requests.
enum RecordsAnswer {
    case fetch(FetchMerge)
    case shareFetch(ShareFetchMerge)

    /// - Returns: Nil for every other answer, since brokers make no large ones.
    init?(_ plan: ResponsePlan) {
        switch plan {
        case .fetch(let merge): self = .fetch(merge)
        case .shareFetch(let merge): self = .shareFetch(merge)
        default: return nil
        }
    }

    /// The layout of an answer's topics on the wire, as far as stepping over them needs it.
    struct Layout {
        /// A field of a partition. Where lengths are compact, each structure of an array ends with tagged fields.
        enum Field {
            case fixed(Int)
            /// A length and as many bytes.
            case bytes
            /// Like `bytes`, for records.
            case records
            case taggedFields
            /// An array of structures of fixed bytes.
            case structures(Int)
        }

        /// Whether lengths are compact, and topics end with tagged fields.
        var isFlexible = true
        /// Whether topics are named by id.
        var usesIDs = true
        var partition: [Field]
    }

    /// Index, error code and two offsets; aborted transactions; records.
    private static let firstFetch = Layout(
        isFlexible: false, usesIDs: false, partition: [.fixed(22), .structures(16), .records])
    /// With the log's start, a third offset.
    private static let fetchWithStart = Layout(
        isFlexible: false, usesIDs: false, partition: [.fixed(30), .structures(16), .records])
    /// With the preferred replica too.
    private static let fetchWithReplica = Layout(
        isFlexible: false, usesIDs: false, partition: [.fixed(30), .structures(16), .fixed(4), .records])
    private static let flexibleFetch = Layout(
        usesIDs: false, partition: [.fixed(30), .structures(16), .fixed(4), .records, .taggedFields])
    private static let fetchWithIDs = Layout(
        partition: [.fixed(30), .structures(16), .fixed(4), .records, .taggedFields])
    /// Index and error code; message; code and message of acknowledgements; leader; records; acquired records.
    private static let shareFetch = Layout(partition: [
        .fixed(6), .bytes, .fixed(2), .bytes, .fixed(8), .taggedFields, .records, .structures(18), .taggedFields,
    ])

    func layout(version: Int16) -> Layout {
        switch self {
        case .fetch:
            switch version {
            case FetchResponse.FetchableTopicResponse.firstVersionWithTopicId...: Self.fetchWithIDs
            case FetchResponse.firstFlexibleVersion...: Self.flexibleFetch
            case FetchResponse.PartitionData.firstVersionWithPreferredReadReplica...: Self.fetchWithReplica
            case FetchResponse.PartitionData.firstVersionWithLogStartOffset...: Self.fetchWithStart
            default: Self.firstFetch
            }
        case .shareFetch: Self.shareFetch
        }
    }

    private var refusesNothing: Bool {
        switch self {
        case .fetch(let merge): merge.denied.isEmpty
        case .shareFetch(let merge): merge.denied.isEmpty
        }
    }

    /// Whether broker addresses may follow the topics.
    func mayHoldEndpoints(version: Int16) -> Bool {
        switch self {
        case .fetch: version >= FetchResponse.firstVersionWithNodeEndpoints
        case .shareFetch: true
        }
    }

    /// Scans an answer that is held. Nearly every answer is forwarded unchanged: no topic is added, all of its topics
    /// may be read, and no broker address follows them.
    ///
    /// - Returns: The part before the topics; nil when the answer has to be decoded.
    func openingOfUntouched(_ frame: ByteChain, version: Int16, facts: SessionFacts) -> Opening? {
        var cursor = ChunkCursor(frame)
        guard self.refusesNothing, let opening = self.opening(cursor, version: version) else { return nil }
        let mayHoldEndpoints = self.mayHoldEndpoints(version: version)
        guard facts.authorizer.isEnforcing || mayHoldEndpoints else { return opening }
        _ = cursor.skip(opening.bytes)
        let layout = self.layout(version: version)
        for _ in 0..<opening.topics {
            guard self.skipReadableTopic(&cursor, layout, facts) else { return nil }
        }
        return mayHoldEndpoints && !self.skipNoEndpoints(&cursor) ? nil : opening
    }

    /// - Returns: False when the topic may not be read, or is malformed.
    private func skipReadableTopic(_ cursor: inout ChunkCursor, _ layout: Layout, _ facts: SessionFacts) -> Bool {
        var length = 16
        if !layout.usesIDs {
            guard let count = cursor.readStringLength(compact: layout.isFlexible) else { return false }
            length = max(0, count)
        }
        guard let topic = cursor.readSlice(length), facts.reading(of: topic, isID: layout.usesIDs) == .allowed,
            let partitions = cursor.readLength(compact: layout.isFlexible), partitions >= 0
        else { return false }
        for _ in 0..<partitions {
            for field in layout.partition {
                guard Self.skip(field, &cursor, compact: layout.isFlexible) else { return false }
            }
        }
        return layout.isFlexible ? cursor.skipTaggedFields() : true
    }

    private static func skip(_ field: Layout.Field, _ cursor: inout ChunkCursor, compact: Bool) -> Bool {
        switch field {
        case .fixed(let bytes): return cursor.skip(bytes)
        case .bytes, .records:
            guard let length = cursor.readLength(compact: compact) else { return false }
            return cursor.skip(max(0, length))
        case .taggedFields: return cursor.skipTaggedFields()
        case .structures(let bytes):
            guard let count = cursor.readLength(compact: compact) else { return false }
            for _ in 0..<max(0, count) {
                guard cursor.skip(bytes), !compact || cursor.skipTaggedFields() else { return false }
            }
            return true
        }
    }

    /// Fetch has endpoints among the tagged fields, ShareFetch an array of them.
    private func skipNoEndpoints(_ cursor: inout ChunkCursor) -> Bool {
        switch self {
        case .fetch: cursor.readUnsignedVarint() == 0
        case .shareFetch: cursor.readLength(compact: true) == 0 && cursor.skipTaggedFields()
        }
    }

    /// The part of an answer before the topics.
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

    /// - Returns: Nil when it has not arrived completely, or is malformed.
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
            if version >= FetchResponse.firstVersionWithSessionId {
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

    /// The number and the bytes of the topics that the gateway adds.
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

    /// The beginning of a tail of `bytes` bytes without endpoints, and the number of zeros that follow.
    func paddingOpening(ofTail bytes: Int) -> (bytes: ByteBuffer, zeros: Int) {
        switch self {
        case .fetch: Padding.opening(ofTail: bytes, of: FetchResponse.self)
        case .shareFetch: Padding.opening(ofTail: bytes, of: ShareFetchResponse.self)
        }
    }

    /// Keeps or forgets the client's session, as an answer's head says.
    func followSession(_ opening: Opening, facts: SessionFacts) {
        guard case .fetch(let merge) = self else { return }
        merge.followSession(errorCode: opening.errorCode, sessionID: opening.sessionID, facts: facts)
    }
}
