/// A pattern over names in RE2's syntax, as Kafka's consumer groups use it: a name matches when all of it does.
package struct NamePattern: Sendable, Equatable {
    package let source: String
    private let expression: RegularExpression

    /// - Returns: nil when the pattern is not valid, or too large.
    package init?(_ source: String) {
        // Alone first: what closes the group around it is no pattern.
        guard (try? PatternParser.parse(source)) != nil,
            let expression = try? RegularExpression(parsing: "\\A(?:\(source))\\z")
        else { return nil }
        self.source = source
        self.expression = expression
    }

    /// Whether all of the name matches. A name too long to say does not.
    package func matchesAll(of name: String) -> Bool {
        self.expression.matches(name) ?? false
    }

    package static func == (left: NamePattern, right: NamePattern) -> Bool {
        left.source == right.source
    }
}
