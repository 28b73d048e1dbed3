/// Why a text is not an expression for its place.
package struct ExpressionError: Error, Equatable, Sendable {
    /// Position of the fault in the text, in Unicode scalars from 1.
    package var column: Int
    /// A sentence with the offending text and a way out.
    package var message: String

    package init(column: Int, message: String) {
        self.column = column
        self.message = message
    }
}

extension ExpressionError: CustomStringConvertible {
    package var description: String { "Column \(self.column): \(self.message)" }
}

/// Why an expression has no result for the given variables. Holds source text and types, never values of variables.
package struct EvaluationError: Error, Equatable, Sendable {
    /// Position of the failing part in the text, in Unicode scalars from 1.
    package var column: Int
    package var message: String

    package init(column: Int, message: String) {
        self.column = column
        self.message = message
    }
}

extension EvaluationError: CustomStringConvertible {
    package var description: String { "Column \(self.column): \(self.message)" }
}
