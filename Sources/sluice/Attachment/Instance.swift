import ControlAPI
import EngineInterface
import Foundation
import Gateway
import Hummingbird
import HummingbirdCore
import Identity
import Logging
import ManagementHTTP
import NIOCore
import NIOPosix
import Resources
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
    let sandbox: SandboxSettings
    /// Whether the sandbox starts with the rest; else ``startSandbox()`` may start it later.
    let startsSandbox: Bool
    /// But for the number of connections, which the limit on open files decides.
    let limits: GatewayLimits
    let logger: Logger
    /// Where `logger` puts its lines too.
    let log: LogRing
    /// Signals that end the instance; empty when the console ends it.
    let signals: [UnixSignal]
    private let openFiles: OpenFiles
    private let state = Mutex(State())
    private let sandboxStarts = SerialGate()

    /// What there is once everything serves.
    struct Ready: Sendable {
        var engine: GatewayEngine
        /// The management API's URL.
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
        /// The failure that ended the instance without a request to stop.
        var failure: CommandFailure?
    }

    init(
        dataDirectory: String, api: HostPort, publicURL: String?, sandbox: SandboxSettings, startsSandbox: Bool,
        limits: GatewayLimits, logger: Logger, log: LogRing, signals: [UnixSignal] = [.sigterm, .sigint]
    ) {
        self.dataDirectory = dataDirectory
        self.api = api
        self.publicURL = publicURL
        self.sandbox = sandbox
        self.startsSandbox = startsSandbox
        self.limits = limits
        self.logger = logger
        self.log = log
        self.signals = signals
        // An instance without signals belongs to the console, which may start the sandbox at any time.
        self.openFiles = OpenFiles(
            limit: OpenFiles.raiseLimit(), hasSandbox: startsSandbox || signals.isEmpty)
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

    private func fail(_ failure: CommandFailure) async {
        self.state.withLock { $0.failure = failure }
        await self.stop()
    }

    /// Starts the sandbox cluster beside what runs already.
    ///
    /// - Parameter takesFreePorts: whether free ports may be used when the usual ones are taken, because no setting names them.
    /// - Returns: `host:port` of its brokers.
    func startSandbox(takesFreePorts: Bool = false) async throws -> [String] {
        // One start after the other: a second call while the first is under way must not start another cluster.
        try await self.sandboxStarts.alone { try await self.startSandboxAlone(takesFreePorts) }
    }

    private func startSandboxAlone(_ takesFreePorts: Bool) async throws -> [String] {
        if let running = self.state.withLock({ $0.cluster }) { return Self.addresses(running) }
        let cluster = try await self.sandbox.start(
            maximumConnections: self.openFiles.sandbox, logger: self.logger, takesFreePorts: takesFreePorts)
        let (lock, url) = self.state.withLock { state in
            state.cluster = cluster
            return (state.lock, state.url)
        }
        let addresses = Self.addresses(cluster)
        if let lock, let url { try? lock.publish(ServeInformation(api: url, sandbox: addresses)) }
        return addresses
    }

    private static func addresses(_ cluster: SandboxCluster) -> [String] {
        cluster.addresses.map(\.description)
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
        if let warning = directory.privacyWarning {
            self.logger.warning("\(warning)", metadata: ["directory": "\(directory.path)"])
        }
        do {
            adminToken = try directory.adminToken()
            secretBox = try directory.secretBox()
            store = try ConfigurationStore(path: directory.databasePath)
            try await store.check(secretBox, of: directory)
        } catch {
            throw CommandFailure("The data directory '\(self.dataDirectory)' cannot be used: \(error)")
        }

        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        var limits = self.limits
        limits.connections = self.openFiles.clients
        limits.listeningSockets = self.openFiles.listeners
        let bound = BoundAddress(fixed: self.publicURL, host: self.api.host)
        let identity = IdentityServer(
            store: store, secretBox: secretBox, publicURL: { bound.publicURL }, ownAddresses: { bound.own },
            logger: self.logger)
        let engine = GatewayEngine(
            group: group, logger: self.logger, log: self.log, limits: limits, issuers: identity)
        store.observeIssuers { changes in
            engine.issuersChanged(changes.issuers, keySets: changes.keySets, tokens: changes.tokens)
        }
        if self.startsSandbox { _ = try await self.startSandbox() }
        do {
            try await self.serve(
                store: store, identity: identity, bound: bound, adminToken: adminToken, engine: engine, lock: lock,
                directory: directory, announce: announce)
        } catch {
            await self.stop(engine: engine, store: store, bound: bound)
            throw error
        }
        await self.stop(engine: engine, store: store, bound: bound)
        // A console may still be asking the engine: its loops end with the process.
        if !self.signals.isEmpty { try? await group.shutdownGracefully() }
        self.logger.info("stopped")
    }

    private func stop(engine: GatewayEngine, store: ConfigurationStore, bound: BoundAddress) async {
        bound.stops()
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
        store: ConfigurationStore, identity: IdentityServer, bound: BoundAddress, adminToken: String,
        engine: GatewayEngine, lock: InstanceLock, directory: DataDirectory,
        announce: @escaping @Sendable (Ready) -> Void
    ) async throws {
        let control = ControlAPI(
            store: store, adminToken: adminToken, engine: engine, engineClient: engine,
            readiness: { await Self.readiness(bound: bound, engine: engine) },
            publicRoutes: identity.publicRoutes, version: Sluice.version,
            publicURL: { bound.publicURL }, otherSchemas: IdentityServer.schemas,
            otherRoutes: { identity.addManagementRoutes(to: $0, committer: $1) })
        store.observeAudit { [logger = self.logger] records in
            for record in records { logger.info("configuration changed", metadata: record.logMetadata) }
        }
        let router = control.router()

        let host = self.api.host == "localhost" ? "127.0.0.1" : self.api.host
        let logger = self.logger
        let apiHost = self.api.host
        let application = Application(
            router: router,
            server: .guarded(
                by: ConnectionPlaces(ConnectionPlaces.Shares(total: self.openFiles.management)),
                token: AdminToken(adminToken)),
            configuration: .init(address: .hostname(host, port: self.api.port), serverName: "sluice"),
            onServerRunning: { [self] channel in
                let port = channel.localAddress?.port ?? 0
                let url = "http://\(HostPort(host: apiHost, port: port))"
                bound.set(port: port)
                // Listeners come after the API: a client that is served may need tokens and keys at once.
                do {
                    try await control.putInForce()
                } catch {
                    logger.critical("the stored configuration cannot be put in force", metadata: ["error": "\(error)"])
                    return await self.fail(CommandFailure("The stored configuration cannot be put in force: \(error)"))
                }
                bound.serves()
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
            services: [.init(service: application), .init(service: DrainNotice(bound: bound))],
            gracefulShutdownSignals: self.signals,
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
            if let failure = self.state.withLock({ $0.failure }) { throw failure }
        } catch  where error is IOError || error is SocketAddressError.UnknownHost {
            throw CommandFailure(
                "The management API cannot listen on \(self.api): \(bindingFailure(error)). "
                    + "Choose another with --api HOST:PORT.")
        }
    }

    /// The server's own words go where all others go; each request would be too much.
    private static var httpLogger: Logger {
        var logger = Logger(label: "sluice.http")
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    static func readiness(bound: BoundAddress, engine: GatewayEngine) async -> Readiness {
        let reason: String
        switch bound.phase {
        case .starting: reason = "The management API or the engine does not serve yet."
        case .serving: return Readiness(await engine.components(gateway: nil))
        case .stopping: reason = "The instance is shutting down."
        }
        return Readiness(status: .notReady, reasons: [.init(summary: reason, detail: reason)])
    }
}

extension AuditRecord {
    /// What the log says of a change: all but the values.
    fileprivate var logMetadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["audit": "\(self.id)"]
        let names = [
            "who": "who", "method": "method", "path": "path", "remote_address": "remoteAddress",
            "user_agent": "userAgent", "action": "action", "entity": "entity", "entity_id": "id", "entity_name": "name",
            "gateway_id": "gatewayID",
        ]
        for (field, key) in names {
            if let text = self.text(of: field) { metadata[key] = "\(text)" }
        }
        if let version = self.change.version { metadata["version"] = "v1.\(version)" }
        return metadata
    }
}

/// Makes the instance not ready as soon as the group of services begins to shut down. It has to be the last of the group,
/// since services are shut down from the last to the first.
struct DrainNotice: Service {
    let bound: BoundAddress

    func run() async throws {
        try? await gracefulShutdown()
        self.bound.stops()
    }
}

/// The port of the management API, known only once it is bound; issuer URLs are made from it.
final class BoundAddress: Sendable {
    enum Phase: Sendable {
        case starting
        case serving
        case stopping
    }

    private struct State {
        var port: Int?
        var own: Set<URLAuthority> = []
        var phase = Phase.starting
    }

    private let fixed: String?
    private let host: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - fixed: the public URL, when it is set.
    ///   - host: what the management API listens on.
    init(fixed: String?, host: String = "127.0.0.1") {
        self.fixed = fixed
        self.host = host
    }

    func set(port: Int) {
        var hosts = [self.host]
        // On all addresses it is reached by each of the machine's.
        let isEverywhere = ["0.0.0.0", "::", ""].contains(self.host)
        if isEverywhere {
            let devices = (try? System.enumerateDevices()) ?? []
            hosts += devices.compactMap { $0.address?.ipAddress }
        }
        // When it listens elsewhere only, another program may have that port of the loopback addresses.
        if isEverywhere || Self.isLoopback(self.host) {
            hosts += ["localhost", "127.0.0.1", "::1"]
        }
        var own = Set(hosts.map { URLAuthority(host: $0, port: port) })
        if let fixed = self.fixed.flatMap({ URLAuthority(url: $0) }) { own.insert(fixed) }
        self.state.withLock { state in
            state.port = port
            state.own = own
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        switch try? SocketAddress(ipAddress: host, port: 0) {
        case .v4?: return host.hasPrefix("127.")
        case .v6(let address)?:
            return withUnsafeBytes(of: address.address.sin6_addr) { bytes in
                bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
            }
        case .unixDomainSocket?, nil: return false
        }
    }

    /// The engine serves as well.
    func serves() {
        self.state.withLock { state in
            if state.phase == .starting { state.phase = .serving }
        }
    }

    /// The instance begins to drain. Nothing makes it serve again.
    func stops() { self.state.withLock { $0.phase = .stopping } }

    var phase: Phase { self.state.withLock { $0.phase } }

    /// Hosts and ports of URLs that lead here.
    var own: Set<URLAuthority> { self.state.withLock { $0.own } }

    var publicURL: String { self.fixed ?? "http://localhost:\(self.state.withLock { $0.port } ?? 9190)" }
}
