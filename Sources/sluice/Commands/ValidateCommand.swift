import ArgumentParser
import ControlAPI
import EngineInterface
import Foundation
import Hummingbird
import Identity
import Logging
import Resources
import ServiceLifecycle
import Store
import Synchronization

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check YAML files, without an instance or against one.",
        discussion: """
            Without --api and --data-dir the management API's own validation checks the files against an empty \
            configuration that exists only for the check; no port of the files is bound, and nothing is kept.
            With one of them the running instance checks the changes that `sluice apply` would make there, with the \
            configuration and the ports that it has. Nothing is changed.
            The exit status is 0 when the files are valid, and 1 when they are not or could not be checked; standard error \
            has each mistake with line and column.
            """)

    @OptionGroup var instance: InstanceOptions
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: "YAML file; - is standard input. The option can be repeated.")
    var files: [String]

    func run() async throws {
        let wanted = try DocumentFiles.read(self.files)
        if self.instance.api != nil || self.instance.dataDirectory != nil {
            let management = try self.instance.connection().managementClient()
            return try await Self.judge(wanted, management)
        }
        try await EmptyInstance.run { try await Self.judge(wanted, $0) }
    }

    private static func judge(_ wanted: ConfigurationDocument, _ management: any ManagementClient) async throws {
        let current: ConfigurationTree
        do { current = try await ConfigurationLoader(management: management).load() } catch {
            throw CommandFailure("\(error)")
        }
        let plan: ConfigurationPlan
        do throws(DocumentErrors) {
            plan = try ConfigurationPlan.make(current: current, wanted: wanted)
        } catch { throw CommandFailure(error.description) }
        let batch = try ApplyCommand.batch(plan.changes.filter { $0.action != .unchanged }, current)
        if !batch.isEmpty {
            let answer = try await management.call(batch.rehearsal)
            if case .refused(let refusals) = batch.outcome(of: answer) {
                throw CommandFailure(DocumentErrors(refusals.flatMap { Self.errors($0, wanted) }).description)
            }
        }
        Output.line("valid: \(plan.summary)")
    }

    /// Each field that is wrong at its own place; what is wrong with the entity as a whole at the entity's.
    private static func errors(_ refusal: ChangeBatch.Refusal, _ wanted: ConfigurationDocument) -> [DocumentError] {
        guard let node = refusal.key.flatMap({ wanted.node($0) }), !refusal.fields.isEmpty else {
            return [DocumentError("cannot \(refusal.title): \(refusal.reason)", at: refusal.place)]
        }
        return refusal.fields.map { field in
            DocumentError(
                "cannot \(refusal.title): \(OutsideText.sanitised("\(field.field) \(field.reason)"))",
                at: node.place(of: field.field))
        }
    }
}

/// A management API over an empty store in a temporary directory, without an engine: it judges and forgets.
enum EmptyInstance {
    static func run<Answer: Sendable>(
        _ body: @escaping @Sendable (any ManagementClient) async throws -> Answer
    ) async throws -> Answer {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-validate-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let directory = try DataDirectory(path: path)
        let token = try directory.adminToken()
        let secretBox = try directory.secretBox()
        let store = try ConfigurationStore(path: directory.databasePath)
        defer { try? store.close() }
        let quiet = Logger(label: "sluice.validate") { _ in SwiftLogNoOpLogHandler() }
        let engine = NoEngine()
        let bound = BoundAddress(fixed: nil)
        let identity = IdentityServer(
            store: store, secretBox: secretBox, publicURL: { bound.publicURL }, logger: quiet)
        let control = ControlAPI(
            store: store, adminToken: token, engine: engine, engineClient: engine,
            readiness: { Readiness(status: .ready, reasons: []) },
            otherRoutes: { identity.addManagementRoutes(to: $0, committer: $1) })
        let router = control.router()
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: "sluice"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                bound.set(port: port)
                continuation.yield(port)
                continuation.finish()
            }, logger: quiet)
        let services = ServiceGroup(
            configuration: .init(services: [.init(service: application)], gracefulShutdownSignals: [], logger: quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                // A server that does not start names no port.
                defer { continuation.finish() }
                try await services.run()
            }
            var result: Result<Answer, any Error> = .failure(CommandFailure("The check did not start."))
            for await port in ports {
                let management = ManagementConnection(url: "http://127.0.0.1:\(port)", token: token).managementClient()
                do { result = .success(try await body(management)) } catch { result = .failure(error) }
                await services.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
            return try result.get()
        }
    }
}

/// Takes every configuration and runs none.
private struct NoEngine: EngineControl, EngineClient {
    private var refusal: EngineClientError { EngineClientError("No engine runs here.") }

    func prepare(_ configuration: EngineConfiguration) async throws {}
    func rehearse(_ configuration: EngineConfiguration) async throws {}
    func takeBack() async {}
    func apply(_ configuration: EngineConfiguration) async {}

    func liveSnapshot(gateway: String?, decisions: Int) async throws -> LiveSnapshot { throw self.refusal }
    func decisions(
        after sequence: UInt64, gateway: String?, limit: DecisionLimit
    ) async throws -> [DecisionRecord] { throw self.refusal }
    func logs(after sequence: UInt64) async throws -> [LogLine] { throw self.refusal }
    func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport { throw self.refusal }
    func accessMatrix(_ question: AccessMatrixQuestion) async throws -> AccessMatrix { throw self.refusal }
    func explain(_ question: AccessQuestion) async throws -> AccessExplanation { throw self.refusal }
    func probe(_ question: ProbeQuestion) async throws -> ProbeReport { throw self.refusal }
    func topics(virtualCluster: String) async throws -> [TopicView] { throw self.refusal }
    func groups(virtualCluster: String) async throws -> [GroupView] { throw self.refusal }
    func check(_ target: ReachabilityTarget) async throws -> ReachabilityReport { throw self.refusal }
    func createTopic(_ name: String, partitions: Int32, virtualCluster: String) async throws { throw self.refusal }
    func closeConnection(sessionID: UInt64) async throws -> Bool { throw self.refusal }
}
