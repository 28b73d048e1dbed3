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

    @Test func `integers are also those written with a point, within 64 bits`() throws {
        #expect(try JSONValue(parsing: "9223372036854775807").integerValue == .max)
        #expect(try JSONValue(parsing: "2.0").integerValue == 2)
        #expect(try JSONValue(parsing: "2.5").integerValue == nil)
        #expect(try JSONValue(parsing: "9223372036854775808").integerValue == nil)
        #expect(try JSONValue(parsing: "1e300").integerValue == nil)
    }
}
