import KafkaProtocol
import NIOCore

/// Reads the topics and batches of a Produce request while its frame passes, event by event. Records are stepped over.
///
/// The counterpart of ``ProduceScanner`` for frames that are too large to be held. A value of a fixed size, except for
/// the name that is being read.
struct ProduceFollower {
    enum Event: Equatable {
        /// The first event: the fields before the topics.
        case began(acks: Int16, transactionalID: ByteBuffer?)
        /// The name of the next topic, or its id of 16 bytes in versions that have ids.
        case topic(ByteBuffer)
        /// The next partition of the topic.
        case partition(Int32)
        /// The partition's first batch belongs to a transaction. Brokers accept no second batch.
        case transactionalBatch
        /// The frame's last byte has passed.
        case ended
    }

    private enum Step {
        case clientID
        case headerTags
        case transactionalIDLength
        case transactionalID(Int)
        case acks
        case topicCount
        case topic
        case name(Int)
        case partitionCount
        case partition
        case records
        case magic(recordBytes: Int)
        case attributes(recordBytes: Int, mayBeTransactional: Bool)
        case partitionTags
        case topicTags
        case end
    }

    private var frame: PassingFrame
    private let isFlexible: Bool
    private let usesIDs: Bool
    private var step = Step.clientID
    private var text = ByteBuffer()
    private var transactionalID: ByteBuffer?
    private var topicsLeft = 0
    private var partitionsLeft = 0

    /// - Parameter head: The head of the frame, which is passed to ``next(_:)`` from its first byte on.
    init(_ head: FrameHead) {
        self.frame = PassingFrame(bytes: head.frameBytes, skipping: FrameHead.bytes)
        self.isFlexible = head.version >= ProduceRequest.firstFlexibleVersion
        self.usesIDs = head.version >= ProduceRequest.TopicProduceData.firstVersionWithTopicId
    }

    /// Bytes of the frame that have not passed.
    var left: Int { self.frame.left }

    /// The next event; nil when the chunk has passed without one.
    mutating func next(_ chunk: inout ByteBuffer) throws(PassingFrame.Malformed) -> Event? {
        while true {
            switch self.step {
            case .clientID:
                guard let length = try self.frame.stringLength(compact: false, &chunk) else { return nil }
                try self.frame.stepOver(max(0, length))
                self.step = self.isFlexible ? .headerTags : .transactionalIDLength
            case .headerTags:
                guard try self.frame.taggedFields(&chunk) else { return nil }
                self.step = .transactionalIDLength
            case .transactionalIDLength:
                guard let length = try self.frame.stringLength(compact: self.isFlexible, &chunk) else { return nil }
                self.step = length < 0 ? .acks : .transactionalID(length)
            case .transactionalID(let length):
                guard let id = try self.collected(length, &chunk) else { return nil }
                self.transactionalID = id
                self.step = .acks
            case .acks:
                guard let acks = try self.frame.unsigned(bytes: 2, &chunk) else { return nil }
                try self.frame.stepOver(4)
                self.step = .topicCount
                return .began(acks: Int16(truncatingIfNeeded: acks), transactionalID: self.transactionalID)
            case .topicCount:
                guard let count = try self.count(&chunk) else { return nil }
                self.topicsLeft = count
                self.step = .topic
            case .topic:
                guard self.topicsLeft > 0 else {
                    self.frame.stepOverRest()
                    self.step = .end
                    continue
                }
                guard let length = try self.nameLength(&chunk) else { return nil }
                self.topicsLeft -= 1
                self.step = .name(length)
            case .name(let length):
                guard let name = try self.collected(length, &chunk) else { return nil }
                self.step = .partitionCount
                return .topic(name)
            case .partitionCount:
                guard let count = try self.count(&chunk) else { return nil }
                self.partitionsLeft = count
                self.step = .partition
            case .partition:
                guard self.partitionsLeft > 0 else {
                    self.step = self.isFlexible ? .topicTags : .topic
                    continue
                }
                guard let index = try self.frame.unsigned(bytes: 4, &chunk) else { return nil }
                self.partitionsLeft -= 1
                self.step = .records
                return .partition(Int32(truncatingIfNeeded: index))
            case .records:
                guard let length = try self.frame.length(compact: self.isFlexible, &chunk) else { return nil }
                if length < RecordBatch.Offset.lastOffsetDelta {
                    // The batch ends before its attributes do.
                    try self.frame.stepOver(max(0, length))
                    self.step = .partitionTags
                } else {
                    guard length <= self.frame.left else { throw PassingFrame.Malformed() }
                    try self.frame.stepOver(RecordBatch.Offset.magic)
                    self.step = .magic(recordBytes: length)
                }
            case .magic(let length):
                guard let magic = try self.frame.unsigned(bytes: 1, &chunk) else { return nil }
                try self.frame.stepOver(RecordBatch.Offset.attributes - RecordBatch.Offset.crc)
                // Older formats have no transactions.
                self.step = .attributes(
                    recordBytes: length, mayBeTransactional: Int8(truncatingIfNeeded: magic) >= RecordBatch.magic)
            case .attributes(let length, let mayBeTransactional):
                guard let attributes = try self.frame.unsigned(bytes: 2, &chunk) else { return nil }
                try self.frame.stepOver(length - RecordBatch.Offset.lastOffsetDelta)
                self.step = .partitionTags
                if mayBeTransactional, RecordBatch.isTransactional(attributes: Int16(truncatingIfNeeded: attributes)) {
                    return .transactionalBatch
                }
            case .partitionTags:
                if self.isFlexible, try !self.frame.taggedFields(&chunk) { return nil }
                self.step = .partition
            case .topicTags:
                guard try self.frame.taggedFields(&chunk) else { return nil }
                self.step = .topic
            case .end:
                guard self.frame.catchUp(&chunk) else { return nil }
                return .ended
            }
        }
    }

    /// The number of elements of an array that may not be null.
    private mutating func count(_ chunk: inout ByteBuffer) throws(PassingFrame.Malformed) -> Int? {
        guard let count = try self.frame.length(compact: self.isFlexible, &chunk) else { return nil }
        guard count >= 0 else { throw PassingFrame.Malformed() }
        return count
    }

    private mutating func nameLength(_ chunk: inout ByteBuffer) throws(PassingFrame.Malformed) -> Int? {
        if self.usesIDs { return 16 }
        guard let length = try self.frame.stringLength(compact: self.isFlexible, &chunk) else { return nil }
        guard length >= 0 else { throw PassingFrame.Malformed() }
        return length
    }

    private mutating func collected(
        _ count: Int, _ chunk: inout ByteBuffer
    ) throws(PassingFrame.Malformed) -> ByteBuffer? {
        guard try self.frame.collect(count, into: &self.text, &chunk) else { return nil }
        defer { self.text = ByteBuffer() }
        return self.text
    }
}
