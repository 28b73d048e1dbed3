import KafkaProtocol
import NIOCore

/// Checks whether a Produce answer has anything to rewrite.
///
/// From version 10 on it may name new leaders and their endpoints (KIP-951); nearly no answer does.
enum EndpointsScanner {
    /// Whether `frame` may be forwarded unchanged.
    static func leavesUntouched(_ plan: ResponsePlan, frame: ByteChain, api: APIKey, version: Int16) -> Bool {
        guard plan.onlyRewritesEndpoints else { return false }
        var cursor = ChunkCursor(frame)
        switch api {
        case .produce:
            return version < ProduceResponse.firstVersionWithNodeEndpoints
                || self.produceHasNoEndpoints(&cursor, version: version)
        default: return false
        }
    }

    /// Walks a Produce response, version 10 or later. Without any tagged field no leader has moved.
    static func produceHasNoEndpoints(_ cursor: inout ChunkCursor, version: Int16) -> Bool {
        guard cursor.skip(8), cursor.skipTaggedFields(), let topics = cursor.readLength(compact: true), topics >= 0
        else { return false }
        let usesIDs = version >= ProduceResponse.TopicProduceResponse.firstVersionWithTopicId
        for _ in 0..<topics {
            guard self.skipTopicName(&cursor, isID: usesIDs), let partitions = cursor.readLength(compact: true),
                partitions >= 0
            else { return false }
            for _ in 0..<partitions {
                // Index, error code, base offset, log append time, log start offset.
                guard cursor.skip(4 + 2 + 8 + 8 + 8), let errors = cursor.readLength(compact: true) else {
                    return false
                }
                for _ in 0..<max(0, errors) {
                    guard cursor.skip(4), self.skipText(&cursor), cursor.skipTaggedFields() else { return false }
                }
                guard self.skipText(&cursor), cursor.readUnsignedVarint() == 0 else { return false }
            }
            guard cursor.skipTaggedFields() else { return false }
        }
        return cursor.skip(4) && cursor.readUnsignedVarint() == 0
    }

    private static func skipTopicName(_ cursor: inout ChunkCursor, isID: Bool) -> Bool {
        if isID { return cursor.skip(16) }
        return self.skipText(&cursor)
    }

    private static func skipText(_ cursor: inout ChunkCursor) -> Bool {
        guard let length = cursor.readLength(compact: true) else { return false }
        return cursor.skip(max(0, length))
    }
}
