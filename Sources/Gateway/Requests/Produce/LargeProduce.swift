import KafkaProtocol
import NIOCore
import Resources

/// A Produce request that is too large to be held: judged topic by topic while it passes.
///
/// It is forwarded to the broker once the part that is held is allowed. A denied topic that comes later stops it for
/// good: its length was sent, so it cannot be made shorter, and a broker that received all of it would write all of it.
/// The rest of the request is then read from the client and dropped, and the connection to the broker is closed before
/// the end of the frame, so that the broker discards it. The gateway answers the denied topics with their own errors,
/// the others with `NOT_LEADER_OR_FOLLOWER`. Nothing was written, and every client sends such batches again after
/// asking for metadata, in the same order, without the denied ones, which have failed for its application.
struct LargeProduce {
    /// The most bytes of memory, about, for the names and partitions that are kept for an answer.
    static let maximumOutlineBytes = 1024 * 1024

    private struct Topic {
        var key: TopicKey
        var partitions: [Int32]
        /// The error; nil when the topic may be written to.
        var refusal: KafkaErrorCode?
    }

    let head: FrameHead
    private var follower: ProduceFollower
    private var topics: [Topic] = []
    private var outlineBytes = 0
    private var transactionalID: String?
    /// Whether there was a transactional batch, at which `WRITE` on the transactional id was judged.
    private var hasTransaction = false
    private var isTransactionRefused = false
    private(set) var acks: Int16?
    /// Whether something is denied, so that no more of the request is forwarded.
    private(set) var isRefused = false
    /// Whether its first bytes are at the broker.
    var isUnderWay = false

    init(_ head: FrameHead) {
        self.head = head
        self.follower = ProduceFollower(head)
    }

    /// The bytes that have not been received.
    var left: Int { self.follower.left }

    /// Takes the next bytes of the frame, no more than ``left``, and judges what they name.
    mutating func received(_ part: ByteBuffer, facts: SessionFacts) throws(LargeProduceError) {
        var part = part
        while true {
            let event: ProduceFollower.Event?
            do { event = try self.follower.next(&part) } catch { throw .malformed }
            guard let event else { return }
            switch event {
            case .began(let acks, let id):
                self.acks = acks
                self.transactionalID = try id.map { wire throws(LargeProduceError) in
                    guard let text = String(validating: wire.readableBytesView, as: UTF8.self) else { throw .malformed }
                    return text
                }
                facts.authorizer.beginRequest(api: .produce)
            case .topic(let wire):
                try self.topicNamed(wire, facts)
            case .partition(let index):
                try self.remember(bytes: MemoryLayout<Int32>.size)
                if let last = self.topics.indices.last { self.topics[last].partitions.append(index) }
            case .transactionalBatch:
                self.transactionMet(facts)
            case .ended:
                return
            }
        }
    }

    private mutating func topicNamed(_ wire: ByteBuffer, _ facts: SessionFacts) throws(LargeProduceError) {
        try self.remember(bytes: MemoryLayout<Topic>.stride + wire.readableBytes)
        let key: TopicKey
        if self.head.version >= ProduceRequest.TopicProduceData.firstVersionWithTopicId {
            var bytes = wire
            guard let id = KafkaUUID(readingFrom: &bytes) else { throw .malformed }
            key = .id(id)
        } else {
            guard let name = String(validating: wire.readableBytesView, as: UTF8.self) else { throw .malformed }
            key = .name(WireName(name))
        }
        // An unknown id is refused as such: the client then asks for metadata, whose answer makes it known.
        let refusal = facts.authorizer.isEnforcing ? facts.refusal(of: .write, on: key) : nil
        if refusal != nil { self.isRefused = true }
        self.topics.append(Topic(key: key, partitions: [], refusal: refusal))
    }

    private mutating func transactionMet(_ facts: SessionFacts) {
        guard !self.hasTransaction, facts.authorizer.isEnforcing else { return }
        self.hasTransaction = true
        let isAllowed = self.transactionalID.map { facts.authorizer.allows(.write, .transactionalID, $0) } ?? false
        if !isAllowed {
            self.isTransactionRefused = true
            self.isRefused = true
        }
    }

    private mutating func remember(bytes: Int) throws(LargeProduceError) {
        self.outlineBytes += bytes
        guard self.outlineBytes <= Self.maximumOutlineBytes else { throw .tooManyPartitions }
    }

    /// The body of the answer to a refused request, once all of it was received.
    func answer() -> ByteBuffer {
        var answer = ProduceResponse()
        answer.responses = self.topics.map { topic in
            let code =
                self.isTransactionRefused
                ? .transactionalIdAuthorizationFailed : topic.refusal ?? .notLeaderForPartition
            return switch topic.key {
            case .name(let name): ProduceMerge.row(name.text, .zero, topic.partitions, code)
            case .id(let id): ProduceMerge.row("", id, topic.partitions, code)
            }
        }
        var body = ByteBuffer()
        answer.encode(into: &body, version: self.head.version)
        return body
    }
}

/// Why a large Produce request ends the connection.
enum LargeProduceError: Error, Equatable, CustomStringConvertible {
    case malformed
    case tooManyPartitions

    var description: String {
        switch self {
        case .malformed: "its topics and its length do not agree"
        case .tooManyPartitions:
            "its topics and partitions take more than \(LargeProduce.maximumOutlineBytes) bytes"
        }
    }
}
