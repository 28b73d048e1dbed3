import ArgumentParser
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run the in-memory Kafka cluster alone: three brokers, for learning and tests.")

    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port of broker 0; brokers 1 and 2 take the next two. 0 takes any free ones.") var port = 9094
    @Flag(help: "Make topics when clients ask for them.") var autoCreate = false
    @Option(help: "trace, debug, info, warning or error.") var logLevel = "info"
    @Option(help: "text or json.") var logFormat = "text"

    func validate() throws {
        guard (0...65_533).contains(self.port) else {
            throw ValidationError("--port must be 0 to 65533, for three ports in a row; it is \(self.port).")
        }
    }

    func run() async throws {
        let logger = try Log.start(level: self.logLevel, format: self.logFormat)
        let cluster = try await SandboxStart.start(
            host: self.host, firstPort: self.port, autoCreate: self.autoCreate,
            maximumConnections: max(16, OpenFiles.raiseLimit() - 64), logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: SandboxService(cluster: cluster))],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "life") { _ in SwiftLogNoOpLogHandler() }))
        try await group.run()
    }
}

/// Runs until it is told to stop.
struct SandboxService: Service {
    let cluster: SandboxCluster

    func run() async throws {
        try? await gracefulShutdown()
        await self.cluster.shutdown()
    }
}

enum SandboxStart {
    static func start(
        host: String, firstPort: Int, autoCreate: Bool, maximumConnections: Int, logger: Logger
    ) async throws -> SandboxCluster {
        var configuration = SandboxConfiguration()
        configuration.bindHost = host
        configuration.advertisedHost = host == "127.0.0.1" || host == "0.0.0.0" ? "localhost" : host
        configuration.ports = firstPort == 0 ? [0, 0, 0] : [firstPort, firstPort + 1, firstPort + 2]
        configuration.autoCreateTopics = autoCreate
        configuration.maximumConnections = maximumConnections
        do {
            return try await SandboxCluster.start(configuration, logger: logger)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
