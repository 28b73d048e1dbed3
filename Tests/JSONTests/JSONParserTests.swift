import JSON
import Testing

@Suite struct JSONParserTests {
    @Test func `a document becomes a tree with its members in order`() throws {
        let value = try JSONValue(
            parsing: #" { "b": [1, -2.5, 1e2, true, null], "a": {"x": "\u00e9\ud83d\ude00\n\/"}, "": "" } "#)
        #expect(
            value
                == .object([
                    "b": .array([.integer(1), .number(-2.5), .number(100), .bool(true), .null]),
                    "a": .object(["x": .string("é😀\n/")]), "": .string(""),
                ]))
        guard case .object(let object) = value else { return }
        #expect(object.keys == ["b", "a", ""])
    }

    @Test func `a byte order mark is passed over`() throws {
        #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x31]) == .integer(1))
    }

    @Test(arguments: [
        ("", 1, 1, "the text is empty"),
        ("{\n  \"a\": 1,\n}", 3, 1, "expected a member name in quotes"),
        ("{\"a\" 1}", 1, 6, "expected ':'"),
        ("[1 2]", 1, 4, "expected ',' or ']'"),
        ("[1,]", 1, 4, "expected a value"),
        ("{\"a\":1,\"a\":2}", 1, 8, "the member 'a' appears twice"),
        ("01", 1, 1, "a number may not start with 0"),
        ("-", 1, 2, "expected a digit"),
        ("1e999", 1, 1, "the number is out of range"),
        ("tru", 1, 1, "expected true"),
        ("\"abc", 1, 1, "the string that starts here does not end"),
        ("\"\\x\"", 1, 3, "unknown escape"),
        ("\"\\ud800\"", 1, 4, "a lone surrogate"),
        ("\"\\ud800\\u0041\"", 1, 4, "a lone surrogate"),
        ("\"\\u12\"", 1, 4, "expected four hexadecimal digits"),
        ("\"a\tb\"", 1, 3, "a control character in a string must be escaped"),
        ("{} x", 1, 4, "something follows the end of the value"),
        ("{\"a\":", 1, 6, "the text ends where a value is expected"),
    ])
    func `a fault is named with its line and column`(_ text: String, _ line: Int, _ column: Int, _ reason: String) {
        #expect(throws: JSONSyntaxError(line: line, column: column, reason: reason)) { try JSONValue(parsing: text) }
    }

    @Test func `depth is bounded`() throws {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        _ = try JSONValue(parsing: nested(64))
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(65)) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
        // Siblings do not add up.
        _ = try JSONValue(parsing: "[" + Array(repeating: "[]", count: 200).joined(separator: ",") + "]")
    }

    @Test func `invalid UTF-8 in a string is refused`() {
        #expect(throws: JSONSyntaxError(line: 1, column: 1, reason: "the string is not valid UTF-8")) {
            try JSONValue(parsing: [0x22, 0xFF, 0x22])
        }
    }

    @Test func `a text cut at any place is refused and never traps`() {
        let text = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude00",{"b":null}],"c":-0.5}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text[..<length])) }
        }
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,]", "[,1]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, "1 2", "01",
        "-",
        "1.", ".5", "1e", "+1", "tru", "nulll", "True", #"""#, #""\"#, #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud800""#,
        #""\ud800\u0041""#, #""\udc00""#, "\"\n\"", "1e999", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "\u{FEFF}1",
        "NaN", "Infinity", "-Infinity",
    ])
    func `an untrusted text is read strictly`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text.utf8), limits: .untrusted) }
    }

    @Test func `the number of values is bounded, because they take more memory than their text`() throws {
        let maximum = JSONLimits.untrusted.maximumValues
        func list(_ count: Int) -> [UInt8] {
            Array("[\(Array(repeating: "1", count: count).joined(separator: ","))]".utf8)
        }
        guard case .array(let elements) = try JSONValue(parsing: list(maximum - 1), limits: .untrusted) else {
            Issue.record("it is an array")
            return
        }
        #expect(elements.count == maximum - 1)
        let failure = #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: list(maximum), limits: .untrusted)
        }
        #expect(failure?.reason == "more than 65536 values")
        #expect(try JSONValue(parsing: list(maximum)) != .null)
    }

    @Test func `an untrusted text is less deep than a document`() throws {
        let deepest = String(repeating: "[", count: 32) + "1" + String(repeating: "]", count: 32)
        #expect(try JSONValue(parsing: Array(deepest.utf8), limits: .untrusted) != .null)
        #expect(throws: JSONSyntaxError(line: 1, column: 33, reason: "nested deeper than 32 levels")) {
            try JSONValue(parsing: Array(repeating: UInt8(ascii: "["), count: 100_000), limits: .untrusted)
        }
    }

    @Test func `integers keep every digit up to 64 bits, with or without a sign`() throws {
        #expect(
            try JSONValue(parsing: "[9007199254740993,18446744073709551615,18446744073709551616,1E-2]")
                == .array([
                    .integer(9_007_199_254_740_993), .unsigned(.max), .number(18_446_744_073_709_551_616),
                    .number(0.01),
                ]))
    }

    @Test func `any bytes are a value or an error`() {
        var generator = Xorshift(state: 11)
        let alphabet = Array(#"{}[]",:\u0123456789eE+-.truefalsn "#.utf8) + [0, 0xC3, 0xFF]
        var values = 0
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            if (try? JSONValue(parsing: bytes, limits: .untrusted)) != nil { values += 1 }
        }
        #expect(values > 100)
    }

    @Test func `integers are also those written with a point, within 64 bits`() throws {
        #expect(try JSONValue(parsing: "9223372036854775807").integerValue == .max)
        #expect(try JSONValue(parsing: "2.0").integerValue == 2)
        #expect(try JSONValue(parsing: "2.5").integerValue == nil)
        #expect(try JSONValue(parsing: "9223372036854775808").integerValue == nil)
        #expect(try JSONValue(parsing: "1e300").integerValue == nil)
    }
}

private struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state ^= self.state << 13
        self.state ^= self.state >> 7
        self.state ^= self.state << 17
        return self.state
    }
}
