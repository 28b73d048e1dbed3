import EngineInterface
import Synchronization
import Testing

@testable import sluice

@Suite struct ReconnectionTests {
    @Test func `an absence is reported once, and the return`() async throws {
        let told = Mutex<[String]>([])
        var reconnection = Reconnection(url: "http://h") { text in told.withLock { $0.append(text) } }
        #expect(try await reconnection.attempt { 1 } == 1)
        for reason in ["Away.", "Still away."] {
            #expect(try await reconnection.attempt { throw EngineClientError(reason) } as Int? == nil)
        }
        #expect(try await reconnection.attempt { 2 } == 2)
        #expect(
            told.withLock { $0 } == [
                "Away. Trying again until it answers.", "The management API at http://h answers again.",
            ])
    }

    @Test(arguments: [EngineClientError.Kind.notFound, .invalid])
    func `what trying again does not change ends the command`(kind: EngineClientError.Kind) async throws {
        var reconnection = Reconnection(url: "http://h") { _ in }
        await #expect(throws: EngineClientError("No.", kind: kind)) {
            try await reconnection.attempt { throw EngineClientError("No.", kind: kind) }
        }
    }
}
