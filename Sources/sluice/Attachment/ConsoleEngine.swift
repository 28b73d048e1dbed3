import EngineInterface
import Resources

/// The engine that a console shows: one of its own, or one that runs elsewhere.
enum ConsoleEngine: Sendable {
    case own(Instance)
    /// An instance elsewhere, with its sandbox's brokers when they are known.
    case attached(ManagementConnection, sandbox: [String]? = nil)

    /// What can be asked once the engine is there.
    struct Services: Sendable {
        var engine: any EngineClient
        var management: any ManagementClient
        /// Nil when the engine is elsewhere.
        var startSandbox: (@Sendable () async throws -> [String])?
        /// Tries to reach an engine elsewhere now; nil when it is in this process.
        var reconnect: (@Sendable () async -> Void)?
        /// `host:port` of the brokers of one that runs already.
        var sandbox: [String]?
        /// The management API's URL.
        var url: String
    }

    /// Runs the engine, and `body` beside it once it is ready. Ends when `body` returns or the engine does.
    func run(_ body: @escaping @Sendable (Services) async throws -> Void) async throws {
        switch self {
        case .attached(let connection, let sandbox):
            let engine = connection.engineClient()
            let services = Services(
                engine: engine, management: connection.managementClient(), startSandbox: nil,
                reconnect: { await engine.retry() }, sandbox: sandbox, url: connection.url)
            let result: Result<Void, any Error>
            do { result = .success(try await body(services)) } catch { result = .failure(error) }
            await engine.stop()
            try result.get()
        case .own(let instance):
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                let (ready, continuation) = AsyncStream<Instance.Ready>.makeStream()
                tasks.addTask {
                    defer { continuation.finish() }
                    try await instance.run { continuation.yield($0) }
                }
                for await ready in ready {
                    let connection = ManagementConnection(url: ready.url, token: ready.adminToken)
                    let services = Services(
                        engine: ready.engine, management: connection.managementClient(),
                        startSandbox: { try await instance.startSandbox(takesFreePorts: true) },
                        sandbox: ready.sandbox, url: ready.url)
                    tasks.addTask { try await body(services) }
                    break
                }
                let first: Result<Void, any Error>
                do {
                    try await tasks.next()
                    first = .success(())
                } catch { first = .failure(error) }
                tasks.cancelAll()
                await instance.stop()
                try await tasks.waitForAll()
                try first.get()
            }
        }
    }
}
