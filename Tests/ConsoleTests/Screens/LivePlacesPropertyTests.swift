import EngineInterface
import Foundation
import Resources
import Testing

@testable import Console

struct LivePlacesPropertyTests {
    /// Ways into every view of the four places.
    private static let ways: [[String]] = [
        ["1"], ["1", "Enter"], ["1", "Space", "w"], ["1", "z"], ["1", "/", "nothing-like-this", "Enter"], ["2"],
        ["2", "z"], ["2", "w"], ["2", "/", "nobody", "Enter"], ["4"], ["4", "Space", "Up"], ["4", "N", "r"],
        ["4", "g"],
        ["4", "/", "(deny", "Enter"], ["8"], ["8", "w"], ["8", "N", "Enter"], ["8", "t", "Up"],
    ]

    @Test func `every view of a busy engine fits every size`() {
        do {
            let busy = TestEngine.console(Size(columns: 80, rows: 24), .unicode())
            for way in Self.ways {
                var console = busy
                for key in way { console.press(key) }
                for columns in [1, 2, 5, 29, 40, 59, 60, 80, 119, 120, 150, 160, 200] {
                    for rows in [1, 2, 3, 5, 8, 10, 15, 24, 40, 60] {
                        console.send(.input(.resize(Size(columns: columns, rows: rows))))
                        let lines = console.lines
                        #expect(lines.count == rows)
                        #expect(lines.allSatisfy { CellText.width($0) == columns }, "\(way) \(columns)x\(rows)")
                    }
                }
            }
        }
    }

    @Test func `no keys trap in the four places`() {
        let keys = [
            "Up", "Down", "PgUp", "PgDn", "g", "G", "Enter", "Esc", "Space", "s", "S", "w", "f", "d", "D", "p", "r",
            "A",
            "n", "N", "t", "l", "c", "C", "y", "o", "z", "1", "2", "4", "8", "Left", "Right", "Tab", "/", "deny", ":",
            "u",
        ]
        var random = SeededGenerator(seed: 7)
        for size in [Size(columns: 3, rows: 2), Size(columns: 40, rows: 10), Size(columns: 160, rows: 48)] {
            var console = TestEngine.console(size)
            for _ in 0..<600 {
                console.press(keys[Int.random(in: 0..<keys.count, using: &random)])
                if Int.random(in: 0..<20, using: &random) == 0 { console.advance(1) }
                #expect(console.lines.count == size.rows)
            }
        }
    }

    @Test func `what clients call themselves moves no cursor`() {
        var console = TestConsole(160, 48)
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "\u{1B}[2J漢字\u{202E}", software: ("\u{7}\n", "\u{1B}]0;x\u{7}"))
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1)
        console.send(.feed(.snapshot(engine.snapshot)))
        console.send(
            .feed(.decisions([engine.decision(.denied, "\u{1B}[2J", .read, .topic, "t\r\n", reason: "\u{1B}c")])))
        console.send(.feed(.logs([engine.log(.error, "\u{1B}x", "a\u{9B}b", ["k\n": "\u{1B}[0m"])])))
        for way in [["1"], ["1", "Enter"], ["2"], ["4"], ["4", "r"], ["8"], ["8", "w"], ["8", "Enter"]] {
            for key in way { console.press(key) }
            let isClean = console.screen.unicodeScalars.allSatisfy {
                $0 == "\n" || !["Cc", "Cf"].contains($0.properties.generalCategory.short)
            }
            #expect(isClean, "\(way)")
            console.press("Esc", "Esc")
        }
    }
}

extension Unicode.GeneralCategory {
    fileprivate var short: String {
        switch self {
        case .control: "Cc"
        case .format: "Cf"
        default: ""
        }
    }
}
