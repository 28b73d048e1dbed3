import Testing

@testable import Gateway

@Suite struct JSONReaderTests {
    @Test func `the number of values is bounded, as they take more room than their text`() throws {
        func list(_ count: Int) -> [UInt8] {
            Array("[\(Array(repeating: "1", count: count).joined(separator: ","))]".utf8)
        }
        guard case .array(let elements) = try JSONReader.read(list(JSONReader.maximumValues - 1)) else {
            Issue.record("it is an array")
            return
        }
        #expect(elements.count == JSONReader.maximumValues - 1)
        let failure = #expect(throws: JSONReader.Failure.self) { try JSONReader.read(list(JSONReader.maximumValues)) }
        #expect(failure?.reason == "more than 65536 values")
    }

    @Test func `every kind of value is read`() throws {
        let text = #"""
             { "s" : "a\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00é", "i":-12, "z":0, "u":18446744073709551615,
               "d":1.5e3, "e":1E-2, "big":18446744073709551616, "t":true, "f":false, "n":null, "a":[1,[ ],{ }], "":"" }
            """#
        #expect(
            try JSONReader.read(Array(text.utf8))
                == .object([
                    "s": .string("a\"\\/\u{8}\u{C}\n\r\tAé😀é"), "i": .int(-12), "z": .int(0), "u": .uint(.max),
                    "d": .double(1500), "e": .double(0.01), "big": .double(18_446_744_073_709_551_616),
                    "t": .bool(true), "f": .bool(false), "n": .null,
                    "a": .array([.int(1), .array([]), .object([:])]), "": .string(""),
                ]))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,]", "[,1]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, "1 2", "01",
        "-",
        "1.", ".5", "1e", "+1", "tru", "nulll", "True", #"""#, #""\"#, #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud800""#,
        #""\ud800\u0041""#, #""\udc00""#, "\"\n\"", "1e999", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "\u{FEFF}1",
    ])
    func `what is not strict JSON is refused`(text: String) {
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONReader.Failure(reason: "a string is not UTF-8", offset: 0)) {
            try JSONReader.read([0x22, 0xC3, 0x28, 0x22])
        }
    }

    @Test func `depth is bounded`() throws {
        let deepest = String(repeating: "[", count: 31) + "1" + String(repeating: "]", count: 31)
        #expect(throws: Never.self) { try JSONReader.read(Array(deepest.utf8)) }
        #expect(throws: JSONReader.Failure(reason: "nested deeper than 32", offset: 32)) {
            try JSONReader.read(Array(repeating: UInt8(ascii: "["), count: 100_000))
        }
    }

    @Test func `any bytes are a value or an error`() {
        var generator = SeededGenerator(seed: 11)
        let alphabet = Array(#"{}[]",:\u0123456789eE+-.truefalsn "#.utf8) + [0, 0xC3, 0xFF]
        var values = 0
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            if (try? JSONReader.read(bytes)) != nil { values += 1 }
        }
        #expect(values > 100)
    }
}
