import Foundation
import Resources

extension ConsoleState {
    /// Draws the screen, at any size down to one cell.
    package func draw() -> Grid {
        var grid = Grid(self.size)
        grid.ellipsis = self.glyphs.ellipsis
        guard self.size.columns > 0, self.size.rows > 0 else { return grid }
        let layout = FrameLayout(self.size)
        self.drawTitle(into: &grid, area: layout.title)
        self.drawPlaces(into: &grid, area: layout.places)
        if !layout.body.isEmpty {
            if case .notConnected(let reason) = self.data.freshness {
                // A place full of zeros would look like an idle engine.
                self.drawNotConnected(reason, into: &grid, area: layout.body)
            } else {
                self.place.screen.draw(self, into: &grid, area: layout.body)
            }
        }
        self.drawHints(into: &grid, area: layout.hints)
        for overlay in self.overlays { self.draw(overlay, into: &grid, area: layout.body) }
        self.drawMessage(into: &grid, area: layout.message)
        return grid
    }

    var bodyArea: Rect { FrameLayout(self.size).body }
    var overlayArea: Rect { self.bodyArea }

    // MARK: Places

    /// Each place with the columns of its name in the bar.
    private func placeBar(columns: Int) -> [(place: Place, text: String, column: Int)] {
        let narrow = columns < 60
        var column = narrow ? 0 : columns >= 120 ? 1 : 0
        return Place.allCases.map { place in
            let isHere = place == self.place
            let text: String
            if narrow {
                text = isHere ? "[\(place.rawValue)]\(place.title) " : "\(place.rawValue) "
            } else if columns >= 120 {
                text = "\(place.rawValue)\(isHere ? String(self.glyphs.pointer) : " ")\(place.title)   "
            } else {
                text = "\(place.rawValue)\(isHere ? ">" : " ")\(place.title) "
            }
            defer { column += CellText.width(text) }
            return (place, text, column)
        }
    }

    private func drawPlaces(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        for entry in self.placeBar(columns: area.columns) {
            let isHere = entry.place == self.place
            let text = entry.text.trimmingSpaces
            grid.write(
                text, column: area.column + entry.column, row: area.row,
                role: isHere ? .chromePlaceActive : .chromePlace, limit: area)
        }
    }

    func placeBar(at column: Int) -> Place? {
        self.placeBar(columns: self.size.columns).last { $0.column <= column }?.place
    }

    // MARK: Message, filter, prompt

    private func drawMessage(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let row = area.row
        if let prompt = self.prompt {
            let label = " " + prompt.label
            let start = grid.write(label, column: area.column, row: row, role: .chromeKey, limit: area)
            let problem = self.promptProblem
            let width = max(1, area.endColumn - start - 1)
            let cursor = prompt.field.draw(
                into: &grid, column: start, row: row, columns: width,
                role: problem == nil ? .inputText : .inputInvalid, placeholder: self.promptPlaceholder)
            grid.cursor = (cursor, row)
            if let problem {
                let text = "at \(problem.position + 1): \(problem.message)"
                let column = max(
                    start + CellText.width(prompt.field.text) + 2, area.endColumn - CellText.width(text) - 1)
                grid.write(text, column: column, row: row, role: .inputError, limit: area)
            } else if let hint = self.promptHint {
                grid.write(
                    hint, column: start + CellText.width(prompt.field.text) + 2, row: row, role: .inputPlaceholder,
                    limit: area)
            }
            return
        }
        if let message = self.messages.shown {
            return self.drawMessage(message.text, message.role, into: &grid, area: area)
        }
        switch self.data.freshness {
        case .stale(_, let reason):
            return self.drawMessage("\(reason) The values are old.", .stateStale, into: &grid, area: area)
        case .notConnected:
            let words = self.reconnecting == nil ? "Not connected. r tries again now." : "Trying again..."
            return self.drawMessage(words, .stateDown, into: &grid, area: area)
        case .connecting, .live: break
        }
        var column = area.column + 1
        if let entry = self.filters[self.place], !entry.text.isEmpty {
            column = grid.write("filter: ", column: column, row: row, role: .muted, limit: area)
            let role: Role = entry.problem != nil ? .inputInvalid : entry.isOn ? .tableMatch : .inputDisabled
            column = grid.write(
                CellText.cut(entry.text, to: max(8, area.columns / 2), ellipsis: self.glyphs.ellipsis), column: column,
                row: row, role: role, limit: area)
            column = grid.write(entry.isOn ? "   " : " (off)   ", column: column, row: row, role: .muted, limit: area)
        }
        grid.line(
            self.place.screen.statusLine(self), column: column, row: row, columns: area.endColumn - column - 1,
            role: .muted, glyphs: self.glyphs)
    }

    /// A message that needs more than its row covers the end of the body.
    private func drawMessage(_ text: String, _ role: Role, into grid: inout Grid, area: Rect) {
        let lines = self.messageLines(text, columns: area.columns - 2)
        let top = max(0, area.endRow - lines.count)
        for (index, line) in lines.enumerated() {
            let row = Rect(column: area.column, row: top + index, columns: area.columns, rows: 1)
            grid.fill(row, role: .base)
            grid.write(line, column: area.column + 1, row: row.row, role: role, limit: row)
        }
    }

    /// Draws the reason in the middle of every place until an engine has answered, because there is nothing else to
    /// show.
    private func drawNotConnected(_ reason: String, into grid: inout Grid, area: Rect) {
        let width = min(area.columns, 72)
        let inside = max(1, width - 4)
        var lines: [(String, Role)] = []
        for text in CellText.wrapped(CellText.sanitised("Tried \(self.options.attachedTo)."), columns: inside) {
            lines.append((text, .muted))
        }
        for text in CellText.wrapped(CellText.sanitisedLines(reason), columns: inside) { lines.append((text, .strong)) }
        lines.append(("r tries again now; the console tries every few seconds.", .muted))
        let frame = area.centered(columns: width, rows: min(area.rows, lines.count + 2))
        grid.fill(frame, role: .dialog)
        let inner = grid.panel(
            frame, title: "Not connected", isFocused: true, glyphs: self.glyphs, role: .dialogDanger)
        // A small window has room for the reason only.
        for (index, line) in lines.dropFirst(lines.count > inner.rows ? 1 : 0).prefix(inner.rows).enumerated() {
            grid.line(
                line.0, column: inner.column + 1, row: inner.row + index, columns: max(0, inner.columns - 2),
                role: line.1, glyphs: self.glyphs)
        }
    }

    private var promptProblem: FilterError? {
        guard case .filter(let place) = self.prompt?.kind else { return nil }
        return self.filters[place]?.problem
    }

    private var promptPlaceholder: String {
        switch self.prompt?.kind {
        case .filter: "word, principal:svc-*, topic:orders.*, op:write, deny, age:<5m, & | ! ( ) ~regex~"
        case .command: "a command; Tab completes, Ctrl-P searches"
        case .argument, nil: ""
        }
    }

    private var promptHint: String? {
        guard let prompt = self.prompt, prompt.kind == .command, !prompt.field.text.isEmpty,
            let (command, argument) = CommandTable.resolve(prompt.field.text)
        else { return nil }
        let expected = argument.isEmpty ? command.argument.map { " \($0)" } ?? "" : ""
        return "\(command.name)\(expected): \(command.title)"
    }

    // MARK: Hints

    private func drawHints(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let hints = self.hints
        // Quit and help stay visible at every width; the hints before them are cut.
        var right = area.endColumn - 1
        for hint in hints.always.reversed() {
            right -= Self.columns(of: hint)
            self.draw(hint, column: max(area.column, right), into: &grid, area: area)
            right -= 2
        }
        var column = area.column + 1
        for hint in hints.here {
            let width = Self.columns(of: hint)
            guard column + width <= right else { break }
            self.draw(hint, column: column, into: &grid, area: area)
            column += width + 2
        }
    }

    private static func columns(of hint: Hint) -> Int { CellText.width(hint.key) + 1 + CellText.width(hint.title) }

    private func draw(_ hint: Hint, column: Int, into grid: inout Grid, area: Rect) {
        let end = grid.write(hint.key, column: column, row: area.row, role: .chromeKey, limit: area)
        grid.write(" " + hint.title, column: end, row: area.row, role: .chromeHint, limit: area)
    }

    /// The keys for the open view, the most useful first, and the keys at the right end that are always shown.
    var hints: (here: [Hint], always: [Hint]) {
        if let prompt = self.prompt {
            switch prompt.kind {
            case .command: return ([("Enter", "run"), ("Tab", "complete"), ("Up", "last"), ("Esc", "cancel")], [])
            case .filter: return ([("Enter", "keep"), ("Esc", "as before"), ("Ctrl-U", "clear")], [])
            case .argument: return ([("Enter", "continue"), ("Esc", "cancel")], [])
            }
        }
        if let overlay = self.overlays.last { return (overlay.hints, []) }
        if self.isNotConnected { return ([("r", "try again"), ("8", "logs")], Self.wayOut) }
        let screen = self.place.screen
        if let hints = screen.hints(self) {
            return (hints, screen.capturesText(self) ? [] : Self.wayOut)
        }
        if self.isNothingSetUp, self.place != .setup { return ([("9", "set up")], Self.wayOut) }
        let isTyping = screen.capturesText(self)
        var commands = screen.commands
        if !isTyping {
            commands += ["filter", "command", "palette"].compactMap { name in
                FrameCommands.all.first { $0.name == name }
            }
        }
        var hints = commands.compactMap { command -> Hint? in
            guard !command.isHidden, let key = command.keys.first, let hint = command.hint else { return nil }
            if isTyping, case .character = key { return nil }
            return (key.description, hint)
        }
        if screen.secondPane(self) != nil { hints += [("Tab", "pane"), ("z", "zoom"), ("-", "layout")] }
        return (hints, isTyping ? [] : Self.wayOut)
    }

    private static let wayOut: [Hint] = ["help", "out"].compactMap { name in
        guard let command = FrameCommands.all.first(where: { $0.name == name }), let key = command.keys.first else {
            return nil
        }
        return (key.description, command.hint ?? command.name)
    }

    /// Whether there is no gateway, so that the places have nothing to show.
    private var isNothingSetUp: Bool { self.data.isConfigurationKnown && self.data.configuration.gateways.isEmpty }
}

/// A key and its effect here, in a word.
typealias Hint = (key: String, title: String)

extension Overlay {
    fileprivate var hints: [Hint] {
        switch self {
        case .help, .palette: [("type", "to search"), ("Enter", "run"), ("Esc", "close")]
        case .picker: [("Enter", "choose"), ("type", "to search"), ("Esc", "cancel")]
        case .confirm(let value):
            switch value.level {
            case .reversible: [("y", value.verb.lowercased()), ("n", "no"), ("Esc", "no")]
            case .typeName: [("type", "the name"), ("Enter", value.verb.lowercased()), ("Esc", "no")]
            }
        case .text: [("Esc", "close"), ("PgDn", "on"), ("c", "copy"), ("o", "pager"), ("1-9", "places")]
        case .themes: [("Enter", "keep"), ("Esc", "as before"), ("Up/Down", "try")]
        }
    }
}

/// The areas of the frame's parts. Below 12 rows the hints go, below 6 the places too; one row is the body's alone.
struct FrameLayout: Equatable, Sendable {
    var title: Rect
    var places: Rect
    var body: Rect
    var message: Rect
    var hints: Rect

    init(_ size: Size) {
        var rest = Rect(size)
        let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
        self.title = none
        self.places = none
        self.message = none
        self.hints = none
        if size.rows >= 3 { (self.title, rest) = rest.splitTop(1) }
        if size.rows >= 6 { (self.places, rest) = rest.splitTop(1) }
        if size.rows >= 10 { (rest, self.hints) = rest.splitBottom(1) }
        if size.rows >= 4 { (rest, self.message) = rest.splitBottom(1) }
        self.body = rest
    }
}
