import Console
import EngineInterface
import Resources

/// The walkthrough's questions on a terminal without a screen, with the checks that the form makes.
struct SetupQuestions {
    let engine: any EngineClient
    /// Prints a prompt and reads a line; nil at the end of input.
    let line: (String) async -> String?

    /// - Returns: nil when the input ends before the questions do.
    func ask(_ interview: SetupInterview) async -> SetupAnswers? {
        var interview = interview
        Output.line(SetupInterview.introduction)
        while let prompt = interview.prompt {
            guard let text = await self.line(prompt) else { return nil }
            for told in interview.answer(text) { Output.line(told) }
            guard let check = interview.check else { continue }
            let (told, brokers) = await self.result(of: check)
            Output.line(told)
            interview.found(brokers: brokers)
        }
        return interview.answers
    }

    /// Prints answers that nothing was made of, so that they are not lost.
    static func keep(_ answers: SetupAnswers) {
        Output.line("Your answers, for sluice setup --answers FILE:")
        Output.text(YAMLWriter.text(answers.document(), listsInline: true))
    }

    private func result(of check: SetupInterview.Check) async -> (told: String, brokers: [Int32]) {
        var detail = ""
        var brokers: [Int32] = []
        for target in check.targets {
            do {
                let report = try await self.engine.check(target)
                (detail, brokers) = (report.detail, report.nodeIDs)
                guard report.reachable else {
                    let wayOut = await self.suggestion(check, detail)
                    return ("[FAIL] \(CellText.sanitised(detail)). < goes back\(wayOut)", [])
                }
            } catch { return ("[FAIL] \(CellText.sanitised(self.words(error))) < goes back.", []) }
        }
        if check.targets.count > 1 { return ("[ ok ] \(check.targets.count) ports are free", []) }
        return ("[ ok ] \(CellText.sanitised(detail))", brokers)
    }

    /// Ports that are free, when those asked for are in use.
    private func suggestion(_ check: SetupInterview.Check, _ detail: String) async -> String {
        guard detail.contains("in use") else { return "." }
        for other in check.others {
            var isFree = true
            for target in other.targets where isFree {
                isFree = (try? await self.engine.check(target).reachable) ?? false
            }
            if isFree { return "; \(other.text) are free." }
        }
        return "."
    }

    private func words(_ error: any Error) -> String { (error as? EngineClientError)?.message ?? "\(error)" }
}
