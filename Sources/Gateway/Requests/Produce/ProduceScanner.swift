import KafkaProtocol
import NIOCore

/// Reads the outline of a Produce request without decoding it: its topics, its acks, and whether any batch is
/// transactional. Records are stepped over.
///
/// The outline is complete once the header of the last batch has arrived; its records may come later.
struct ProduceScanner {
    struct Outline: Equatable {
        var acks: Int16
        /// Whether a transactional id is set or a batch is transactional, so that the full path has to decide.
        var isTransactional: Bool
        /// Topic names as bytes; empty in versions that have ids in their place.
        var names: [ByteBuffer]
        /// Topic ids, 16 bytes each.
        var ids: [ByteBuffer]
    }

    enum Result: Equatable {
        case outline(Outline)
        /// More bytes have to arrive first.
        case incomplete
        /// The bytes are not a Produce request of this version; the decoder will find the reason.
        case malformed
        /// The request names too many topics and partitions.
        case tooManyElements
    }

    /// - Parameters:
    ///   - start: A cursor at the first byte behind the request header.
    ///   - isComplete: Whether the frame's last byte has arrived.
    ///   - maximumElements: The most topics and partitions that it may name.
    static func scan(
        _ start: ChunkCursor, version: Int16, isComplete: Bool, maximumElements: Int = .max
    ) -> Result {
        var cursor = start
        let missing: Result = isComplete ? .malformed : .incomplete
        let compact = version >= ProduceRequest.firstFlexibleVersion
        let usesIDs = version >= ProduceRequest.TopicProduceData.firstVersionWithTopicId
        let attributesOffset = RecordBatch.Offset.attributes
        guard let idLength = cursor.readStringLength(compact: compact) else { return missing }
        var isTransactional = idLength >= 0
        if idLength > 0, !cursor.skip(idLength) { return .malformed }
        guard let acks = cursor.readInteger(as: Int16.self), cursor.skip(4) else { return missing }
        guard let topicCount = cursor.readLength(compact: compact) else { return missing }
        guard topicCount >= 0, topicCount <= cursor.limit - cursor.position else { return .malformed }
        var elements = topicCount
        guard elements <= maximumElements else { return .tooManyElements }
        var outline = Outline(acks: acks, isTransactional: isTransactional, names: [], ids: [])
        for topic in 0..<topicCount {
            if usesIDs {
                guard let id = cursor.readSlice(16) else { return missing }
                outline.ids.append(id)
            } else {
                guard let length = cursor.readStringLength(compact: compact) else { return missing }
                guard length >= 0, length <= Int(Int16.max) else { return .malformed }
                guard let name = cursor.readSlice(length) else { return missing }
                outline.names.append(name)
            }
            guard let partitionCount = cursor.readLength(compact: compact) else { return missing }
            guard partitionCount >= 0, partitionCount <= cursor.limit - cursor.position else { return .malformed }
            elements += partitionCount
            guard elements <= maximumElements else { return .tooManyElements }
            for partition in 0..<partitionCount {
                guard cursor.skip(4), let recordBytes = cursor.readLength(compact: compact) else { return missing }
                let isLast = topic == topicCount - 1 && partition == partitionCount - 1
                if recordBytes > 0 {
                    guard recordBytes <= cursor.limit - cursor.position else { return .malformed }
                    var inside = cursor
                    if recordBytes >= attributesOffset + MemoryLayout<Int16>.size {
                        guard inside.skip(attributesOffset), let attributes = inside.readInteger(as: Int16.self)
                        else { return missing }
                        if RecordBatch.isTransactional(attributes: attributes) { isTransactional = true }
                    }
                    if isLast {
                        outline.isTransactional = isTransactional
                        return .outline(outline)
                    }
                    guard cursor.skip(recordBytes) else { return .malformed }
                } else if isLast {
                    outline.isTransactional = isTransactional
                    return .outline(outline)
                }
                if compact, !cursor.skipTaggedFields() { return missing }
            }
            if compact, !cursor.skipTaggedFields() { return missing }
        }
        outline.isTransactional = isTransactional
        return .outline(outline)
    }
}
