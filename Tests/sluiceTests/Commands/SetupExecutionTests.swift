import Console
import EngineInterface
import Resources
import Testing

@testable import sluice

@Suite struct SetupExecutionTests {
    private struct Management: ManagementClient {
        var answer: ManagementAnswer?

        func call(_ call: ManagementCall) async throws -> ManagementAnswer {
            guard let answer = self.answer else { throw EngineClientError("The connection broke.") }
            return answer
        }
    }

    private func failure(_ answer: ManagementAnswer?) async throws -> CommandFailure? {
        var plan = try SetupPlan(
            SetupAnswers(sandbox: ["localhost:9094"]), configuration: ConfigurationTree())
        do {
            _ = try await SetupExecution.carryOut(&plan, Management(answer: answer))
            return nil
        } catch { return error as? CommandFailure }
    }

    @Test(arguments: [nil, ManagementAnswer(status: 200)] as [ManagementAnswer?])
    func `a lost answer is not told as nothing created`(answer: ManagementAnswer?) async throws {
        let failure = try #require(try await self.failure(answer))
        #expect(!failure.message.contains("Nothing was created."), "\(failure.message)")
        #expect(failure.message.contains("`sluice export` shows which."), "\(failure.message)")
    }

    @Test func `a refusal is told as nothing created`() async throws {
        let failure = try #require(try await self.failure(ManagementAnswer(status: 400)))
        #expect(failure.message.hasSuffix("\nNothing was created."), "\(failure.message)")
    }

    @Test func `only yes confirms a change`() throws {
        for answer in ["y", "Y", "yes", "YES"] { try Input.confirm(answer: answer) }
        for answer in ["", "n", "yess", " y", nil] as [String?] {
            #expect(throws: CommandFailure.self) { try Input.confirm(answer: answer) }
        }
    }
}
