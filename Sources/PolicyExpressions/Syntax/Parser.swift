/// Recursive descent over the grammar, one function a level. Recursion is bounded by ``ExpressionPlace/maximumNesting``.
struct Parser {
    private let tokens: [Token]
    private var position = 0
    private var depth = 0

    private init(_ tokens: [Token]) {
        self.tokens = tokens
    }

    /// Parses a part of a text as one expression.
    static func parse(_ scalars: [Unicode.Scalar], in range: Range<Int>) throws(ExpressionError) -> Syntax {
        var parser = Parser(try Lexer.tokens(of: scalars, in: range))
        let syntax = try parser.expression()
        guard parser.token.kind == .end else { throw parser.unexpected(expected: "an operator or the end") }
        return syntax
    }

    // MARK: Tokens

    private var token: Token { self.tokens[self.position] }

    /// The end token stays the current one.
    private mutating func advance() {
        if self.position < self.tokens.count - 1 { self.position += 1 }
    }

    private mutating func take(_ symbol: Symbol) -> Bool {
        guard self.token.kind == .symbol(symbol) else { return false }
        self.advance()
        return true
    }

    private mutating func require(_ symbol: Symbol, after context: String) throws(ExpressionError) {
        guard self.take(symbol) else { throw self.unexpected(expected: "'\(symbol.rawValue)' \(context)") }
    }

    private func unexpected(expected: String) -> ExpressionError {
        let found: String
        switch self.token.kind {
        case .end:
            return ExpressionError(column: self.token.column, message: "The text ends where \(expected) is expected.")
        case .identifier("and"), .identifier("AND"): found = "'and' (write '&&')"
        case .identifier("or"), .identifier("OR"): found = "'or' (write '||')"
        case .identifier("not"), .identifier("NOT"): found = "'not' (write '!')"
        case .identifier(let name): found = name.quoted
        case .string(let value, _): found = "the string \(value.quoted)"
        case .number: found = "a number"
        case .symbol(let symbol): found = "'\(symbol.rawValue)'"
        }
        return ExpressionError(column: self.token.column, message: "Found \(found) where \(expected) is expected.")
    }

    // MARK: Levels

    private mutating func nested<Result>(
        _ body: (inout Parser) throws(ExpressionError) -> Result
    ) throws(ExpressionError) -> Result {
        self.depth += 1
        defer { self.depth -= 1 }
        if self.depth > ExpressionPlace.maximumNesting { throw Self.tooDeep(column: self.token.column) }
        return try body(&self)
    }

    private static func tooDeep(column: Int) -> ExpressionError {
        ExpressionError(
            column: column,
            message: "Nested more than \(ExpressionPlace.maximumNesting) levels deep; split or simplify the expression."
        )
    }

    private func node(
        _ kind: Syntax.Kind, column: Int? = nil, from start: Int, _ children: [Syntax]
    ) throws(ExpressionError) -> Syntax {
        let height = 1 + (children.lazy.map(\.height).max() ?? 0)
        let end = self.position > 0 ? self.tokens[self.position - 1].range.upperBound : start
        let column = column ?? start + 1
        if height > ExpressionPlace.maximumNesting { throw Self.tooDeep(column: column) }
        return Syntax(kind: kind, column: column, range: start..<max(start, end), height: height)
    }

    private mutating func expression() throws(ExpressionError) -> Syntax {
        try self.nested { parser throws(ExpressionError) in try parser.ternary() }
    }

    private mutating func ternary() throws(ExpressionError) -> Syntax {
        let start = self.token.range.lowerBound
        let test = try self.logical(.or)
        let column = self.token.column
        guard self.take(.question) else { return test }
        let first = try self.expression()
        try self.require(.colon, after: "and the other branch of '?'")
        let second = try self.expression()
        return try self.node(.conditional(test, first, second), column: column, from: start, [test, first, second])
    }

    private mutating func logical(_ level: Syntax.Logical) throws(ExpressionError) -> Syntax {
        let start = self.token.range.lowerBound
        let column: Int
        var operands: [Syntax]
        switch level {
        case .or:
            operands = [try self.logical(.and)]
            column = self.token.column
            while self.take(.or) { operands.append(try self.logical(.and)) }
        case .and:
            operands = [try self.relation()]
            column = self.token.column
            while self.take(.and) { operands.append(try self.relation()) }
        }
        return operands.count == 1
            ? operands[0] : try self.node(.logical(level, operands), column: column, from: start, operands)
    }

    private var relationOperator: Syntax.Relation? {
        switch self.token.kind {
        case .symbol(let symbol): Syntax.Relation(rawValue: symbol.rawValue)
        case .identifier("in"): .isIn
        default: nil
        }
    }

    private mutating func relation() throws(ExpressionError) -> Syntax {
        let start = self.token.range.lowerBound
        let left = try self.arithmetic([.plus: .add, .minus: .subtract])
        guard let relation = self.relationOperator else { return left }
        let column = self.token.column
        self.advance()
        let right = try self.arithmetic([.plus: .add, .minus: .subtract])
        if let second = self.relationOperator {
            throw ExpressionError(
                column: self.token.column,
                message:
                    "Comparisons do not chain: '\(second.rawValue)' follows '\(relation.rawValue)'; join two with '&&'."
            )
        }
        return try self.node(.relation(relation, left, right), column: column, from: start, [left, right])
    }

    /// Sums when given their operators, and products below them.
    private mutating func arithmetic(_ operators: [Symbol: Syntax.Arithmetic]) throws(ExpressionError) -> Syntax {
        func operand(_ parser: inout Parser) throws(ExpressionError) -> Syntax {
            operators[.plus] == nil
                ? try parser.unary()
                : try parser.arithmetic([.times: .multiply, .divide: .divide, .remainder: .remainder])
        }
        let start = self.token.range.lowerBound
        let first = try operand(&self)
        var steps: [Syntax.Step] = []
        while case .symbol(let symbol) = self.token.kind, let operation = operators[symbol] {
            let column = self.token.column
            self.advance()
            steps.append(Syntax.Step(operation: operation, column: column, operand: try operand(&self)))
        }
        guard let step = steps.first else { return first }
        return try self.node(
            .arithmetic(first, steps), column: step.column, from: start, [first] + steps.map(\.operand))
    }

    private mutating func unary() throws(ExpressionError) -> Syntax {
        var operators: [Token] = []
        while self.token.kind == .symbol(.not) || self.token.kind == .symbol(.minus) {
            operators.append(self.token)
            self.advance()
        }
        var result = try self.postfix()
        for token in operators.reversed() {
            result = try self.node(
                token.kind == .symbol(.not) ? .not(result) : .negate(result), from: token.range.lowerBound, [result])
        }
        return result
    }

    private mutating func postfix() throws(ExpressionError) -> Syntax {
        let start = self.token.range.lowerBound
        var result = try self.primary()
        while true {
            if self.take(.dot) {
                let column = self.token.column
                guard case .identifier(let name) = self.token.kind else {
                    throw self.unexpected(expected: "a name after '.'")
                }
                self.advance()
                if self.take(.openParenthesis) {
                    let arguments = try self.arguments(until: .closeParenthesis)
                    result = try self.node(
                        .method(result, name, arguments), column: column, from: start, [result] + arguments)
                } else {
                    result = try self.node(.member(result, name), column: column, from: start, [result])
                }
            } else if self.take(.openBracket) {
                let column = self.token.column
                let index = try self.expression()
                try self.require(.closeBracket, after: "after the index")
                result = try self.node(.index(result, index), column: column, from: start, [result, index])
            } else {
                return result
            }
        }
    }

    private mutating func primary() throws(ExpressionError) -> Syntax {
        let token = self.token
        let start = token.range.lowerBound
        switch token.kind {
        case .number(let value):
            self.advance()
            return try self.node(.literal(value), from: start, [])
        case .string(let value, let columns):
            self.advance()
            return try self.node(.string(value, columns: columns), from: start, [])
        case .identifier("true"), .identifier("false"), .identifier("null"):
            self.advance()
            let value: ExpressionValue =
                token.kind == .identifier("null") ? .null : .bool(token.kind == .identifier("true"))
            return try self.node(.literal(value), from: start, [])
        case .identifier(let name) where name != "in":
            self.advance()
            guard self.take(.openParenthesis) else { return try self.node(.identifier(name), from: start, []) }
            let arguments = try self.arguments(until: .closeParenthesis)
            return try self.node(.call(name, arguments), from: start, arguments)
        case .symbol(.openParenthesis):
            self.advance()
            let inner = try self.expression()
            try self.require(.closeParenthesis, after: "for the '(' at column \(token.column)")
            return inner
        case .symbol(.openBracket):
            self.advance()
            let elements = try self.arguments(until: .closeBracket)
            return try self.node(.list(elements), from: start, elements)
        case .identifier, .symbol, .end:
            throw self.unexpected(expected: "a value")
        }
    }

    private mutating func arguments(until close: Symbol) throws(ExpressionError) -> [Syntax] {
        var arguments: [Syntax] = []
        guard !self.take(close) else { return arguments }
        repeat { arguments.append(try self.expression()) } while self.take(.comma)
        guard self.take(close) else { throw self.unexpected(expected: "',' or '\(close.rawValue)'") }
        return arguments
    }
}
