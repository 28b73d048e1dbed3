import Foundation
import KafkaProtocol
import Logging
import NIOCore

/// The state that all brokers share, and the requests that wait for it to change.
///
/// Confined to one event loop, on which all of the sandbox's connections live too, so it needs no locks and no hops.
final class Cluster {
    let configuration: SandboxConfiguration
    let logger: Logger
    let eventLoop: any EventLoop
    /// Base64 of a random UUID, as `kafka-storage` makes them.
    let clusterID: String

    var topics: TopicRegistry
    var groups: GroupCoordinator
    var transactions = TransactionCoordinator()
    var sharing = ShareState()
    var features = FeatureLevels()
    var settings = ClusterSettings()
    var quotas = ClientQuotas()
    var scramCredentials = ScramCredentials()
    var telemetry = TelemetryClients()
    private(set) var nodes: [BrokerNode]
    var fetches = WaitingFetches()
    var faults = FaultPlan()
    /// The authorizer; nil when every client may do everything.
    var authorizer: Authorizer?

    private var waitingGroupRequests: [ReplyID: RequestContext] = [:]
    private var lastReplyID: UInt64 = 0
    /// The connections of all brokers.
    private var openConnections = 0
    private var retentionTask: RepeatedTask?
    /// The memory that groups and transactional IDs may take before some are forgotten.
    private var groupBound: Int
    private var transactionBound: Int
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?

    init(configuration: SandboxConfiguration, eventLoop: any EventLoop, logger: Logger) {
        precondition(!configuration.ports.isEmpty, "A sandbox cluster needs at least one broker.")
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.logger = logger
        self.clusterID = KafkaUUID.random().description
        let nodeIDs = configuration.ports.indices.map { Int32($0) }
        self.topics = TopicRegistry(brokers: nodeIDs, capacityBytes: configuration.capacityBytes)
        self.groups = GroupCoordinator(
            configuration: .init(
                initialRebalanceDelay: configuration.initialRebalanceDelay,
                sessionTimeouts: configuration.sessionTimeouts,
                timing: .init(
                    heartbeatInterval: configuration.consumerHeartbeatInterval,
                    sessionTimeout: configuration.consumerSessionTimeout)))
        (self.groupBound, self.transactionBound) = (configuration.groupBytes, configuration.groupBytes)
        self.nodes = nodeIDs.map { BrokerNode(id: $0, host: configuration.advertisedHost, port: 0) }
    }

    // MARK: Brokers

    /// - Returns: False when the limit on connections is reached.
    func connectionOpened() -> Bool {
        guard self.openConnections < self.configuration.maximumConnections else { return false }
        self.openConnections += 1
        return true
    }

    func connectionClosed() {
        self.openConnections -= 1
    }

    var liveNodes: [BrokerNode] { self.nodes.filter(\.isUp) }

    /// Node ID that Metadata names as controller: the lowest that is up.
    var controllerID: Int32 { self.liveNodes.first?.id ?? -1 }

    func node(_ id: Int32) -> BrokerNode? {
        self.nodes.first { $0.id == id }
    }

    func brokerCameUp(_ id: Int32, port: Int) {
        guard let index = self.nodes.firstIndex(where: { $0.id == id }) else { return }
        self.nodes[index].port = Int32(port)
        self.nodes[index].isUp = true
        self.nodes[index].fetchSessions = FetchSessionCache()
        self.topics.brokerCameUp(id)
        self.leadersChanged()
    }

    func brokerWentDown(_ id: Int32) {
        guard let index = self.nodes.firstIndex(where: { $0.id == id }) else { return }
        self.nodes[index].isUp = false
        self.topics.brokerWentDown(id)
        self.leadersChanged()
    }

    func withFetchSessions<Result>(of id: Int32, _ body: (inout FetchSessionCache) -> Result) -> Result? {
        guard let index = self.nodes.firstIndex(where: { $0.id == id }) else { return nil }
        return body(&self.nodes[index].fetchSessions)
    }

    /// The broker that coordinates a group or transactional ID, nil when none is up.
    func coordinator(of key: String) -> BrokerNode? {
        // FNV-1a has the same result in every run, so that tests can predict the broker.
        let hash = key.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let preferred = self.nodes[Int(hash % UInt64(self.nodes.count))]
        return preferred.isUp ? preferred : self.liveNodes.first
    }

    /// The directory that brokers name for their records; it does not exist.
    static let logDirectory = "/sandbox"

    /// Milliseconds since 1970, for what clients see.
    var timestamp: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    // MARK: Groups

    func nextReplyID(for context: RequestContext) -> ReplyID {
        self.lastReplyID += 1
        let id = ReplyID(rawValue: self.lastReplyID)
        self.waitingGroupRequests[id] = context
        return id
    }

    /// Sends the answers that have become due, except the one to `request`, which is returned.
    func deliver(_ replies: [GroupReply], answering request: ReplyID? = nil) -> RequestOutcome {
        var outcome = RequestOutcome.later
        for reply in replies {
            let id: ReplyID
            switch reply {
            case .join(let replyID, _), .sync(let replyID, _): id = replyID
            }
            guard let context = self.waitingGroupRequests.removeValue(forKey: id) else { continue }
            let answer: RequestOutcome
            switch reply {
            case .join(_, let join): answer = self.answer(join, to: context)
            case .sync(_, let sync): answer = self.answer(sync, to: context)
            }
            if id == request { outcome = answer } else { self.answerSoon(answer, on: context.connection) }
        }
        self.scheduleTimer()
        return outcome
    }

    /// Sends an answer after the current request is handled, so that one connection's work never runs inside another's.
    func answerSoon(_ outcome: RequestOutcome, on connection: BrokerConnection) {
        let bound = NIOLoopBound((outcome, connection), eventLoop: self.eventLoop)
        self.eventLoop.execute {
            let (outcome, connection) = bound.value
            connection.answer(outcome)
        }
    }

    // MARK: Time

    /// Schedules the work that becomes due by time: group sessions and rebalances, and transactions that take too long.
    func scheduleTimer() {
        let deadlines = [self.groups.nextDeadline, self.transactions.nextDeadline].compactMap { $0 }
        guard let deadline = deadlines.min() else { return }
        if let timer = self.timer, timer.deadline <= deadline { return }
        self.timer?.task.cancel()
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let task = self.eventLoop.scheduleTask(deadline: deadline) { bound.value.timerFired() }
        self.timer = (deadline, task)
    }

    private func timerFired() {
        self.timer = nil
        let now = NIODeadline.now()
        for ended in self.transactions.expire(at: now) { self.carryOut(ended) }
        for gone in self.groups.advanceShareGroups(to: now) { self.sharing.memberLeft(gone.member, group: gone.group) }
        _ = self.deliver(self.groups.advance(to: now))
    }

    /// Drops records beyond their topics' retention, now and at regular intervals.
    func scheduleRetention() {
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let interval = self.configuration.retentionCheckInterval
        self.retentionTask = self.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            bound.value.applyRetention()
        }
    }

    func applyRetention() {
        let now = NIODeadline.now()
        self.groups.forgetIdleGroups(at: now, after: self.configuration.offsetRetention)
        self.transactions.forgetIdleIDs(at: now, after: self.configuration.transactionalIDExpiration)
        self.boundMemory()
        guard self.topics.dropOldRecords(before: self.timestamp) else { return }
        self.leadersChanged()
    }

    /// Keeps groups, offsets and transactional IDs within their share of the bound, and subtracts that from the room
    /// for records. It is called for every request, and is a comparison as long as there is room.
    func boundMemory() {
        if self.groups.heldBytes > self.groupBound {
            self.groups.shrink(to: self.configuration.groupBytes / 4 * 3)
            // If all of them are in use, the next try comes when there are more.
            self.groupBound = max(self.configuration.groupBytes, self.groups.heldBytes / 4 * 5)
        }
        if self.transactions.heldBytes > self.transactionBound {
            self.transactions.shrink(to: self.configuration.groupBytes / 4 * 3)
            self.transactionBound = max(self.configuration.groupBytes, self.transactions.heldBytes / 4 * 5)
        }
        self.topics.reserve(bytes: self.groups.heldBytes + self.transactions.heldBytes)
    }

    // MARK: Connections

    func connectionClosed(_ connection: BrokerConnection) {
        self.fetches.remove(of: connection)
        self.sharing.connectionClosed(ObjectIdentifier(connection))
        self.waitingGroupRequests = self.waitingGroupRequests.filter { $0.value.connection !== connection }
    }

    func shutdown() {
        self.timer?.task.cancel()
        self.timer = nil
        self.retentionTask?.cancel()
        self.retentionTask = nil
        self.fetches.removeAll()
        self.waitingGroupRequests.removeAll()
    }
}

/// One broker as other brokers and clients see it.
struct BrokerNode {
    let id: Int32
    let host: String
    /// The port that the broker listens on, 0 before it has been started.
    var port: Int32
    var isUp = false
    var fetchSessions = FetchSessionCache()
}
