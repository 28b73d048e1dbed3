/// An expression that was parsed and checked for its place.
///
/// The language is closed: no loops, no assignment, no effects. Evaluation is bounded by the size of text and data.
package struct Expression: Sendable {
    private enum Body: Sendable {
        case value(Node)
        /// A template of several pieces, which gives text.
        case text([Piece])
    }

    private enum Piece: Sendable {
        case literal(String)
        case value(Node)
    }

    package let place: ExpressionPlace
    private let body: Body

    /// Parses and checks a text. An empty condition is always true.
    ///
    /// - Throws: The first fault, with its column.
    package init(parsing text: String, for place: ExpressionPlace) throws(ExpressionError) {
        self.place = place
        let scalars = Array(text.unicodeScalars.prefix(ExpressionPlace.maximumLength + 1))
        if scalars.count > ExpressionPlace.maximumLength {
            throw ExpressionError(
                column: ExpressionPlace.maximumLength + 1,
                message: "The text is longer than \(ExpressionPlace.maximumLength) characters.")
        }
        let checker = Checker(place: place, scalars: scalars)
        let blank = scalars.allSatisfy(\.properties.isWhitespace)
        switch place.form {
        case _ where blank && place.result == .boolean:
            self.body = .value(Node(kind: .constant(.bool(true)), column: 1, start: 1, source: ""))
        case .expression:
            self.body = .value(try Self.compile(scalars, in: 0..<scalars.count, checker))
        case .expressionOrTemplate:
            let trimmed = Self.trimmed(scalars)
            let isTemplate = scalars[trimmed].starts(with: "${".unicodeScalars) && scalars[trimmed].last == "}"
            self.body =
                isTemplate
                ? try Self.compileTemplate(scalars, in: trimmed, checker)
                : .value(try Self.compile(scalars, in: 0..<scalars.count, checker))
        case .template:
            self.body = try Self.compileTemplate(scalars, in: Self.trimmed(scalars), checker)
        }
    }

    private static func trimmed(_ scalars: [Unicode.Scalar]) -> Range<Int> {
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.count
        let end = scalars.lastIndex { !$0.properties.isWhitespace } ?? start - 1
        return start..<end + 1
    }

    private static func compile(
        _ scalars: [Unicode.Scalar], in range: Range<Int>, _ checker: Checker
    ) throws(ExpressionError) -> Node {
        let checked = try checker.check(try Parser.parse(scalars, in: range))
        if let wanted = checker.place.result.type { try checker.requireResult(checked, wanted) }
        return checked.node
    }

    private static func compileTemplate(
        _ scalars: [Unicode.Scalar], in trimmed: Range<Int>, _ checker: Checker
    ) throws(ExpressionError) -> Body {
        let pieces = try Template.pieces(of: scalars)
        // Blanks around a single part do not make it text.
        let parts = pieces.filter { if case .expression = $0 { true } else { false } }
        if parts.count == 1, case .expression(let range) = parts[0], range.lowerBound - 2 == trimmed.lowerBound,
            range.upperBound + 1 == trimmed.upperBound
        {
            return .value(try self.compile(scalars, in: range, checker))
        }
        if let wanted = checker.place.result.type, !StaticType.string.mayBe(wanted) {
            throw ExpressionError(
                column: 1,
                message: "Text with '${...}' parts is a string, but \(checker.place.name) must give \(wanted.name).")
        }
        var result: [Piece] = []
        for piece in pieces {
            switch piece {
            case .literal(let text): result.append(.literal(text))
            case .expression(let range):
                let checked = try checker.check(try Parser.parse(scalars, in: range))
                switch checked.type {
                case .array, .map, .null:
                    throw ExpressionError(
                        column: checked.node.start,
                        message: "\(checked.node.source.quoted) is \(checked.type.name), which has no text form.")
                case .any, .bool, .number, .string: result.append(.value(checked.node))
                }
            }
        }
        return .text(result)
    }

    /// The result, of the type that the place wants.
    ///
    /// - Throws: When a value is used that is absent or of the wrong type, and when the result does not fit the place.
    package func evaluate(_ variables: ExpressionVariables) throws(EvaluationError) -> ExpressionValue {
        let evaluator = Evaluator(variables: variables)
        switch self.body {
        case .text(let pieces):
            var text = ExpressionText(pattern: "")
            for piece in pieces {
                switch piece {
                case .literal(let literal): text.append(ExpressionText(pattern: literal))
                case .value(let node): text.append(try self.text(of: node, evaluator))
                }
            }
            return .text(text)
        case .value(let node):
            let value = try evaluator.value(node)
            if self.place.result == .text { return .text(try self.text(of: node, evaluator)) }
            if let problem = self.place.result.problem(with: value) {
                throw EvaluationError(column: node.start, message: "\(self.place.name) must give \(problem).")
            }
            return value
        }
    }

    private func text(of node: Node, _ evaluator: Evaluator) throws(EvaluationError) -> ExpressionText {
        let value = try evaluator.value(node)
        if let text = Evaluator.text(of: value) { return text }
        throw EvaluationError(
            column: node.start, message: "\(node.source.quoted) is \(value.typeName), which has no text form.")
    }

    /// The result of an expression at a place that wants a boolean.
    package func evaluateCondition(_ variables: ExpressionVariables) throws(EvaluationError) -> Bool {
        if case .bool(let bool) = try self.evaluate(variables) { return bool }
        throw EvaluationError(column: 1, message: "\(self.place.name) must give true or false.")
    }

    /// The result of an expression at a place that wants an array of strings, with the literal marks.
    package func evaluateTexts(_ variables: ExpressionVariables) throws(EvaluationError) -> [ExpressionText] {
        guard case .array(let elements) = try self.evaluate(variables) else {
            throw EvaluationError(column: 1, message: "\(self.place.name) must give an array of strings.")
        }
        var texts: [ExpressionText] = []
        for case .text(let text) in elements { texts.append(text) }
        return texts
    }
}

extension ExpressionPlace.Result {
    /// The type to check before there is a value; nil when any will do.
    fileprivate var type: StaticType? {
        switch self {
        case .boolean: .bool
        case .strings: .array(.string)
        case .string: .string
        case .text: nil
        }
    }

    /// What should have come instead of this value; nil when it fits.
    fileprivate func problem(with value: ExpressionValue) -> String? {
        switch (self, value) {
        case (.boolean, .bool), (.string, .text), (.text, _):
            return nil
        case (.boolean, _):
            return "true or false, not \(value.typeName)"
        case (.string, _):
            return "a string, not \(value.typeName)"
        case (.strings, .array(let elements)):
            if elements.count > ExpressionPlace.maximumElements {
                return "at most \(ExpressionPlace.maximumElements) strings, not \(elements.count)"
            }
            let other = elements.first { $0.stringValue == nil }
            return other.map { "an array of strings; one element is \($0.typeName)" }
        case (.strings, _):
            return "an array of strings, not \(value.typeName)"
        }
    }
}
