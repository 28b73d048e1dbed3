import DequeModule
import EngineInterface
import Foundation
import Logging
import NIOCore
import Policies

/// The state that the sessions of one event loop share. It is confined to that loop: no lock, no hop.
final class LoopContext {
    /// The most sessions that adopt a new configuration in one turn of the loop. The others adopt it at their next
    /// request or in a later turn.
    static let sessionsPerTurn = 256
    /// The most log lines about one limit in a second; the counters count every event.
    static let limitLinesPerSecond = 5

    let loop: any EventLoop
    let index: Int
    let logger: Logger
    let ledger: DecisionLedger
    /// The limit on connections of all loops together.
    let connectionLimit: ConnectionLimit
    let limits: GatewayLimits
    /// How often clients reached a limit.
    var limitCounters = LimitCounters()
    let ruleSets = RuleSetCache()
    private(set) var runtime = RuntimeConfiguration.empty
    /// Rises with each configuration, so that a session notices a new one.
    private(set) var generation: UInt64 = 0
    private(set) var sessions: [UInt64: Session] = [:]
    /// The number of reviews so far: a token that was judged before a review is judged again after it.
    private(set) var tokenReviews: UInt64 = 0
    /// The subjects of the last reviews, newest last.
    private var recentReviews: [TokenReviews.Subject] = []
    private static let maximumRecentReviews = 64
    private var sessionsMade: UInt64 = 0
    /// The time for decoding one client's requests in one turn; the request that reaches it is the turn's last.
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

    /// Puts a new configuration in force. Each session adopts what concerns it at its next request or in one of the
    /// next turns, whichever comes first, so that a change of policy holds up no client.
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

    /// A loop runs all due tasks before it polls its sockets again. So work that is deferred for the sake of other
    /// clients is due a moment later, and is one task for all sessions, because otherwise one of their tasks would
    /// always be due.
    private static let pause = TimeAmount.microseconds(50)
    /// The time for serving deferred sessions before the sockets are polled.
    private static let roundTime = TimeAmount.milliseconds(2)

    /// Gives a session another turn once the sockets of the others have been polled.
    ///
    /// - Parameter spent: The time that the last turn took. After a long turn the session waits longer, so that a few
    ///   clients with costly requests do not occupy the whole loop.
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
        // A session that is deferred meanwhile is served in the next round.
        for _ in 0..<self.waiting.count {
            guard let id = self.waiting.popFirst() else { break }
            self.sessions[id]?.takeTurn()
            if NIODeadline.now() >= end { break }
        }
        self.isRoundDue = false
        self.scheduleRound()
    }

    // MARK: Tokens

    /// Begins a review. Returns the sessions that signed in with a token of these issuers, or with one of these tokens.
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
        session.drain(reason: "its token is no longer valid: \(withdrawal)")
    }

    func drain() {
        for session in Array(self.sessions.values) { session.drain(reason: "the gateway is shutting down") }
    }

    // MARK: Time

    /// Seconds that have passed while there were sessions. Deadlines of sessions are counted in them.
    var tick: UInt64 { self.alarms.now }

    /// Wakes a session later. The alarm cannot be cancelled, and does not keep a session that has ended alive.
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

    /// Called once a second.
    func passSecond() {
        for alarm in self.alarms.advance() { self.sessions[alarm.session]?.alarmRang(alarm.kind) }
        guard self.sessions.isEmpty, self.alarms.count == 0 else { return }
        self.clock?.cancel()
        self.clock = nil
    }

    // MARK: Limits

    /// Counts that a client reached a limit.
    /// - Returns: Whether to log it: a flood of refusals makes a few lines, not a flood of lines.
    func limitReached(_ kind: LimitKind) -> Bool {
        self.limitCounters.add(kind)
        // The clock of the sessions stops while there are none, so it cannot be used here.
        let second = NIODeadline.now().uptimeNanoseconds / 1_000_000_000
        var lines = self.limitLines[kind] ?? (second, 0)
        if lines.second != second { lines = (second, 0) }
        lines.count += 1
        self.limitLines[kind] = lines
        return lines.count <= Self.limitLinesPerSecond
    }
}
