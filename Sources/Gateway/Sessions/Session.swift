import EngineInterface
import Foundation
import KafkaProtocol
import Logging
import NIOCore
import Policies
import Resources

/// One client connection and its connection to a broker, both on one event loop.
///
/// Requests pass frame by frame and in order. A frame that need not be inspected streams through untouched; any other
/// waits for its decision. No request needs a lock, a hop or an await.
final class Session {
    /// The part of a frame that the client's next byte belongs to.
    enum ReadPhase {
        case head
        /// A token without a request around it, after SaslHandshake version 0.
        case bareToken
        /// A frame that is needed whole.
        case collecting(FrameHead)
        /// A Produce request that is held until its outline is known. It is scanned again when `nextLook` bytes have
        /// arrived.
        case scanningProduce(FrameHead, nextLook: Int)
        /// A Produce request that is judged while it passes: ``Session/largeProduce``.
        case passingProduce
        /// The bytes of the current frame that are still to be forwarded.
        case streaming(Int)

        /// Whether nothing of a frame has been taken yet.
        var isBetweenFrames: Bool {
            switch self {
            case .head, .bareToken: true
            case .collecting, .scanningProduce, .passingProduce, .streaming: false
            }
        }
    }

    /// The reason why no request is taken at the moment.
    enum Wait {
        case authentication
        case backend
        case topicNames(ParkedRequest, TopicQuestion)
        case patternMatch
        /// The connection to the broker carries the start of a request that was dropped. It is closed when the answers
        /// to earlier requests have arrived.
        case freshBroker
    }

    struct ParkedRequest {
        var head: FrameHead
        var frame: ByteChain
        var header: RequestHeaderBytes
    }

    /// The treatment of an answer of the broker.
    struct PendingAnswer {
        enum Purpose {
            case client(ResponsePlan)
            /// The gateway's own question about topics that a request names.
            case topicNames
        }

        var purpose: Purpose
        var api: APIKey
        var version: Int16
    }

    static let maximumFrameBytes = 100 * 1024 * 1024
    static let maximumFrameBytesUnauthenticated = 512 * 1024
    /// The unsent bytes at which a connection of a session, to the client or to the broker, is full and has room again.
    static let writeBufferWaterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 128 * 1024, high: 512 * 1024)
    /// The most requests that may wait for answers; with more, the client is not read further.
    static let maximumInFlight = 1024
    /// The most requests of one client that are handled in one turn of the loop; the others wait for the next.
    static let requestsPerTurn = 64
    /// The seconds without traffic after which a session releases the memory that traffic needed.
    static let secondsToRest: UInt64 = 2
    /// The time, and the bytes, that a client may send after its session has ended.
    static let lingerTime = TimeAmount.seconds(2)
    static let maximumDroppedBytes = 32 * 1024 * 1024
    /// The seconds of silence after which a session whose token has expired is closed, unless an answer is pending.
    static let secondsToRenew: UInt64 = 10
    static let failedAuthenticationDelay = TimeAmount.milliseconds(100)

    let id: UInt64
    let channel: any Channel
    let context: LoopContext
    let binding: BindingKey
    let connectedAt = Date()
    let remoteAddress: String
    /// The place that this connection counts against.
    let place: ConnectionLimit.Place

    var route: ListenerRoute
    var forward: ListenerRoute.Forward
    var sasl: SASLStateMachine
    /// The virtual cluster as it was when the client connected; `sasl` has the indexes of its rules.
    let authenticating: VirtualClusterRuntime
    /// The rule that admitted the client; a change of it ends the session.
    var authenticationRule: AuthenticationRule?
    /// Whether the session has no end and is not being renewed, so that every request is admitted.
    var isAdmittedForGood = false
    var isAuthenticated = false
    var facts: SessionFacts?
    var recorder: SessionRecorder?
    var hotTopics = HotTopics()
    /// The broker whose versions the client was offered.
    var broker: Broker?
    var connector: UpstreamConnector?
    var upstream: UpstreamLink?

    var input = ChunkQueue()
    var phase = ReadPhase.head
    var largeProduce: LargeProduce?
    var largeAnswer: LargeAnswer?
    var wait: Wait?
    var inFlight = InFlightQueue<PendingAnswer>()
    var isReadRequested = false
    /// The work for this client in this turn of the loop.
    var turn = Turn()
    /// The tick at which something was last received or sent whole.
    var activeAt: UInt64 = 0
    /// Whether an alarm is set to check whether the session is at rest.
    var isRestDue = false
    /// Whether the client ever sent a whole request.
    var hasCompletedRequest = false
    /// The configuration that this session has adopted.
    var generation: UInt64 = 0
    /// Whether the rules have to be rebuilt before the next decision.
    var hasStaleRules = false
    /// Whether requests were dropped when the session stopped taking them.
    var hasDroppedRequests = false
    /// The token that admitted the client, if an issuer of this process made it: its revocation ends the session.
    var issuedToken: IssuedToken?
    /// The principal that the client signed in as, kept while the end or a failed renewal leaves `sasl` without one.
    var signedInAs: SessionPrincipal?
    /// The bytes that came after the end.
    private var droppedBytes = 0
    var isDraining = false
    /// Whether the wait for pending answers has a limit.
    private var hasDrainLimit = false
    var isClosing = false
    /// Whether the client has disconnected while a request of it waits for a broker.
    var isClientGone = false
    private var isFinished = false
    var hasNoticedUnmapped = false
    /// The tick by which an authentication that began with SaslHandshake has to be complete.
    var authenticationEndsAt: UInt64?
    var expiry: Scheduled<Void>?
    /// Ends a session whose client has disconnected.
    private var departure: Scheduled<Void>?

    var clientID: String?
    var clientSoftwareName: String?
    var clientSoftwareVersion: String?
    var requests: UInt64 = 0
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0
    /// Denials under rules that were replaced since.
    var earlierDenials: UInt64 = 0

    var gatewayID: String { self.route.gatewayID }
    var virtualCluster: VirtualClusterRuntime { self.forward.virtualCluster }

    private init(
        channel: any Channel, binding: BindingKey, context: LoopContext, route: ListenerRoute,
        forward: ListenerRoute.Forward
    ) {
        self.id = context.makeSessionID()
        self.channel = channel
        self.binding = binding
        self.context = context
        self.route = route
        self.forward = forward
        self.remoteAddress = Self.text(channel.remoteAddress)
        self.place = .init(listener: route.listener.id, address: ClientAddress(channel.remoteAddress))
        self.authenticating = forward.virtualCluster
        self.sasl = SASLStateMachine(rules: forward.virtualCluster.virtualCluster.authentication)
    }

    /// Sets up a connection that was just accepted, or closes it if no listener forwards it.
    static func accept(_ channel: any Channel, on binding: BindingKey, context: LoopContext) throws {
        // The address of the listener may have been changed between accepting and now.
        guard let route = context.runtime.route(acceptedOn: binding, at: Self.localAddress(of: channel)),
            let forward = route.forward
        else {
            context.logger.info(
                "connection refused: no policy of the listener forwards it",
                metadata: ["address": "\(binding)", "remoteAddress": "\(Self.text(channel.remoteAddress))"])
            channel.close(promise: nil)
            return
        }
        let session = Session(channel: channel, binding: binding, context: context, route: route, forward: forward)
        try channel.pipeline.syncOperations.addHandler(ClientHandler(session: session))
    }

    func log(_ level: Logger.Level, _ message: @autoclosure () -> Logger.Message, _ metadata: Logger.Metadata = [:]) {
        guard level >= self.context.logger.logLevel else { return }
        var metadata = metadata
        metadata["sessionID"] = "\(self.id)"
        metadata["listener"] = "\(self.route.listener.name)"
        metadata["virtualCluster"] = "\(self.virtualCluster.virtualCluster.name)"
        metadata["remoteAddress"] = "\(self.remoteAddress)"
        if let principal = self.principal { metadata["principal"] = "\(principal.name)" }
        if let clientID = self.clientID { metadata["clientID"] = "\(clientID)" }
        self.context.logger.log(level: level, message(), metadata: metadata)
    }

    // MARK: Life

    func started() {
        if let limit = self.context.connectionLimit.take(self.place) {
            self.limitReached(limit, "client disconnected: the limit on connections is reached")
            (self.isClosing, self.isFinished) = (true, true)
            self.channel.close(promise: nil)
            return
        }
        self.context.add(self)
        self.activeAt = self.context.tick
        self.log(.debug, "client connected")
        // The configuration may have changed between accepting and now.
        self.takeOverConfiguration()
        guard !self.isClosing else { return }
        self.context.wake(self, for: .firstRequest, in: self.context.limits.firstRequestTimeout.wholeSeconds)
        self.context.wake(self, for: .idle, in: self.idleCheck)
        self.readIfUseful()
    }

    /// Ends the session once its pending answers are sent, at the latest after ten seconds.
    func drain(reason: String) {
        guard !self.hasDrainLimit, !self.isClosing else { return }
        self.hasDrainLimit = true
        self.log(.info, "session ends after its pending answers", ["reason": "\(reason)"])
        self.context.wake(self, for: .drained, in: 10)
        self.endAfterAnswers(reason: reason)
    }

    /// Takes no more requests, and closes once the answers to the earlier ones are sent, like a broker, which reads a
    /// request only when those before it are answered.
    func endAfterAnswers(reason: String) {
        guard !self.isDraining, !self.isClosing else { return }
        self.isDraining = true
        self.log(.debug, "session takes no more requests", ["reason": "\(reason)"])
        self.dropUnreadRequests()
        self.closeIfDrained()
    }

    /// Drops the received bytes of requests that are not taken any more. The start of the next request may be unknown,
    /// so no later byte is read. A request that is partly forwarded is still forwarded to its end.
    private func dropUnreadRequests() {
        switch self.phase {
        case .streaming: return
        case .passingProduce where self.largeProduce?.isRefused == false: return
        case .passingProduce, .head, .bareToken, .collecting, .scanningProduce: break
        }
        self.hasDroppedRequests = self.hasDroppedRequests || !self.input.isEmpty
        self.largeProduce = nil
        self.phase = .head
        self.input.removeAll()
    }

    func closeIfDrained() {
        guard self.isDraining, !self.isClosing else { return }
        if case .patternMatch? = self.wait { return }
        switch self.phase {
        case .streaming: return
        case .passingProduce where self.largeProduce?.isRefused == false: return
        case .passingProduce, .head, .bareToken, .collecting, .scanningProduce: break
        }
        self.answerLongPolls()
        if self.inFlight.isEmpty { self.close(reason: "drained") }
    }

    /// Closes both connections, after the bytes written to each are sent.
    func close(reason: String) {
        guard !self.isClosing else { return }
        self.isClosing = true
        self.log(.debug, "session closes", ["reason": "\(reason)"])
        // A session that ends because of a request may have unread bytes.
        let mayHaveUnread = self.isDraining && (!self.hasDrainLimit || self.hasDroppedRequests || !self.input.isEmpty)
        self.input.removeAll()
        guard !self.isClientGone else { return self.finish() }
        self.closeUpstream()
        if mayHaveUnread, self.channel.isActive { return self.linger() }
        // The wait for a client that accepts no more bytes has a limit.
        self.channel.closeAfterWrites(within: .seconds(10))
    }

    /// Ends the answers, and for a moment reads and drops the client's bytes. A socket that is closed with unread bytes
    /// is reset, and a reset discards answers that the client has not read yet.
    private func linger() {
        self.channel.closeAfterWrites(within: .seconds(10), lingering: Self.lingerTime)
        self.isReadRequested = true
        self.channel.read()
    }

    /// Drops bytes that came after the end.
    func dropAfterEnd(_ chunk: ByteBuffer) {
        self.bytesIn += UInt64(chunk.readableBytes)
        self.droppedBytes += chunk.readableBytes
        if self.droppedBytes > Self.maximumDroppedBytes { self.channel.close(promise: nil) }
    }

    /// The requests that a client sent before it disconnected are still forwarded, as without a gateway: a producer
    /// with `acks=0` waits for no answer. So a session that waits for a broker outlives its client for a moment.
    func clientClosed() {
        self.expiry?.cancel()
        let hasMore = self.wait != nil || self.turn.isOver && !self.input.isEmpty
        guard hasMore, self.isAuthenticated || self.allowsAnonymous, !self.isClosing else { return self.finish() }
        self.isClientGone = true
        self.departure = self.context.loop.assumeIsolated().scheduleTask(in: .seconds(10)) { self.finish() }
    }

    /// Ends the session: no more is read, and the bytes written to the broker are still sent.
    func finish() {
        guard !self.isFinished else { return }
        self.isFinished = true
        self.isClosing = true
        self.departure?.cancel()
        self.departure = nil
        self.sasl.connectionClosed()
        self.closeUpstream()
        let limit = self.context.connectionLimit
        if let upstream = self.upstream?.channel {
            let place = self.place
            upstream.closeFuture.whenComplete { _ in limit.give(place) }
        } else if let connecting = self.connector?.result {
            let place = self.place
            connecting.whenComplete { _ in limit.give(place) }
        } else {
            limit.give(self.place)
        }
        self.upstream = nil
        self.input.removeAll()
        self.context.remove(self)
        self.log(.debug, "client disconnected")
    }

    private func closeUpstream() {
        self.connector?.stop()
        // The wait for a broker that accepts no more bytes has a limit.
        self.upstream?.channel.closeAfterWrites(within: .seconds(10))
    }

    // MARK: Limits and deadlines

    /// The purpose of an alarm of the loop's clock.
    enum Alarm {
        case firstRequest
        case authentication
        case idle
        case rest
        case drained
    }

    /// The work for this client in one turn of the loop.
    struct Turn {
        private var requests = 0
        /// The time at which the first request was decoded.
        private var startedAt: NIODeadline?
        /// Whether the rest of the client's requests waits for the next turn.
        private(set) var isOver = false

        /// A request was forwarded without being decoded.
        mutating func countForwarded() {
            self.requests += 1
            if self.requests >= Session.requestsPerTurn { self.isOver = true }
        }

        mutating func decodingBegins(now: NIODeadline) {
            if self.startedAt == nil { self.startedAt = now }
        }

        /// A request was decoded and handled.
        /// - Returns: The time that the turn has taken so far.
        mutating func countDecoded(now: NIODeadline, limit: TimeAmount) -> TimeAmount {
            let spent = now - (self.startedAt ?? now)
            self.requests += 1
            if self.requests >= Session.requestsPerTurn || spent >= limit { self.isOver = true }
            return spent
        }
    }

    /// Called when bytes were received or sent, so that the session is not at rest.
    func noticeActivity() {
        self.activeAt = self.context.tick
        guard !self.isRestDue else { return }
        self.isRestDue = true
        self.context.wake(self, for: .rest, in: Self.secondsToRest)
    }

    func alarmRang(_ alarm: Alarm) {
        guard !self.isClosing else { return }
        let silent = self.context.tick - self.activeAt
        switch alarm {
        case .firstRequest:
            guard !self.hasCompletedRequest || !self.isAuthenticated && !self.allowsAnonymous else { return }
            let seconds = self.context.limits.firstRequestTimeout.wholeSeconds
            let what = self.allowsAnonymous ? "no request" : "not authenticated"
            self.limitReached(.firstRequest, "client disconnected: \(what) within \(seconds) s")
            self.close(reason: "\(what) within \(seconds) s")
        case .authentication:
            guard let end = self.authenticationEndsAt, self.context.tick >= end else { return }
            // The answer to SaslHandshake waits for the answers before it, and the client waits for that answer.
            guard self.inFlight.isEmpty else { return self.authenticationBegins() }
            self.limitReached(.firstRequest, "client disconnected: it did not complete authentication in time")
            self.close(reason: "authentication was not completed in time")
        case .idle:
            let timeout = self.context.limits.idleTimeout.wholeSeconds
            // A broker may take long for an answer, and has limits of its own.
            let isWaiting = !self.inFlight.isEmpty && self.channel.isWritable
            guard silent >= timeout, !isWaiting else {
                let wait = isWaiting ? timeout : timeout - min(silent, timeout - 1)
                return self.context.wake(self, for: .idle, in: min(wait, self.idleCheck))
            }
            self.limitReached(.idle, "client disconnected: it was silent for \(timeout) s")
            self.close(reason: "silent for \(timeout) s")
        case .rest:
            guard silent >= Self.secondsToRest else {
                return self.context.wake(self, for: .rest, in: Self.secondsToRest - silent)
            }
            self.isRestDue = false
            self.rest()
        case .drained:
            self.close(reason: "its pending answers took too long")
        }
    }

    /// Gives a client that begins to authenticate, for the first time or again, the time that it has for its first
    /// request.
    func authenticationBegins() {
        let seconds = self.context.limits.firstRequestTimeout.wholeSeconds
        self.authenticationEndsAt = self.context.tick + seconds
        self.context.wake(self, for: .authentication, in: seconds)
    }

    /// Releases the memory that only traffic needs.
    private func rest() {
        self.input.shrink()
        self.upstream?.input.shrink()
        self.hotTopics.removeAll()
        self.facts?.authorizer.forget()
        self.inFlight.shrink()
    }

    /// The ticks between two checks whether the client is idle. They are few, since an alarm stays in the wheel when
    /// its session ends.
    private var idleCheck: UInt64 { min(self.context.limits.idleTimeout.wholeSeconds, 60) }

    private var allowsAnonymous: Bool { self.authenticating.virtualCluster.authentication.contains(.anonymous) }

    /// Counts that the client reached a limit, and logs the limit, the setting that raises it, and the client.
    func limitReached(_ kind: LimitKind, _ message: Logger.Message, _ metadata: Logger.Metadata = [:]) {
        guard self.context.limitReached(kind) else { return }
        var metadata = metadata
        metadata["limit"] = "\(kind.rawValue)"
        if let setting = kind.setting { metadata["setting"] = "\(setting)" }
        self.log(.warning, message, metadata)
    }

    // MARK: Configuration

    /// Adopts the configuration in force. Only a change that makes this very connection wrong ends it.
    ///
    /// New rules are built when the next decision needs them, so that a change of policy costs an idle session nothing.
    func takeOverConfiguration() {
        guard self.generation != self.context.generation else { return }
        self.generation = self.context.generation
        let runtime = self.context.runtime
        guard let route = runtime.route(acceptedOn: self.binding, at: Self.localAddress(of: self.channel)),
            route.listener.id == self.route.listener.id
        else {
            return self.drain(reason: "its listener was removed or no longer has this address or port")
        }
        guard let forward = route.forward else {
            return self.drain(reason: "its listener no longer forwards")
        }
        let before = self.virtualCluster
        let after = forward.virtualCluster
        guard before.virtualCluster.id == after.virtualCluster.id else {
            return self.drain(reason: "its listener forwards to another virtual cluster")
        }
        guard before.monitor === after.monitor else {
            return self.drain(reason: "the backend cluster changed")
        }
        if let rule = self.authenticationRule,
            !after.virtualCluster.authentication.contains(where: { $0.admitsAll(of: rule) })
        {
            return self.drain(reason: "its authentication rule was removed or changed")
        }
        self.route = route
        self.forward = forward
        if before !== after || forward.endpoints != self.facts?.endpoints { self.hasStaleRules = true }
    }

    /// The facts for judging requests and answers, by the configuration in force; nil before the client is
    /// authenticated.
    func factsInForce() -> SessionFacts? {
        if self.generation != self.context.generation { self.takeOverConfiguration() }
        if self.hasStaleRules { self.installRules() }
        return self.facts
    }

    /// Builds the facts for judging this session's requests, from its principal and the policies in force.
    func installRules() {
        // Answers that are pending when the principal is gone are judged by the rules in force, too.
        guard let principal = self.principal ?? self.signedInAs else { return }
        self.hasStaleRules = false
        let runtime = self.virtualCluster
        self.earlierDenials += self.recorder?.denied ?? 0
        self.recorder = nil
        self.hotTopics.removeAll()
        let directory = runtime.monitor.directory
        let rules = self.context.ruleSets.ruleSet(of: runtime, for: principal.authenticationContext)
        let authorizer = self.facts?.authorizer ?? SessionAuthorizer(rules: nil)
        authorizer.replaceRules(rules)
        if let rules {
            for problem in rules.problems {
                self.log(.warning, "a policy could not be evaluated for this session", ["error": "\(problem)"])
            }
            let identity = SessionIdentity(
                sessionID: self.id, gatewayID: runtime.gatewayID, gateway: runtime.gatewayName,
                virtualClusterID: runtime.virtualCluster.id, virtualCluster: runtime.virtualCluster.name,
                principal: principal.name, authentication: principal.type, remoteAddress: self.remoteAddress,
                clientID: self.clientID)
            let recorder = SessionRecorder(ledger: self.context.ledger, identity: identity, ruleSet: rules)
            self.recorder = recorder
            authorizer.record = { recorder.record($0) }
        }
        if let broker = self.broker { self.upstream?.offer = broker.versions.offered(enforcesACLs: rules != nil) }
        self.facts = SessionFacts(
            authorizer: authorizer, endpoints: self.forward.endpoints,
            topicNames: self.facts?.topicNames
                ?? TopicNames(
                    shared: { directory.topicName(of: $0) }, share: { directory.learn(topicID: $0, name: $1) }),
            memory: SessionMemory.kept(self.facts?.memory, isEnforcing: rules != nil), backend: directory)
        self.facts?.maximumRequestElements = self.context.limits.requestElements
    }

    // MARK: Views

    var view: ConnectionView {
        let state: ConnectionView.State =
            self.isClosing
            ? .closed
            : self.isDraining ? .draining : self.principal == nil ? .authenticating : .active
        return ConnectionView(
            sessionID: self.id, gateway: self.route.gatewayName, listener: self.route.listener.name,
            virtualCluster: self.virtualCluster.virtualCluster.name, remoteAddress: self.remoteAddress,
            localPort: self.binding.port, principal: self.principal.map { OutsideText.cut($0.name) },
            authentication: self.principal?.type.rawValue, clientID: self.clientID,
            clientSoftwareName: self.clientSoftwareName, clientSoftwareVersion: self.clientSoftwareVersion,
            upstream: self.upstream?.description, state: state, connectedAt: self.connectedAt, requests: self.requests,
            bytesIn: self.bytesIn, bytesOut: self.bytesOut,
            denied: self.earlierDenials + (self.recorder?.denied ?? 0))
    }

    /// The gateway's own address of a connection; nil when the connection is closed.
    private static func localAddress(of channel: any Channel) -> BindingKey? {
        guard let address = channel.localAddress, let ip = address.ipAddress else { return nil }
        return address.port.map { BindingKey(address: ip, port: $0) }
    }

    private static func text(_ address: SocketAddress?) -> String {
        guard let address, let ip = address.ipAddress, let port = address.port else { return "unknown" }
        return HostPort(host: ip, port: port).description
    }
}

extension Channel {
    /// Closes once the written bytes are sent, at the latest after `time`.
    ///
    /// - Parameter lingering: The time that the peer has for closing its side when the sending side is closed; nil
    ///   closes both sides.
    fileprivate func closeAfterWrites(within time: TimeAmount, lingering: TimeAmount? = nil) {
        @Sendable func close(in time: TimeAmount) {
            let deadline = self.eventLoop.scheduleTask(in: time) { self.close(promise: nil) }
            self.closeFuture.whenComplete { _ in deadline.cancel() }
        }
        close(in: time)
        self.writeAndFlush(ByteBuffer()).whenComplete { _ in
            self.close(mode: lingering == nil ? .all : .output, promise: nil)
            if let lingering { close(in: lingering) }
        }
    }
}

extension Duration {
    /// The seconds in the duration, at least one.
    fileprivate var wholeSeconds: UInt64 { UInt64(max(1, self.components.seconds)) }
}
