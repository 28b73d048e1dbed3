package import EngineInterface
import Foundation
package import Logging
import NIOCore
package import NIOPosix
import Policies
import Resources
import Synchronization

/// The data plane: listeners, sessions, backend clusters. It receives configurations and offers live views; it has no
/// link to the store or the API.
package final class GatewayEngine: EngineControl, EngineClient {
    let group: MultiThreadedEventLoopGroup
    let loops: [NIOLoopBound<LoopContext>]
    let epoch: Date
    let keys: JWKSCache
    let binder: ListenerBinder
    let connectionLimit: ConnectionLimit
    /// The newest log lines of this process.
    let log: LogRing
    let logger: Logger
    private let watch: ComponentWatch
    private let watching = Mutex<Task<Void, Never>?>(nil)
    /// The last compiled configuration, changed only under `changes`.
    private let compiled = Mutex(Compilation())
    private let changes = SerialGate()
    let tokenReviews = TokenReviews()

    private struct Compilation {
        var runtime = RuntimeConfiguration.empty
        var monitors: [String: BackendClusterMonitor] = [:]
    }

    /// - Parameters:
    ///   - log: The ring that `logger` writes to as well, for ``logs(after:)``.
    ///   - limits: The bounds on what one client may ask for.
    ///   - issuers: The issuers of this process, whose tokens stop working when they are revoked.
    package init(
        group: MultiThreadedEventLoopGroup, logger: Logger, log: LogRing = LogRing(),
        limits: GatewayLimits = GatewayLimits(), issuers: (any LocalIssuers)? = nil
    ) {
        self.group = group
        self.logger = logger
        self.log = log
        self.watch = ComponentWatch(logger: logger)
        let epoch = Date()
        self.epoch = epoch
        let connectionLimit = ConnectionLimit(limits)
        self.connectionLimit = connectionLimit
        var loops: [NIOLoopBound<LoopContext>] = []
        for loop in group.makeIterator() {
            guard loops.count < DecisionSequence.maximumLoops else { break }
            let index = loops.count
            let context = loop.submit {
                NIOLoopBound(
                    LoopContext(
                        loop: loop, index: index, epoch: epoch, logger: logger.component("session"),
                        connectionLimit: connectionLimit, limits: limits),
                    eventLoop: loop)
            }
            do { loops.append(try context.wait()) } catch {
                preconditionFailure("An event loop refused work: \(error)")
            }
        }
        self.loops = loops
        self.keys = JWKSCache(
            fetch: { try await JWKSFetcher().fetch($0, timeout: $1) }, issuers: issuers,
            logger: logger.component("jwks"))
        let byLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
        let sockets = SystemSockets(group: group) { channel, key in
            channel.eventLoop.makeCompletedFuture {
                guard let context = byLoop[ObjectIdentifier(channel.eventLoop)]?.value else {
                    throw ChannelError.inappropriateOperationForState
                }
                try Session.accept(channel, on: key, context: context)
            }
        }
        self.binder = ListenerBinder(
            sockets: sockets, maximumSockets: limits.listeningSockets, logger: logger.component("listener"))
    }

    // MARK: Configuration

    package func prepare(_ configuration: EngineConfiguration) async throws {
        try await self.binder.prepare(configuration.listeners)
    }

    package func rehearse(_ configuration: EngineConfiguration) async throws {
        try await self.binder.rehearse(configuration.listeners)
    }

    package func takeBack() async { await self.binder.takeBack() }

    package func apply(_ configuration: EngineConfiguration) async {
        await self.changes.alone {
            let (runtime, started, stopped) = self.compile(configuration)
            started.forEach { $0.start() }
            await self.broadcast(runtime)
            await self.binder.apply(configuration.listeners)
            await self.keys.keep(only: configuration.keySources)
            stopped.forEach { $0.stop() }
            self.watchComponents()
        }
    }

    /// Stops accepting, lets pending answers out, and closes what is left after `deadline`.
    package func shutdown(deadline: Duration = .seconds(10)) async {
        self.watching.withLock { $0?.cancel() }
        await self.binder.closeAll()
        for context in self.loops {
            context.eventLoop.execute { context.value.drain() }
        }
        let clock = ContinuousClock()
        let end = clock.now + deadline
        while clock.now < end {
            var open = 0
            for context in self.loops {
                open += (try? await context.eventLoop.submit { context.value.sessions.count }.get()) ?? 0
            }
            if open == 0 { break }
            try? await Task.sleep(for: .milliseconds(20))
        }
        let monitors = self.compiled.withLock { Array($0.monitors.values) }
        monitors.forEach { $0.stop() }
    }

    private func broadcast(_ runtime: RuntimeConfiguration) async {
        for context in self.loops {
            try? await context.eventLoop.submit { context.value.apply(runtime) }.get()
        }
    }

    private func compile(
        _ configuration: EngineConfiguration
    ) -> (RuntimeConfiguration, started: [BackendClusterMonitor], stopped: [BackendClusterMonitor]) {
        self.compiled.withLock { state in
            let compiler = RuntimeCompiler(
                previous: state.runtime, monitors: state.monitors, keys: self.keys,
                logger: self.logger.component("backend"), nextLoop: { self.group.next() })
            let result = compiler.compile(configuration)
            let kept = Set(result.monitors.values.map(ObjectIdentifier.init))
            let before = Set(state.monitors.values.map(ObjectIdentifier.init))
            let stopped = state.monitors.values.filter { !kept.contains(ObjectIdentifier($0)) }
            let started = result.monitors.values.filter { !before.contains(ObjectIdentifier($0)) }
            state.runtime = result.runtime
            state.monitors = result.monitors
            return (result.runtime, Array(started), Array(stopped))
        }
    }

    // MARK: Views

    /// The configuration in force, as sessions use it.
    var runtime: RuntimeConfiguration { self.compiled.withLock { $0.runtime } }

    /// The states of listeners and backend clusters. This is cheap, because no session is asked.
    package func components(gateway: String?) async -> [ComponentStatus] {
        let failures = await self.binder.failures
        return ComponentStatuses.all(
            of: self.runtime, failures: failures, gateway: gateway,
            reached: { self.connectionLimit.reached(listener: $0) })
    }

    /// Checks the states of listeners and backends twice a second, so that a change reaches the log, and tries every
    /// two seconds to bind the ports that could not be bound.
    private func watchComponents() {
        self.watching.withLock { task in
            guard task == nil else { return }
            task = Task { [weak self] in
                var rounds = 0
                while let self, !Task.isCancelled {
                    self.watch.observe(await self.components(gateway: nil))
                    try? await Task.sleep(for: .milliseconds(500))
                    rounds += 1
                    if rounds.isMultiple(of: 4), await !self.binder.failures.isEmpty { await self.binder.retry() }
                }
            }
        }
    }
}

extension EngineConfiguration {
    fileprivate var listeners: [Listener] { self.gateways.flatMap { $0.listeners.map(\.listener) } }

    /// The key sources of the rules of all virtual clusters.
    fileprivate var keySources: Set<JWKSSource> {
        let rules = self.gateways.flatMap(\.virtualClusters).flatMap(\.virtualCluster.authentication)
        return Set(
            rules.compactMap { rule in
                switch rule {
                case .anonymous: nil
                case .oauthBearer(let rule): rule.jwks
                }
            })
    }
}
