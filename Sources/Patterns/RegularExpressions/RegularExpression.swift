/// A regular expression that answers whether it matches anywhere in a text, in time linear in the text.
///
/// The syntax is RE2's. All states of Thompson's automaton advance together, so no pattern makes it backtrack: a match
/// takes at most about (``maximumSize`` × the text's scalars) steps.
package struct RegularExpression: Equatable, Sendable {
    /// How a pattern is read.
    package struct Options: Sendable {
        /// As with `(?i)` before the pattern.
        package var ignoresCase = false
        /// As with `(?s)` before the pattern.
        package var dotMatchesNewline = false
        /// Whether signs without a meaning are characters: a letter after `\` that is no escape, and counts with nothing
        /// before them. A repetition may then follow a repetition.
        package var isLenient = false

        package init(ignoresCase: Bool = false, dotMatchesNewline: Bool = false, isLenient: Bool = false) {
            self.ignoresCase = ignoresCase
            self.dotMatchesNewline = dotMatchesNewline
            self.isLenient = isLenient
        }
    }

    /// Instructions that a pattern may take.
    static let maximumSize = 2_000
    /// Instructions times scalars that one match may visit.
    static let maximumWork = 20_000_000

    private let program: Program
    /// The same as a table, when it was asked for and is not large.
    private var table: StateTable?

    /// - Throws: Where the pattern is none, or where it becomes larger than ``maximumSize`` instructions.
    package init(parsing pattern: String, options: Options = Options()) throws(PatternError) {
        let syntax = try PatternParser.parse(pattern, options)
        if syntax.size > Self.maximumSize {
            throw PatternError(
                offset: 0, message: "The pattern is too large; use fewer alternatives or smaller counts.",
                isTooLarge: true)
        }
        self.program = Program(syntax)
    }

    /// All of a text has to match.
    init(whole syntax: PatternSyntax) {
        self.program = Program(.sequence([.assertion(.textStart), syntax, .assertion(.textEnd)]))
    }

    /// The same expression for many texts: with a table that needs one step for each scalar, unless it would be large.
    package func tabulated() -> RegularExpression {
        var steps = StateTable.maximumSteps
        var result = self
        result.table = StateTable(self.program, steps: &steps)
        return result
    }

    var isTabulated: Bool { self.table != nil }

    /// Whether the pattern matches anywhere in `text`, however long that is.
    package func isFound(in text: String) -> Bool {
        if let table = self.table { return table.isFound(in: text) }
        var steps = Int.max
        return self.matches(text, steps: &steps) ?? false
    }

    /// Whether the pattern matches anywhere in `text`; nil when the text is too long to say.
    package func matches(_ text: String) -> Bool? {
        let (work, overflow) = text.utf8.count.multipliedReportingOverflow(by: self.program.instructions.count)
        guard !overflow, work <= Self.maximumWork else { return nil }
        var steps = Int.max
        return self.matches(text, steps: &steps)
    }

    /// As ``matches(_:)``, for as many steps as are left: one for each instruction that is visited.
    ///
    /// - Returns: nil when they do not suffice to say.
    func matches(_ text: String, steps: inout Int) -> Bool? {
        var current = Program.Threads(self.program)
        var following = Program.Threads(self.program)
        var previous: UInt32?
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()?.value
        while true {
            if self.program.follow(0, into: &current, previous: previous, next: next, &steps) { return true }
            guard let scalar = next else { return false }
            guard steps > 0 else { return nil }
            next = scalars.next()?.value
            for index in current.list {
                steps -= 1
                if self.program.accepts(scalar, at: index),
                    self.program.follow(index + 1, into: &following, previous: scalar, next: next, &steps)
                {
                    return true
                }
            }
            swap(&current, &following)
            following.removeAll()
            previous = scalar
        }
    }
}
