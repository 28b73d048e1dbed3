import Foundation
import GatewayModel
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Keeps what is known of one backend cluster fresh: its brokers, what they offer, and the names of topic ids.
///
/// It asks a broker at the start, every `metadata_update_interval_seconds`, and whenever a session misses something.
/// While the backend is down it tries again with growing pauses.
final class BackendClusterMonitor: Sendable {
    /// What the configuration says of the cluster and may change while the monitor runs.
    private struct Settings {
        var cluster: BackendCluster
        var gatewayName: String
    }

    private struct Waiters {
        var promises: [EventLoopPromise<BackendDirectory.Snapshot>] = []
        var isStopped = false
    }

    let directory = BackendDirectory()
    let loop: any EventLoop
    private let settings: Mutex<Settings>
    private let logger: Logger
    private let alarm: Alarm
    private let waiters = Mutex(Waiters())
    private let task = Mutex<Task<Void, Never>?>(nil)

    var cluster: BackendCluster { self.settings.withLock { $0.cluster } }
    var gatewayName: String { self.settings.withLock { $0.gatewayName } }

    /// - Parameter alarm: What the monitor sleeps with between two rounds.
    init(
        cluster: BackendCluster, gatewayName: String, loop: any EventLoop, logger: Logger, alarm: Alarm = Alarm()
    ) {
        self.settings = Mutex(Settings(cluster: cluster, gatewayName: gatewayName))
        self.loop = loop
        self.logger = logger
        self.alarm = alarm
    }

    /// Whether the same connections would be made for `other`: the servers, how to sign in to them, and TLS. A name, an
    /// interval or a label makes no other backend.
    func isEquivalent(to other: BackendCluster) -> Bool {
        let cluster = self.cluster
        return cluster.id == other.id && cluster.authentication == other.authentication && cluster.tls == other.tls
            && cluster.bootstrapServers.wireNames == other.bootstrapServers.wireNames
    }

    /// Takes over what changed about the cluster and does not concern its connections.
    func become(_ cluster: BackendCluster, gatewayName: String) {
        let old = self.settings.withLock { settings in
            defer { settings = Settings(cluster: cluster, gatewayName: gatewayName) }
            return settings.cluster
        }
        // The pause under way has the old length.
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
        self.fulfil { $0.fail(ChannelError.ioOnClosedChannel) }
    }

    /// What is known, waiting for the first answer of the backend if need be.
    ///
    /// - Returns: on `loop`. Fails when the next try to reach the backend fails.
    func ready(on loop: any EventLoop) -> EventLoopFuture<BackendDirectory.Snapshot> {
        let snapshot = self.directory.snapshot
        if snapshot.apiVersions != nil { return loop.makeSucceededFuture(snapshot) }
        let promise = loop.makePromise(of: BackendDirectory.Snapshot.self)
        let isStopped = self.waiters.withLock { waiters in
            if !waiters.isStopped { waiters.promises.append(promise) }
            return waiters.isStopped
        }
        if isStopped { promise.fail(ChannelError.ioOnClosedChannel) }
        self.alarm.ring()
        return promise.futureResult
    }

    /// Asks again soon: a broker was missing, or a leader moved.
    func refresh() {
        self.alarm.ring()
    }

    private func fulfil(_ body: (EventLoopPromise<BackendDirectory.Snapshot>) -> Void) {
        let waiters = self.waiters.withLock { waiters in
            defer { waiters.promises.removeAll() }
            return waiters.promises
        }
        waiters.forEach(body)
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
        var failures = 0
        while !Task.isCancelled {
            do {
                try await self.ask()
                if self.directory.snapshot.failure != nil || failures > 0 || self.directory.snapshot.brokers.isEmpty {
                    self.log(.info, "backend cluster reached")
                }
                failures = 0
                self.directory.update { $0.failure = nil }
                let snapshot = self.directory.snapshot
                self.fulfil { $0.succeed(snapshot) }
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
                self.fulfil { $0.fail(BackendUnreachable(reason: reason)) }
            }
            let pause = Self.pause(afterFailures: failures, interval: self.cluster.metadataUpdateIntervalSeconds)
            await self.alarm.sleep(atLeast: pause.shortest, atMost: pause.longest)
        }
    }

    /// How long to wait for the next round: at most `longest`, and `shortest` also when a session asks for it at once.
    /// Sessions cannot make the gateway ask a backend that is down, or busy, as often as clients come.
    static func pause(afterFailures failures: Int, interval: Int) -> (shortest: Duration, longest: Duration) {
        if failures == 0 { return (.milliseconds(500), .seconds(interval)) }
        let longest = Duration.milliseconds(min(10_000, 250 << min(failures, 6)))
        return (min(longest, .seconds(1)), longest)
    }

    /// Where to ask: the bootstrap servers as configured, then the brokers found.
    var addresses: [BackendDirectory.Address] {
        let bootstrap = self.cluster.bootstrapServers.compactMap(BackendDirectory.Address.init)
        let known = self.directory.snapshot.brokers.sorted { $0.key < $1.key }.map(\.value)
        return bootstrap + known.filter { !bootstrap.contains($0) }
    }

    private func ask() async throws {
        var lastError: any Error = BackendUnreachable(reason: "no bootstrap server is configured")
        for address in self.addresses {
            try Task.checkCancellation()
            do {
                let link = try await BrokerLink.open(address, on: self.loop)
                do {
                    try await BackendInquiry(link: link).run(into: self.directory)
                    await link.close()
                    return
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
}

struct BackendUnreachable: Error, CustomStringConvertible {
    var reason: String
    var description: String { self.reason }
}

/// A network error in the words of an operator.
func describe(_ error: any Error) -> String {
    if let error = error as? NIOConnectionError {
        guard let first = error.connectionErrors.first else {
            return "the host name \(error.host) cannot be resolved"
        }
        return describe(first.error)
    }
    if let error = error as? IOError {
        switch error.errnoCode {
        case ECONNREFUSED: return "the connection is refused, nothing listens there"
        case ECONNRESET, EPIPE: return "the connection was broken off"
        case EHOSTUNREACH, ENETUNREACH: return "the host cannot be reached"
        case ETIMEDOUT: return "the host does not answer"
        default: return "\(error)"
        }
    }
    if let error = error as? ChannelError, case .connectTimeout(let time) = error {
        return "no connection within \(time.nanoseconds / 1_000_000_000) s"
    }
    return "\(error)"
}
