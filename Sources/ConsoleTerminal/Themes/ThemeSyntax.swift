/// One assignment of a theme file, its key spelled out from the root.
struct ThemeAssignment: Equatable, Sendable {
    indirect enum Value: Equatable, Sendable {
        case string(String)
        case integer(Int)
        case decimal(Double)
        case boolean(Bool)
        case array([Value])
        /// `{}`.
        case emptyTable
        /// `[role]`: a table begins, nothing is assigned.
        case header
    }

    /// `role`, `table.row`, `fg`.
    var path: [String]
    /// How many names at the path's end stood inside braces.
    var namesInBraces: Int
    var value: Value
    var line: Int
}

/// Reads the part of TOML 1.0 that themes use: tables, strings on one line, numbers, booleans, arrays, inline tables.
///
/// Whatever else there is (dates, multi-line strings, arrays of tables) is an error with line and column, as is every
/// mistake. Nothing recurses deeper than a key is long, which is bounded, so no text can exhaust the stack; a general
/// parser that aborts the process on some malformed keys is no match for a file that is read again on every save.
struct ThemeSyntax {
    struct Failure: Error, Equatable {
        var line: Int
        /// From 1, in characters of the line.
        var column: Int
        var message: String
    }

    static let maximumNames = 8

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var assignments: [ThemeAssignment] = []
    private var used: Set<[String]> = []

    private init(_ source: String) {
        self.bytes = Array(source.utf8)
    }

    static func assignments(of source: String) throws(Failure) -> [ThemeAssignment] {
        var syntax = ThemeSyntax(source)
        try syntax.readDocument()
        return syntax.assignments
    }

    private var next: UInt8? {
        self.position < self.bytes.count ? self.bytes[self.position] : nil
    }

    private func failure(_ message: String) -> Failure {
        let end = min(self.position, self.bytes.count)
        let before = self.bytes[min(self.lineStart, end)..<end].filter { $0 & 0xC0 != 0x80 }
        return Failure(line: self.line, column: before.count + 1, message: message)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard self.next == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func skipBlanks() {
        while self.next == 0x20 || self.next == 0x09 { self.position += 1 }
    }

    /// Reads the line break, or the end of the file.
    private mutating func takeLineBreak() -> Bool {
        if self.next == 0x0D, self.position + 1 < self.bytes.count, self.bytes[self.position + 1] == 0x0A {
            self.position += 1
        }
        guard self.take(0x0A) else { return false }
        self.line += 1
        self.lineStart = self.position
        return true
    }

    private mutating func skipComment() throws(Failure) {
        guard self.next == UInt8(ascii: "#") else { return }
        while let byte = self.next, byte != 0x0A, byte != 0x0D {
            guard Self.isText(byte) else { throw self.failure("a control character") }
            self.position += 1
        }
    }

    /// A byte of text: no control character but the tab.
    private static func isText(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte >= 0x20 && byte != 0x7F
    }

    /// Blanks, comments and line breaks.
    private mutating func skipLines() throws(Failure) {
        repeat {
            self.skipBlanks()
            try self.skipComment()
        } while self.takeLineBreak()
    }

    private mutating func readDocument() throws(Failure) {
        var table: [String] = []
        while true {
            try self.skipLines()
            guard self.next != nil else { return }
            if self.take(UInt8(ascii: "[")) {
                guard self.next != UInt8(ascii: "[") else { throw self.failure("themes have no arrays of tables") }
                table = try self.readKey(below: 0)
                guard self.take(UInt8(ascii: "]")) else { throw self.failure("expected ']' after the table's name") }
                try self.add(ThemeAssignment(path: table, namesInBraces: 0, value: .header, line: self.line))
            } else {
                let key = try self.readKey(below: table.count)
                try self.readAssignment(of: table + key, namesInBraces: 0)
            }
            self.skipBlanks()
            try self.skipComment()
            guard self.takeLineBreak() || self.next == nil else {
                throw self.failure("expected the end of the line")
            }
        }
    }

    private mutating func add(_ assignment: ThemeAssignment) throws(Failure) {
        guard self.used.insert(assignment.path).inserted else {
            throw self.failure("\(assignment.path.joined(separator: ".")) is set twice")
        }
        self.assignments.append(assignment)
    }

    /// `a`, `a.b`, `"a.b"`, `'a'.b` and the blanks around them.
    private mutating func readKey(below depth: Int) throws(Failure) -> [String] {
        var names: [String] = []
        repeat {
            self.skipBlanks()
            guard depth + names.count < Self.maximumNames else {
                throw self.failure("a key has at most \(Self.maximumNames) names")
            }
            if self.next == UInt8(ascii: "\"") || self.next == UInt8(ascii: "'") {
                names.append(try self.readString())
            } else {
                let start = self.position
                while let byte = self.next, Self.isBare(byte) { self.position += 1 }
                guard self.position > start else { throw self.failure("expected a key") }
                names.append(String(decoding: self.bytes[start..<self.position], as: UTF8.self))
            }
            self.skipBlanks()
        } while self.take(UInt8(ascii: "."))
        return names
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private mutating func readAssignment(of path: [String], namesInBraces: Int) throws(Failure) {
        guard self.take(UInt8(ascii: "=")) else { throw self.failure("expected '=' after the key") }
        self.skipBlanks()
        let line = self.line
        if self.take(UInt8(ascii: "{")) {
            try self.readInlineTable(path, namesInBraces: namesInBraces, line: line)
        } else {
            let value = try self.readValue(isInArray: false)
            try self.add(ThemeAssignment(path: path, namesInBraces: namesInBraces, value: value, line: line))
        }
    }

    private mutating func readInlineTable(_ path: [String], namesInBraces: Int, line: Int) throws(Failure) {
        self.skipBlanks()
        if self.take(UInt8(ascii: "}")) {
            try self.add(ThemeAssignment(path: path, namesInBraces: namesInBraces, value: .emptyTable, line: line))
            return
        }
        repeat {
            let key = try self.readKey(below: path.count)
            try self.readAssignment(of: path + key, namesInBraces: namesInBraces + key.count)
            self.skipBlanks()
        } while self.take(UInt8(ascii: ","))
        guard self.take(UInt8(ascii: "}")) else { throw self.failure("expected ',' or '}' on the same line") }
    }

    private mutating func readValue(isInArray: Bool) throws(Failure) -> ThemeAssignment.Value {
        switch self.next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return .string(try self.readString())
        case UInt8(ascii: "[") where !isInArray:
            self.position += 1
            return .array(try self.readArray())
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            throw self.failure("arrays hold no arrays and no tables here")
        default:
            return try self.readWord()
        }
    }

    private mutating func readArray() throws(Failure) -> [ThemeAssignment.Value] {
        var values: [ThemeAssignment.Value] = []
        while true {
            try self.skipLines()
            if self.take(UInt8(ascii: "]")) { return values }
            values.append(try self.readValue(isInArray: true))
            try self.skipLines()
            if self.take(UInt8(ascii: ",")) { continue }
            guard self.take(UInt8(ascii: "]")) else { throw self.failure("expected ',' or ']' in the array") }
            return values
        }
    }

    /// A boolean or a number in base ten.
    private mutating func readWord() throws(Failure) -> ThemeAssignment.Value {
        let start = self.position
        while let byte = self.next, Self.isBare(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") {
            self.position += 1
        }
        let word = String(decoding: self.bytes[start..<self.position], as: UTF8.self)
        if word == "true" || word == "false" { return .boolean(word == "true") }
        if let integer = Int(word) { return .integer(integer) }
        if word.contains("."), let decimal = Double(word), decimal.isFinite { return .decimal(decimal) }
        self.position = start
        throw self.failure(word.isEmpty ? "expected a value" : "\"\(word)\" is not a value: strings need quotes")
    }
}

// MARK: Strings

extension ThemeSyntax {
    /// `"…"` with escapes or `'…'` without, on one line.
    private mutating func readString() throws(Failure) -> String {
        let quote = self.bytes[self.position]
        self.position += 1
        if self.next == quote, self.position + 1 < self.bytes.count, self.bytes[self.position + 1] == quote {
            throw self.failure("themes have no strings of several lines")
        }
        var text: [UInt8] = []
        while let byte = self.next, Self.isText(byte) {
            self.position += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                text += try self.readEscape().utf8
            } else {
                text.append(byte)
            }
        }
        throw self.failure("the string does not end on its line")
    }

    private mutating func readEscape() throws(Failure) -> String {
        guard let byte = self.next else { throw self.failure("the string does not end on its line") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = self.bytes[self.position...].prefix(count)
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            guard digits.count == count, let scalar = number.flatMap(Unicode.Scalar.init), scalar.value >= 0x20 else {
                throw self.failure("no character has this number")
            }
            self.position += count
            return String(Character(scalar))
        default:
            throw self.failure("unknown escape: there are \\\" \\\\ \\n \\t \\u \\U")
        }
    }
}
