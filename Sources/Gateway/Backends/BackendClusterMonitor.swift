import Foundation
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Resources
import Synchronization

/// Keeps the directory of one backend cluster fresh: its brokers, what they offer, and the names of topic ids.
///
/// It asks a broker at the start, every `metadata_update_interval_seconds`, and whenever a session misses something.
/// While the backend is down it tries again with growing pauses.
final class BackendClusterMonitor: Sendable {
    /// The part of the cluster's configuration that may change while the monitor runs.
    private struct Settings {
        var cluster: BackendCluster
        var gatewayName: String
    }

    private struct Waiter {
        /// Whether a snapshot has all that the waiter needs.
        var isContent: @Sendable (BackendDirectory.Snapshot) -> Bool
        var promise: EventLoopPromise<BackendDirectory.Snapshot>
        /// The round that was under way when the waiter came, or the last one before.
        var round: UInt64
    }

    private struct Waiters {
        var all: [Waiter] = []
        /// The number of rounds that have begun.
        var rounds: UInt64 = 0
        var isStopped = false

        /// Removes the waiters that are due and returns them.
        mutating func take(where isDue: (Waiter) -> Bool) -> [Waiter] {
            let due = self.all.filter(isDue)
            if !due.isEmpty { self.all.removeAll(where: isDue) }
            return due
        }
    }

    /// The most brokers that are asked for their versions at the same time.
    private static let maximumInquiries = 8

    let directory = BackendDirectory()
    let loop: any EventLoop
    private let settings: Mutex<Settings>
    private let logger: Logger
    private let alarm: Alarm
    private let waiters = Mutex(Waiters())
    private let task = Mutex<Task<Void, Never>?>(nil)

    var cluster: BackendCluster { self.settings.withLock { $0.cluster } }

    /// - Parameter alarm: What the monitor sleeps with between two rounds.
    init(
        cluster: BackendCluster, gatewayName: String, loop: any EventLoop, logger: Logger, alarm: Alarm = Alarm()
    ) {
        self.settings = Mutex(Settings(cluster: cluster, gatewayName: gatewayName))
        self.loop = loop
        self.logger = logger
        self.alarm = alarm
    }

    /// Whether the same connections would be made for `other`: the servers, how to sign in to them, and TLS. Another
    /// name, interval or label leaves the backend the same.
    func isEquivalent(to other: BackendCluster) -> Bool {
        let cluster = self.cluster
        return cluster.id == other.id && cluster.authentication == other.authentication && cluster.tls == other.tls
            && cluster.bootstrapServers.wireNames == other.bootstrapServers.wireNames
    }

    /// Puts the settings in force that do not concern the cluster's connections.
    func become(_ cluster: BackendCluster, gatewayName: String) {
        let old = self.settings.withLock { settings in
            defer { settings = Settings(cluster: cluster, gatewayName: gatewayName) }
            return settings.cluster
        }
        // The current pause has the old length, so end it.
        if old.metadataUpdateIntervalSeconds != cluster.metadataUpdateIntervalSeconds { self.alarm.ring() }
    }

    func start() {
        self.task.withLock { task in
            guard task == nil else { return }
            task = Task { await self.run() }
        }
    }

    func stop() {
        self.task.withLock { $0?.cancel() }
        self.waiters.withLock { $0.isStopped = true }
        self.failWaiters(ChannelError.ioOnClosedChannel)
    }

    /// The snapshot, once it has all that the caller needs; the next answers of the backend may have to be awaited.
    ///
    /// - Parameter isContent: Whether a snapshot is enough for the caller.
    /// - Returns: on `loop`. Fails when the backend or the broker in question does not answer at the next try.
    func ready(
        on loop: any EventLoop,
        when isContent: @escaping @Sendable (BackendDirectory.Snapshot) -> Bool = { $0.hasAnswered }
    ) -> EventLoopFuture<BackendDirectory.Snapshot> {
        let snapshot = self.directory.snapshot
        if isContent(snapshot) { return loop.makeSucceededFuture(snapshot) }
        let promise = loop.makePromise(of: BackendDirectory.Snapshot.self)
        let isStopped = self.waiters.withLock { waiters in
            if !waiters.isStopped {
                waiters.all.append(Waiter(isContent: isContent, promise: promise, round: waiters.rounds))
            }
            return waiters.isStopped
        }
        if isStopped { promise.fail(ChannelError.ioOnClosedChannel) }
        self.alarm.ring()
        return promise.futureResult
    }

    /// Asks the backend again soon, because a broker was missing or a leader moved.
    ///
    /// - Parameter suspect: A broker that could not be reached or closed a connection. It may run another version when
    ///   it comes back.
    func refresh(suspecting suspect: BrokerAddress? = nil) {
        if let suspect {
            self.directory.update { snapshot in
                if snapshot.versions[suspect] != nil { snapshot.suspects.insert(suspect) }
            }
        }
        self.alarm.ring()
    }

    private func answerContentWaiters() {
        let snapshot = self.directory.snapshot
        let waiters = self.waiters.withLock { waiters in waiters.take { $0.isContent(snapshot) } }
        for waiter in waiters { waiter.promise.succeed(snapshot) }
    }

    /// - Parameter round: Only waiters that came before this round are answered.
    private func failWaiters(_ error: any Error, before round: UInt64 = .max) {
        let waiters = self.waiters.withLock { waiters in waiters.take { $0.round < round } }
        for waiter in waiters { waiter.promise.fail(error) }
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata = [:]) {
        let settings = self.settings.withLock { $0 }
        var metadata = metadata
        metadata["gateway"] = "\(settings.gatewayName)"
        metadata["backendCluster"] = "\(settings.cluster.name)"
        self.logger.log(level: level, message, metadata: metadata)
    }

    // MARK: Rounds

    private func run() async {
        let clock = ContinuousClock()
        var failures = 0
        var hasAnswered = false
        var allAskedAt: ContinuousClock.Instant?
        while !Task.isCancelled {
            let round = self.waiters.withLock { waiters in
                waiters.rounds += 1
                return waiters.rounds
            }
            do {
                let asked = try await self.ask()
                if failures > 0 || !hasAnswered { self.log(.info, "backend cluster reached") }
                failures = 0
                hasAnswered = true
                self.directory.update { $0.failure = nil }
                self.answerContentWaiters()
                let now = clock.now
                let interval = Duration.seconds(self.cluster.metadataUpdateIntervalSeconds)
                let isDue = allAskedAt.map { now - $0 >= interval } ?? true
                await self.askVersions(ofAll: isDue, except: asked)
                if isDue { allAskedAt = now }
                self.failWaiters(BackendUnreachable(reason: "the broker does not answer"), before: round)
            } catch is CancellationError {
                return
            } catch {
                let reason = "no bootstrap server answers: \(error)"
                if failures == 0 {
                    self.log(
                        .warning, "backend cluster cannot be reached; clients are refused until it answers",
                        [
                            "bootstrapServers": "\(self.cluster.bootstrapServers.joined(separator: ","))",
                            "error": "\(error)",
                        ])
                }
                failures += 1
                self.directory.update { $0.failure = reason }
                self.failWaiters(BackendUnreachable(reason: reason))
            }
            let pause = Self.pause(afterFailures: failures, interval: self.cluster.metadataUpdateIntervalSeconds)
            await self.alarm.sleep(atLeast: pause.shortest, atMost: pause.longest)
        }
    }

    /// The pause before the next round: at most `longest`, and `shortest` even when a session asks for a round at once,
    /// so that many clients do not make the gateway ask a backend that is down or busy again and again.
    static func pause(afterFailures failures: Int, interval: Int) -> (shortest: Duration, longest: Duration) {
        if failures == 0 { return (.milliseconds(500), .seconds(interval)) }
        let longest = Duration.milliseconds(min(10_000, 250 << min(failures, 6)))
        return (min(longest, .seconds(1)), longest)
    }

    /// The addresses to ask, in order: the bootstrap servers as configured, then the brokers found.
    var addresses: [BrokerAddress] {
        let bootstrap = self.bootstrapAddresses
        let known = self.directory.snapshot.brokers.sorted { $0.key < $1.key }.map(\.value)
        return bootstrap + known.filter { !bootstrap.contains($0) }
    }

    private var bootstrapAddresses: [BrokerAddress] {
        self.cluster.bootstrapServers.compactMap { BrokerAddress(server: $0) }
    }

    /// Asks one broker after the other for the cluster's metadata, until one answers.
    /// - Returns: The broker that answered.
    private func ask() async throws -> BrokerAddress {
        var lastError: any Error = BackendUnreachable(reason: "no bootstrap server is configured")
        for address in self.addresses {
            try Task.checkCancellation()
            do {
                let link = try await BrokerLink.open(address, on: self.loop)
                do {
                    try await BackendInquiry(link: link).run(
                        into: self.directory, at: address, bootstrap: self.bootstrapAddresses)
                    await link.close()
                    return address
                } catch {
                    await link.close()
                    throw error
                }
            } catch {
                lastError = BackendUnreachable(reason: "\(address): \(describe(error))")
            }
        }
        throw lastError
    }

    /// Asks brokers for the versions that they offer: each on its own, since brokers differ while a cluster is
    /// upgraded. The last answer of a broker that does not answer stays in force.
    ///
    /// - Parameters:
    ///   - all: Otherwise only brokers that are new or may have changed are asked.
    ///   - asked: The broker that was asked in this round.
    private func askVersions(ofAll all: Bool, except asked: BrokerAddress) async {
        let snapshot = self.directory.snapshot
        let due = Set(snapshot.brokers.values).filter { address in
            address != asked && (all || snapshot.versions[address] == nil || snapshot.suspects.contains(address))
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, address) in due.enumerated() {
                if index >= Self.maximumInquiries { await group.next() }
                group.addTask { await self.askVersions(of: address) }
            }
        }
    }

    private func askVersions(of address: BrokerAddress) async {
        guard !Task.isCancelled else { return }
        do {
            let link = try await BrokerLink.open(address, on: self.loop)
            self.directory.learn(link.offered, at: address)
            self.answerContentWaiters()
            await link.close()
        } catch {
            self.directory.update { $0.suspects.insert(address) }
            self.log(
                .debug, "broker does not answer ApiVersions",
                ["upstream": "\(address)", "error": "\(describe(error))"])
        }
    }
}
