import GatewayModel

/// The walkthrough as questions, one a line, for terminals without a screen and for screen readers.
///
/// Enter takes what stands in brackets, `<` goes back, `?` explains, `-` leaves a text empty. A pure value: print
/// ``prompt``, hand in the line, print what comes back, until there is no prompt.
package struct SetupInterview: Sendable {
    package private(set) var answers: SetupAnswers
    private let configuration: ConfigurationTree
    /// Oldest first; the last one is being asked.
    private var asked: [SetupField] = []
    private var isOver = false
    /// Somebody gave a label, so that it follows the name no more.
    private var hasLabel = false

    /// - Parameter answers: what is proposed.
    package init(_ answers: SetupAnswers = SetupAnswers(), configuration: ConfigurationTree) {
        self.answers = answers
        self.configuration = configuration
        self.hasLabel = answers[.virtualClusterLabel] != SetupField.virtualClusterLabel.defaultText
        self.advance()
    }

    /// The question, with the step in front where a new one begins. Ends with a colon and a blank; nil: all is answered.
    package var prompt: String? {
        guard !self.isOver, let field = self.asked.last else { return nil }
        let step = field.step
        let head =
            self.asked.dropLast().last?.step == step
            ? "" : "Step \(step.rawValue) of 8, \(step.title): \(step.subtitle)\n"
        let known = self.shown(field)
        return head + field.label + self.hint(field) + (known.isEmpty ? "" : " [\(known)]") + ": "
    }

    /// Takes a line that was typed.
    ///
    /// - Returns: lines to print before the next prompt.
    package mutating func answer(_ line: String) -> [String] {
        guard !self.isOver, let field = self.asked.last else { return [] }
        let text = String(line.prefix(2048).filter { !$0.isNewline && $0 != "\0" && $0 != "\u{1B}" }).trimmingSpaces
        var next = self.answers
        switch text {
        case "<":
            guard self.asked.count > 1 else { return ["This is the first question."] }
            self.asked.removeLast()
            return []
        case "?": return CellText.wrapped(field.explanation, columns: 78)
        case "": break
        default:
            if let complaint = self.take(text, field, &next) { return ["! \(complaint)"] }
        }
        let problem = next.problems(in: self.configuration).first {
            $0.field == field.rawValue || field == .aclRules && $0.field.hasPrefix(field.rawValue)
        }
        if let problem {
            let wayOut = problem.suggestion.map { "; \(CellText.sanitised($0)) would do" } ?? ""
            return ["! \(field.label) \(problem.message)\(wayOut)"]
        }
        if field == .virtualClusterLabel, !text.isEmpty { self.hasLabel = true }
        self.answers = next
        self.advance()
        return []
    }

    // MARK: Questions

    private mutating func advance() {
        self.answers.settle(in: self.configuration)
        let fields = SetupField.allCases
        let start = self.asked.last.flatMap(fields.firstIndex(of:)).map { $0 + 1 } ?? 0
        guard let next = fields[start...].first(where: self.isQuestion) else { return self.isOver = true }
        self.asked.append(next)
    }

    private func isQuestion(_ field: SetupField) -> Bool {
        self.answers.isRelevant(field) && self.options(field).map { $0.count > 1 } ?? true
    }

    /// What may be answered; nil for free texts.
    private func options(_ field: SetupField) -> [String]? {
        let around = SetupSurroundings(self.answers, self.configuration)
        switch field.shape {
        case .choice(let choices): return around.possible(choices, of: field, chosen: self.answers.text(field))
        case .flag: return ["yes", "no"]
        case .choices(let choices): return choices
        case .rules: return SetupRule.Recipe.allCases.map(\.rawValue)
        case .text, .list, .integer: return nil
        }
    }

    private func hint(_ field: SetupField) -> String {
        if field.path.member == "existing" {
            let names = SetupSurroundings(self.answers, self.configuration).choices(for: field)
            return " (" + names.map { CellText.sanitised($0) }.joined(separator: ", ") + ")"
        }
        guard let options = self.options(field) else { return "" }
        switch field.shape {
        case .flag: return ", \(field.title(of: "true")) (yes, no)"
        case .rules: return " for a (" + options.joined(separator: ", ") + ")"
        case .choices: return " (" + options.joined(separator: ", ") + ", one or several)"
        case .text, .list, .integer, .choice:
            let titles = options.map { field.title(of: $0) == $0 ? $0 : "\($0) = \(field.title(of: $0))" }
            return " (" + titles.joined(separator: ", ") + ")"
        }
    }

    private func shown(_ field: SetupField) -> String {
        switch field.shape {
        case .flag: self.answers.flag(field) ? "yes" : "no"
        case .rules: SetupRule.Recipe.allCases.first { $0.rules == self.answers.rules }?.rawValue ?? "as given"
        case .text, .list, .integer, .choice, .choices: CellText.sanitised(self.answers.text(field))
        }
    }

    /// - Returns: why it is no answer.
    private func take(_ text: String, _ field: SetupField, _ answers: inout SetupAnswers) -> String? {
        var value = text == "-" ? "" : text
        if let options = self.options(field) {
            var chosen: [String] = []
            for word in SetupAnswers.list(text.lowercased()) {
                let fitting = options.filter { $0 == word || $0.hasPrefix(word) }
                guard let option = fitting.first(where: { $0 == word }) ?? fitting.first,
                    option == word || fitting.count == 1
                else { return "\(field.label) is one of: \(options.joined(separator: ", "))" }
                chosen.append(option)
            }
            guard let first = chosen.first else {
                return "\(field.label) is one of: \(options.joined(separator: ", "))"
            }
            switch field.shape {
            case .flag: value = first == "yes" ? "true" : "false"
            case .choices: value = chosen.joined(separator: ", ")
            case .rules:
                answers.rules = SetupRule.Recipe(rawValue: first)?.rules ?? answers.rules
                return nil
            case .text, .list, .integer, .choice: value = first
            }
        }
        answers.take(value, for: field, followsName: !self.hasLabel)
        return nil
    }
}
