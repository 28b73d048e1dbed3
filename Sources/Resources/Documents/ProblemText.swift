import JSON

/// What is wrong with one field of a body.
package struct FieldProblem: Equatable, Sendable {
    /// `config.rules[0].action`.
    package var field: String
    package var reason: String

    package init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }
}

/// What an error answer says (RFC 9457), ready to be shown.
package struct ProblemText: Equatable, Sendable {
    /// Why: what is wrong with each field, else the answer's own sentence, else its status. At most 600 characters.
    package var reason: String
    /// The first 20 fields that the answer speaks of.
    package var fields: [FieldProblem]

    package init(_ answer: ManagementAnswer) {
        var body = JSONObject()
        if case .object(let object) = answer.body { body = object }
        self.fields = []
        if case .array(let parameters) = body["invalid_parameters"] {
            for case .object(let parameter) in parameters.prefix(20) {
                guard let field = parameter.string("field") else { continue }
                self.fields.append(FieldProblem(field: field, reason: parameter.string("reason") ?? "is wrong"))
            }
        }
        let sentence =
            self.fields.isEmpty
            ? body.string("detail") ?? body.string("title").map { "\($0) (\(answer.status))" }
                ?? "the answer was \(answer.status)"
            : self.fields.map { "\($0.field) \($0.reason)" }.joined(separator: "; ")
        self.reason = OutsideText.sanitised(String(sentence.prefix(600)))
    }
}
