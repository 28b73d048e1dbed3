extension JSONValue {
    /// Parses one JSON document (RFC 8259). Repeated member names, lone surrogates and numbers out of range are errors,
    /// because lenient parsers disagree about their meaning.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .document) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes: bytes, limits: limits)
        self = try parser.document()
    }

    package init(parsing text: String) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// A recursive-descent parser over bytes; recursion is bounded by ``JSONLimits/maximumDepth``.
struct JSONParser {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var position = 0
    private var depth = 0
    private var values = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        if self.limits.allowsByteOrderMark, self.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { self.position = 3 }
        self.skipSpace()
        guard self.position < self.bytes.count else { throw self.error("the text is empty") }
        let value = try self.value()
        self.skipSpace()
        guard self.position == self.bytes.count else { throw self.error("something follows the end of the value") }
        return value
    }

    private var current: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

    private func error(_ reason: String, at position: Int? = nil) -> JSONSyntaxError {
        let position = min(position ?? self.position, self.bytes.count)
        let before = self.bytes[..<position]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return JSONSyntaxError(line: line, column: position - lineStart + 1, reason: reason)
    }

    private mutating func skipSpace() {
        while let byte = self.current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            self.position += 1
        }
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard self.values < self.limits.maximumValues else {
            throw self.error("more than \(self.limits.maximumValues) values")
        }
        self.values += 1
        switch self.current {
        case UInt8(ascii: "{"): return try self.object()
        case UInt8(ascii: "["): return try self.array()
        case UInt8(ascii: "\""): return .string(try self.string())
        case UInt8(ascii: "t"): return try self.literal("true", .bool(true))
        case UInt8(ascii: "f"): return try self.literal("false", .bool(false))
        case UInt8(ascii: "n"): return try self.literal("null", .null)
        case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "-"): return try self.number()
        case nil: throw self.error("the text ends where a value is expected")
        default: throw self.error("expected a value")
        }
    }

    private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        guard self.bytes[self.position...].starts(with: text.utf8) else { throw self.error("expected \(text)") }
        self.position += text.utf8.count
        return value
    }

    private mutating func enter() throws(JSONSyntaxError) {
        self.depth += 1
        guard self.depth <= self.limits.maximumDepth else {
            throw self.error("nested deeper than \(self.limits.maximumDepth) levels")
        }
        self.position += 1
        self.skipSpace()
    }

    /// Reads the separator after an element: true when another element follows, false at the container's end.
    private mutating func goesOn(until end: Character) throws(JSONSyntaxError) -> Bool {
        self.skipSpace()
        switch self.current {
        case UInt8(ascii: ","):
            self.position += 1
            self.skipSpace()
            return true
        case end.asciiValue:
            self.position += 1
            self.depth -= 1
            return false
        default:
            throw self.error("expected ',' or '\(end)'")
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try self.enter()
        var values: [JSONValue] = []
        if self.current == UInt8(ascii: "]") {
            self.position += 1
            self.depth -= 1
            return .array(values)
        }
        repeat { values.append(try self.value()) } while try self.goesOn(until: "]")
        return .array(values)
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try self.enter()
        var object = JSONObject()
        if self.current == UInt8(ascii: "}") {
            self.position += 1
            self.depth -= 1
            return .object(object)
        }
        repeat {
            guard self.current == UInt8(ascii: "\"") else { throw self.error("expected a member name in quotes") }
            let start = self.position
            let key = try self.string()
            self.skipSpace()
            guard self.current == UInt8(ascii: ":") else { throw self.error("expected ':'") }
            self.position += 1
            self.skipSpace()
            let value = try self.value()
            guard object.insert(value, forKey: key) else {
                throw self.error("the member '\(key)' appears twice", at: start)
            }
        } while try self.goesOn(until: "}")
        return .object(object)
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = self.position
        var isInteger = true
        if self.current == UInt8(ascii: "-") { self.position += 1 }
        let first = self.position
        try self.digits()
        if self.bytes[first] == UInt8(ascii: "0"), self.position > first + 1 {
            throw self.error("a number may not start with 0", at: first)
        }
        if self.current == UInt8(ascii: ".") {
            isInteger = false
            self.position += 1
            try self.digits()
        }
        if self.current == UInt8(ascii: "e") || self.current == UInt8(ascii: "E") {
            isInteger = false
            self.position += 1
            if self.current == UInt8(ascii: "+") || self.current == UInt8(ascii: "-") { self.position += 1 }
            try self.digits()
        }
        let text = String(decoding: self.bytes[start..<self.position], as: UTF8.self)
        if isInteger {
            if let integer = Int64(text) { return .integer(integer) }
            if let integer = UInt64(text) { return .unsigned(integer) }
        }
        guard let number = Double(text), number.isFinite else {
            throw self.error("the number is out of range", at: start)
        }
        return .number(number)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = self.position
        while let byte = self.current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { self.position += 1 }
        guard self.position > start else { throw self.error("expected a digit") }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        let start = self.position
        self.position += 1
        // A text without escapes, the usual one, is read where it stands.
        var text: [UInt8] = []
        var run = self.position
        while let byte = self.current {
            switch byte {
            case UInt8(ascii: "\""):
                let end = self.position
                self.position += 1
                if !text.isEmpty { text.append(contentsOf: self.bytes[run..<end]) }
                let string =
                    text.isEmpty
                    ? String(validating: self.bytes[run..<end], as: UTF8.self) : String(validating: text, as: UTF8.self)
                guard let string else { throw self.error("the string is not valid UTF-8", at: start) }
                return string
            case UInt8(ascii: "\\"):
                text.append(contentsOf: self.bytes[run..<self.position])
                self.position += 1
                text.append(contentsOf: UTF8.encode(try self.escape()) ?? .init())
                run = self.position
            case 0..<0x20:
                throw self.error("a control character in a string must be escaped")
            default:
                self.position += 1
            }
        }
        throw self.error("the string that starts here does not end", at: start)
    }

    /// Reads an escape behind its backslash.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let byte = self.current else { throw self.error("the text ends inside an escape") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let start = self.position
            let unit = try self.hexUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // A surrogate: only a high one followed by a low one makes a character.
            guard unit < 0xDC00, self.bytes[self.position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
            else {
                throw self.error("a lone surrogate", at: start)
            }
            self.position += 2
            let low = try self.hexUnit()
            guard (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            else { throw self.error("a lone surrogate", at: start) }
            return scalar
        default:
            throw self.error("unknown escape", at: self.position - 1)
        }
    }

    private mutating func hexUnit() throws(JSONSyntaxError) -> UInt16 {
        let end = self.position + 4
        guard end <= self.bytes.count else { throw self.error("expected four hexadecimal digits") }
        var unit: UInt16 = 0
        for byte in self.bytes[self.position..<end] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw self.error("expected four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        self.position = end
        return unit
    }
}
