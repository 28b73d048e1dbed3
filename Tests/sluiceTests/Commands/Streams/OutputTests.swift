import Console
import EngineInterface
import Foundation
import JSON
import Resources
import Testing

@testable import sluice

/// SplitMix64: the same numbers in every run.
struct Steps: RandomNumberGenerator {
    var state: UInt64 = 20_261_130

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Letters, controls, sequences that terminals obey, C1 controls, and marks that turn text around.
    mutating func hostileText() -> String {
        let pieces = [
            "grp", "\u{1B}]0;PWNED\u{7}", "\u{1B}[31m", "\u{9B}2J", "\u{9D}0;x\u{9C}", "\u{202E}", "\u{2066}", "\n",
            "\r", "\t",
            "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{E0041}", "é", "漢", "\"", "\\", "'", "{", "=", "\u{FEFF}",
            "\u{8}",
        ]
        return (0..<Int.random(in: 0...12, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}

@Suite struct OutputTests {
    /// What a terminal obeys, or what makes it show something else than it is given.
    private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x09, 0x0B...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069,
            0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    private func decision(_ text: String) -> DecisionRecord {
        DecisionRecord(
            sequence: 1, eventLoop: 0, ordinal: 1, time: Date(timeIntervalSince1970: 0), gateway: text,
            virtualCluster: text, principal: text, sessionID: 1, clientID: text, api: text, resourceType: .group,
            resourceName: text, operation: .read, verdict: .denied, rule: text, reason: text)
    }

    @Test func `nothing that is printed makes a terminal act`() throws {
        var steps = Steps()
        for _ in 0..<3_000 {
            let text = steps.hostileText()
            let json = try EntityCoding.encode([text: text])
            let lines =
                [
                    OutsideText.escaped(text), PlainText.line(self.decision(text)),
                    OutsideText.escapedJSON(String(decoding: json, as: UTF8.self)),
                    YAMLWriter.text(.object(["name": .string(text), "list": .array([.string(text)])])),
                    ConnectionFailure(EngineClientError(text), url: text).message,
                    DocumentErrors([DocumentError(text)]).description,
                ].map { OutsideText.escapedLines($0) } + Output.lines(ofTable: [[text, text], ["a", text]])
            for line in lines {
                #expect(!line.unicodeScalars.contains(where: self.isDangerous), "\(text.debugDescription)")
            }
            // One fact stays one line, and a cell stays in its row.
            #expect(!lines[0].contains("\n") && !lines[1].contains("\n"))
            #expect(Output.lines(ofTable: [[text, text], ["a", text]]).count == 2)
        }
    }

    @Test func `JSON means the same after it was made fit for a terminal`() throws {
        var steps = Steps()
        for _ in 0..<2_000 {
            let text = steps.hostileText()
            let json = String(decoding: try EntityCoding.encode([text]), as: UTF8.self)
            let read = try JSONDecoder().decode([String].self, from: Data(OutsideText.escapedJSON(json).utf8))
            #expect(read.first?.hasSameBytes(as: text) == true)
        }
        #expect(OutsideText.escapedJSON("{\r\n\t\"a\": \"\u{9B}\u{202E}\"}") == "{ \n \"a\": \"\\u009b\\u202e\"}")
    }

    @Test func `YAML on a terminal is what a file holds`() {
        var steps = Steps()
        for _ in 0..<2_000 {
            let text = YAMLWriter.text(.object([steps.hostileText(): .string(steps.hostileText())]))
            #expect(OutsideText.escapedLines(text) == text)
        }
    }

    @Test func `columns fit what is shown, whatever it is made of`() {
        #expect(Output.lines(ofTable: [["a", ""], ["bcd", "e"], ["", ""]]) == ["a", "bcd  e", ""])
        #expect(
            Output.lines(ofTable: [["NAME", "X"], ["漢字漢字", "1"], ["a\u{1B}", "2"], ["e\u{301}", "3"]])
                == ["NAME      X", "漢字漢字  1", "a\\u{1b}   2", "e\u{301}         3"])
    }
}
