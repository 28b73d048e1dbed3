extension ConsoleState {
    func draw(_ overlay: Overlay, into grid: inout Grid, area: Rect) {
        grid.cursor = nil
        switch overlay {
        case .confirm(let value): self.draw(value, into: &grid, area: area)
        case .picker(let value): self.draw(value, into: &grid, area: area)
        case .text(let value): self.draw(value, into: &grid, area: area)
        case .help(let value): self.draw(value, into: &grid, area: area)
        case .palette(let value): self.draw(value, into: &grid, area: area)
        case .themes(let value): self.draw(value, into: &grid, area: area)
        }
    }

    private func dialog(
        _ area: Rect, columns: Int, rows: Int, title: String, trailing: String = "", role: Role = .dialogBorder,
        into grid: inout Grid
    ) -> Rect {
        let frame = area.centered(columns: columns, rows: rows)
        grid.fill(frame, role: .dialog)
        return grid.panel(frame, title: title, trailing: trailing, isFocused: true, glyphs: self.glyphs, role: role)
    }

    private func draw(_ value: Confirmation, into grid: inout Grid, area: Rect) {
        let width = min(max(40, area.columns * 3 / 4), 76)
        let lines = value.lines.flatMap { CellText.wrapped(CellText.sanitised($0), columns: max(1, width - 4)) }
        var isDangerous = false
        if case .typeName = value.level { isDangerous = true }
        let inner = self.dialog(
            area, columns: width, rows: lines.count + 5, title: value.title,
            role: isDangerous ? .dialogDanger : .dialogBorder, into: &grid)
        for (index, line) in lines.prefix(max(0, inner.rows - 2)).enumerated() {
            // Lines of a difference are marked as such.
            let role: Role = line.hasPrefix("+ ") ? .diffAdd : line.hasPrefix("- ") ? .diffDel : .dialog
            grid.write(line, column: inner.column + 1, row: inner.row + index, role: role, limit: inner)
        }
        let row = max(inner.row, inner.endRow - 1)
        switch value.level {
        case .typeName(let name):
            let label = "Type \(name) to continue: "
            let start = grid.write(
                CellText.cut(CellText.sanitised(label), to: max(0, inner.columns - 8)), column: inner.column + 1,
                row: row, role: .dialog, limit: inner)
            if value.isWrong, row > inner.row {
                grid.write(
                    CellText.cut("That is not the name, so nothing was done. Esc cancels.", to: inner.columns - 2),
                    column: inner.column + 1, row: row - 1, role: .inputError, limit: inner)
            }
            let isRight = Confirmation.isTyped(value.field.text, name)
            let cursor = value.field.draw(
                into: &grid, column: start, row: row, columns: max(1, inner.endColumn - start - 1),
                role: isRight ? .inputText : .inputInvalid)
            grid.cursor = (cursor, row)
        case .reversible:
            let no = value.isAccepting ? "  No  " : "[ No ]"
            let yes = value.isAccepting ? "[ \(value.verb) ]" : "  \(value.verb)  "
            var column = inner.column + 1
            column =
                grid.write(no, column: column, row: row, role: value.isAccepting ? .button : .buttonFocus, limit: inner)
                + 2
            grid.write(yes, column: column, row: row, role: value.isAccepting ? .buttonFocus : .button, limit: inner)
        }
    }

    private func draw(_ value: PickerOverlay, into grid: inout Grid, area: Rect) {
        let shown = value.shown
        let widest = value.items.map { CellText.width($0.title) + CellText.width($0.detail) }.max() ?? 10
        let inner = self.dialog(
            area, columns: min(area.columns, max(44, widest + 8)), rows: min(area.rows, shown.count + 4),
            title: value.title, trailing: "\(shown.count)", into: &grid)
        self.drawQuery(value.query, label: "search: ", row: inner.row, inner: inner, into: &grid)
        self.drawList(
            shown.map { ($0.title, $0.detail, Role.base) }, selection: value.selection, inner: inner.splitTop(1).rest,
            into: &grid)
    }

    private func drawQuery(_ field: TextField, label: String, row: Int, inner: Rect, into grid: inout Grid) {
        let start = grid.write(label, column: inner.column + 1, row: row, role: .muted, limit: inner)
        let cursor = field.draw(into: &grid, column: start, row: row, columns: max(1, inner.endColumn - start - 1))
        grid.cursor = (cursor, row)
    }

    private func drawList(_ items: [(String, String, Role)], selection: Int, inner: Rect, into grid: inout Grid) {
        guard inner.rows > 0 else { return }
        let top = max(0, min(selection - inner.rows / 2, items.count - inner.rows))
        let widest = min(inner.columns / 2, items.map { CellText.width($0.0) }.max() ?? 0)
        for (line, item) in items.dropFirst(top).prefix(inner.rows).enumerated() {
            let row = inner.row + line
            let isSelected = top + line == selection
            grid.write(
                isSelected ? String(self.glyphs.pointer) : " ", column: inner.column, row: row, role: .dialog,
                limit: inner)
            grid.line(
                item.0, column: inner.column + 1, row: row, columns: min(widest, inner.columns - 1), role: item.2,
                glyphs: self.glyphs)
            grid.line(
                item.1, column: inner.column + widest + 3, row: row, columns: inner.columns - widest - 3, role: .muted,
                glyphs: self.glyphs)
            if isSelected {
                grid.restyle(Rect(column: inner.column, row: row, columns: inner.columns, rows: 1), role: .tableCursor)
            }
        }
    }

    private func draw(_ value: TextOverlay, into grid: inout Grid, area: Rect) {
        grid.fill(area, role: .dialog)
        let last = min(value.lines.count, value.top + max(0, area.rows - 2))
        let inner = grid.panel(
            area, title: value.title, trailing: "\(last)/\(value.lines.count)", isFocused: true, glyphs: self.glyphs,
            role: .dialogBorder)
        for (index, line) in value.lines.dropFirst(value.top).prefix(inner.rows).enumerated() {
            grid.runs(line.runs, column: inner.column + 1, row: inner.row + index, area: inner)
        }
    }

    private func draw(_ value: HelpOverlay, into grid: inout Grid, area: Rect) {
        let entries = value.entries(self)
        grid.fill(area, role: .dialog)
        let inner = grid.panel(
            area, title: "Help for \(value.place.title)",
            trailing: "\(entries.count) of \(CommandTable.all.filter { !$0.isHidden }.count)", isFocused: true,
            glyphs: self.glyphs, role: .dialogBorder)
        self.drawQuery(value.query, label: "type to search: ", row: inner.row, inner: inner, into: &grid)
        let list = inner.splitTop(1).rest
        guard !entries.isEmpty else {
            return grid.emptyState(
                ["No command matches '\(value.query.text)'.", "Backspace deletes a letter, Ctrl-U all; Esc closes."],
                in: list)
        }
        // Each section has its own line, and a long text continues on the next line.
        let nameWidth = list.columns >= 70 ? 22 : 0
        let textWidth = max(1, list.columns - 20 - nameWidth)
        var lines: [(entry: Int?, text: String, isFirst: Bool)] = []
        var section = ""
        for (index, entry) in entries.enumerated() {
            if entry.section != section {
                section = entry.section
                lines.append((nil, section, true))
            }
            let title = entry.reason.map { "\(entry.title)  (off: \($0))" } ?? entry.title
            for (line, text) in CellText.wrapped(CellText.sanitised(title), columns: textWidth).enumerated() {
                lines.append((index, text, line == 0))
            }
        }
        let selectedLine = lines.firstIndex { $0.entry == value.selection } ?? 0
        let top = max(0, min(selectedLine - list.rows / 2, lines.count - list.rows))
        for (offset, line) in lines.dropFirst(top).prefix(max(0, list.rows)).enumerated() {
            let row = list.row + offset
            guard let index = line.entry else {
                grid.write(line.text, column: list.column + 1, row: row, role: .chromeTitle, limit: list)
                continue
            }
            let entry = entries[index]
            let isSelected = index == value.selection
            if line.isFirst {
                grid.write(
                    isSelected ? String(self.glyphs.pointer) : " ", column: list.column + 1, row: row, role: .dialog,
                    limit: list)
                grid.line(
                    entry.keys, column: list.column + 2, row: row, columns: 16, role: .chromeKey, glyphs: self.glyphs)
            }
            grid.write(
                line.text, column: list.column + 19, row: row,
                role: entry.reason == nil ? .base : .inputDisabled, limit: list)
            if nameWidth > 0, line.isFirst {
                grid.line(
                    ":" + entry.command, column: list.endColumn - nameWidth, row: row, columns: nameWidth - 1,
                    role: .muted, glyphs: self.glyphs)
            }
            if isSelected {
                grid.restyle(Rect(column: list.column, row: row, columns: list.columns, rows: 1), role: .tableCursor)
            }
        }
    }

    private func draw(_ value: PaletteOverlay, into grid: inout Grid, area: Rect) {
        let entries = value.entries(self)
        let inner = self.dialog(
            area, columns: min(area.columns, max(60, area.columns * 2 / 3)), rows: area.rows,
            title: "Palette", trailing: "\(entries.count)", into: &grid)
        self.drawQuery(value.query, label: "> ", row: inner.row, inner: inner, into: &grid)
        let items = entries.map { entry in
            (entry.title, entry.kind == "command" ? entry.detail : "\(entry.kind)  \(entry.detail)", Role.base)
        }
        self.drawList(items, selection: value.selection, inner: inner.splitTop(1).rest, into: &grid)
    }

    private func draw(_ value: ThemeOverlay, into grid: inout Grid, area: Rect) {
        grid.fill(area, role: .dialog)
        let (left, right) =
            area.columns >= 60 ? area.splitLeft(30) : (area, Rect(column: 0, row: 0, columns: 0, rows: 0))
        let list = grid.panel(left, title: "Themes", isFocused: true, glyphs: self.glyphs, role: .dialogBorder)
        let themes = self.theme.known
        if themes.isEmpty {
            grid.write("reading themes...", column: list.column + 1, row: list.row, role: .muted, limit: list)
        }
        let facts = self.options.terminalFacts
        let hasRoom = list.rows >= themes.count + facts.count + 1
        let (names, below) = list.splitBottom(hasRoom ? facts.count : 0)
        self.drawList(
            themes.map { ($0.name, $0.mode, Role.base) }, selection: value.selection, inner: names, into: &grid)
        grid.lines(facts.map { .init($0, .muted) }, in: below)
        guard !right.isEmpty else { return }
        let inner = grid.panel(right, title: "Preview: \(self.theme.inUse)", glyphs: self.glyphs, role: .dialogBorder)
        let samples: [[(String, Role)]] = [
            [
                ("ALLOW", .decisionAllow), ("DENY", .decisionDeny), ("ERROR", .decisionError),
                ("UNKNOWN", .decisionUnknown),
            ],
            [
                ("LIVE", .stateLive), ("PAUSED", .statePaused), ("STALE", .stateStale), ("ok", .stateOK),
                ("WARN", .stateWarn), ("DOWN", .stateDown), ("new", .stateDraft),
            ],
            [("TABLE HEADER", .tableHeader), ("SORTED", .tableHeaderSorted), ("selected row", .tableCursor)],
            [
                ("key", .syntaxKey), (":", .syntaxPunct), ("\"string\"", .syntaxString), ("42", .syntaxNumber),
                ("true", .syntaxBool), ("# comment", .syntaxComment),
            ],
            [("header", .jwtHeader), ("payload", .jwtPayload), ("signature", .jwtSignature)],
            [("input", .inputText), ("invalid", .inputInvalid), ("[ button ]", .button), ("[ focus ]", .buttonFocus)],
        ]
        var row = inner.row
        for sample in samples {
            var column = inner.column + 1
            for (text, role) in sample {
                column = grid.write(text, column: column, row: row, role: role, limit: inner) + 2
            }
            row += 1
        }
        let graph = Sparkline.text([1, 2, 3, 5, 8, 5, 3, 2, 1, 4, 6, 9], columns: 12, glyphs: self.glyphs)
        for (index, role) in [Role.graphAllow, .graphDeny, .graphLoad].enumerated() {
            grid.bars(
                graph, column: inner.column + 1 + index * 14, row: row, role: role, glyphs: self.glyphs, limit: inner)
        }
        row += 2
        let summary = themes.indices.contains(value.selection) ? themes[value.selection] : nil
        for note in summary?.notes ?? [] {
            grid.line(
                note, column: inner.column + 1, row: row, columns: inner.columns - 2, role: .muted, glyphs: self.glyphs)
            row += 1
            if row >= inner.endRow { break }
        }
        if let problem = self.theme.problem, row < inner.endRow {
            grid.line(
                problem, column: inner.column + 1, row: inner.endRow - 1, columns: inner.columns - 2, role: .inputError,
                glyphs: self.glyphs)
        }
    }
}
