import KafkaProtocol
import NIOCore

/// A Fetch or ShareFetch answer that is too large to be held, on its way to the client.
///
///     opening ── topics ───────────────▶ tail
///     held       go out as they come     held, readdressed in as many bytes
///
/// The topics that the gateway adds are sent before those of the broker, because their length is known beforehand, and
/// so the frame's. Leaders named in partitions stay as they are: a client without an endpoint has no address for them
/// and asks for metadata.
///
/// A topic of the broker cannot be removed when it turns out that it may not be read, so the connection ends before its
/// records.
struct LargeAnswer {
    /// The most bytes before the topics, which are a few numbers and maybe an error message.
    static let maximumOpeningBytes = 64 * 1024

    private enum Stage {
        case topics(TopicsScanner)
        case tail(ByteBuffer)
        /// Zeros are sent in place of the received bytes.
        case padding(zeros: Int)
        /// The rest is forwarded without being read.
        case rest
    }

    private let answer: RecordsAnswer
    private let version: Int16
    /// The bytes that the broker has not sent yet.
    private(set) var left: Int
    private var stage: Stage
    /// Brokers without an address on this listener.
    private(set) var unmappedBrokers: [Int32] = []

    /// - Parameters:
    ///   - opening: The part before the topics.
    ///   - bytes: The frame's bytes from the first topic on.
    ///   - isJudged: Whether topics have to be judged, so that no record passes that may not be read.
    init(
        _ answer: RecordsAnswer, opening: RecordsAnswer.Opening, version: Int16, bytes: Int, isJudged: Bool
    ) {
        self.answer = answer
        self.version = version
        self.left = bytes
        self.stage = .rest
        if isJudged || answer.mayHoldEndpoints(version: version) {
            self.stage = .topics(
                TopicsScanner(topics: opening.topics, layout: answer.layout(version: version), bytes: bytes))
        }
    }

    /// The opening for the client, with the refused topics behind it.
    ///
    /// - Parameter bytes: The opening from the broker.
    /// - Returns: Nil when the frame would become longer than a frame can be.
    static func opening(
        _ opening: RecordsAnswer.Opening, bytes: ByteBuffer, of answer: RecordsAnswer, version: Int16
    ) -> ByteBuffer? {
        let refused = answer.refusedTopics(opening, version: version)
        if refused.count == 0 { return bytes }
        var count = ByteBuffer()
        count.writeCount(opening.topics + refused.count, compact: opening.isFlexible)
        let added = refused.bytes.readableBytes + count.readableBytes - (opening.bytes - opening.bytesToCount)
        guard let size = bytes.getInteger(at: bytes.readerIndex, as: Int32.self),
            let newSize = Int32(exactly: Int(size) + added),
            let start = bytes.getSlice(at: bytes.readerIndex + 4, length: opening.bytesToCount - 4)
        else { return nil }
        var out = ByteBufferAllocator().buffer(capacity: bytes.readableBytes + max(0, added))
        out.writeInteger(newSize)
        out.writeImmutableBuffer(start)
        out.writeImmutableBuffer(count)
        out.writeImmutableBuffer(refused.bytes)
        return out
    }

    /// Takes the next bytes of the frame, no more than ``left``.
    ///
    /// - Parameter emit: Called with the bytes for the client.
    mutating func received(
        _ part: ByteBuffer, facts: SessionFacts, emit: (ByteBuffer) -> Void
    ) throws(LargeAnswerError) {
        self.left -= part.readableBytes
        switch self.stage {
        case .rest:
            emit(part)
        case .padding(let zeros):
            self.stage = .padding(zeros: Self.emitZeros(part.readableBytes, of: zeros, emit))
        case .tail(var tail):
            // This keeps the only reference to the tail, so that it grows in place.
            self.stage = .rest
            tail.writeImmutableBuffer(part)
            try self.tailReceived(tail, facts, emit)
        case .topics(var scanner):
            var rest = part
            if try scanner.scan(&rest, facts: facts) {
                try self.topicsEnded(part, rest: rest, tailBytes: scanner.left, facts, emit)
            } else {
                guard self.left > 0 else { throw .malformed }
                self.stage = .topics(scanner)
                emit(part)
            }
        }
    }

    /// - Parameter rest: the end of `part`, where the tail begins.
    private mutating func topicsEnded(
        _ part: ByteBuffer, rest: ByteBuffer, tailBytes: Int, _ facts: SessionFacts, _ emit: (ByteBuffer) -> Void
    ) throws(LargeAnswerError) {
        guard self.answer.mayHoldEndpoints(version: self.version) else {
            self.stage = .rest
            return emit(part)
        }
        guard tailBytes > 0 else { throw .malformed }
        // Nearly every answer ends like this, without tagged fields.
        if tailBytes == 1, rest.getInteger(at: rest.readerIndex, as: UInt8.self) == 0 {
            self.stage = .rest
            return emit(part)
        }
        if let front = part.getSlice(at: part.readerIndex, length: part.readableBytes - rest.readableBytes),
            front.readableBytes > 0
        {
            emit(front)
        }
        if tailBytes > EndpointsTail.maximumBytes {
            let padding = self.answer.paddingOpening(ofTail: tailBytes)
            emit(padding.bytes)
            self.stage = .padding(zeros: Self.emitZeros(rest.readableBytes, of: padding.zeros, emit))
        } else {
            var tail = ByteBufferAllocator().buffer(capacity: tailBytes)
            tail.writeImmutableBuffer(rest)
            try self.tailReceived(tail, facts, emit)
        }
    }

    private mutating func tailReceived(
        _ tail: ByteBuffer, _ facts: SessionFacts, _ emit: (ByteBuffer) -> Void
    ) throws(LargeAnswerError) {
        guard self.left == 0 else {
            self.stage = .tail(tail)
            return
        }
        self.stage = .rest
        var context = ResponseContext(body: tail, version: self.version, facts: facts)
        do {
            emit(
                try EndpointsTail.readdressed(tail, of: self.answer, version: self.version, context: &context))
        } catch {
            throw .undecodable(error)
        }
        self.unmappedBrokers = context.unmappedBrokers
    }

    /// - Returns: The number of zeros that are left to be sent.
    private static func emitZeros(_ count: Int, of zeros: Int, _ emit: (ByteBuffer) -> Void) -> Int {
        let count = min(count, zeros)
        if count > 0 { emit(ByteBuffer(repeating: 0, count: count)) }
        return zeros - count
    }
}

/// Why a large answer of a broker cannot be forwarded.
enum LargeAnswerError: Error, Equatable, CustomStringConvertible {
    /// Its topics do not end where the frame does.
    case malformed
    case undecodable(KafkaDecodeError)
    /// It has records of a topic that the client may not read.
    case withheld(topic: String)

    var description: String {
        switch self {
        case .malformed: "the topics and the length of the frame do not agree"
        case .undecodable(let error): "\(error)"
        case .withheld(let topic): "it has records of topic '\(topic)', which the client may not read"
        }
    }
}
