/// The place and the reason where a text stops being JSON.
package struct JSONSyntaxError: Error, Equatable, Sendable {
    /// The line, from 1.
    package var line: Int
    /// The column in bytes, from 1.
    package var column: Int
    /// The mistake in words: `expected ',' or '}'`.
    package var reason: String

    package init(line: Int, column: Int, reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    package var description: String { "\(self.reason) at line \(self.line), column \(self.column)" }
}
