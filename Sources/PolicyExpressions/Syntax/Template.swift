/// Literal text with `${...}` parts, cut into its pieces. `$${` is a literal `${`.
enum Template {
    enum Piece: Equatable {
        case literal(String)
        /// An expression's range in the text, without `${` and `}`.
        case expression(Range<Int>)
    }

    /// Cuts a text. Braces in string literals of a part do not count.
    static func pieces(of scalars: [Unicode.Scalar]) throws(ExpressionError) -> [Piece] {
        var pieces: [Piece] = []
        var literal = String.UnicodeScalarView()
        var position = 0
        func opens(at index: Int) -> Bool {
            index + 1 < scalars.count && scalars[index] == "$" && scalars[index + 1] == "{"
        }
        while position < scalars.count {
            if scalars[position] == "$", opens(at: position + 1) {
                literal.append(contentsOf: "${".unicodeScalars)
                position += 3
            } else if opens(at: position) {
                let end = try self.end(of: scalars, from: position)
                if !literal.isEmpty { pieces.append(.literal(String(literal))) }
                literal = .init()
                pieces.append(.expression(position + 2..<end))
                position = end + 1
            } else {
                literal.append(scalars[position])
                position += 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(String(literal))) }
        return pieces
    }

    /// The index of the `}` that closes the part opened at `start`.
    private static func end(of scalars: [Unicode.Scalar], from start: Int) throws(ExpressionError) -> Int {
        var quote: Unicode.Scalar?
        var position = start + 2
        while position < scalars.count {
            let scalar = scalars[position]
            if quote != nil, scalar == "\\" {
                position += 1
            } else if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == "}" {
                return position
            }
            position += 1
        }
        throw ExpressionError(
            column: start + 1, message: "'${' is not closed by '}'; write '$${' for a literal '${'.")
    }
}
