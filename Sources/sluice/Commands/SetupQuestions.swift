import Console
import GatewayModel

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
            if let check = interview.check { Output.line(await self.result(of: check)) }
        }
        return interview.answers
    }

    private func result(of check: SetupInterview.Check) async -> String {
        var detail = ""
        for target in check.targets {
            do {
                let report = try await self.engine.check(target)
                detail = report.detail
                guard report.reachable else {
                    return "[FAIL] \(CellText.sanitised(detail)). < goes back\(await self.suggestion(check, detail))"
                }
            } catch { return "[FAIL] \(CellText.sanitised(self.words(error))) < goes back." }
        }
        return check.targets.count > 1
            ? "[ ok ] \(check.targets.count) ports are free" : "[ ok ] \(CellText.sanitised(detail))"
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
