import Foundation

@testable import Console

/// A console in a test: keys go in as words, the screen comes out as lines.
struct TestConsole {
    var state: ConsoleState
    private(set) var effects: [Effect] = []

    static let start = Date(timeIntervalSince1970: 1_795_524_067)  // 2026-11-24T12:41:07Z

    init(_ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii, options: ConsoleOptions = ConsoleOptions()) {
        self.state = ConsoleState(
            size: Size(columns: columns, rows: rows), glyphs: glyphs, now: Self.start, options: options)
    }

    mutating func send(_ event: ConsoleEvent) { self.effects += self.state.update(event) }

    /// `"2"`, `"Enter"`, `"Ctrl-P"`, `"F4"`, or any text, which is typed letter by letter.
    mutating func press(_ names: String...) {
        for name in names {
            for key in Self.keys(name) { self.send(.input(.key(key))) }
        }
    }

    mutating func paste(_ text: String) { self.send(.input(.paste(text))) }

    mutating func advance(_ seconds: Double) { self.send(.tick(self.state.now.addingTimeInterval(seconds))) }

    /// The effects since the last call.
    mutating func takeEffects() -> [Effect] {
        defer { self.effects = [] }
        return self.effects
    }

    var lines: [String] { self.state.draw().lines }
    var screen: String { self.lines.joined(separator: "\n") }

    static func keys(_ name: String) -> [Key] {
        let named: [String: Key] = [
            "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift-Tab": .backTab, "Backspace": .backspace, "Up": .up,
            "Down": .down, "Left": .left, "Right": .right, "PgUp": .pageUp, "PgDn": .pageDown, "Home": .home,
            "End": .end, "Del": .delete, "Space": .space,
        ]
        if let key = named[name] { return [key] }
        if name.hasPrefix("Ctrl-"), let letter = name.last { return [.control(Character(letter.lowercased()))] }
        if name.count > 1, name.hasPrefix("F"), let number = Int(name.dropFirst()) { return [.function(number)] }
        return name.map(Key.character)
    }
}
