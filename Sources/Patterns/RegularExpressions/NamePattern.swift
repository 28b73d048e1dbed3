/// A pattern over names in RE2's syntax, as Kafka's consumer groups use it: a name matches when all of it does.
package struct NamePattern: Sendable, Equatable {
    package enum Refusal: Error, Equatable {
        /// The text is not a pattern.
        case invalid
        case tooLarge
    }

    package let source: String
    private let expression: RegularExpression

    /// - Parameters:
    ///   - maximumBytes: of the pattern's text.
    ///   - maximumSize: the most instructions of the compiled pattern, about one for each of its characters.
    package init(_ source: String, maximumBytes: Int = .max, maximumSize: Int = 2_000) throws(Refusal) {
        guard source.utf8.count <= maximumBytes else { throw .tooLarge }
        let syntax: PatternSyntax
        do throws(PatternError) {
            syntax = try PatternParser.parse(source)
        } catch {
            throw error.isTooLarge ? .tooLarge : .invalid
        }
        guard syntax.size <= maximumSize else { throw .tooLarge }
        self.expression = RegularExpression(whole: syntax)
        self.source = source
    }

    /// The names that match wholly.
    ///
    /// - Parameter steps: instructions that may be visited for all of them together.
    /// - Returns: nil when that does not suffice.
    package func matching(_ names: [String], steps: Int) -> [String]? {
        var left = steps
        var matching: [String] = []
        for name in names {
            guard let matches = self.expression.matches(name, steps: &left), left > 0 else { return nil }
            if matches { matching.append(name) }
        }
        return matching
    }

    package static func == (left: NamePattern, right: NamePattern) -> Bool {
        left.source.utf8.elementsEqual(right.source.utf8)
    }
}
