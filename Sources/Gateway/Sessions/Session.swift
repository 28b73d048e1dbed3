import Foundation
import GatewayModel
import KafkaProtocol
import Logging
import NIOCore
import Policies

/// One client connection and its connection to a broker, both on one event loop.
///
/// Requests go through frame by frame and in order. What nobody wants to look at streams through untouched; what is
/// looked at waits until its decision is made. Nothing here locks, hops or awaits for a request.
final class Session {
    /// Where the next byte of the client belongs.
    enum ReadPhase {
        case head
        /// A frame that is wanted whole.
        case collecting(FrameHead)
        /// A Produce request: held until its outline is known. Looked at again when `bytes` are there.
        case scanningProduce(FrameHead, nextLook: Int)
        /// A Produce request that is judged while it passes: ``Session/largeProduce``.
        case passingProduce
        /// Bytes of the current frame that still go on to the broker.
        case streaming(Int)
    }

    /// Why requests are not taken at the moment.
    enum Wait {
        case authentication
        case backend
        case topicNames(ParkedRequest, TopicQuestion)
        /// The connection to the broker carries the start of a request that was dropped. It is given up when the answers
        /// to earlier requests are in.
        case freshBroker
    }

    struct ParkedRequest {
        var head: FrameHead
        var frame: ByteChain
        var header: RequestHeaderBytes
    }

    /// What is to be done with an answer of the broker.
    struct PendingAnswer {
        enum Purpose {
            case client(ResponsePlan)
            /// The gateway asked for itself: about topics that a request names.
            case topicNames
        }

        var purpose: Purpose
        var api: APIKey
        var version: Int16
    }

    static let maximumFrameBytes = 100 * 1024 * 1024
    static let maximumFrameBytesUnauthenticated = 512 * 1024
    /// Requests that may wait for answers before the client is read no further.
    static let maximumInFlight = 1024
    static let authenticationDeadline = TimeAmount.seconds(30)
    static let failedAuthenticationDelay = TimeAmount.milliseconds(100)

    let id: UInt64
    let channel: any Channel
    let context: LoopContext
    let binding: BindingKey
    let connectedAt = Date()
    let remoteAddress: String

    var route: ListenerRoute
    var forward: ListenerRoute.Forward
    var sasl: SASLStateMachine
    /// The virtual cluster as it was when the client connected: `sasl` counts its rules.
    let authenticating: VirtualClusterRuntime
    /// The rule that let the client in; a change of it ends the session.
    var authenticationRule: AuthenticationRule?
    /// Authenticated by a rule that sets no end, and not renewing: every request is admitted.
    var isAdmittedForGood = false
    var isAuthenticated = false
    var facts: SessionFacts?
    var recorder: SessionRecorder?
    var hotTopics = HotTopics()
    var upstream: UpstreamLink?

    var input = ChunkQueue()
    var phase = ReadPhase.head
    var largeProduce: LargeProduce?
    var largeAnswer: LargeAnswer?
    var wait: Wait?
    var inFlight = InFlightQueue<PendingAnswer>()
    var isReadRequested = false
    var isDraining = false
    var isClosing = false
    /// The client left while something that it sent waits for a broker.
    var isClientGone = false
    private var isFinished = false
    var hasNoticedUnmapped = false
    var authenticationTimeout: Scheduled<Void>?
    var expiry: Scheduled<Void>?

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
        self.authenticating = forward.virtualCluster
        self.sasl = SASLStateMachine(rules: forward.virtualCluster.virtualCluster.authentication)
    }

    /// Sets up a connection that was just accepted; one that no listener forwards is closed.
    static func accept(_ channel: any Channel, on binding: BindingKey, context: LoopContext) throws {
        guard let route = context.runtime.routes[binding], let forward = route.forward else {
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
        guard self.context.connectionLimit.take() else {
            self.log(.debug, "client refused: as many are connected as may be")
            (self.isClosing, self.isFinished) = (true, true)
            self.channel.close(promise: nil)
            return
        }
        self.context.add(self)
        self.log(.debug, "client connected")
        // The configuration may have changed between accepting and now.
        self.configurationChanged(self.context.runtime)
        guard !self.isClosing else { return }
        // Where anonymous clients are let in, a silent one may be one of them.
        if !self.virtualCluster.virtualCluster.authentication.contains(.anonymous) {
            self.authenticationTimeout = self.context.loop.assumeIsolated().scheduleTask(
                in: Self.authenticationDeadline
            ) { [weak self] in
                guard let self, !self.isAuthenticated else { return }
                self.close(reason: "not authenticated within 30 s")
            }
        }
        self.readIfUseful()
    }

    /// Ends the session once its pending answers are out; at the latest after ten seconds.
    func drain(reason: String) {
        guard !self.isDraining, !self.isClosing else { return }
        self.isDraining = true
        self.log(.info, "session ends after its pending answers", ["reason": "\(reason)"])
        self.context.loop.assumeIsolated().scheduleTask(in: .seconds(10)) { [weak self] in
            self?.close(reason: reason)
        }
        self.closeIfDrained()
    }

    func closeIfDrained() {
        guard self.isDraining, self.inFlight.isEmpty else { return }
        switch self.phase {
        case .streaming, .passingProduce: return
        case .head, .collecting, .scanningProduce: self.close(reason: "drained")
        }
    }

    /// Closes both connections. What was written to either goes out first.
    func close(reason: String) {
        guard !self.isClosing else { return }
        self.isClosing = true
        self.log(.debug, "session closes", ["reason": "\(reason)"])
        self.input.removeAll()
        guard !self.isClientGone else { return self.finish() }
        self.closeUpstream()
        let channel = self.channel
        channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
        // A client that takes nothing more is not waited for.
        self.context.loop.scheduleTask(in: .seconds(10)) { channel.close(promise: nil) }
    }

    /// What a client sent before it left still goes to the broker, as it would without a gateway between: a producer
    /// with `acks=0` waits for nothing. So a session that waits for a broker outlives its client for a moment.
    func clientClosed() {
        self.authenticationTimeout?.cancel()
        self.expiry?.cancel()
        guard self.wait != nil, self.isAuthenticated, !self.isClosing else { return self.finish() }
        self.isClientGone = true
        self.context.loop.assumeIsolated().scheduleTask(in: .seconds(10)) { self.finish() }
    }

    /// The end of the session: nothing more is read, and what was written to the broker goes out.
    func finish() {
        guard !self.isFinished else { return }
        self.isFinished = true
        self.isClosing = true
        self.sasl.connectionClosed()
        self.closeUpstream()
        let limit = self.context.connectionLimit
        if let upstream = self.upstream?.channel {
            upstream.closeFuture.whenComplete { _ in limit.give() }
        } else {
            limit.give()
        }
        self.upstream = nil
        self.input.removeAll()
        self.context.remove(self)
        self.log(.debug, "client disconnected")
    }

    private func closeUpstream() {
        guard let upstream = self.upstream?.channel else { return }
        upstream.writeAndFlush(ByteBuffer()).whenComplete { _ in upstream.close(promise: nil) }
        // A broker that takes nothing more is not waited for.
        self.context.loop.scheduleTask(in: .seconds(10)) { upstream.close(promise: nil) }
    }

    // MARK: Configuration

    /// Takes over what changed. Only a change that makes this very connection wrong ends it.
    func configurationChanged(_ runtime: RuntimeConfiguration) {
        guard let route = runtime.routes[self.binding], route.listener.id == self.route.listener.id else {
            return self.drain(reason: "its listener was removed or gave up this port")
        }
        guard let forward = route.forward else {
            return self.drain(reason: "its listener forwards no longer")
        }
        let before = self.virtualCluster
        let after = forward.virtualCluster
        guard before.virtualCluster.id == after.virtualCluster.id else {
            return self.drain(reason: "its listener forwards to another virtual cluster")
        }
        guard before.monitor === after.monitor else {
            return self.drain(reason: "the backend cluster changed")
        }
        if let rule = self.authenticationRule, !after.virtualCluster.authentication.contains(rule) {
            return self.drain(reason: "its authentication rule was removed or changed")
        }
        self.route = route
        self.forward = forward
        if before !== after || forward.endpoints != self.facts?.endpoints { self.installRules() }
    }

    /// Builds what judges this session's requests, from its principal and the policies in force.
    func installRules() {
        guard let principal = self.principal else { return }
        let runtime = self.virtualCluster
        self.earlierDenials += self.recorder?.denied ?? 0
        self.recorder = nil
        self.hotTopics.removeAll()
        let directory = runtime.monitor.directory
        let rules = runtime.acl?.ruleSet(for: principal.authenticationContext)
        let authorizer = self.facts?.authorizer ?? SessionAuthorizer(rules: nil)
        authorizer.replaceRules(rules)
        if let rules {
            for problem in rules.problems {
                self.log(.warning, "a policy could not be evaluated for this session", ["error": "\(problem)"])
            }
            let identity = SessionIdentity(
                sessionID: self.id, gatewayID: runtime.gatewayID, gateway: runtime.gatewayName,
                virtualClusterID: runtime.virtualCluster.id, virtualCluster: runtime.virtualCluster.name,
                principal: principal.name, clientID: self.clientID)
            let recorder = SessionRecorder(ledger: self.context.ledger, identity: identity, ruleSet: rules)
            self.recorder = recorder
            authorizer.record = { recorder.record($0) }
        }
        self.facts = SessionFacts(
            authorizer: authorizer, endpoints: self.forward.endpoints,
            topicNames: self.facts?.topicNames
                ?? TopicNames(
                    shared: { directory.topicName(of: $0) }, share: { directory.learn(topicID: $0, name: $1) }),
            memory: self.facts?.memory ?? SessionMemory())
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

    private static func text(_ address: SocketAddress?) -> String {
        guard let address, let ip = address.ipAddress, let port = address.port else { return "unknown" }
        return ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    }
}
