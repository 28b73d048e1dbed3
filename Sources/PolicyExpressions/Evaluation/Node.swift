import Patterns

/// A checked expression, ready to evaluate.
struct Node: Sendable {
    indirect enum Kind: Sendable {
        case constant(ExpressionValue)
        /// A root variable, by the names from the root of ``ExpressionVariables``.
        case variable([String])
        case member(Node, String)
        case index(Node, Node)
        case has(Node)
        case call(Function, [Node])
        case match(Node, RegularExpression)
        case not(Node)
        case negate(Node)
        case logical(Syntax.Logical, [Node])
        case relation(Syntax.Relation, Node, Node)
        case arithmetic(Node, [Step])
        case conditional(Node, Node, Node)
        case list([Node])
    }

    struct Step: Sendable {
        var operation: Syntax.Arithmetic
        var column: Int
        var operand: Node
    }

    var kind: Kind
    /// Where a message about what the node does points: an operator, a member's name.
    var column: Int
    /// Where a message that quotes the source points: its first column.
    var start: Int
    /// The part of the source, for messages.
    var source: String
    /// A selection from a map whose keys the data chooses: missing, it compares as unequal.
    var isData = false
    /// `record.value.content` itself: its keys may be paths.
    var holdsPaths = false
}
