/// Reads one JSON text, strictly: no repeated member, no lone surrogate, no number beyond a Double, nothing after the end.
///
/// The input is not trusted yet: depth and number of values are bounded, and a repeated member is refused, because
/// lenient readers disagree about its value.
/// - SeeAlso: RFC 8259, RFC 7519 §4 (claim names are unique), RFC 7515 §4 (header names too).
struct JSONReader {
    static let maximumDepth = 32
    /// The most values in one text, since a value may take more memory than its text.
    static let maximumValues = 65_536

    struct Failure: Error, Equatable, CustomStringConvertible {
        /// The expectation that failed, or the mistake.
        var reason: String
        var offset: Int

        var description: String { "\(self.reason) at byte \(self.offset)" }
    }

    private let bytes: [UInt8]
    private var position = 0
    private var values = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.failure("more than one value") }
        return value
    }

    private func failure(_ reason: String) -> Failure {
        Failure(reason: reason, offset: self.position)
    }

    private var next: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

    private mutating func skipSpace() {
        while let byte = self.next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { self.position += 1 }
    }

    /// Consumes the byte if it comes next.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard self.next == UInt8(ascii: character) else { return false }
        self.position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.maximumDepth else { throw self.failure("nested deeper than \(Self.maximumDepth)") }
        guard self.values < Self.maximumValues else { throw self.failure("more than \(Self.maximumValues) values") }
        self.values += 1
        self.skipSpace()
        switch self.next {
        case UInt8(ascii: "{"): return .object(try self.members(depth: depth))
        case UInt8(ascii: "["): return .array(try self.elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try self.string())
        case UInt8(ascii: "t"): return try self.word("true", .bool(true))
        case UInt8(ascii: "f"): return try self.word("false", .bool(false))
        case UInt8(ascii: "n"): return try self.word("null", .null)
        case UInt8(ascii: "-"): return try self.number()
        case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try self.number()
        case nil: throw self.failure("a value is missing")
        case .some: throw self.failure("not a value")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard self.bytes[self.position...].starts(with: word.utf8) else { throw self.failure("not a value") }
        self.position += word.utf8.count
        return value
    }

    private mutating func members(depth: Int) throws(Failure) -> [String: JSONValue] {
        self.position += 1
        var members: [String: JSONValue] = [:]
        self.skipSpace()
        if self.take("}") { return members }
        repeat {
            self.skipSpace()
            guard self.next == UInt8(ascii: "\"") else { throw self.failure("a member's name is missing") }
            let start = self.position
            let name = try self.string()
            self.skipSpace()
            guard self.take(":") else { throw self.failure("':' is missing") }
            let value = try self.value(depth: depth + 1)
            guard members.updateValue(value, forKey: name) == nil else {
                throw Failure(reason: "member \(name.quoted()) comes twice", offset: start)
            }
            self.skipSpace()
        } while self.take(",")
        guard self.take("}") else { throw self.failure("',' or '}' is missing") }
        return members
    }

    private mutating func elements(depth: Int) throws(Failure) -> [JSONValue] {
        self.position += 1
        var elements: [JSONValue] = []
        self.skipSpace()
        if self.take("]") { return elements }
        repeat {
            elements.append(try self.value(depth: depth + 1))
            self.skipSpace()
        } while self.take(",")
        guard self.take("]") else { throw self.failure("',' or ']' is missing") }
        return elements
    }

    private mutating func string() throws(Failure) -> String {
        let start = self.position
        self.position += 1
        var text: [UInt8] = []
        while let byte = self.next {
            self.position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw Failure(reason: "a string is not UTF-8", offset: start)
                }
                return string
            case UInt8(ascii: "\\"):
                text.append(contentsOf: String(Character(try self.escape())).utf8)
            case 0..<0x20:
                throw Failure(reason: "a control character in a string", offset: self.position - 1)
            default:
                text.append(byte)
            }
        }
        throw Failure(reason: "a string without end", offset: start)
    }

    /// Reads an escape sequence behind its backslash.
    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        guard let byte = self.next else { throw self.failure("a string without end") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try self.hexadecimalUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard (0xD800..<0xDC00).contains(unit), self.take("\\"), self.take("u") else {
                throw self.failure("half of a surrogate pair")
            }
            let low = try self.hexadecimalUnit()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            else { throw self.failure("half of a surrogate pair") }
            return scalar
        default:
            throw self.failure("an unknown escape")
        }
    }

    private mutating func hexadecimalUnit() throws(Failure) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = self.next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw self.failure("not a hexadecimal digit")
            }
            unit = unit << 4 | UInt16(digit)
            self.position += 1
        }
        return unit
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = self.position
        var isInteger = true
        _ = self.take("-")
        if !self.take("0") { try self.digits() }
        if self.take(".") {
            isInteger = false
            try self.digits()
        }
        if self.take("e") || self.take("E") {
            isInteger = false
            if !self.take("-") { _ = self.take("+") }
            try self.digits()
        }
        let text = String(decoding: self.bytes[start..<self.position], as: UTF8.self)
        if isInteger {
            if let int = Int64(text) { return .int(int) }
            if let uint = UInt64(text) { return .uint(uint) }
        }
        guard let double = Double(text), double.isFinite else {
            throw Failure(reason: "a number beyond all bounds", offset: start)
        }
        return .double(double)
    }

    private mutating func digits() throws(Failure) {
        let start = self.position
        while let byte = self.next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { self.position += 1 }
        guard self.position > start else { throw self.failure("a digit is missing") }
    }
}
