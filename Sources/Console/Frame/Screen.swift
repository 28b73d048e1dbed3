/// A step of the cursor.
package enum Motion: String, CaseIterable, Sendable {
    case up, down, left, right, pageUp, pageDown, first, last
}

/// One place of the console. Its state is a stored property of ``ConsoleState``; everything here works on the whole
/// state, so that a place can read what the engine shows and ask for effects.
///
/// Only `place`, `draw` and `commands` are required; the other requirements do nothing by default.
protocol Screen: Sendable {
    static var place: Place { get }
    /// The place's commands, the most useful first. The hint line shows them in this order.
    static var commands: [Command] { get }

    /// Draws the body of the place into `area`, which may be as small as one cell.
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect)

    /// The frame of the pane beside or below the list, if there is one now. Tab moves to it.
    static func secondPane(_ state: ConsoleState) -> Rect?
    /// All lines of the second pane, including those that do not fit.
    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line]

    /// The open views, the outermost first. Wide screens show them in the title row.
    static func crumbs(_ state: ConsoleState) -> [String]
    /// The line above the hints, when there is no message and no prompt.
    static func statusLine(_ state: ConsoleState) -> String

    /// The keys of the open view, if they differ from those of ``commands``.
    static func hints(_ state: ConsoleState) -> [Hint]?

    /// The place becomes visible.
    static func arrived(_ state: inout ConsoleState)
    /// The engine's data, the configuration or the time changed. This is called at most four times a second, also for
    /// places that are not visible.
    static func dataChanged(_ state: inout ConsoleState)
    static func move(_ motion: Motion, _ state: inout ConsoleState)
    /// Handles Enter.
    static func enter(_ state: inout ConsoleState)
    /// Handles Esc and q. Returns false if no view is open that could be closed.
    static func leave(_ state: inout ConsoleState) -> Bool

    /// Whether letters and digits are text here, so that they run no command.
    static func capturesText(_ state: ConsoleState) -> Bool
    /// Handles a key before the commands. Returns false if commands are to handle it.
    static func key(_ key: Key, _ state: inout ConsoleState) -> Bool
    /// Handles a paste. Returns false if the place has no use for it.
    static func paste(_ text: String, _ state: inout ConsoleState) -> Bool
    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool
    /// The answer to a request that this place made.
    static func receive(_ answer: Answer, _ state: inout ConsoleState)
    /// The filter of this place changed.
    static func filterChanged(_ state: inout ConsoleState)

    /// Goes to the object of that name. Returns false when there is none here.
    static func jump(to name: String, _ state: inout ConsoleState) -> Bool

    /// The text that `c` copies, and its name.
    static func copyText(_ state: ConsoleState) -> (text: String, what: String)?
    /// The command line that shows the same rows.
    static func commandLine(_ state: ConsoleState) -> String?
    /// The text that `y` shows and `o` opens in the pager.
    static func document(_ state: ConsoleState) -> (title: String, text: String)?
}

extension Screen {
    static func secondPane(_ state: ConsoleState) -> Rect? { nil }
    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] { [] }
    static func crumbs(_ state: ConsoleState) -> [String] { [] }
    static func statusLine(_ state: ConsoleState) -> String { "" }
    static func hints(_ state: ConsoleState) -> [Hint]? { nil }
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
