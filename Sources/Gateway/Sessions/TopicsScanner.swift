import NIOCore

/// Follows the topics of a passing Fetch or ShareFetch answer to find where they end. Records are stepped over.
///
/// A value of fixed size, however large the answer is.
struct TopicsScanner {
    private enum Step {
        case topic
        case partitionCount
        case partition
        case field
        case structure(Int)
        case structureTags(Int)
        case topicTags
    }

    private var frame: PassingFrame
    private let fields: [RecordsAnswer.Field]
    private var step = Step.topic
    private var topicsLeft: Int
    private var partitionsLeft = 0
    /// The field of the partition that comes next.
    private var field = 0
    private var structuresLeft = 0

    /// - Parameters:
    ///   - topics: how many there are.
    ///   - bytes: of the frame, from the first topic on.
    init(topics: Int, fields: [RecordsAnswer.Field], bytes: Int) {
        self.frame = PassingFrame(bytes: bytes)
        self.fields = fields
        self.topicsLeft = topics
    }

    /// Bytes of the frame that have not passed.
    var left: Int { self.frame.left }

    /// Moves the reader index of `chunk` over all that belongs to topics.
    /// - Returns: whether the topics have ended; what is left of the chunk stands behind them.
    mutating func scan(_ chunk: inout ByteBuffer) throws(PassingFrame.Malformed) -> Bool {
        while true {
            switch self.step {
            case .topic:
                guard self.topicsLeft > 0 else { return self.frame.catchUp(&chunk) }
                self.topicsLeft -= 1
                try self.frame.stepOver(16)
                self.step = .partitionCount
            case .partitionCount:
                guard let count = try self.frame.length(compact: true, &chunk) else { return false }
                guard count >= 0 else { throw PassingFrame.Malformed() }
                self.partitionsLeft = count
                self.step = .partition
            case .partition:
                if self.partitionsLeft == 0 {
                    self.step = .topicTags
                } else {
                    self.partitionsLeft -= 1
                    self.field = 0
                    self.step = .field
                }
            case .field:
                guard self.field < self.fields.count else {
                    self.step = .partition
                    continue
                }
                guard try self.scanField(self.fields[self.field], &chunk) else { return false }
            case .structure(let bytes):
                if self.structuresLeft == 0 {
                    self.field += 1
                    self.step = .field
                } else {
                    self.structuresLeft -= 1
                    try self.frame.stepOver(bytes)
                    self.step = .structureTags(bytes)
                }
            case .structureTags(let bytes):
                guard try self.frame.taggedFields(&chunk) else { return false }
                self.step = .structure(bytes)
            case .topicTags:
                guard try self.frame.taggedFields(&chunk) else { return false }
                self.step = .topic
            }
        }
    }

    private mutating func scanField(
        _ field: RecordsAnswer.Field, _ chunk: inout ByteBuffer
    ) throws(PassingFrame.Malformed) -> Bool {
        switch field {
        case .fixed(let bytes):
            try self.frame.stepOver(bytes)
        case .bytes:
            guard let length = try self.frame.length(compact: true, &chunk) else { return false }
            try self.frame.stepOver(max(0, length))
        case .taggedFields:
            guard try self.frame.taggedFields(&chunk) else { return false }
        case .structures(let bytes):
            guard let count = try self.frame.length(compact: true, &chunk) else { return false }
            self.structuresLeft = max(0, count)
            self.step = .structure(bytes)
            return true
        }
        self.field += 1
        return true
    }
}
