import Patterns

/// Reads the filter language; see ``Filter``.
struct FilterParser {
    private let characters: [Character]
    private var index = 0
    private var depth = 0

    static let maximumCharacters = 2000
    /// Parentheses and `!` within each other.
    static let maximumDepth = 40

    init(_ text: String) { self.characters = Array(text.prefix(Self.maximumCharacters + 1)) }

    mutating func parse() throws(FilterError) -> FilterNode {
        guard self.characters.count <= Self.maximumCharacters else {
            throw FilterError(
                position: Self.maximumCharacters,
                message: "A filter has at most \(Self.maximumCharacters) characters.")
        }
        self.skipSpaces()
        if self.next == nil { return .everything }
        let node = try self.parseOr()
        if self.next != nil { throw self.error("There is no '(' for this ')'.") }
        return node
    }

    private var next: Character? { self.index < self.characters.count ? self.characters[self.index] : nil }

    private func error(_ message: String, at position: Int? = nil) -> FilterError {
        FilterError(position: position ?? self.index, message: message)
    }

    private mutating func skipSpaces() {
        while let next = self.next, next.isWhitespace { self.index += 1 }
    }

    /// Passes a sign, also when it is doubled as in C.
    private mutating func take(_ sign: Character) -> Bool {
        self.skipSpaces()
        guard self.next == sign else { return false }
        self.index += 1
        if self.next == sign { self.index += 1 }
        self.skipSpaces()
        return true
    }

    private mutating func parseOr() throws(FilterError) -> FilterNode {
        var nodes = [try self.parseAnd()]
        while self.take("|") { nodes.append(try self.parseAnd(after: "|")) }
        return nodes.count == 1 ? nodes[0] : .any(nodes)
    }

    private mutating func parseAnd(after sign: Character? = nil) throws(FilterError) -> FilterNode {
        var nodes = [try self.parseOne(after: sign)]
        while true {
            if self.take("&") {
                nodes.append(try self.parseOne(after: "&"))
                continue
            }
            guard let next = self.next, next != "|", next != ")" else { break }
            nodes.append(try self.parseOne(after: nil))
        }
        return nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    private mutating func parseOne(after sign: Character?) throws(FilterError) -> FilterNode {
        self.skipSpaces()
        guard let next = self.next else { throw self.error(Self.missing(after: sign)) }
        switch next {
        case "!":
            self.index += 1
            return .not(
                try self.nested { (parser: inout FilterParser) throws(FilterError) -> FilterNode in
                    try parser.parseOne(after: "!")
                })
        case "(":
            let start = self.index
            self.index += 1
            let inner = try self.nested { (parser: inout FilterParser) throws(FilterError) -> FilterNode in
                parser.skipSpaces()
                return try parser.parseOr()
            }
            self.skipSpaces()
            guard self.next == ")" else { throw self.error("This '(' has no ')'.", at: start) }
            self.index += 1
            return inner
        case ")", "&", "|": throw self.error(Self.missing(after: sign))
        case "~": return try self.parsePattern()
        case "\"": return .text(CaselessText(try self.parseQuoted()))
        default: return try self.parseWord()
        }
    }

    private static func missing(after sign: Character?) -> String {
        guard let sign else { return "A word or field:value is expected here." }
        return "Something has to follow '\(sign)'."
    }

    private mutating func nested(
        _ body: (inout FilterParser) throws(FilterError) -> FilterNode
    ) throws(FilterError) -> FilterNode {
        self.depth += 1
        guard self.depth <= Self.maximumDepth else {
            throw self.error("Filters nest at most \(Self.maximumDepth) deep.")
        }
        let node = try body(&self)
        self.depth -= 1
        return node
    }

    private mutating func parsePattern() throws(FilterError) -> FilterNode {
        let start = self.index
        self.index += 1
        var text = ""
        // The position of each scalar of the expression.
        var places: [Int] = []
        while let next = self.next, next != "~" {
            if next == "\\", self.index + 1 < self.characters.count, self.characters[self.index + 1] == "~" {
                self.index += 1
            }
            text.append(self.characters[self.index])
            places += self.characters[self.index].unicodeScalars.map { _ in self.index }
            self.index += 1
        }
        guard self.next == "~" else { throw self.error("A regular expression ends with '~'.", at: start) }
        self.index += 1
        do throws(PatternError) {
            let options = RegularExpression.Options(ignoresCase: true, dotMatchesNewline: true, isLenient: true)
            return .pattern(try RegularExpression(parsing: text, options: options).tabulated())
        } catch {
            throw self.error(error.message, at: error.offset < places.count ? places[error.offset] : self.index - 1)
        }
    }

    /// Brackets are characters of values, as in `client[1]`.
    private static let globOptions = Glob.Options(ignoresCase: true, hasClasses: false)

    private mutating func parseQuoted() throws(FilterError) -> String {
        let start = self.index
        self.index += 1
        var text = ""
        while let next = self.next, next != "\"" {
            if next == "\\", self.index + 1 < self.characters.count { self.index += 1 }
            text.append(self.characters[self.index])
            self.index += 1
        }
        guard self.next == "\"" else { throw self.error("This quote is not closed.", at: start) }
        self.index += 1
        return text
    }

    private mutating func takeWord(until stop: (Character) -> Bool = { _ in false }) -> String {
        var text = ""
        while let next = self.next, !next.isWhitespace, !"&|()".contains(next), !stop(next) {
            text.append(next)
            self.index += 1
        }
        return text
    }

    private mutating func parseWord() throws(FilterError) -> FilterNode {
        let start = self.index
        let head = self.takeWord { $0 == ":" }
        let isField = !head.isEmpty && head.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_") }
        guard self.next == ":", isField else {
            return Self.word(head + self.takeWord())
        }
        guard let field = FilterField.named(head) else {
            let hint = FilterField.nearest(head).map { "Did you mean '\($0)'?" } ?? "Quote it to search for the text."
            throw self.error("There is no field '\(CellText.sanitised(head))'. \(hint)", at: start)
        }
        self.index += 1
        let valueStart = self.index
        if self.next == "\"" {
            return .field(field, Glob(literal: try self.parseQuoted(), options: Self.globOptions))
        }
        let value = self.takeWord()
        guard !value.isEmpty else {
            let example = FilterField.numbers.contains(field) ? "\(field):>10" : "\(field):abc*"
            throw self.error("\(field): needs a value, such as \(example).", at: valueStart)
        }
        if FilterField.numbers.contains(field) { return try Self.number(field, value, at: valueStart) }
        if field == "client" || field == "host", value.contains("/") {
            guard let range = AddressRange(value) else {
                throw self.error("'\(CellText.sanitised(value))' is not a range such as 10.0.0.0/8.", at: valueStart)
            }
            return .addresses(field, range)
        }
        if field == "result", let verdict = Self.verdicts[value.lowercased()] {
            return .verdict(verdict, word: CaselessText(value))
        }
        return .field(field, Glob(pattern: value, options: Self.globOptions))
    }

    private static let verdicts = [
        "deny": "denied", "denied": "denied", "allow": "allowed", "allowed": "allowed", "filter": "filtered",
        "filtered": "filtered",
    ]

    private static func word(_ text: String) -> FilterNode {
        if text != "filter", let verdict = Self.verdicts[text.lowercased()] {
            return .verdict(verdict, word: CaselessText(text))
        }
        if text.contains("*") || text.contains("?") {
            // A bare word matches anywhere; a backslash in it is an ordinary character.
            let pattern = "*\(text.replacing("\\", with: "\\\\"))*"
            return .glob(Glob(pattern: pattern, options: Self.globOptions))
        }
        return .text(CaselessText(text))
    }

    private static func number(_ field: String, _ value: String, at position: Int) throws(FilterError) -> FilterNode {
        let signs: [(String, FilterNode.Comparison)] = [
            ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("=", .equal),
        ]
        let sign = signs.first { value.hasPrefix($0.0) }
        let rest = String(value.dropFirst(sign?.0.count ?? 0))
        let isAge = field == "age"
        guard let number = isAge ? QuantityText.seconds(rest) : QuantityText.size(rest) else {
            let example = isAge ? "a time such as 5m or 1h30m" : "a number such as 10 or 1.5M"
            throw FilterError(
                position: position + (sign?.0.count ?? 0),
                message: "'\(CellText.sanitised(rest))' is not \(example).")
        }
        return .number(field, sign?.1 ?? .equal, number)
    }
}

/// Quantities as people type them.
enum QuantityText {
    /// `300`, `5m`, `1h30m`, `2d`: in seconds. Nil for anything else.
    static func seconds(_ text: String) -> Double? {
        var total = 0.0
        var digits = ""
        var seen = false
        for character in text {
            if character.isASCII, character.isNumber || character == "." {
                digits.append(character)
                continue
            }
            let factor: Double
            switch character {
            case "s", "S": factor = 1
            case "m", "M": factor = 60
            case "h", "H": factor = 3600
            case "d", "D": factor = 86_400
            default: return nil
            }
            guard let number = Double(digits) else { return nil }
            total += number * factor
            digits = ""
            seen = true
        }
        if !digits.isEmpty {
            guard !seen, let number = Double(digits) else { return nil }
            total = number
            seen = true
        }
        return seen && total.isFinite ? total : nil
    }

    /// `812`, `1.5K`, `4MB`, `1GiB`, `2M/s`. Nil for anything else.
    static func size(_ text: String) -> Double? {
        var rest = Substring(text.lowercased())
        if rest.hasSuffix("/s") { rest = rest.dropLast(2) }
        if rest.hasSuffix("b") { rest = rest.dropLast() }
        var base = 1000.0
        if rest.hasSuffix("i") {
            rest = rest.dropLast()
            base = 1024
        }
        var power = 0
        if let last = rest.last, let index = ["k", "m", "g", "t"].firstIndex(of: String(last)) {
            power = index + 1
            rest = rest.dropLast()
        } else if base == 1024 {
            return nil
        }
        guard !rest.isEmpty, rest.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(rest)
        else { return nil }
        let value = (0..<power).reduce(number) { value, _ in value * base }
        return value.isFinite ? value : nil
    }
}
