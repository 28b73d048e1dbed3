import ControlAPI
import Foundation
import Gateway
import GatewayModel
import Hummingbird
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
struct Instance {
    let dataDirectory: String
    let api: HostPort
    let publicURL: String?
    let sandbox: (host: String, port: Int)?
    let logger: Logger

    /// Runs until SIGTERM or SIGINT.
    func run() async throws {
        OpenFiles.raiseLimit()
        let (directory, lock) = try self.takeDirectory()
        defer { lock.withdraw() }
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
        let engine = GatewayEngine(group: group, logger: self.logger)
        var cluster: SandboxCluster?
        if let sandbox = self.sandbox {
            cluster = try await SandboxStart.start(
                host: sandbox.host, firstPort: sandbox.port, autoCreate: false, logger: self.logger)
        }
        do {
            await engine.apply(try await store.loadEngineConfiguration())
            try await self.serve(
                store: store, secretBox: secretBox, adminToken: adminToken, engine: engine, lock: lock,
                sandbox: cluster, directory: directory)
        } catch {
            await Self.stop(engine: engine, sandbox: cluster, store: store)
            throw error
        }
        await Self.stop(engine: engine, sandbox: cluster, store: store)
        try? await group.shutdownGracefully()
        self.logger.info("stopped")
    }

    private static func stop(engine: GatewayEngine, sandbox: SandboxCluster?, store: ConfigurationStore) async {
        await engine.shutdown()
        await sandbox?.shutdown()
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
        sandbox: SandboxCluster?, directory: DataDirectory
    ) async throws {
        let bound = BoundAddress(fixed: self.publicURL)
        let identity = IdentityServer(
            store: store, secretBox: secretBox, publicURL: { bound.publicURL }, logger: self.logger)
        let control = ControlAPI(
            store: store, adminToken: adminToken, engine: engine, engineClient: engine,
            readiness: { await Self.readiness(bound: bound, engine: engine) })
        let router = control.router()
        identity.addPublicRoutes(to: router)
        identity.addManagementRoutes(to: router.group().add(middleware: BearerMiddleware(token: adminToken)))

        let host = self.api.host == "localhost" ? "127.0.0.1" : self.api.host
        let logger = self.logger
        let apiHost = self.api.host
        let brokers = sandbox?.addresses.map { "\($0.host):\($0.port)" }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname(host, port: self.api.port), serverName: "sluice"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                let url = "http://\(apiHost.contains(":") ? "[\(apiHost)]" : apiHost):\(port)"
                bound.set(port: port)
                do {
                    try lock.publish(ServeInformation(api: url, sandbox: brokers))
                } catch {
                    logger.error("serve.json cannot be written", metadata: ["error": "\(error)"])
                }
                Welcome(url: url, tokenPath: directory.adminTokenPath, sandbox: brokers).show()
            },
            logger: Logger(label: "sluice.http") { StreamLogHandler.standardError(label: $0, level: .warning) })
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "sluice.life") { _ in SwiftLogNoOpLogHandler() })
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw CommandFailure(
                "The management API cannot listen on \(self.api.host):\(self.api.port): "
                    + "\(error.errnoCode == EADDRINUSE ? "address already in use" : "\(error)"). Choose another with --api HOST:PORT."
            )
        }
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

extension StreamLogHandler {
    fileprivate static func standardError(label: String, level: Logger.Level) -> StreamLogHandler {
        var handler = Self.standardError(label: label)
        handler.logLevel = level
        return handler
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
