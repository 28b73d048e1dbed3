import Console
import EngineInterface
import Foundation
import JSON
import Resources
import Synchronization
import Testing

@testable import sluice

@Suite(.timeLimit(.minutes(1))) struct ConsoleHostTests {
    /// Makes changes, and does not answer a question before it is released.
    private final class Management: ManagementClient {
        private let release = AsyncStream<Void>.makeStream()
        let questions = Mutex(0)

        func call(_ call: ManagementCall) async throws -> ManagementAnswer {
            guard call.method == .get else { return ManagementAnswer(status: 201, body: .string("secret")) }
            self.questions.withLock { $0 += 1 }
            for await _ in self.release.stream { break }
            throw EngineClientError("Nothing is configured.")
        }

        func answerQuestions() { self.release.continuation.finish() }
    }

    @Test func `the outcome of a change does not wait for the configuration`() async throws {
        let management = Management()
        let connection = ManagementConnection(url: "http://127.0.0.1:1", token: "t")
        let host = ConsoleHost(
            engine: connection.engineClient(), management: management, files: ConsoleFiles(environment: [:]),
            startSandbox: nil, reconnect: nil, deliver: { _ in })
        let change = ManagementCall(.post, "/v1/changes", body: .object([:]))
        let answer = await host.answer(Request(id: 1, owner: .map, question: .manage([change])))
        #expect(answer.result == .success(.managed([ManagementAnswer(status: 201, body: .string("secret"))])))
        // The reload is under way all the same.
        while management.questions.withLock({ $0 }) == 0 { await Task.yield() }
        management.answerQuestions()
    }
}
