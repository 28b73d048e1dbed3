/// A key by its common name.
package enum Key: Hashable, Sendable {
    /// A character as typed: `a`, `A`, `/`, `é`.
    case character(Character)
    /// Ctrl with a letter, lower case. Ctrl-I, Ctrl-M, Ctrl-H and Ctrl-[ are other keys and never come as this.
    case control(Character)
    /// Alt with a character, or Esc and then it within the escape delay.
    case alt(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)

    package static let space = Key.character(" ")
}

extension Key: CustomStringConvertible {
    /// As help shows it: `Ctrl-P`, `F4`, `PgDn`.
    package var description: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "Ctrl-\(character.uppercased())"
        case .alt(let character): "Alt-\(character)"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .function(let number): "F\(number)"
        }
    }
}

/// A mouse action at a cell.
package struct MouseAction: Equatable, Sendable {
    package enum Kind: Sendable { case click, doubleClick, wheelUp, wheelDown }

    package var kind: Kind
    package var column: Int
    package var row: Int

    package init(kind: Kind, column: Int, row: Int) {
        self.kind = kind
        self.column = column
        self.row = row
    }
}

/// An event of the terminal.
package enum InputEvent: Equatable, Sendable {
    case key(Key)
    /// A bracketed paste, or a burst that is too fast to be typed. It may hold line breaks, and it runs no command.
    case paste(String)
    case mouse(MouseAction)
    case resize(Size)
    /// Ctrl-C.
    case interrupt
    /// Ctrl-Z.
    case suspend
    /// The process is in the foreground again, so the screen has to be drawn again.
    case resumed
    /// The terminal's answer about its background; nil if it does not know. It arrives once, after the question.
    case background(isLight: Bool?)
    /// SIGTERM, SIGHUP or a lost terminal.
    case terminate
}
