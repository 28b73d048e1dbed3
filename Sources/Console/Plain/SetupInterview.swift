package import EngineInterface
package import Resources

/// The walkthrough as questions, one a line, for terminals without a screen and for screen readers.
///
/// It has the steps, choices and explanations of the form. Enter accepts the value in brackets, `<` goes back, `?`
/// explains, `-` leaves a text empty; a choice is given by its number or the beginning of its name. It is a pure value:
/// print ``prompt``, pass the line to it, print the answer, until there is no prompt.
package struct SetupInterview: Sendable {
    package private(set) var answers: SetupAnswers
    private let configuration: ConfigurationTree
    /// Oldest first; the last one is being asked.
    private var asked: [SetupField] = []
    private var isOver = false
    /// Whether the step was introduced already, because the question is repeated after an explanation or a problem.
    private var isRepeated = false
    /// Whether a label was given, so that it no longer follows the name.
    private var hasLabel = false

    /// Before the first question.
    package static let introduction =
        "Enter accepts the value in brackets, ? explains, < goes back, - leaves a text empty. Choose by number or name."

    /// - Parameter answers: what is proposed.
    package init(_ answers: SetupAnswers = SetupAnswers(), configuration: ConfigurationTree) {
        self.answers = answers
        self.configuration = configuration
        self.hasLabel = answers[.virtualClusterLabel] != SetupField.virtualClusterLabel.defaultText
        self.advance()
    }

    /// The question, with the step in front where a new one begins. Ends with a colon and a blank; nil: all is
    /// answered.
    package var prompt: String? {
        guard !self.isOver, let field = self.asked.last else { return nil }
        let step = field.step
        var head = ""
        if !self.isRepeated, self.asked.dropLast().last?.step != step {
            let purpose = CellText.wrapped(step.purpose, columns: 78).joined(separator: "\n")
            head = "\nStep \(step.rawValue) of 8, \(step.title): \(step.subtitle)\n\(purpose)\n"
        }
        let known = self.shown(field)
        return head + field.label + self.hint(field) + (known.isEmpty ? "" : " [\(known)]") + ": "
    }

    /// Takes a line that was typed.
    ///
    /// - Returns: lines to print before the next prompt.
    package mutating func answer(_ line: String) -> [String] {
        self.check = nil
        guard !self.isOver, let field = self.asked.last else { return [] }
        self.isRepeated = true
        let text = String(line.prefix(2048).filter { !$0.isNewline && $0 != "\0" && $0 != "\u{1B}" }).trimmingSpaces
        var next = self.answers
        switch text {
        case "<":
            guard self.asked.count > 1 else { return ["This is the first question."] }
            self.asked.removeLast()
            self.isRepeated = false
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
        self.check = self.check(of: field)
        self.advance()
        self.isRepeated = false
        return []
    }

    // MARK: Checks

    /// The checks of the last answer against the surroundings, as in the form.
    package struct Check: Equatable, Sendable {
        package var targets: [ReachabilityTarget]
        /// Other ports to suggest, with what tells whether they are free.
        package var others: [Other]

        package struct Other: Equatable, Sendable {
            package var text: String
            package var targets: [ReachabilityTarget]
        }
    }

    /// The check of the last answer; nil if it needs none.
    package private(set) var check: Check?

    /// Node ids of the backend's brokers: those that start at another id than 0 need another first port.
    package mutating func found(brokers: [Int32]) {
        guard let lowest = brokers.min(), lowest > 0,
            self.answers[.forwardMinimum] == SetupField.forwardMinimum.defaultText
        else { return }
        self.answers[.forwardMinimum] = String(lowest)
    }

    private func check(of field: SetupField) -> Check? {
        guard SetupScreen.checkedField(of: field.step) == field else { return nil }
        let targets = SetupScreen.targets(of: field.step, self.answers).map(\.target)
        guard !targets.isEmpty else { return nil }
        let others = field == .listenerPorts ? self.answers.withOtherPorts : []
        return Check(
            targets: targets,
            others: others.map {
                .init(
                    text: $0.text(.listenerPorts), targets: SetupScreen.targets(of: .listener, $0).map(\.target))
            })
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

    /// The possible answers; nil for free texts.
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
        case .rules: return " that allow (\(self.listed(options, field)))"
        case .choices: return " (\(self.listed(options, field)); one or several)"
        case .text, .list, .integer, .choice: return " (\(self.listed(options, field)))"
        }
    }

    /// `1 a new auth server, 2 another issuer`
    private func listed(_ options: [String], _ field: SetupField) -> String {
        if field.shape == .flag { return options.joined(separator: ", ") }
        return options.enumerated().map { "\($0.offset + 1) \(Self.title(of: $0.element, field))" }.joined(
            separator: ", ")
    }

    private static func title(of option: String, _ field: SetupField) -> String {
        field == .aclRules ? SetupRule.Recipe(rawValue: option)?.title ?? option : field.title(of: option)
    }

    private func shown(_ field: SetupField) -> String {
        switch field.shape {
        case .flag: self.answers.flag(field) ? "yes" : "no"
        case .rules: SetupRule.Recipe.allCases.first { $0.rules == self.answers.rules }?.title ?? "as given"
        case .choice: Self.title(of: self.answers.text(field), field)
        case .choices: self.answers.list(field).map { Self.title(of: $0, field) }.joined(separator: ", ")
        case .text, .list, .integer: CellText.sanitised(self.answers.text(field))
        }
    }

    /// - Returns: The reason why the line is not an answer.
    private func take(_ text: String, _ field: SetupField, _ answers: inout SetupAnswers) -> String? {
        var value = text == "-" ? "" : text
        if let options = self.options(field) {
            var words = [text]
            if case .choices = field.shape {
                words = text.contains(",") ? text.split(separator: ",").map { String($0).trimmingSpaces } : [text]
                if words.count == 1, Self.option(text, options, field) == nil { words = SetupAnswers.list(text) }
            }
            let chosen = words.compactMap { Self.option($0, options, field) }
            guard let first = chosen.first, chosen.count == words.count else {
                return "\(field.label) '\(CellText.sanitised(String(text.prefix(40))))' is none of: "
                    + self.listed(options, field)
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

    /// The option meant by its number, its name in an answers file or on the screen, or the beginning of only one.
    private static func option(_ text: String, _ options: [String], _ field: SetupField) -> String? {
        if let number = Int(text), options.indices.contains(number - 1) { return options[number - 1] }
        let word = text.lowercased()
        guard !word.isEmpty else { return nil }
        let names = options.map { ($0, self.title(of: $0, field).lowercased()) }
        if let same = names.first(where: { $0.0 == word || $0.1 == word }) { return same.0 }
        let fitting = names.filter { $0.0.hasPrefix(word) || $0.1.hasPrefix(word) }
        return fitting.count == 1 ? fitting.first?.0 : nil
    }
}
