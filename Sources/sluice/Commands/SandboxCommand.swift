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
    @Option(
        name: [.customLong("port"), .customLong("sandbox-port")],
        help: "Port of broker 0; brokers 1 and 2 take the next two. 0 takes any free ones.")
    var port = 9094
    @Option(help: "Host that the brokers advertise to clients (default: the address, or localhost).")
    var advertise: String?
    @Flag(help: "Create topics when clients ask for them.") var autoCreate = false
    @Option(help: "Memory for records, such as 256MiB; the oldest are deleted first (default: 1GiB).") var memory:
        String?
    @Option(help: "Least level of log lines: trace, debug, info, warning or error.") var logLevel = "info"
    @Option(help: "Format of log lines: text or json.") var logFormat = "text"

    func validate() throws {
        guard (0...65_533).contains(self.port) else {
            throw ValidationError("--port must be 0 to 65533, for three ports in a row; it is \(self.port).")
        }
    }

    func run() async throws {
        let logger = try Log.start(level: self.logLevel, format: self.logFormat)
        let settings = SandboxSettings(
            host: try SandboxSettings.host(self.host, setting: "--host"), port: self.port,
            advertisedHost: try self.advertise.map { try SandboxSettings.host($0, setting: "--advertise") },
            autoCreate: self.autoCreate,
            memoryBytes: try self.memory.map { try SandboxSettings.memory($0, setting: "--memory") })
        let cluster = try await settings.start(
            maximumConnections: max(16, OpenFiles.raiseLimit() - 64), logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: SandboxService(cluster: cluster))],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "life") { _ in SwiftLogNoOpLogHandler() }))
        try await group.run()
    }
}

/// Runs until a signal ends it.
struct SandboxService: Service {
    let cluster: SandboxCluster

    func run() async throws {
        try? await gracefulShutdown()
        await self.cluster.shutdown()
    }
}
