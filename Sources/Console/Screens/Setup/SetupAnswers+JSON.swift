package import JSON
import Resources

extension SetupAnswers {
    /// As an answers file holds them: sections in the order of the steps.
    ///
    /// - Parameter everything: also what other answers make irrelevant, so that a draft loses nothing.
    package func document(everything: Bool = false) -> JSONValue {
        var sections: [(name: String, members: JSONObject)] = []
        for field in SetupField.allCases where everything || self.isRelevant(field) {
            let (section, member) = field.path
            let index: Int
            if let known = sections.firstIndex(where: { $0.name == section }) {
                index = known
            } else {
                index = sections.count
                sections.append((section, JSONObject()))
            }
            _ = sections[index].members.insert(self.value(of: field), forKey: member)
        }
        var document = JSONObject()
        for section in sections { _ = document.insert(.object(section.members), forKey: section.name) }
        return .object(document)
    }

    private func value(of field: SetupField) -> JSONValue {
        switch field.shape {
        case .text, .choice: .string(self.text(field))
        case .integer: self.integer(field).map { .integer(Int64($0)) } ?? .string(self.text(field))
        case .flag: .bool(self.flag(field))
        case .list, .choices: .array(self.list(field).map(JSONValue.string))
        case .rules: .array(self.rules.map(\.document))
        }
    }

    /// A new form, with the brokers of a sandbox as the backend when there is one.
    package init(sandbox: [String]?) {
        self.init()
        if let sandbox { self[.backendServers] = sandbox.joined(separator: ", ") }
    }

    /// Reads an answers file. What is left out is answered as the form would be with Enter alone.
    ///
    /// - Parameters:
    ///   - document: null answers nothing.
    ///   - defaults: what a new form has.
    /// - Throws: every unknown name and every value of the wrong kind.
    package init(reading document: JSONValue, over defaults: SetupAnswers = SetupAnswers()) throws(SetupProblems) {
        let (answers, problems) = document == .null ? (defaults, []) : Self.recovering(document, over: defaults)
        guard problems.isEmpty else { throw SetupProblems(problems) }
        self = answers
    }

    /// Reads as much as makes sense; the rest stays as a new form has it.
    package static func recovering(
        _ document: JSONValue, over defaults: SetupAnswers = SetupAnswers()
    ) -> (answers: SetupAnswers, problems: [SetupProblem]) {
        var answers = defaults
        guard case .object(let sections) = document else {
            return (
                answers,
                [SetupProblem("the file", "holds no sections; it is a mapping such as 'sign_in: {use: new}'")]
            )
        }
        var problems: [SetupProblem] = []
        let known = SetupField.allCases.map(\.path)
        for section in sections.keys {
            guard known.contains(where: { $0.section == section }) else {
                let names = Self.unique(known.map(\.section)).joined(separator: ", ")
                problems.append(
                    SetupProblem(Self.shown(section), "is no section of an answers file; they are: \(names)"))
                continue
            }
            guard case .object(let members)? = sections[section] else {
                problems.append(SetupProblem(section, "must be a mapping of names to values"))
                continue
            }
            for member in members.keys {
                guard let field = SetupField(rawValue: "\(section).\(member)"), let value = members[member] else {
                    let names = known.filter { $0.section == section }.map(\.member).joined(separator: ", ")
                    problems.append(
                        SetupProblem("\(section).\(Self.shown(member))", "is not known; \(section) holds: \(names)"))
                    continue
                }
                if field == .aclRules {
                    answers.read(rules: value, &problems)
                } else if let text = Self.text(value, field, &problems) {
                    answers[field] = text
                }
            }
        }
        return (answers, problems)
    }

    private static func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// A name from a file, short and harmless.
    private static func shown(_ name: String) -> String { CellText.sanitised(String(name.prefix(60))) }

    private static func text(_ value: JSONValue, _ field: SetupField, _ problems: inout [SetupProblem]) -> String? {
        func wrong(_ message: String) -> String? {
            problems.append(SetupProblem(field.rawValue, message, value: Self.scalar(value)))
            return nil
        }
        switch field.shape {
        case .text:
            guard let text = Self.scalar(value) else { return wrong("must be a text") }
            return Self.line(text)
        case .choice(let choices):
            guard let text = Self.scalar(value), choices.contains(text) else {
                return wrong("must be one of: \(choices.joined(separator: ", "))")
            }
            return text
        case .integer(let range):
            guard let text = Self.scalar(value), let number = Int(text), range.contains(number) else {
                return wrong("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return String(number)
        case .flag:
            guard case .bool(let flag) = value else { return wrong("must be true or false") }
            return flag ? "true" : "false"
        case .list, .choices:
            guard let elements = Self.elements(value) else { return wrong("must be a list of texts") }
            if case .choices(let choices) = field.shape, let other = elements.first(where: { !choices.contains($0) }) {
                problems.append(
                    SetupProblem(field.rawValue, "may hold only: \(choices.joined(separator: ", "))", value: other))
                return nil
            }
            return elements.joined(separator: ", ")
        case .rules: return nil
        }
    }

    /// A text, number or flag as text.
    private static func scalar(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .number(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// The texts of a list; one text alone may hold several with commas between.
    private static func elements(_ value: JSONValue) -> [String]? {
        guard case .array(let values) = value else { return Self.scalar(value).map { Self.list(Self.line($0)) } }
        var elements: [String] = []
        for value in values.prefix(200) {
            guard let text = Self.scalar(value) else { return nil }
            elements += Self.list(Self.line(text))
        }
        return elements
    }

    /// One line of at most 2,048 characters: what a field can show.
    private static func line(_ text: String) -> String {
        String(text.prefix(2048).filter { !$0.isNewline && $0 != "\0" && $0 != "\u{1B}" })
    }

    // MARK: Rules

    private mutating func read(rules value: JSONValue, _ problems: inout [SetupProblem]) {
        let name = SetupField.aclRules.rawValue
        guard case .array(let values) = value else {
            return problems.append(SetupProblem(name, "must be a list of rules"))
        }
        guard values.count <= Self.maximumRules else {
            return problems.append(SetupProblem(name, "holds \(values.count) rules; at most \(Self.maximumRules) go"))
        }
        self.rules = values.enumerated().compactMap { index, value in
            Self.rule(value, "\(name)[\(index)]", &problems)
        }
    }

    private static func rule(_ value: JSONValue, _ path: String, _ problems: inout [SetupProblem]) -> SetupRule? {
        guard case .object(let members) = value else {
            problems.append(SetupProblem(path, "must be a mapping: resource_type, action, operations, names"))
            return nil
        }
        var rule = SetupRule()
        let before = problems.count
        func wrong(_ member: String, _ message: String, _ value: JSONValue?) {
            problems.append(SetupProblem("\(path).\(member)", message, value: value.flatMap(Self.scalar)))
        }
        for member in members.keys {
            let value = members[member]
            let text = value.flatMap(Self.scalar) ?? ""
            switch member {
            case "resource_type":
                if let type = ResourceType(rawValue: text) {
                    rule.resourceType = type
                } else {
                    wrong(member, "must be one of: \(Self.names(of: ResourceType.self))", value)
                }
            case "action":
                if let action = ACLRule.Action(rawValue: text) {
                    rule.action = action
                } else {
                    wrong(member, "must be one of: \(Self.names(of: ACLRule.Action.self))", value)
                }
            case "operations":
                let elements = value.flatMap(Self.elements) ?? []
                let operations = elements.compactMap(ACLOperation.init(rawValue:))
                if operations.count == elements.count, !elements.isEmpty {
                    rule.operations = operations
                } else {
                    wrong(member, "must be a list of: \(Self.names(of: ACLOperation.self))", value)
                }
            case "names":
                if let value, !Self.readNames(value, into: &rule) {
                    wrong(member, "must be all, a list of globs, or {claim: NAME, suffix: \"*\"}", value)
                }
            default:
                problems.append(
                    SetupProblem(
                        "\(path).\(Self.shown(member))",
                        "is not known; a rule holds: resource_type, action, operations, names"))
            }
        }
        return problems.count == before ? rule : nil
    }

    private static func readNames(_ value: JSONValue, into rule: inout SetupRule) -> Bool {
        switch value {
        case .string("all"): rule.names = .all
        case .object(let members):
            guard members.keys.allSatisfy({ $0 == "claim" || $0 == "suffix" }),
                case .string(let claim)? = members["claim"]
            else { return false }
            rule.names = .claim
            rule.claim = Self.line(claim)
            switch members["suffix"] {
            case .string(let suffix)?: rule.suffix = Self.line(suffix)
            case nil: break
            default: return false
            }
        default:
            guard let globs = Self.elements(value), !globs.isEmpty else { return false }
            rule.names = .these
            rule.these = globs.joined(separator: ", ")
        }
        return true
    }

    private static func names<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> String {
        Choice.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension SetupRule {
    var document: JSONValue {
        let names: JSONValue =
            switch self.names {
            case .all: .string("all")
            case .these: .array(self.globs.map(JSONValue.string))
            case .claim: .object(["claim": .string(self.claim), "suffix": .string(self.suffix)])
            }
        return .object([
            "resource_type": .string(self.resourceType.rawValue), "action": .string(self.action.rawValue),
            "operations": .array(self.operations.map { .string($0.rawValue) }), "names": names,
        ])
    }
}
