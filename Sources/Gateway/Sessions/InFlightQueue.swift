import DequeModule
import NIOCore

/// The answers that a client waits for, in the order of its requests.
///
/// Some come from the broker, and some are the gateway's own; an answer of the gateway's own waits until all before it
/// are sent. A pure value: it holds no channel.
///
///     requests:   forwarded(7)  answered(8)  forwarded(9)
///     broker:     7 ──▶ out 7, then 8;       9 ──▶ out 9
struct InFlightQueue<Plan> {
    struct Expectation {
        var correlationID: Int32
        var plan: Plan
        /// The bytes of the request, if the plan keeps a part of it.
        fileprivate var requestBytes = 0
    }

    private enum Entry {
        case upstream(Expectation)
        case local(ByteBuffer)
    }

    private var entries = Deque<Entry>()
    /// The bytes of the gateway's own answers that wait.
    private(set) var localBytes = 0
    /// The bytes of the requests of which plans keep a part.
    private(set) var plannedBytes = 0

    var count: Int { self.entries.count }
    var isEmpty: Bool { self.entries.isEmpty }

    /// A request went to the broker and will be answered.
    /// - Parameter requestBytes: The bytes of the request, if its plan keeps a part of it.
    mutating func requestForwarded(correlationID: Int32, requestBytes: Int = 0, plan: Plan) {
        self.plannedBytes += requestBytes
        self.entries.append(
            .upstream(Expectation(correlationID: correlationID, plan: plan, requestBytes: requestBytes)))
    }

    /// The gateway answers a request itself.
    /// - Returns: The answer, if it may be sent now.
    mutating func requestAnswered(_ answer: ByteBuffer) -> ByteBuffer? {
        if self.entries.isEmpty { return answer }
        self.localBytes += answer.readableBytes
        self.entries.append(.local(answer))
        return nil
    }

    /// The request that the broker's next answer belongs to; nil when no answer is due.
    var expectation: Expectation? {
        guard case .upstream(let expectation)? = self.entries.first else { return nil }
        return expectation
    }

    /// The broker's answer to the oldest request has been handled.
    mutating func answerCompleted() {
        guard case .upstream(let expectation)? = self.entries.first else {
            preconditionFailure("answerCompleted() was called with no answer due.")
        }
        self.plannedBytes -= expectation.requestBytes
        self.entries.removeFirst()
    }

    /// Releases the memory that a longer queue needed.
    mutating func shrink() {
        if self.entries.isEmpty { self.entries = Deque() }
    }

    /// Whether everything that the broker still owes satisfies `predicate`.
    func owesOnly(_ predicate: (Plan) -> Bool) -> Bool {
        self.entries.allSatisfy { entry in
            switch entry {
            case .upstream(let expectation): predicate(expectation.plan)
            case .local: true
            }
        }
    }

    /// Removes all answers in their order. The broker owes none from then on, so its bytes must not be read any more.
    ///
    /// - Parameter make: Makes the answer that the broker owes.
    mutating func takeAll(_ make: (Expectation) -> ByteBuffer) -> [ByteBuffer] {
        let answers = self.entries.map { entry in
            switch entry {
            case .upstream(let expectation): make(expectation)
            case .local(let answer): answer
            }
        }
        self.entries.removeAll()
        self.localBytes = 0
        self.plannedBytes = 0
        return answers
    }

    /// The next answer of the gateway's own whose turn has come.
    mutating func nextLocalAnswer() -> ByteBuffer? {
        guard case .local(let answer)? = self.entries.first else { return nil }
        self.entries.removeFirst()
        self.localBytes -= answer.readableBytes
        return answer
    }
}
