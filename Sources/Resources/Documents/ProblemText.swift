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
    /// The problem's own sentence as it was received; nil when the answer is not a problem.
    package var detail: String?
    /// The first fields that the answer speaks of.
    package var fields: [FieldProblem]

    package init(_ answer: ManagementAnswer, maximumFields: Int = 20) {
        var body = JSONObject()
        if case .object(let object) = answer.body { body = object }
        self.detail = body.string("detail")
        self.fields = []
        if case .array(let parameters) = body["invalid_parameters"] {
            for case .object(let parameter) in parameters.prefix(maximumFields) {
                guard let field = parameter.string("field") else { continue }
                self.fields.append(FieldProblem(field: field, reason: parameter.string("reason") ?? "is wrong"))
            }
        }
        let sentence =
            self.fields.isEmpty
            ? self.detail ?? body.string("title").map { "\($0) (\(answer.status))" }
                ?? "the answer was \(answer.status)"
            : self.fields.map { "\($0.field) \($0.reason)" }.joined(separator: "; ")
        self.reason = OutsideText.sanitised(String(sentence.prefix(600)))
    }
}
