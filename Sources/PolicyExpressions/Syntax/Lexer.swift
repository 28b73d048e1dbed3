/// A token of the language, with its place in the text.
struct Token: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case identifier(String)
        /// The string's value, and the column of each of its scalars in the text.
        case string(String, columns: [Int])
        case number(ExpressionValue)
        case symbol(Symbol)
        case end
    }

    var kind: Kind
    /// The offset in Unicode scalars of the whole text, from 0.
    var range: Range<Int>

    var column: Int { self.range.lowerBound + 1 }
}

enum Symbol: String, CaseIterable, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case not = "!"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case question = "?"
    case colon = ":"
    case dot = "."
    case comma = ","
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
}

/// Turns a part of a text into tokens.
struct Lexer {
    private let scalars: [Unicode.Scalar]
    private let end: Int
    private var position: Int

    private init(_ scalars: [Unicode.Scalar], _ range: Range<Int>) {
        self.scalars = scalars
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    /// All tokens in `range`, and the end.
    static func tokens(of scalars: [Unicode.Scalar], in range: Range<Int>) throws(ExpressionError) -> [Token] {
        var lexer = Lexer(scalars, range)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        self.position + offset < self.end ? self.scalars[self.position + offset] : nil
    }

    private mutating func next() throws(ExpressionError) -> Token {
        while let scalar = self.peek(), scalar.properties.isWhitespace { self.position += 1 }
        let start = self.position
        guard let scalar = self.peek() else { return Token(kind: .end, range: start..<start) }
        let kind: Token.Kind
        if scalar.isNameStart {
            while let next = self.peek(), next.isNamePart { self.position += 1 }
            kind = .identifier(self.text(from: start))
        } else if scalar.isDigit {
            kind = .number(try self.number())
        } else if scalar == "'" || scalar == "\"" {
            kind = try self.string(quote: scalar)
        } else {
            kind = .symbol(try self.symbol())
        }
        return Token(kind: kind, range: start..<self.position)
    }

    private func text(from start: Int) -> String {
        String(String.UnicodeScalarView(self.scalars[start..<self.position]))
    }

    private mutating func symbol() throws(ExpressionError) -> Symbol {
        let column = self.position + 1
        let rest = String(String.UnicodeScalarView(self.scalars[self.position..<min(self.position + 3, self.end)]))
        for (wrong, right) in [("===", "=="), ("!==", "!=")] where rest == wrong {
            throw ExpressionError(column: column, message: "'\(wrong)' is not an operator; write '\(right)'.")
        }
        // The cases are in an order that tries the longer symbols first.
        if let symbol = Symbol.allCases.first(where: { rest.hasPrefix($0.rawValue) }) {
            self.position += symbol.rawValue.unicodeScalars.count
            return symbol
        }
        switch self.scalars[self.position] {
        case "=": throw ExpressionError(column: column, message: "'=' assigns nothing here; write '==' to compare.")
        case "&": throw ExpressionError(column: column, message: "'&' is not an operator; write '&&'.")
        case "|": throw ExpressionError(column: column, message: "'|' is not an operator; write '||'.")
        case "`": throw ExpressionError(column: column, message: "A string stands in ' or \", not in `.")
        case "$" where rest.hasPrefix("${"):
            throw ExpressionError(
                column: column, message: "'${' is for templates; write the expression here without '${' and '}'.")
        case let scalar:
            throw ExpressionError(column: column, message: "\(scalar.quoted) does not belong in an expression.")
        }
    }

    private mutating func number() throws(ExpressionError) -> ExpressionValue {
        let start = self.position
        var isDecimal = false
        func skipDigits(_ lexer: inout Lexer) { while lexer.peek()?.isDigit == true { lexer.position += 1 } }
        skipDigits(&self)
        if self.peek() == ".", self.peek(1)?.isDigit == true {
            isDecimal = true
            self.position += 1
            skipDigits(&self)
        }
        if self.peek() == "e" || self.peek() == "E" {
            let sign = self.peek(1) == "-" || self.peek(1) == "+" ? 1 : 0
            if self.peek(1 + sign)?.isDigit == true {
                isDecimal = true
                self.position += 1 + sign
                skipDigits(&self)
            }
        }
        if let scalar = self.peek(), scalar.isNameStart {
            throw ExpressionError(
                column: self.position + 1,
                message: "A number ends before \(scalar.quoted); names do not start with a digit.")
        }
        let text = self.text(from: start)
        if isDecimal {
            if let double = Double(text), double.isFinite { return .double(double) }
        } else if let int = Int64(text) {
            return .int(int)
        } else if let uint = UInt64(text) {
            return .uint(uint)
        }
        throw ExpressionError(column: start + 1, message: "The number \(text) is too large: 64 bits are the limit.")
    }

    private mutating func string(quote: Unicode.Scalar) throws(ExpressionError) -> Token.Kind {
        let start = self.position
        self.position += 1
        var value = String.UnicodeScalarView()
        var columns: [Int] = []
        while let scalar = self.peek() {
            let column = self.position + 1
            self.position += 1
            if scalar == quote { return .string(String(value), columns: columns) }
            columns.append(column)
            value.append(scalar == "\\" ? try self.escape(column: column) : scalar)
        }
        throw ExpressionError(column: start + 1, message: "The string has no closing \(quote).")
    }

    private mutating func escape(column: Int) throws(ExpressionError) -> Unicode.Scalar {
        guard let scalar = self.peek() else {
            throw ExpressionError(column: column, message: "The string ends in the middle of an escape.")
        }
        self.position += 1
        switch scalar {
        case "\\", "'", "\"", "/": return scalar
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "b": return "\u{8}"
        case "f": return "\u{c}"
        case "u":
            var unit = self.codeUnit()
            if let high = unit, 0xD800...0xDBFF ~= high, self.peek() == "\\", self.peek(1) == "u" {
                self.position += 2
                unit = self.codeUnit().flatMap { low in
                    0xDC00...0xDFFF ~= low ? 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00) : nil
                }
            }
            if let unit, let scalar = Unicode.Scalar(unit) { return scalar }
            throw ExpressionError(
                column: column, message: "'\\u' takes four hexadecimal digits that make a character, such as \\u00e9.")
        default:
            throw ExpressionError(
                column: column,
                message: "\("\\\(scalar)".quoted) is not an escape; write '\\\\' for a backslash itself.")
        }
    }

    private mutating func codeUnit() -> UInt32? {
        guard self.position + 4 <= self.end else { return nil }
        let digits = String(String.UnicodeScalarView(self.scalars[self.position..<self.position + 4]))
        guard self.scalars[self.position..<self.position + 4].allSatisfy(\.properties.isASCIIHexDigit) else {
            return nil
        }
        self.position += 4
        return UInt32(digits, radix: 16)
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9") ~= self }
    var isNameStart: Bool { ("a"..."z") ~= self || ("A"..."Z") ~= self || self == "_" }
    var isNamePart: Bool { self.isNameStart || self.isDigit }

    /// The scalar in quotes for a message; an unprintable one as its code point.
    var quoted: String { String(self).quoted }
}

extension String {
    /// The text in quotes for a message, on one line, cut after 60 scalars.
    var quoted: String {
        var result = String.UnicodeScalarView()
        for scalar in self.unicodeScalars.prefix(60) {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                result.append(contentsOf: "U+\(String(scalar.value, radix: 16, uppercase: true))".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return "'\(String(result))\(self.unicodeScalars.count > 60 ? "…" : "")'"
    }
}
