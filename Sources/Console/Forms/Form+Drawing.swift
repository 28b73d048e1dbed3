extension Form {
    /// Draws as much as fits; the item under the cursor is always in view.
    ///
    /// - Parameter isActive: whether keys go to the form: only then a cursor shows.
    func draw(into grid: inout Grid, area: Rect, glyphs: Glyphs, isActive: Bool) {
        guard !area.isEmpty else { return }
        let layout = FormLayout(self, columns: Self.columns(of: area))
        let top = layout.top(rows: area.rows, focus: isActive ? self.focus : "")
        for line in layout.lines.dropFirst(top).prefix(area.rows).enumerated() {
            self.draw(line.element, into: &grid, row: area.row + line.offset, area: area, glyphs, isActive)
        }
        if top > 0 { self.mark(String(glyphs.sortedUp), into: &grid, row: area.row, area) }
        if top + area.rows < layout.lines.count {
            self.mark(String(glyphs.sortedDown), into: &grid, row: area.endRow - 1, area)
        }
    }

    /// The last column is for the marks of what is out of view.
    private static func columns(of area: Rect) -> Int { area.columns > 10 ? area.columns - 1 : area.columns }

    private func mark(_ text: String, into grid: inout Grid, row: Int, _ area: Rect) {
        grid.write(text, column: area.endColumn - 1, row: row, role: .chromeScroll, limit: area)
    }

    private func draw(
        _ line: FormLayout.Line, into grid: inout Grid, row: Int, area: Rect, _ glyphs: Glyphs, _ isActive: Bool
    ) {
        let limit = Rect(column: area.column, row: row, columns: area.columns, rows: 1)
        let hasFocus = isActive && line.item == self.focus
        if hasFocus, line.isFirst {
            grid.write(String(glyphs.pointer), column: area.column, row: row, role: .accent, limit: limit)
        }
        for piece in line.pieces {
            let text = CellText.cut(piece.text, to: area.columns - piece.column, ellipsis: glyphs.ellipsis)
            var role = piece.role
            switch piece.part {
            case .label: if hasFocus { role = .accent }
            case .option(let isUnderCursor): if hasFocus, isUnderCursor { role = .buttonFocus }
            case .button(let id): if isActive, id == self.focus { role = .buttonFocus }
            case .plain: break
            }
            grid.write(text, column: area.column + piece.column, row: row, role: role, limit: limit)
        }
        guard let field = line.field, line.fieldColumns > 0 else { return }
        let column = area.column + line.fieldColumn
        // Without the cursor a text is shown from its start.
        var text = field.text
        if !hasFocus { _ = text.press(.home) }
        let cursor = text.draw(
            into: &grid, column: column, row: row, columns: line.fieldColumns,
            role: field.isWrong ? .inputInvalid : .inputText, placeholder: field.placeholder, isSecret: field.isSecret)
        if hasFocus, cursor < min(area.endColumn, grid.size.columns) { grid.cursor = (cursor, row) }
    }

    /// The item drawn at a row and column of `area`, for the mouse.
    func item(column: Int, row: Int, in area: Rect, isActive: Bool) -> String? {
        let layout = FormLayout(self, columns: Self.columns(of: area))
        let line = row - area.row + layout.top(rows: area.rows, focus: isActive ? self.focus : "")
        guard row >= area.row, row < area.endRow, layout.lines.indices.contains(line) else { return nil }
        for piece in layout.lines[line].pieces.reversed() {
            if case .button(let id) = piece.part {
                let start = area.column + piece.column
                if column >= start, column < start + CellText.width(piece.text) { return id }
            }
        }
        return layout.lines[line].item
    }
}

/// A form broken into lines of a certain width.
struct FormLayout {
    enum Part: Equatable {
        case plain, label
        case option(isUnderCursor: Bool)
        case button(String)
    }

    struct Piece {
        var column: Int
        var text: String
        var role: Role
        var part = Part.plain
    }

    struct Field {
        var text: TextField
        var placeholder: String
        var isSecret: Bool
        var isWrong: Bool
    }

    struct Line {
        var item: String
        var isFirst = false
        var pieces: [Piece] = []
        var field: Field?
        var fieldColumn = 0
        var fieldColumns = 0
    }

    private(set) var lines: [Line] = []
    private let columns: Int
    private let labelColumns: Int

    init(_ form: Form, columns: Int) {
        self.columns = columns
        let widest = form.items.filter { !$0.label.isEmpty }.map { CellText.width($0.label) }.max() ?? 0
        self.labelColumns = min(widest + 3, max(4, columns * 2 / 5))
        var buttons: [FormItem] = []
        for item in form.items {
            if case .button = item.control {
                buttons.append(item)
                continue
            }
            self.add(buttons)
            buttons = []
            self.add(item)
        }
        self.add(buttons)
    }

    /// The first line to show, so that all lines of `focus` are in view if they fit.
    func top(rows: Int, focus: String) -> Int {
        guard self.lines.count > rows, rows > 0 else { return 0 }
        guard let first = self.lines.firstIndex(where: { self.holds($0, focus) }) else { return 0 }
        let last = self.lines.lastIndex { self.holds($0, focus) } ?? first
        let middle = (first + last) / 2 - rows / 2
        // As much of what is under the cursor as fits, its first line above all.
        let top = min(first, max(middle, last - rows + 1))
        return max(0, min(top, self.lines.count - rows))
    }

    private func holds(_ line: Line, _ id: String) -> Bool {
        line.item == id || line.pieces.contains { $0.part == .button(id) }
    }

    private mutating func add(_ item: FormItem) {
        guard item.control != .none else {
            let first = self.lines.count
            for note in item.notes { self.addNote(note, item.id, from: 1) }
            if item.isStop, first < self.lines.count { self.lines[first].isFirst = true }
            return
        }
        var line = Line(item: item.id, isFirst: true)
        let label = CellText.cut(CellText.sanitised(item.label), to: max(1, self.labelColumns - 2), ellipsis: "~")
        line.pieces.append(Piece(column: 1, text: label, role: .base, part: .label))
        let start = item.label.isEmpty ? 1 : self.labelColumns
        switch item.control {
        case .none, .button: break
        case .text(let text, let placeholder, let isSecret):
            let width = max(0, min(self.columns - start - 2, 50))
            line.pieces.append(Piece(column: start, text: "[", role: .muted))
            line.pieces.append(Piece(column: start + width + 1, text: "]", role: .muted))
            line.field = Field(
                text: text, placeholder: placeholder, isSecret: isSecret, isWrong: item.problem != nil)
            line.fieldColumn = start + 1
            line.fieldColumns = width
            self.lines.append(line)
        case .choice(let options, let selected):
            let title = options.indices.contains(selected) ? options[selected].title : "nothing to choose"
            let count = options.count > 1 ? "  \(selected + 1)/\(options.count)" : ""
            let text = "< \(CellText.sanitised(title)) >"
            line.pieces.append(Piece(column: start, text: text, role: .inputText, part: .option(isUnderCursor: true)))
            line.pieces.append(Piece(column: start + CellText.width(text), text: count, role: .muted))
            self.lines.append(line)
        case .checkbox(let title, let isOn):
            line.pieces.append(
                Piece(
                    column: start, text: (isOn ? "[x] " : "[ ] ") + title, role: .inputText,
                    part: .option(isUnderCursor: true)))
            self.lines.append(line)
        case .radio(let options, let selected):
            let texts = options.enumerated().map { ($0.offset == selected ? "(o) " : "( ) ") + $0.element.title }
            self.addOptions(texts, cursor: selected, from: start, line)
        case .checks(let options, let on, let cursor):
            let texts = options.map { (on.contains($0.id) ? "[x] " : "[ ] ") + $0.title }
            self.addOptions(texts, cursor: cursor, from: start, line)
        }
        if let problem = item.problem { self.addNote(.init("! " + problem, .inputError), item.id, from: start) }
        if item.problem != nil { self.addSuggestion(of: item, from: start) }
        for note in item.notes { self.addNote(note, item.id, from: start) }
        // Without a problem of its own, the item's notes describe the problem.
        if item.problem == nil { self.addSuggestion(of: item, from: start) }
    }

    private mutating func addSuggestion(of item: FormItem, from start: Int) {
        guard let suggestion = item.suggestion else { return }
        // A note as long as the typed text would fill the form.
        let shown = suggestion.count > 60 ? "\(suggestion.prefix(57))..." : suggestion
        let text = item.offer ?? "  Suggest: \(shown)  (Ctrl-F accepts)"
        self.addNote(.init(text, .accent), item.id, from: start)
    }

    /// Options side by side, in columns when they need several lines.
    private mutating func addOptions(_ texts: [String], cursor: Int, from start: Int, _ first: Line) {
        let room = max(1, self.columns - start)
        let widths = texts.map { CellText.width($0) + 2 }
        let fitsOneLine = widths.reduce(0, +) - 2 <= room
        let cell = max(1, widths.max() ?? 1)
        let perLine = max(1, (room + 2) / cell)
        // If not even two columns fit, the options follow each other like words.
        let flows = fitsOneLine || perLine < 2
        var line = first
        var column = start
        for (index, text) in texts.enumerated() {
            let isFull =
                flows ? column + CellText.width(text) > self.columns && column > start : index % perLine == 0
            if index > 0, isFull {
                self.lines.append(line)
                line = Line(item: first.item)
                column = start
            }
            line.pieces.append(
                Piece(column: column, text: text, role: .inputText, part: .option(isUnderCursor: index == cursor)))
            column += flows ? widths[index] : cell
        }
        self.lines.append(line)
    }

    private mutating func addNote(_ note: FormItem.Note, _ item: String, from start: Int) {
        let text = CellText.sanitised(note.text)
        let indent = min(8, text.prefix { $0 == " " }.count)
        let column = start + indent
        for part in CellText.wrapped(text.trimmingSpaces, columns: max(1, self.columns - column)) {
            self.lines.append(Line(item: item, pieces: [Piece(column: column, text: part, role: note.role)]))
        }
    }

    /// Buttons in a row at the right, in several rows when they need them.
    private mutating func add(_ buttons: [FormItem]) {
        guard !buttons.isEmpty else { return }
        var rows: [[(id: String, text: String)]] = [[]]
        var used = 0
        for item in buttons {
            guard case .button(let title) = item.control else { continue }
            let text = "[ \(title) ]"
            let width = CellText.width(text) + 2
            if used > 0, used + width > self.columns {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append((item.id, text))
            used += width
        }
        for row in rows {
            let width = row.reduce(0) { $0 + CellText.width($1.text) + 2 } - 2
            var line = Line(item: row.first?.id ?? "")
            var column = max(1, self.columns - width - 1)
            for button in row {
                line.pieces.append(
                    Piece(column: column, text: button.text, role: .button, part: .button(button.id)))
                column += CellText.width(button.text) + 2
            }
            self.lines.append(line)
        }
    }
}
