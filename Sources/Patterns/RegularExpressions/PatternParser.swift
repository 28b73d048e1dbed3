/// Reads RE2's syntax, as far as a yes or no answer needs it. Greediness and group names are read and mean nothing.
struct PatternParser {
    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
    }

    static let maximumNesting = 64
    static let maximumRepetition = 1000

    private let scalars: [Unicode.Scalar]
    private let isLenient: Bool
    private var position = 0
    private var flags: Flags
    private var depth = 0

    private init(_ scalars: [Unicode.Scalar], _ options: RegularExpression.Options) {
        self.scalars = scalars
        self.isLenient = options.isLenient
        self.flags = Flags(ignoresCase: options.ignoresCase, dotMatchesNewline: options.dotMatchesNewline)
    }

    static func parse(
        _ pattern: String, _ options: RegularExpression.Options = .init()
    ) throws(PatternError) -> PatternSyntax {
        var parser = PatternParser(Array(pattern.unicodeScalars), options)
        let syntax = try parser.alternatives()
        if parser.peek == ")" { throw parser.error("')' has no '(' before it; write '\\)' for the character.") }
        return syntax
    }

    private var peek: Unicode.Scalar? {
        self.position < self.scalars.count ? self.scalars[self.position] : nil
    }

    private func starts(with text: String) -> Bool {
        self.scalars[min(self.position, self.scalars.count)...].starts(with: text.unicodeScalars)
    }

    private mutating func take(_ text: String) -> Bool {
        guard self.starts(with: text) else { return false }
        self.position += text.unicodeScalars.count
        return true
    }

    private func error(_ message: String, at offset: Int? = nil) -> PatternError {
        PatternError(offset: offset ?? self.position, message: message)
    }

    private mutating func alternatives() throws(PatternError) -> PatternSyntax {
        var branches = [try self.sequence()]
        while self.take("|") { branches.append(try self.sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternSyntax {
        var items: [PatternSyntax] = []
        while let scalar = self.peek, scalar != "|", scalar != ")" {
            guard let item = try self.item() else { continue }
            items.append(try self.repetition(of: item))
        }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func repetition(of item: PatternSyntax) throws(PatternError) -> PatternSyntax {
        var result = item
        var isFirst = true
        while true {
            let start = self.position
            guard let (minimum, maximum) = try self.repetitionBounds() else { return result }
            if !isFirst, !self.isLenient {
                throw self.error("A repetition follows a repetition; put the first one in '(?:' and ')'.", at: start)
            }
            isFirst = false
            _ = self.take("?")
            result = result.repeating(minimum: minimum, maximum: maximum)
            if result.size > RegularExpression.maximumSize {
                var error = self.error("This repetition makes the pattern too large; use smaller counts.", at: start)
                error.isTooLarge = true
                throw error
            }
        }
    }

    private mutating func repetitionBounds() throws(PatternError) -> (Int, Int?)? {
        if self.take("*") { return (0, nil) }
        if self.take("+") { return (1, nil) }
        if self.take("?") { return (0, 1) }
        let start = self.position
        guard self.take("{"), let minimum = self.count() else {
            // A brace that starts no counts is a character.
            self.position = start
            return nil
        }
        var maximum: Int? = minimum
        if self.take(",") { maximum = self.count() }
        guard self.take("}") else {
            self.position = start
            return nil
        }
        if max(minimum, maximum ?? 0) > Self.maximumRepetition {
            throw self.error("A repetition has at most \(Self.maximumRepetition) rounds.", at: start)
        }
        if let maximum, maximum < minimum {
            throw self.error("The repetition's bounds are in the wrong order.", at: start)
        }
        return (minimum, maximum)
    }

    /// Digits as a number; more than four of them as a number above every limit.
    private mutating func count() -> Int? {
        let start = self.position
        while let scalar = self.peek, scalar.isDigit { self.position += 1 }
        guard self.position > start else { return nil }
        let digits = String(String.UnicodeScalarView(self.scalars[start..<self.position]))
        return Int(digits) ?? Int.max
    }

    /// One thing that a repetition can follow; nil for flags, which match nothing.
    private mutating func item() throws(PatternError) -> PatternSyntax? {
        let start = self.position
        guard let scalar = self.peek else { return nil }
        switch scalar {
        case "(": return try self.group()
        case "[": return .set(try self.brackets())
        case "\\": return try self.escape()
        case "*", "+", "?":
            throw self.error("'\(scalar)' has nothing before it to repeat; write '\\\(scalar)' for the character.")
        default: break
        }
        if !self.isLenient, try self.repetitionBounds() != nil {
            throw self.error("The counts have nothing before them to repeat; write '\\{' for the character.", at: start)
        }
        self.position += 1
        switch scalar {
        case ".":
            return .set(ScalarSet(ranges: self.flags.dotMatchesNewline ? [] : [0x0A...0x0A], isNegated: true))
        case "^": return .assertion(self.flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(self.flags.isMultiline ? .lineEnd : .textEnd)
        default: return self.literal(scalar.value)
        }
    }

    private func literal(_ value: UInt32) -> PatternSyntax {
        guard self.flags.ignoresCase else { return .scalar(value) }
        let set = ScalarSet(ranges: [value...value], ignoresCase: true)
        return set.ranges == [value...value] ? .scalar(value) : .set(set)
    }

    private mutating func group() throws(PatternError) -> PatternSyntax? {
        let start = self.position
        self.position += 1
        let outer = self.flags
        if self.starts(with: "?") {
            for look in ["?=", "?!", "?<=", "?<!"] where self.starts(with: look) {
                throw self.error("Look-around '(\(look)' is not supported: patterns are RE2's.", at: start)
            }
            if self.take("?P<") || self.take("?<") {
                let name = self.position
                while let scalar = self.peek, scalar.isWord { self.position += 1 }
                guard self.position > name, self.take(">") else {
                    throw self.error("The group's name is letters, digits and '_' before '>'.", at: start)
                }
            } else {
                self.position += 1
                // `(?i)` holds for the rest of the enclosing group, `(?i:...)` for itself.
                if try self.readFlags(from: start) { return nil }
            }
        }
        self.depth += 1
        defer { self.depth -= 1 }
        if self.depth > Self.maximumNesting {
            throw self.error("Groups nest more than \(Self.maximumNesting) levels deep.", at: start)
        }
        let body = try self.alternatives()
        guard self.take(")") else {
            throw self.error("'(' has no ')'; write '\\(' for the character.", at: start)
        }
        self.flags = outer
        return body
    }

    /// Reads `i`, `m`, `s`, `U` after `(?`. True when `)` ends it without a body.
    private mutating func readFlags(from start: Int) throws(PatternError) -> Bool {
        var isOn = true
        while let scalar = self.peek {
            self.position += 1
            switch scalar {
            case "i": self.flags.ignoresCase = isOn
            case "m": self.flags.isMultiline = isOn
            case "s": self.flags.dotMatchesNewline = isOn
            case "U": break
            case "-" where isOn: isOn = false
            case ":": return false
            case ")": return true
            default:
                throw self.error("'(?\(scalar)' is not supported; flags are i, m, s and U.", at: start)
            }
        }
        throw self.error("'(' has no ')'.", at: start)
    }

    private mutating func escape() throws(PatternError) -> PatternSyntax {
        let start = self.position
        self.position += 1
        switch self.peek {
        case "A"?:
            self.position += 1
            return .assertion(.textStart)
        case "z"?:
            self.position += 1
            return .assertion(.textEnd)
        case "b"?:
            self.position += 1
            return .assertion(.wordBoundary)
        case "B"?:
            self.position += 1
            return .assertion(.notWordBoundary)
        case let scalar?:
            if let ranges = ScalarSet.perl(scalar) {
                self.position += 1
                return .set(ScalarSet(ranges: ranges))
            }
            return self.literal(try self.escapedScalar(from: start))
        case nil:
            throw self.error("The pattern ends in '\\'; write '\\\\' for a backslash.", at: start)
        }
    }

    /// The character that an escape stands for, read after the backslash.
    private mutating func escapedScalar(from start: Int) throws(PatternError) -> UInt32 {
        guard let scalar = self.peek else {
            throw self.error("The pattern ends in '\\'; write '\\\\' for a backslash.", at: start)
        }
        self.position += 1
        switch scalar {
        case "a": return 0x07
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "v": return 0x0B
        case "x":
            let isBraced = self.take("{")
            let digits = self.position
            while let next = self.peek, next.properties.isASCIIHexDigit, isBraced || self.position < digits + 2 {
                self.position += 1
            }
            let text = String(String.UnicodeScalarView(self.scalars[digits..<self.position]))
            guard let value = UInt32(text, radix: 16), Unicode.Scalar(value) != nil, !isBraced || self.take("}"),
                isBraced || text.utf8.count == 2
            else { throw self.error("'\\x' takes two hexadecimal digits, or some in braces.", at: start) }
            return value
        case "1"..."9":
            throw self.error("The back-reference '\\\(scalar)' is not supported: patterns are RE2's.", at: start)
        case "k": throw self.error("The back-reference '\\k' is not supported: patterns are RE2's.", at: start)
        case "p", "P":
            throw self.error("The class '\\\(scalar)' is not supported; write ranges in brackets.", at: start)
        default:
            if scalar.isASCIILetter || scalar.isDigit, !self.isLenient {
                throw self.error("'\\\(scalar)' is not an escape of patterns.", at: start)
            }
            return scalar.value
        }
    }

    private mutating func brackets() throws(PatternError) -> ScalarSet {
        let start = self.position
        self.position += 1
        let isNegated = self.take("^")
        var items: [ClosedRange<UInt32>] = []
        var isFirst = true
        while let scalar = self.peek {
            if scalar == "]", !isFirst {
                self.position += 1
                return ScalarSet(ranges: items, isNegated: isNegated, ignoresCase: self.flags.ignoresCase)
            }
            isFirst = false
            if let ranges = try self.namedClass() {
                items += ranges
                continue
            }
            let itemStart = self.position
            let low = try self.bracketScalar()
            var high = low
            if self.starts(with: "-"), !self.starts(with: "-]"), self.position + 1 < self.scalars.count {
                self.position += 1
                high = try self.bracketScalar()
            }
            guard low <= high else { throw self.error("The range in brackets is in the wrong order.", at: itemStart) }
            items.append(low...high)
        }
        throw self.error("'[' has no ']'; write '\\[' for the character.", at: start)
    }

    private mutating func bracketScalar() throws(PatternError) -> UInt32 {
        let start = self.position
        guard let scalar = self.peek else { throw self.error("'[' has no ']'.", at: start) }
        self.position += 1
        return scalar == "\\" ? try self.escapedScalar(from: start) : scalar.value
    }

    /// `\d` or `[:alpha:]` inside brackets.
    private mutating func namedClass() throws(PatternError) -> [ClosedRange<UInt32>]? {
        let start = self.position
        if self.starts(with: "\\"), start + 1 < self.scalars.count,
            let ranges = ScalarSet.perl(self.scalars[start + 1])
        {
            self.position += 2
            return ranges
        }
        guard self.take("[:") else { return nil }
        let isNegated = self.take("^")
        let name = self.position
        while let scalar = self.peek, scalar.isASCIILetter || scalar == "_" { self.position += 1 }
        let text = String(String.UnicodeScalarView(self.scalars[name..<self.position]))
        guard self.take(":]"), let ranges = ScalarSet.posix(text) else {
            throw self.error(
                "Unknown class '[:\(text):]'; known are [:alpha:], [:digit:], [:alnum:] and so on.", at: start)
        }
        return isNegated ? ScalarSet.complement(of: ranges) : ranges
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9") ~= self }
    fileprivate var isASCIILetter: Bool { ("a"..."z") ~= self || ("A"..."Z") ~= self }
    fileprivate var isWord: Bool { self.isASCIILetter || self.isDigit || self == "_" }
}
