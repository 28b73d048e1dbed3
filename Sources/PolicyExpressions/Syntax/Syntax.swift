/// An expression as parsed, before names and types are known.
struct Syntax: Sendable {
    indirect enum Kind: Sendable {
        case literal(ExpressionValue)
        /// A string literal, with the column of each scalar.
        case string(String, columns: [Int])
        case identifier(String)
        case member(Syntax, String)
        case index(Syntax, Syntax)
        case call(String, [Syntax])
        case method(Syntax, String, [Syntax])
        case not(Syntax)
        case negate(Syntax)
        /// `&&` or `||` of two or more, so that long chains stay flat.
        case logical(Logical, [Syntax])
        case relation(Relation, Syntax, Syntax)
        /// The first operand, then operators of one level from left to right.
        case arithmetic(Syntax, [Step])
        case conditional(Syntax, Syntax, Syntax)
        case list([Syntax])
    }

    enum Logical: Sendable { case and, or }

    enum Relation: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case isIn = "in"
    }

    enum Arithmetic: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"
    }

    struct Step: Sendable {
        var operation: Arithmetic
        var column: Int
        var operand: Syntax
    }

    var kind: Kind
    /// Where a message points: an operator, a member's name, or the start.
    var column: Int
    /// The offset in Unicode scalars of the whole text, from 0.
    var range: Range<Int>
    /// Levels of the tree below and including this one; bounds every recursion over it.
    var height: Int
}
