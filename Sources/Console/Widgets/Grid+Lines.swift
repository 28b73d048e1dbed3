extension Grid {
    /// Writes pieces of text in their roles, one after the other. Text that does not fit into `area` is cut with an
    /// ellipsis.
    @discardableResult
    mutating func runs(_ runs: [TextOverlay.Run], column: Int, row: Int, area: Rect) -> Int {
        let end = min(area.endColumn, self.size.columns)
        var column = column
        for run in runs where !run.text.isEmpty {
            let text = CellText.sanitised(run.text)
            guard column < end else {
                if column > area.column, text.contains(where: { $0 != " " }) {
                    self.write(String(self.ellipsis), column: end - 1, row: row, role: run.role, limit: area)
                }
                break
            }
            let shown = CellText.cut(text, to: end - column, ellipsis: self.ellipsis)
            column = self.write(shown, column: column, row: row, role: run.role, limit: area)
        }
        return column
    }

    /// Lines below each other, as many as fit, one column in from both edges.
    mutating func lines(_ lines: [TextOverlay.Line], in area: Rect, from top: Int = 0) {
        let inner = area.columns > 2 ? area.inset(columns: 1, rows: 0) : area
        for (index, line) in lines.dropFirst(top).prefix(inner.rows).enumerated() {
            self.runs(line.runs, column: inner.column, row: inner.row + index, area: inner)
        }
    }

    /// Draws the sentences of an empty place in the middle, the first one strong.
    mutating func emptyState(_ sentences: [String], in area: Rect) {
        guard !area.isEmpty else { return }
        let width = max(1, min(area.columns - 2, 64))
        var lines: [(text: String, role: Role)] = []
        for (index, sentence) in sentences.enumerated() {
            if index > 0, area.rows > sentences.count * 2 { lines.append(("", .muted)) }
            lines += CellText.wrapped(CellText.sanitised(sentence), columns: width)
                .map { ($0, index == 0 ? .strong : .muted) }
        }
        let top = area.row + max(0, (area.rows - lines.count) / 3)
        for (index, line) in lines.prefix(area.rows).enumerated() {
            let column = area.column + max(0, (area.columns - CellText.width(line.text)) / 2)
            self.write(line.text, column: column, row: top + index, role: line.role, limit: area)
        }
    }
}

extension TextOverlay.Line {
    /// `name      value`, the name muted and padded to `width`.
    static func field(_ name: String, _ value: String, width: Int = 11, role: Role = .base) -> Self {
        let pad = String(repeating: " ", count: max(1, width - CellText.width(name)))
        return Self(runs: [.init(name + pad, .muted), .init(value, role)])
    }

    /// The field in as many lines as the value needs.
    static func field(_ name: String, _ value: String, columns: Int, width: Int = 11, role: Role = .base) -> [Self] {
        CellText.wrapped(CellText.sanitised(value), columns: max(8, columns - width)).enumerated().map { index, line in
            .field(index == 0 ? name : "", line, width: width, role: role)
        }
    }

    /// A text in lines of at most `columns`.
    static func wrapped(_ text: String, columns: Int, role: Role = .base, indent: Int = 0) -> [Self] {
        let pad = String(repeating: " ", count: indent)
        return CellText.wrapped(CellText.sanitised(text), columns: max(8, columns - indent)).map {
            Self(pad + $0, role)
        }
    }
}
