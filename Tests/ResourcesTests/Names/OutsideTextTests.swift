import Foundation
import Resources
import Testing

/// SplitMix64: the same numbers in every run.
private struct Steps: RandomNumberGenerator {
    var state: UInt64 = 20_261_130

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct OutsideTextTests {
    /// What a line of a log must not hold: it would end the line, move the cursor, or turn the text around.
    private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    private func randomText(_ generator: inout some RandomNumberGenerator) -> String {
        let dangerous: [ClosedRange<UInt32>] = [0...0x9F, 0x2000...0x206F, 0xE0000...0xE007F, 0...0x10FFFF]
        var text = ""
        for _ in 0..<Int.random(in: 0...40, using: &generator) {
            let range = dangerous.randomElement(using: &generator) ?? 0...0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    @Test func `no text makes a control character or a second line`() {
        var generator = Steps()
        for _ in 0..<20_000 {
            let text = self.randomText(&generator)
            for written in [OutsideText.escaped(text), OutsideText.value(text), OutsideText.json(text)] {
                #expect(!written.unicodeScalars.contains(where: self.isDangerous), "\(text.debugDescription)")
            }
        }
    }

    @Test func `lines stay lines, and JSON stays JSON`() {
        #expect(OutsideText.escapedLines("a\n\u{1B}b\r\n") == "a\n\\u{1b}b\\r\n")
        #expect(OutsideText.escapedJSON("[\n\t\"\u{9B}\u{E0041}\"]") == "[\n \"\\u009b\\udb40\\udc41\"]")
        var generator = Steps()
        for _ in 0..<5_000 {
            let text = self.randomText(&generator)
            for written in [OutsideText.escapedLines(text), OutsideText.escapedJSON(text)] {
                #expect(
                    !written.unicodeScalars.contains { self.isDangerous($0) && $0 != "\n" }, "\(text.debugDescription)")
            }
        }
    }

    @Test func `two texts never have the same value, and a value says where it ends`() {
        var generator = Steps()
        var seen: [String: String] = [:]
        for _ in 0..<5_000 {
            let text = self.randomText(&generator)
            let value = OutsideText.value(text)
            if let other = seen[value] { #expect(other.hasSameBytes(as: text)) }
            seen[value] = text
            if value.unicodeScalars.first == "\"" {
                // No quotation mark inside but escaped ones, also where a combining mark sits on it.
                var isEscaped = false
                for scalar in value.unicodeScalars.dropFirst().dropLast() {
                    #expect(scalar != "\"" || isEscaped)
                    isEscaped = scalar == "\\" && !isEscaped
                }
                #expect(!isEscaped)
            } else {
                #expect(!value.unicodeScalars.contains { " =\"\\".unicodeScalars.contains($0) })
            }
        }
    }

    @Test(arguments: [
        ("client-1", "client-1"), ("café", "café"), ("", #""""#), ("two words", #""two words""#),
        ("a=b", #""a=b""#), (#"a"b\c"#, #""a\"b\\c""#), ("x\r\ny\t", #""x\r\ny\t""#), ("\u{1B}[31m", #""\u{1b}[31m""#),
        ("a\u{202E}b", #""a\u{202e}b""#), ("\u{85}\u{2028}\u{7F}", #""\u{85}\u{2028}\u{7f}""#),
        ("\"\u{301}", "\"\\\"\u{301}\""),
    ]) func `a value is a plain word or stands in quotes`(text: String, value: String) {
        #expect(OutsideText.value(text).hasSameBytes(as: value))
    }

    @Test func `a string of JSON is read as the text it was`() throws {
        var generator = Steps()
        for _ in 0..<2_000 {
            let text = self.randomText(&generator)
            let read = try JSONDecoder().decode([String].self, from: Data("[\(OutsideText.json(text))]".utf8))
            #expect(read.first?.hasSameBytes(as: text) == true)
        }
    }

    @Test func `a text is cut between characters and says so`() {
        #expect(OutsideText.cut("abc", maximumBytes: 3) == "abc")
        #expect(OutsideText.cut("abcd", maximumBytes: 3) == "abc…")
        #expect(OutsideText.cut("aéé", maximumBytes: 4) == "aé…")
        #expect(OutsideText.cut("\u{1F600}", maximumBytes: 3) == "…")
        #expect(OutsideText.value(String(repeating: "\n", count: 100), maximumBytes: 2) == #""\n\n…""#)
    }
}
