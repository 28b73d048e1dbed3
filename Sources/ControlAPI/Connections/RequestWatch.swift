package import NIOCore

/// What one connection is doing, and until when it may: a machine that is told what comes and goes and the time, and says
/// when the connection is to be closed.
package struct RequestWatch: Sendable {
    package struct Limits: Equatable, Sendable {
        /// The time for a whole request, head and body, from its first byte; for the first one from the connection's beginning.
        /// A request whose head has the token may take longer, as long as no more than this passes without a byte.
        package var request = TimeAmount.seconds(10)
        /// The time for a whole request whose head has the token: the largest body over a slow link.
        package var operatorRequest = TimeAmount.minutes(10)
        /// The time between two requests of an unauthenticated client.
        package var idle = TimeAmount.seconds(30)
        /// The time between two requests of a peer that has the token or is on this machine.
        package var operatorIdle = TimeAmount.seconds(120)
        /// The longest time that a peer may read nothing of its answer.
        package var stalledAnswer = TimeAmount.seconds(30)
        /// How long, and how much, is read and dropped of a request that was answered before it was whole. A close with
        /// bytes unread resets the connection, and the peer might lose the answer (RFC 9112, section 9.6).
        package var linger = TimeAmount.seconds(2)
        package var lingerBytes = 4 * 1024 * 1024

        package init() {}
    }

    package enum AnswerEnd: Equatable, Sendable {
        case keep
        /// Nothing more is sent; what still comes is dropped until the peer closes or the time is over.
        case linger
    }

    private let limits: Limits
    private let isLoopback: Bool
    private var hasToken = false
    /// Heads of requests that came, requests that came whole, and answers that began and ended.
    private var heads = 0
    private var ends = 0
    private var answersBegun = 0
    private var answers = 0
    /// Some bytes of the next head came.
    private var hasPartialHead = false
    /// When the request began that is not whole yet.
    private var requestStart: NIODeadline
    /// When the last answer ended.
    private var idleStart: NIODeadline
    /// When bytes last came.
    private var lastBytes: NIODeadline
    /// Parts of answers that were written and have not left for the peer.
    private var unsentParts = 0
    /// When a part last left, or began to wait for it.
    private var lastSent: NIODeadline
    private var lingersSince: NIODeadline?
    private var dropped = 0
    /// The number of the answer that is the last.
    private var lastAnswer: Int?

    package init(limits: Limits = Limits(), isLoopback: Bool, now: NIODeadline) {
        self.limits = limits
        self.isLoopback = isLoopback
        self.requestStart = now
        self.idleStart = now
        self.lastBytes = now
        self.lastSent = now
    }

    package var isLingering: Bool { self.lingersSince != nil }

    /// A whole request is there and is not answered.
    package var isAnswering: Bool { self.ends > self.answers && !self.isLingering }

    /// A request came in part, and no answer to it has begun.
    package var isWaitingForRequest: Bool {
        self.heads > self.ends && self.answersBegun == self.ends && !self.isLingering
    }

    private var isIncomplete: Bool { self.hasPartialHead || self.heads > self.ends }

    /// When the connection is to be closed, unless something happens before; nil while the server is at work.
    package var deadline: NIODeadline? {
        // Whether the peer can be written to is no measure: it turns whenever a peer reads a little.
        if self.unsentParts > 0 { return self.lastSent + self.limits.stalledAnswer }
        if let lingersSince { return max(lingersSince, self.lastSent) + self.limits.linger }
        if self.isAnswering { return nil }
        if self.heads > self.ends, self.hasToken {
            return min(self.lastBytes + self.limits.request, self.requestStart + self.limits.operatorRequest)
        }
        if self.isIncomplete || self.heads == 0 { return self.requestStart + self.limits.request }
        return self.idleStart + (self.isLoopback || self.hasToken ? self.limits.operatorIdle : self.limits.idle)
    }

    /// Bytes came, whatever they are: the first of a request starts its time, and no later one of a stranger renews it.
    package mutating func bytesCame(at now: NIODeadline) {
        self.lastBytes = now
        guard !self.isIncomplete, !self.isLingering else { return }
        self.hasPartialHead = true
        if self.heads > 0 { self.requestStart = now }
    }

    /// - Parameter isKeptAlive: the peer may send another request after this one.
    package mutating func headCame(hasToken: Bool, isKeptAlive: Bool) {
        self.heads += 1
        self.hasPartialHead = false
        self.hasToken = hasToken
        if !isKeptAlive, self.lastAnswer == nil { self.lastAnswer = self.heads }
    }

    package mutating func requestEnded() {
        self.ends += 1
    }

    /// An answer begins.
    /// - Returns: whether it must say that the connection closes: the peer asked for that, or the request is not whole and
    ///   the rest of it is not read.
    package mutating func answerBegan() -> Bool {
        self.answersBegun += 1
        if self.answersBegun > self.ends { self.lastAnswer = self.answersBegun }
        return self.lastAnswer == self.answersBegun
    }

    package mutating func answerEnded(at now: NIODeadline) -> AnswerEnd {
        self.answers += 1
        self.idleStart = now
        // A request that came meanwhile had to wait for the server.
        if self.isIncomplete {
            self.requestStart = now
            self.lastBytes = now
        }
        guard self.lastAnswer == self.answers else { return .keep }
        self.lingersSince = now
        return .linger
    }

    /// The rest of a request that was answered before it was whole has come and is dropped.
    /// - Returns: whether there was such a request.
    package mutating func droppedRequestEnded() -> Bool {
        guard self.heads > self.ends else { return false }
        self.ends += 1
        return true
    }

    /// - Returns: whether enough was dropped.
    package mutating func bytesDropped(_ count: Int) -> Bool {
        self.dropped += count
        return self.dropped >= self.limits.lingerBytes
    }

    package mutating func partWritten(at now: NIODeadline) {
        if self.unsentParts == 0 { self.lastSent = now }
        self.unsentParts += 1
    }

    package mutating func partSent(at now: NIODeadline) {
        self.unsentParts -= 1
        self.lastSent = now
    }
}
