import Hummingbird
import Logging
import ServiceLifecycle

@testable import sluice

/// A server of a test's own, on a free port.
enum TestServer {
    static func run<Result: Sendable>(
        _ router: Router<BasicRequestContext>, _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let (urls, continuation) = AsyncStream<String>.makeStream()
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                continuation.yield("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
                continuation.finish()
            }, logger: quiet)
        let services = ServiceGroup(
            configuration: .init(services: [.init(service: application)], gracefulShutdownSignals: [], logger: quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await services.run() }
            var outcome: Swift.Result<Result, any Error> = .failure(CommandFailure("The server did not start."))
            for await url in urls {
                do { outcome = .success(try await body(url)) } catch { outcome = .failure(error) }
                await services.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
            return try outcome.get()
        }
    }
}
