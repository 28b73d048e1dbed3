import DequeModule
import Foundation
import GatewayModel
import Logging
import NIOCore
import Policies

/// What the sessions of one event loop share. Confined to that loop: no lock, no hop.
final class LoopContext {
    /// Sessions that take over a new configuration in one turn of the loop. The others do at their next request.
    static let sessionsPerTurn = 256
    /// Lines of the log about one limit in a second; the counters have all.
    static let limitLinesPerSecond = 5

    let loop: any EventLoop
    let index: Int
    let logger: Logger
    let ledger: DecisionLedger
    /// Of all loops together.
    let connectionLimit: ConnectionLimit
    let limits: GatewayLimits
    /// How often clients ran into a limit.
    var limitCounters = LimitCounters()
    let ruleSets = RuleSetCache()
    private(set) var runtime = RuntimeConfiguration.empty
    /// Rises with each configuration, so that a session sees that there is a new one.
    private(set) var generation: UInt64 = 0
    private(set) var sessions: [UInt64: Session] = [:]
    /// How often sessions were asked for their tokens: a token that was judged before a review is judged again after it.
    private(set) var tokenReviews: UInt64 = 0
    /// What the last of them were about, newest last.
    private var recentReviews: [TokenReviews.Subject] = []
    private static let maximumRecentReviews = 64
    private var sessionsMade: UInt64 = 0
    /// How long the requests of one client are decoded in one turn; the request that reaches it is the turn's last.
    var turnTime = TimeAmount.milliseconds(1)
    /// Sessions whose next turn waits for the sockets of the others, oldest first.
    private var waiting: Deque<UInt64> = []
    private var isRoundDue = false
    private var alarms = TimerWheel<Alarm>()
    private var clock: RepeatedTask?
    private var limitLines: [LimitKind: (second: UInt64, count: Int)] = [:]

    private struct Alarm {
        var session: UInt64
        var kind: Session.Alarm
    }

    init(
        loop: any EventLoop, index: Int, epoch: Date, logger: Logger,
        connectionLimit: ConnectionLimit = ConnectionLimit(maximum: .max), limits: GatewayLimits = GatewayLimits()
    ) {
        self.limits = limits
        self.loop = loop
        self.index = index
        self.logger = logger
        self.connectionLimit = connectionLimit
        self.ledger = DecisionLedger(loopIndex: index, epoch: epoch)
    }

    /// Session ids differ between loops: the loop's number is in the low six bits.
    func makeSessionID() -> UInt64 {
        self.sessionsMade += 1
        return self.sessionsMade * UInt64(DecisionSequence.maximumLoops) + UInt64(self.index)
    }

    func add(_ session: Session) {
        self.sessions[session.id] = session
        self.startClock()
    }

    func remove(_ session: Session) {
        self.sessions[session.id] = nil
    }

    // MARK: Configuration

    /// Puts a new configuration in force. Each session takes what concerns it at its next request or in one of the next
    /// turns, whichever comes first, so that a change of policy stops nobody.
    func apply(_ runtime: RuntimeConfiguration) {
        self.runtime = runtime
        self.generation += 1
        self.ruleSets.removeAll()
        self.ledger.counters.keep(only: runtime.places)
        self.sweep(Array(self.sessions.keys)[...], generation: self.generation)
    }

    private func sweep(_ ids: ArraySlice<UInt64>, generation: UInt64) {
        guard generation == self.generation else { return }
        for id in ids.prefix(Self.sessionsPerTurn) { self.sessions[id]?.takeOverConfiguration() }
        let others = ids.dropFirst(Self.sessionsPerTurn)
        guard !others.isEmpty else { return }
        let context = NIOLoopBound(self, eventLoop: self.loop)
        self.loop.scheduleTask(in: Self.pause) { context.value.sweep(others, generation: generation) }
    }

    // MARK: Turns

    /// A loop runs all tasks that are due before it looks at its sockets again. So work that is put off for the sake of
    /// other clients is due a moment later, and is one task for all sessions: else theirs would always be due.
    private static let pause = TimeAmount.microseconds(50)
    /// How long sessions that were put off are served before the sockets are looked at.
    private static let roundTime = TimeAmount.milliseconds(2)

    /// Gives a session another turn once the sockets of the others were looked at.
    ///
    /// - Parameter spent: what the last turn took. One that took long makes the session wait longer, so that a few clients
    ///   with costly requests do not take the whole loop.
    func putOff(_ session: Session, after spent: TimeAmount) {
        let id = session.id
        guard spent > self.turnTime else { return self.enqueue(id) }
        let context = NIOLoopBound(self, eventLoop: self.loop)
        self.loop.scheduleTask(in: min(spent * 4, .milliseconds(200))) { context.value.enqueue(id) }
    }

    private func enqueue(_ session: UInt64) {
        self.waiting.append(session)
        self.scheduleRound()
    }

    private func scheduleRound() {
        guard !self.isRoundDue, !self.waiting.isEmpty else { return }
        self.isRoundDue = true
        let context = NIOLoopBound(self, eventLoop: self.loop)
        self.loop.scheduleTask(in: Self.pause) { context.value.serveThoseWaiting() }
    }

    private func serveThoseWaiting() {
        let end = NIODeadline.now() + Self.roundTime
        // A session that is put off meanwhile is served in the next round.
        for _ in 0..<self.waiting.count {
            guard let id = self.waiting.popFirst() else { break }
            self.sessions[id]?.takeTurn()
            if NIODeadline.now() >= end { break }
        }
        self.isRoundDue = false
        self.scheduleRound()
    }

    // MARK: Tokens

    /// The tokens of these issuers, and of those tokens, that sessions came in with, by session.
    func beginTokenReview(
        of issuers: Set<String>, tokens: Set<IssuedToken> = []
    ) -> [(session: UInt64, token: IssuedToken)] {
        let subject = TokenReviews.Subject(issuers: issuers, tokens: tokens)
        self.tokenReviews += 1
        self.recentReviews.append(subject)
        if self.recentReviews.count > Self.maximumRecentReviews { self.recentReviews.removeFirst() }
        return self.sessions.values.compactMap { session in
            guard let token = session.issuedToken, subject.concerns(token) else { return nil }
            return (session.id, token)
        }
    }

    /// Whether a review after the first `count` may have been about a token.
    func hasReviewed(_ token: IssuedToken, after count: UInt64) -> Bool {
        let newer = Int(clamping: self.tokenReviews - count)
        guard newer <= self.recentReviews.count else { return true }
        return self.recentReviews.suffix(newer).contains { $0.concerns(token) }
    }

    /// Ends a session after its pending answers, unless it has signed in with another token meanwhile.
    func end(session id: UInt64, of token: IssuedToken, because withdrawal: TokenWithdrawal) {
        guard let session = self.sessions[id], session.issuedToken == token else { return }
        session.drain(reason: "its token is good no longer: \(withdrawal)")
    }

    func drain() {
        for session in Array(self.sessions.values) { session.drain(reason: "the gateway is shutting down") }
    }

    // MARK: Time

    /// Seconds since the first session came, as long as there are any: what deadlines of sessions are counted in.
    var tick: UInt64 { self.alarms.now }

    /// Wakes a session later. It is not taken back, and holds nothing of a session that has ended.
    func wake(_ session: Session, for kind: Session.Alarm, in ticks: UInt64) {
        self.alarms.set(Alarm(session: session.id, kind: kind), in: ticks)
    }

    private func startClock() {
        guard self.clock == nil else { return }
        let context = NIOLoopBound(self, eventLoop: self.loop)
        self.clock = self.loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            context.value.passSecond()
        }
    }

    /// One second is over.
    func passSecond() {
        for alarm in self.alarms.advance() { self.sessions[alarm.session]?.alarmRang(alarm.kind) }
        guard self.sessions.isEmpty, self.alarms.count == 0 else { return }
        self.clock?.cancel()
        self.clock = nil
    }

    // MARK: Limits

    /// Counts that a client ran into a limit.
    /// - Returns: whether the log should say so: a flood of refusals is a few lines, not a flood of lines.
    func limitReached(_ kind: LimitKind) -> Bool {
        self.limitCounters.add(kind)
        // Not the clock of the sessions, which stands while there are none.
        let second = NIODeadline.now().uptimeNanoseconds / 1_000_000_000
        var lines = self.limitLines[kind] ?? (second, 0)
        if lines.second != second { lines = (second, 0) }
        lines.count += 1
        self.limitLines[kind] = lines
        return lines.count <= Self.limitLinesPerSecond
    }
}
