import Console
import Resources

/// The calls of a plan of the walkthrough without a screen, and what their answers mean.
enum SetupExecution {
    /// Asks the instance whether it would create everything; nothing is created.
    ///
    /// - Throws: ``CommandFailure`` with the first refusal.
    static func judge(_ plan: SetupPlan, _ management: any ManagementClient) async throws {
        guard !plan.steps.isEmpty else { return }
        let answer: ManagementAnswer
        do { answer = try await management.call(plan.request(isRehearsal: true)) } catch {
            throw CommandFailure("\(error)")
        }
        if let failure = plan.judged(answer) { throw self.refused(failure) }
    }

    /// Creates everything, or nothing.
    ///
    /// - Throws: ``CommandFailure``, which says whether it is known that nothing was created.
    static func carryOut(
        _ plan: inout SetupPlan, _ management: any ManagementClient
    ) async throws -> SetupPlan.Outcome {
        var action = plan.begin()
        while true {
            switch action {
            case .call(let call):
                do { action = plan.received(try await management.call(call)) } catch {
                    throw CommandFailure(
                        "No answer came: \(error)\nEverything was created, or nothing: `sluice export` shows which.")
                }
            case .done(let outcome): return outcome
            case .failed(let failure): throw self.refused(failure)
            }
        }
    }

    private static func refused(_ failure: SetupPlan.Failure) -> CommandFailure {
        if failure.isLost { return CommandFailure("\(failure.sentence)\n`sluice export` shows which.") }
        return CommandFailure(
            [failure.sentence, "The answer concerned is \(failure.field).", "Nothing was created."]
                .joined(separator: "\n"))
    }
}
