import Foundation
package import GatewayModel
package import Logging
import NIOCore
package import NIOPosix
import Policies
import Synchronization

/// The data plane: listeners, sessions, backend clusters. It is handed configurations and gives out live views; it knows
/// neither the store nor the API.
package final class GatewayEngine: EngineControl, EngineClient {
    private let group: MultiThreadedEventLoopGroup
    private let logger: Logger
    private let loops: [NIOLoopBound<LoopContext>]
    private let epoch: Date
    private let keys: JWKSCache
    private let binder: ListenerBinder
    /// What was compiled last, changed only under `changes`.
    private let compiled = Mutex(Compilation())
    private let changes = SerialGate()
    private let retry = Mutex<Task<Void, Never>?>(nil)

    private struct Compilation {
        var configuration = EngineConfiguration()
        var runtime = RuntimeConfiguration.empty
        var monitors: [String: BackendClusterMonitor] = [:]
    }

    package init(group: MultiThreadedEventLoopGroup, logger: Logger) {
        self.group = group
        self.logger = logger
        let epoch = Date()
        self.epoch = epoch
        var loops: [NIOLoopBound<LoopContext>] = []
        for loop in group.makeIterator() {
            guard loops.count < DecisionSequence.maximumLoops else { break }
            let index = loops.count
            let context = loop.submit {
                NIOLoopBound(LoopContext(loop: loop, index: index, epoch: epoch, logger: logger), eventLoop: loop)
            }
            do { loops.append(try context.wait()) } catch {
                preconditionFailure("An event loop refused work: \(error)")
            }
        }
        self.loops = loops
        self.keys = JWKSCache(
            fetch: { try await JWKSFetcher().fetch($0, timeout: $1) }, logger: logger)
        let byLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
        self.binder = ListenerBinder(group: group, logger: logger) { channel, key in
            channel.eventLoop.makeCompletedFuture {
                guard let context = byLoop[ObjectIdentifier(channel.eventLoop)]?.value else {
                    throw ChannelError.inappropriateOperationForState
                }
                try Session.accept(channel, on: key, context: context)
            }
        }
    }

    // MARK: Configuration

    package func prepare(_ configuration: EngineConfiguration) async throws {
        try await self.binder.open(configuration.gateways.flatMap { $0.listeners.map(\.listener) })
    }

    package func apply(_ configuration: EngineConfiguration) async {
        await self.changes.alone {
            let (runtime, started, stopped) = self.compile(configuration)
            started.forEach { $0.start() }
            await self.broadcast(runtime)
            await self.binder.reconcile(configuration.gateways.flatMap { $0.listeners.map(\.listener) })
            await self.keys.keep(only: configuration.keySources)
            stopped.forEach { $0.stop() }
            self.retryFailedBindings()
        }
    }

    /// Stops accepting, lets pending answers out, and closes what is left after `deadline`.
    package func shutdown(deadline: Duration = .seconds(10)) async {
        self.retry.withLock { $0?.cancel() }
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
                previous: state.runtime, monitors: state.monitors, keys: self.keys, logger: self.logger,
                nextLoop: { self.group.next() })
            let result = compiler.compile(configuration)
            let kept = Set(result.monitors.values.map(ObjectIdentifier.init))
            let before = Set(state.monitors.values.map(ObjectIdentifier.init))
            let stopped = state.monitors.values.filter { !kept.contains(ObjectIdentifier($0)) }
            let started = result.monitors.values.filter { !before.contains(ObjectIdentifier($0)) }
            state.configuration = configuration
            state.runtime = result.runtime
            state.monitors = result.monitors
            return (result.runtime, Array(started), Array(stopped))
        }
    }

    /// While some port could not be bound, tries again every two seconds.
    private func retryFailedBindings() {
        self.retry.withLock { task in
            task?.cancel()
            task = Task { [weak self] in
                while let self, !Task.isCancelled, await !self.binder.failures.isEmpty {
                    try? await Task.sleep(for: .seconds(2))
                    if Task.isCancelled { return }
                    await self.changes.alone {
                        let configuration = self.compiled.withLock { $0.configuration }
                        await self.binder.reconcile(configuration.gateways.flatMap { $0.listeners.map(\.listener) })
                    }
                }
            }
        }
    }

    // MARK: Live views

    package func liveSnapshot(gateway: String?) async throws -> LiveSnapshot {
        let collector = LiveCollector(loops: self.loops, epoch: self.epoch)
        let runtime = self.compiled.withLock { $0.runtime }
        let failures = await self.binder.failures
        let components = ComponentStatuses.all(of: runtime, failures: failures, gateway: gateway)
        return try await collector.snapshot(gateway: gateway, components: components)
    }

    package func decisions(after sequence: UInt64, gateway: String?) async throws -> [DecisionRecord] {
        try await LiveCollector(loops: self.loops, epoch: self.epoch).decisions(after: sequence, gateway: gateway)
    }

    package func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport {
        let runtime = self.compiled.withLock { $0.runtime }
        guard
            let found = runtime.virtualClusters.first(where: {
                $0.virtualCluster.id == virtualCluster || $0.virtualCluster.name == virtualCluster
            })
        else { throw EngineError.unknownVirtualCluster(virtualCluster) }
        return await found.authenticator.report(BearerToken(token))
    }
}

package enum EngineError: Error, Equatable, CustomStringConvertible {
    case unknownVirtualCluster(String)

    package var description: String {
        switch self {
        case .unknownVirtualCluster(let name): "There is no virtual cluster '\(name)'."
        }
    }
}

extension EngineConfiguration {
    /// Where the rules of all virtual clusters take their keys from.
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
