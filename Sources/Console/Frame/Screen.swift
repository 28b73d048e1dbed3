/// A step of the cursor.
package enum Motion: String, CaseIterable, Sendable {
    case up, down, left, right, pageUp, pageDown, first, last
}

/// One place of the console. Its state is a stored property of ``ConsoleState``; everything here works on the whole
/// state, so that a place can read what the engine shows and ask for effects.
///
/// Only `draw` and `commands` have to be there; each of the others does nothing unless a place says what.
protocol Screen: Sendable {
    static var place: Place { get }
    /// What can be done here, most useful first: the hint line shows them in this order.
    static var commands: [Command] { get }

    /// Draws the body of the place into `area`, which may be as small as one cell.
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect)

    /// The frame of the pane beside or below the list, when there is one now: Tab goes there.
    static func secondPane(_ state: ConsoleState) -> Rect?
    /// All of its lines, also those that do not fit.
    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line]

    /// What is open here, outermost first: shown in the title row of wide screens.
    static func crumbs(_ state: ConsoleState) -> [String]
    /// The line above the hints, when no message and no prompt is there.
    static func statusLine(_ state: ConsoleState) -> String

    /// Keys for what is open here, when they are others than those of ``commands``.
    static func hints(_ state: ConsoleState) -> [(key: String, title: String)]?

    /// The place becomes visible.
    static func arrived(_ state: inout ConsoleState)
    /// The engine, the configuration or the clock moved on. Called at most four times a second, visible or not.
    static func dataChanged(_ state: inout ConsoleState)
    static func move(_ motion: Motion, _ state: inout ConsoleState)
    /// Enter.
    static func enter(_ state: inout ConsoleState)
    /// Esc or q. Returns false when there is nothing left to come out of.
    static func leave(_ state: inout ConsoleState) -> Bool

    /// True while letters and digits are text here, so that they run no command.
    static func capturesText(_ state: ConsoleState) -> Bool
    /// A key before any command sees it. Returns false to let commands have it.
    static func key(_ key: Key, _ state: inout ConsoleState) -> Bool
    /// A paste. Returns false when it has no use here.
    static func paste(_ text: String, _ state: inout ConsoleState) -> Bool
    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool
    /// The answer to a request that this place made.
    static func receive(_ answer: Answer, _ state: inout ConsoleState)
    /// The filter of this place changed.
    static func filterChanged(_ state: inout ConsoleState)

    /// Goes to the object of that name. Returns false when there is none here.
    static func jump(to name: String, _ state: inout ConsoleState) -> Bool

    /// What `c` copies, and what to call it.
    static func copyText(_ state: ConsoleState) -> (text: String, what: String)?
    /// The command line that shows the same.
    static func commandLine(_ state: ConsoleState) -> String?
    /// What `y` shows and `o` opens in the pager.
    static func document(_ state: ConsoleState) -> (title: String, text: String)?
}

extension Screen {
    static func secondPane(_ state: ConsoleState) -> Rect? { nil }
    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] { [] }
    static func crumbs(_ state: ConsoleState) -> [String] { [] }
    static func statusLine(_ state: ConsoleState) -> String { "" }
    static func hints(_ state: ConsoleState) -> [(key: String, title: String)]? { nil }
    static func arrived(_ state: inout ConsoleState) {}
    static func dataChanged(_ state: inout ConsoleState) {}
    static func move(_ motion: Motion, _ state: inout ConsoleState) {}
    static func enter(_ state: inout ConsoleState) {}
    static func leave(_ state: inout ConsoleState) -> Bool { false }
    static func capturesText(_ state: ConsoleState) -> Bool { false }
    static func key(_ key: Key, _ state: inout ConsoleState) -> Bool { false }
    static func paste(_ text: String, _ state: inout ConsoleState) -> Bool { false }
    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool { false }
    static func receive(_ answer: Answer, _ state: inout ConsoleState) {}
    static func filterChanged(_ state: inout ConsoleState) {}
    static func jump(to name: String, _ state: inout ConsoleState) -> Bool { false }
    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? { nil }
    static func commandLine(_ state: ConsoleState) -> String? { nil }
    static func document(_ state: ConsoleState) -> (title: String, text: String)? { nil }
}
