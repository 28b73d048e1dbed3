import NIOCore

/// Follows the topics of a passing Fetch or ShareFetch answer, to find their end and to check that the client may read
/// them. Records are stepped over.
///
/// A value of fixed size, however large the answer is, except for the name that is being read.
struct TopicsScanner {
    private enum Step {
        case topic
        case name(Int)
        case partitionCount
        case partition
        case field
        case structure(Int)
        case structureTags(Int)
        case topicTags
    }

    private var frame: PassingFrame
    private let layout: RecordsAnswer.Layout
    private var step = Step.topic
    private var topicsLeft: Int
    private var partitionsLeft = 0
    /// The field of the partition that comes next.
    private var field = 0
    private var structuresLeft = 0
    /// The name or id of the topic that passes.
    private var topic = ByteBuffer()
    /// Whether the topic is unknown, so that none of its records may pass.
    private var isUnknown = false

    /// - Parameters:
    ///   - topics: The number of topics.
    ///   - bytes: The frame's bytes from the first topic on.
    init(topics: Int, layout: RecordsAnswer.Layout, bytes: Int) {
        self.frame = PassingFrame(bytes: bytes)
        self.layout = layout
        self.topicsLeft = topics
    }

    /// Bytes of the frame that have not passed.
    var left: Int { self.frame.left }

    /// Moves the reader index of `chunk` over all that belongs to topics.
    ///
    /// - Returns: Whether the topics have ended; the rest of the chunk is behind them.
    /// - Throws: `.withheld`, before any record passes of a topic that may not be read.
    mutating func scan(_ chunk: inout ByteBuffer, facts: SessionFacts) throws(LargeAnswerError) -> Bool {
        do {
            return try self.scanAll(&chunk, facts)
        } catch let error as LargeAnswerError {
            throw error
        } catch {
            throw .malformed
        }
    }

    private mutating func scanAll(_ chunk: inout ByteBuffer, _ facts: SessionFacts) throws -> Bool {
        let isFlexible = self.layout.isFlexible
        while true {
            switch self.step {
            case .topic:
                guard self.topicsLeft > 0 else { return self.frame.catchUp(&chunk) }
                var length = 16
                if !self.layout.usesIDs {
                    guard let count = try self.frame.stringLength(compact: isFlexible, &chunk) else { return false }
                    length = max(0, count)
                }
                self.topicsLeft -= 1
                if facts.authorizer.isEnforcing {
                    self.topic.clear()
                    self.step = .name(length)
                } else {
                    try self.frame.stepOver(length)
                    self.step = .partitionCount
                }
            case .name(let length):
                guard try self.frame.collect(length, into: &self.topic, &chunk) else { return false }
                let reading = facts.reading(of: self.topic, isID: self.layout.usesIDs)
                if reading == .denied { throw self.withheld(facts) }
                self.isUnknown = reading == .unknown
                self.step = .partitionCount
            case .partitionCount:
                guard let count = try self.frame.length(compact: isFlexible, &chunk) else { return false }
                guard count >= 0 else { throw PassingFrame.Malformed() }
                self.partitionsLeft = count
                self.step = .partition
            case .partition:
                if self.partitionsLeft == 0 {
                    self.step = isFlexible ? .topicTags : .topic
                } else {
                    self.partitionsLeft -= 1
                    self.field = 0
                    self.step = .field
                }
            case .field:
                guard self.field < self.layout.partition.count else {
                    self.step = .partition
                    continue
                }
                guard try self.scanField(self.layout.partition[self.field], &chunk, facts) else { return false }
            case .structure(let bytes):
                if self.structuresLeft == 0 {
                    self.field += 1
                    self.step = .field
                } else {
                    self.structuresLeft -= 1
                    try self.frame.stepOver(bytes)
                    if isFlexible { self.step = .structureTags(bytes) }
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
        _ field: RecordsAnswer.Layout.Field, _ chunk: inout ByteBuffer, _ facts: SessionFacts
    ) throws -> Bool {
        switch field {
        case .fixed(let bytes):
            try self.frame.stepOver(bytes)
        case .bytes, .records:
            guard let length = try self.frame.length(compact: self.layout.isFlexible, &chunk) else { return false }
            if case .records = field, length > 0, self.isUnknown { throw self.withheld(facts) }
            try self.frame.stepOver(max(0, length))
        case .taggedFields:
            guard try self.frame.taggedFields(&chunk) else { return false }
        case .structures(let bytes):
            guard let count = try self.frame.length(compact: self.layout.isFlexible, &chunk) else { return false }
            self.structuresLeft = max(0, count)
            self.step = .structure(bytes)
            return true
        }
        self.field += 1
        return true
    }

    private func withheld(_ facts: SessionFacts) -> LargeAnswerError {
        let topic = facts.topic(self.topic, isID: self.layout.usesIDs)
        return .withheld(topic: topic?.name(in: facts.topicNames) ?? topic?.description ?? "")
    }
}
