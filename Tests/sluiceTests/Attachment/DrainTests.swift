import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import sluice

@Suite struct DrainTests {
    /// Notes what the instance says of itself when the shutdown reaches this service.
    private struct Server: Service {
        let bound: BoundAddress
        let seen: SeenPhase

        func run() async throws {
            self.bound.serves()
            self.seen.atStart = self.bound.phase
            try await gracefulShutdown()
            self.seen.atShutdown = self.bound.phase
        }
    }

    private final class SeenPhase: Sendable {
        private let state = Mutex<(start: BoundAddress.Phase?, shutdown: BoundAddress.Phase?)>((nil, nil))

        var atStart: BoundAddress.Phase? {
            get { self.state.withLock { $0.start } }
            set { self.state.withLock { $0.start = newValue } }
        }
        var atShutdown: BoundAddress.Phase? {
            get { self.state.withLock { $0.shutdown } }
            set { self.state.withLock { $0.shutdown = newValue } }
        }
    }

    @Test func `an instance is not ready before the shutdown reaches its server, and stays so`() async throws {
        let (bound, seen) = (BoundAddress(fixed: nil), SeenPhase())
        #expect(bound.phase == .starting)
        let services = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: Server(bound: bound, seen: seen)), .init(service: DrainNotice(bound: bound)),
                ],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        async let run: Void = services.run()
        while seen.atStart == nil { await Task.yield() }
        #expect(seen.atStart == .serving)
        await services.triggerGracefulShutdown()
        try await run
        #expect(seen.atShutdown == .stopping)
        bound.serves()
        #expect(bound.phase == .stopping)
    }
}
