import Foundation
import GatewayModel
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Keeps what is known of one backend cluster fresh: its brokers, what they offer, and the names of topic ids.
///
/// Asks a broker at start, every `metadata_update_interval_seconds`, and whenever a session misses something. While the
/// backend is down it tries again with growing pauses.
final class BackendClusterMonitor: Sendable {
    let cluster: BackendCluster
    let gatewayName: String
    let directory = BackendDirectory()

    let loop: any EventLoop
    private let logger: Logger
    private let waiters = Mutex<[EventLoopPromise<BackendDirectory.Snapshot>]>([])
    private let wake: AsyncStream<Void>.Continuation
    private let wakes: AsyncStream<Void>
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(cluster: BackendCluster, gatewayName: String, loop: any EventLoop, logger: Logger) {
        self.cluster = cluster
        self.gatewayName = gatewayName
        self.loop = loop
        var logger = logger
        logger[metadataKey: "gateway"] = "\(gatewayName)"
        logger[metadataKey: "backendCluster"] = "\(cluster.name)"
        self.logger = logger
        (self.wakes, self.wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether the same connections would be made for `other`.
    func isEquivalent(to other: BackendCluster) -> Bool {
        self.cluster.id == other.id && self.cluster.bootstrapServers == other.bootstrapServers
            && self.cluster.authentication == other.authentication && self.cluster.tls == other.tls
            && self.cluster.metadataUpdateIntervalSeconds == other.metadataUpdateIntervalSeconds
            && self.cluster.name == other.name
    }

    func start() {
        self.task.withLock { task in
            guard task == nil else { return }
            task = Task { await self.run() }
        }
    }

    func stop() {
        self.task.withLock { $0?.cancel() }
        self.wake.finish()
        self.fulfil { $0.fail(ChannelError.ioOnClosedChannel) }
    }

    /// What is known, waiting for the first answer of the backend if need be.
    ///
    /// - Returns: on `loop`. Fails when the next try to reach the backend fails.
    func ready(on loop: any EventLoop) -> EventLoopFuture<BackendDirectory.Snapshot> {
        let snapshot = self.directory.snapshot
        if snapshot.apiVersions != nil { return loop.makeSucceededFuture(snapshot) }
        let promise = loop.makePromise(of: BackendDirectory.Snapshot.self)
        self.waiters.withLock { $0.append(promise) }
        self.wake.yield()
        return promise.futureResult
    }

    /// Asks again soon: a broker was missing, or a leader moved.
    func refresh() {
        self.wake.yield()
    }

    private func fulfil(_ body: (EventLoopPromise<BackendDirectory.Snapshot>) -> Void) {
        let waiters = self.waiters.withLock { waiters in
            defer { waiters.removeAll() }
            return waiters
        }
        waiters.forEach(body)
    }

    private func run() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                try await self.ask()
                if self.directory.snapshot.failure != nil || failures > 0 || self.directory.snapshot.brokers.isEmpty {
                    self.logger.info("backend cluster reached")
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
                    self.logger.warning(
                        "backend cluster cannot be reached; clients are refused until it answers",
                        metadata: [
                            "bootstrapServers": "\(self.cluster.bootstrapServers.joined(separator: ","))",
                            "error": "\(error)",
                        ])
                }
                failures += 1
                self.directory.update { $0.failure = reason }
                self.fulfil { $0.fail(BackendUnreachable(reason: reason)) }
            }
            let interval =
                failures == 0
                ? Duration.seconds(self.cluster.metadataUpdateIntervalSeconds)
                : Duration.milliseconds(min(10_000, 250 << min(failures, 6)))
            await self.pause(interval)
        }
    }

    /// Sleeps until `interval` is over or someone asks for a refresh; never less than a tenth of a second.
    private func pause(_ interval: Duration) async {
        let wakes = self.wakes
        try? await Task.sleep(for: .milliseconds(100))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: interval) }
            group.addTask { for await _ in wakes { return } }
            await group.next()
            group.cancelAll()
        }
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
