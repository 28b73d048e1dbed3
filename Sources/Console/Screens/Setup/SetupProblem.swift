/// What is wrong with one answer.
package struct SetupProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The answer's name in an answers file: `virtual_cluster.dns_label`, `acl.rules[1].operations`.
    package var field: String
    /// Completes a sentence that starts with the field: `may hold a-z, 0-9 and "-" only`.
    package var message: String
    /// A value that would do.
    package var suggestion: String?
    /// What was found, as far as it helps to see it.
    package var value: String?

    package init(_ field: String, _ message: String, suggestion: String? = nil, value: String? = nil) {
        self.field = field
        self.message = message
        self.suggestion = suggestion
        self.value = value
    }

    /// `virtual_cluster.dns_label 'vcluster 1' may hold a-z, 0-9 and "-" only; vcluster-1 would do`
    package var description: String {
        let value = self.value.map { " '\(CellText.sanitised(String($0.prefix(80))))'" } ?? ""
        let wayOut = self.suggestion.map { "; \($0) would do" } ?? ""
        return self.field + value + " " + self.message + wayOut
    }

    /// The same for the message line of the form: `DNS label 'vcluster 1' may hold a-z, 0-9 and "-" only. Ctrl-F: vcluster-1`
    func sentence(_ label: String) -> String {
        let value = self.value.map { " '\(CellText.sanitised(String($0.prefix(40))))'" } ?? ""
        let wayOut = self.suggestion.map { " Ctrl-F: \(CellText.sanitised($0))" } ?? ""
        return "\(label)\(value) \(self.message).\(wayOut)"
    }

    /// The step where it can be put right.
    package var step: SetupStep {
        if self.field.hasPrefix(SetupField.aclRules.rawValue) { return .acl }
        return SetupField(rawValue: self.field)?.step ?? .review
    }
}

/// All that is wrong with a set of answers, in the order of the steps.
package struct SetupProblems: Error, Equatable, Sendable, CustomStringConvertible {
    package var problems: [SetupProblem]

    package init(_ problems: [SetupProblem]) {
        self.problems = problems
    }

    package var description: String { self.problems.map(\.description).joined(separator: "\n") }
}
