import JSON
import Resources
import Testing

struct YAMLTests {
    @Test func `a value is written in block style`() {
        let value: JSONValue = .object([
            "name": .string("edge"), "ports": .array([.string("19092-19095"), .integer(29_092)]),
            "labels": .object([:]),
            "rules": .array([
                .object(["action": .string("allow"), "operations": .array([.object(["name": .string("read")])])])
            ]),
            "nested": .array([.array([.bool(true), .null])]),
        ])
        #expect(
            YAMLWriter.text(value) == """
                name: edge
                ports:
                  - "19092-19095"
                  - 29092
                labels: {}
                rules:
                  - action: allow
                    operations:
                      - name: read
                nested:
                  -
                    - true
                    - null

                """)
    }

    @Test func `lists of scalars stay in the line where that is asked for`() throws {
        let value: JSONValue = .object([
            "a": .array([.string("plain text"), .string("true"), .integer(3), .string("localhost:9092")]),
            "f": .array([.object(["g": .integer(1), "h": .array([])]), .array([.string("x, y")])]),
        ])
        let text = YAMLWriter.text(value, listsInline: true)
        #expect(
            text == """
                a: [plain text, "true", 3, "localhost:9092"]
                f:
                  - g: 1
                    h: []
                  - ["x, y"]

                """)
        #expect(try YAMLReader.value(of: text) == value)
    }

    @Test(arguments: [
        "", " ", "a", "no", "Yes", "null", "~", "12", "1e5", "0x1f", "0o7", "1:30", "2026-11-24", "- a", "a: b", "a:",
        "a #b", "#a", "*", "&a", "!a", "a'b", "a\"b", "a\\b", "line\nline", "tab\t", "\u{7}", "日本語", "🙂", "\u{202E}x",
        "[context.auth.token.claims.topic_prefix + \"*\"]", "localhost:9094", "http://localhost:9190/x", "0.0.0.0",
        "10s", "1h", "-", "---", "...", "<<", "=", "%a", "@a", "`a", "a,b", "{a}", "1_000", ".5", "+1", "0b1", ".inf",
        "\u{2028}", "e", "y", "on",
    ])
    func `every text comes back as it was written`(text: String) throws {
        let value: JSONValue = .object(["key": .string(text), "list": .array([.string(text)])])
        #expect(try YAMLReader.value(of: YAMLWriter.text(value)) == value)
        #expect(try YAMLReader.value(of: YAMLWriter.text(value, listsInline: true)) == value)
    }

    @Test func `generated values come back as they were written`() throws {
        var generator = SystemRandomNumberGenerator()
        func value(_ depth: Int) -> JSONValue {
            switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &generator) {
            case 0: return .null
            case 1: return .bool(.random(using: &generator))
            case 2: return .integer(.random(in: .min ... .max, using: &generator))
            case 3: return .number(Double(Int.random(in: -1000...1000, using: &generator)) / 7)
            case 4:
                let scalars = (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
                    Unicode.Scalar(UInt32.random(in: 1..<0x300, using: &generator)) ?? "x"
                }
                return .string(String(String.UnicodeScalarView(scalars)))
            case 5: return .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth + 1) })
            default:
                var object = JSONObject()
                for index in 0..<Int.random(in: 0..<4, using: &generator) {
                    _ = object.insert(value(depth + 1), forKey: "k\(index)")
                }
                return .object(object)
            }
        }
        for _ in 0..<500 {
            let original = value(0)
            let text = YAMLWriter.text(original)
            #expect(try YAMLReader.value(of: text) == original, "\(text)")
        }
    }

    @Test(arguments: [
        ("a: 1\n b: 2", "2:3"), ("a: [1", "2:1"), ("a: 1\na: 2", "1:1"), ("a: 99999999999999999999", "1:4"),
    ])
    func `what cannot be read says where`(text: String, place: String) {
        let error = #expect(throws: DocumentErrors.self) { try YAMLReader.read(text) }
        #expect(error?.errors.first?.place.map { "\($0.line):\($0.column)" } == place, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
        String(repeating: "{a: ", count: 100_000),
        (0..<5000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        String(repeating: "? ", count: 100_000), String(repeating: "x", count: 5 << 20),
    ])
    func `hostile depth and size are refused`(text: String) {
        #expect(throws: DocumentErrors.self) { try YAMLReader.read(text) }
    }

    @Test(arguments: ["", "---\n", "# a comment\n", "--- # one\r\n", "%YAML 1.2\n---\n"])
    func `a byte order mark before the document is no part of it`(start: String) throws {
        for mark in ["", "\u{FEFF}"] {
            #expect(try YAMLReader.value(of: mark + start + "a: 1\n") == .object(["a": .integer(1)]))
        }
    }

    @Test func `random bytes never trap`() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("ab: -[]{}#&*!|>'\"%@`,?\n\n  \t1.0~\\")
        for _ in 0..<3000 {
            let text = String(
                (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? "a"
                })
            _ = try? YAMLReader.read(text)
        }
    }

    @Test func `places lead to the nearest part that stands in the text`() throws {
        let located = try YAMLReader.read("name: a\nconfig:\n  rules:\n    - action: allow\n      type: topic\n")
        #expect(located.place(of: "config.rules[0].type") == DocumentPlace(line: 5, column: 7))
        #expect(located.place(of: "config.rules[0].operations[2].name") == DocumentPlace(line: 4, column: 7))
        #expect(located.place(of: "unknown") == DocumentPlace(line: 1, column: 1))
    }
}
