import ControlAPI
import Foundation
import Gateway
import GatewayModel
import Hummingbird
import HummingbirdCore
import Identity
import Logging
import NIOCore
import NIOPosix
import Sandbox
import ServiceLifecycle
import Store
import Synchronization
import UnixSignals

/// One running Sluice: store, engine, identity server, management API, and the sandbox when it is asked for.
final class Instance: Sendable {
    let dataDirectory: String
    let api: HostPort
    let publicURL: String?
    let sandbox: SandboxPlace?
    /// But for the number of connections, which the limit on open files decides.
    let limits: GatewayLimits
    let logger: Logger
    /// Where `logger` puts its lines too.
    let log: LogRing
    /// Signals that end it; none when somebody else does.
    let signals: [UnixSignal]
    private let openFiles: OpenFiles
    private let state = Mutex(State())

    struct SandboxPlace: Equatable, Sendable {
        var host: String
        var port: Int
    }

    /// What there is once everything serves.
    struct Ready: Sendable {
        var engine: GatewayEngine
        /// Of the management API.
        var url: String
        var adminToken: String
        var adminTokenPath: String
        /// `host:port` of the sandbox's brokers.
        var sandbox: [String]?
    }

    private struct State {
        var cluster: SandboxCluster?
        var services: ServiceGroup?
        var lock: InstanceLock?
        var url: String?
        var isStopped = false
    }

    init(
        dataDirectory: String, api: HostPort, publicURL: String?, sandbox: SandboxPlace?, limits: GatewayLimits,
        logger: Logger, log: LogRing, signals: [UnixSignal] = [.sigterm, .sigint]
    ) {
        self.dataDirectory = dataDirectory
        self.api = api
        self.publicURL = publicURL
        self.sandbox = sandbox
        self.limits = limits
        self.logger = logger
        self.log = log
        self.signals = signals
        // One that somebody else ends is the console's, which may start the sandbox at any time.
        self.openFiles = OpenFiles(
            limit: OpenFiles.raiseLimit(), hasSandbox: sandbox != nil || signals.isEmpty)
    }

    /// Takes the data directory, so that a failure is known before anything is shown. ``run(announce:)`` then uses it.
    func prepare() throws {
        guard self.state.withLock({ $0.lock == nil }) else { return }
        let (_, lock) = try self.takeDirectory()
        self.state.withLock { $0.lock = lock }
    }

    /// Ends ``run(announce:)``, as a signal would.
    func stop() async {
        let services = self.state.withLock { state in
            state.isStopped = true
            return state.services
        }
        await services?.triggerGracefulShutdown()
    }

    /// Starts the sandbox cluster beside what runs already.
    /// - Returns: `host:port` of its brokers.
    func startSandbox() async throws -> [String] {
        if let running = self.state.withLock({ $0.cluster }) { return Self.addresses(running) }
        let place = self.sandbox ?? SandboxPlace(host: "127.0.0.1", port: 9094)
        let cluster = try await SandboxStart.start(
            host: place.host, firstPort: place.port, autoCreate: false,
            maximumConnections: self.openFiles.sandbox, logger: self.logger)
        let (lock, url) = self.state.withLock { state in
            state.cluster = cluster
            return (state.lock, state.url)
        }
        let addresses = Self.addresses(cluster)
        if let lock, let url { try? lock.publish(ServeInformation(api: url, sandbox: addresses)) }
        return addresses
    }

    private static func addresses(_ cluster: SandboxCluster) -> [String] {
        cluster.addresses.map { "\($0.host):\($0.port)" }
    }

    /// Runs until a signal or ``stop()``.
    /// - Parameter announce: called once, when everything serves.
    func run(announce: @escaping @Sendable (Ready) -> Void) async throws {
        try self.prepare()
        guard let lock = self.state.withLock({ $0.lock }) else { return }
        let directory: DataDirectory
        do { directory = try DataDirectory(path: self.dataDirectory) } catch { throw CommandFailure("\(error)") }
        defer {
            lock.withdraw()
            self.state.withLock { $0.lock = nil }
        }
        let adminToken: String
        let secretBox: SecretBox
        let store: ConfigurationStore
        do {
            adminToken = try directory.adminToken()
            secretBox = try directory.secretBox()
            store = try ConfigurationStore(path: directory.databasePath)
        } catch {
            throw CommandFailure("The data directory '\(self.dataDirectory)' cannot be used: \(error)")
        }

        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        var limits = self.limits
        limits.connections = self.openFiles.clients
        let engine = GatewayEngine(group: group, logger: self.logger, log: self.log, limits: limits)
        if self.sandbox != nil { _ = try await self.startSandbox() }
        do {
            await engine.apply(try await store.loadEngineConfiguration())
            try await self.serve(
                store: store, secretBox: secretBox, adminToken: adminToken, engine: engine, lock: lock,
                directory: directory, announce: announce)
        } catch {
            await self.stop(engine: engine, store: store)
            throw error
        }
        await self.stop(engine: engine, store: store)
        // A console may still be asking the engine: its loops end with the process.
        if !self.signals.isEmpty { try? await group.shutdownGracefully() }
        self.logger.info("stopped")
    }

    private func stop(engine: GatewayEngine, store: ConfigurationStore) async {
        await engine.shutdown()
        await self.state.withLock { $0.cluster }?.shutdown()
        try? store.close()
    }

    private func takeDirectory() throws -> (DataDirectory, InstanceLock) {
        do {
            let directory = try DataDirectory(path: self.dataDirectory)
            return (directory, try directory.lock())
        } catch InstanceLock.Failure.held(let owner) {
            let where_ = owner.map { " (process \($0.pid), API \($0.api))" } ?? ""
            throw CommandFailure(
                "Another instance\(where_) runs on '\(self.dataDirectory)'. Stop it, or choose another --data-dir.")
        } catch InstanceLock.Failure.directory(let error) {
            throw CommandFailure("\(error)")
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private func serve(
        store: ConfigurationStore, secretBox: SecretBox, adminToken: String, engine: GatewayEngine, lock: InstanceLock,
        directory: DataDirectory, announce: @escaping @Sendable (Ready) -> Void
    ) async throws {
        let bound = BoundAddress(fixed: self.publicURL)
        let identity = IdentityServer(
            store: store, secretBox: secretBox, publicURL: { bound.publicURL }, logger: self.logger)
        let control = ControlAPI(
            store: store, adminToken: adminToken, engine: engine, engineClient: engine,
            readiness: { await Self.readiness(bound: bound, engine: engine) }, identity: identity)
        let router = control.router()
        identity.addPublicRoutes(to: router)

        let host = self.api.host == "localhost" ? "127.0.0.1" : self.api.host
        let logger = self.logger
        let apiHost = self.api.host
        let application = Application(
            router: router,
            // Who says nothing for so long makes room for others; the live stream says something every few seconds.
            server: .http1(configuration: .init(idleTimeout: .seconds(120))),
            configuration: .init(
                address: .hostname(host, port: self.api.port), serverName: "sluice",
                availableConnectionsDelegate: MaximumAvailableConnections(self.openFiles.management)),
            onServerRunning: { [self] channel in
                let port = channel.localAddress?.port ?? 0
                let url = "http://\(apiHost.contains(":") ? "[\(apiHost)]" : apiHost):\(port)"
                bound.set(port: port)
                let brokers = self.state.withLock { state in
                    state.url = url
                    return state.cluster.map(Self.addresses)
                }
                do {
                    try lock.publish(ServeInformation(api: url, sandbox: brokers))
                } catch {
                    logger.error("serve.json cannot be written", metadata: ["error": "\(error)"])
                }
                announce(
                    Ready(
                        engine: engine, url: url, adminToken: adminToken, adminTokenPath: directory.adminTokenPath,
                        sandbox: brokers))
            },
            logger: Self.httpLogger)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: application)], gracefulShutdownSignals: self.signals,
            logger: Logger(label: "sluice.life") { _ in SwiftLogNoOpLogHandler() })
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        let services = ServiceGroup(configuration: configuration)
        let isStopped = self.state.withLock { state in
            state.services = services
            return state.isStopped
        }
        if isStopped { return }
        do {
            try await services.run()
        } catch let error as IOError {
            throw CommandFailure(
                "The management API cannot listen on \(self.api.host):\(self.api.port): "
                    + "\(error.errnoCode == EADDRINUSE ? "address already in use" : "\(error)"). Choose another with --api HOST:PORT."
            )
        }
    }

    /// The server's own words go where all others go; each request would be too much.
    private static var httpLogger: Logger {
        var logger = Logger(label: "sluice.http")
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    private static func readiness(bound: BoundAddress, engine: GatewayEngine) async -> Readiness {
        guard bound.isSet, let snapshot = try? await engine.liveSnapshot(gateway: nil) else {
            return Readiness(status: .notReady, reasons: ["The management API or the engine does not serve yet."])
        }
        let reasons = snapshot.components.filter { $0.state != .up }.map { component in
            "\(component.kind) '\(component.name)' of gateway '\(component.gateway)' is \(component.state.rawValue): "
                + (component.reason ?? "no reason is known")
        }
        return Readiness(status: reasons.isEmpty ? .ready : .degraded, reasons: reasons)
    }
}

/// The port of the management API, known only once it is bound; issuer URLs are made from it.
final class BoundAddress: Sendable {
    private let fixed: String?
    private let port = Mutex<Int?>(nil)

    init(fixed: String?) {
        self.fixed = fixed
    }

    func set(port: Int) {
        self.port.withLock { $0 = port }
    }

    var isSet: Bool { self.port.withLock { $0 != nil } }

    var publicURL: String { self.fixed ?? "http://localhost:\(self.port.withLock { $0 } ?? 9190)" }
}
