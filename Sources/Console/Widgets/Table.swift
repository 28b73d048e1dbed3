import GatewayModel

/// A column of a table.
struct TableColumn: Equatable, Sendable {
    enum Alignment: Sendable { case left, right }

    var title: String
    /// Columns it needs.
    var width: Int
    /// Share of what is left over; 0 keeps it at `width`.
    var weight: Int
    var alignment: Alignment
    /// 0 is always shown; the highest are dropped first when space is short.
    var priority: Int
    /// What `s` sorts by; nil: not sortable.
    var sortKey: String?

    init(
        _ title: String, width: Int, weight: Int = 0, alignment: Alignment = .left, priority: Int = 0,
        sortKey: String? = nil
    ) {
        self.title = title
        self.width = width
        self.weight = weight
        self.alignment = alignment
        self.priority = priority
        self.sortKey = sortKey
    }
}

struct TableCell: Equatable, Sendable {
    var text: String
    var role: Role

    init(_ text: String, _ role: Role = .tableRow) {
        self.text = text
        self.role = role
    }
}

/// Draws a header and the rows in view. Only those are made.
struct Table {
    var columns: [TableColumn]
    var state: TableState
    var glyphs: Glyphs
    /// Whether keys go to this table.
    var isFocused: Bool

    /// Rows that fit under the header.
    static func visibleRows(in area: Rect) -> Int { max(0, area.rows - 1) }

    /// Each column that fits, with its width. One blank stands between columns; one column in front is the pointer's.
    func layout(columns available: Int) -> [(index: Int, width: Int)] {
        var chosen = Array(self.columns.indices)
        func needed() -> Int { chosen.reduce(1) { $0 + self.columns[$1].width } + max(0, chosen.count - 1) }
        while needed() > available, chosen.count > 1 {
            guard
                let worst = chosen.enumerated().max(by: {
                    (self.columns[$0.element].priority, $0.offset) < (self.columns[$1.element].priority, $1.offset)
                }), self.columns[worst.element].priority > 0
            else { break }
            chosen.remove(at: worst.offset)
        }
        let spare = max(0, available - needed())
        let weights = chosen.reduce(0) { $0 + self.columns[$1].weight }
        var given = 0
        var seen = 0
        return chosen.map { index in
            let column = self.columns[index]
            guard weights > 0, column.weight > 0 else { return (index, column.width) }
            seen += column.weight
            let share = spare * seen / weights - given
            given += share
            return (index, column.width + share)
        }
    }

    func draw(into grid: inout Grid, area: Rect, row: (String) -> [TableCell]?) {
        guard !area.isEmpty else { return }
        let layout = self.layout(columns: area.columns)
        self.drawHeader(layout, into: &grid, area: area)
        for (line, id) in self.state.window(visibleRows: Self.visibleRows(in: area)).enumerated() {
            let isSelected = self.state.selected.map(id.hasSameBytes) ?? false
            let isGone = isSelected && self.state.isSelectedGone
            let place = area.row + 1 + line
            var cells = row(id) ?? [TableCell(id)]
            if isGone { cells = cells.map { TableCell($0.text, .tableGone) } }
            self.drawRow(
                cells, layout: layout, row: place, isSelected: isSelected, isGone: isGone, into: &grid, area: area)
        }
    }

    /// One row of cells; the pointer in front of it when it is selected.
    func drawRow(
        _ cells: [TableCell], layout: [(index: Int, width: Int)], row: Int, isSelected: Bool = false,
        isGone: Bool = false, into grid: inout Grid, area: Rect
    ) {
        var column = area.column
        grid.write(isSelected ? String(self.glyphs.pointer) : " ", column: column, row: row, limit: area)
        column += 1
        for (index, width) in layout {
            let cell = index < cells.count ? cells[index] : TableCell("")
            self.draw(
                cell, alignment: self.columns[index].alignment, column: column, row: row, width: width, into: &grid,
                area: area)
            column += width + 1
        }
        if isGone { grid.write("gone", column: area.endColumn - 4, row: row, role: .tableGone, limit: area) }
        if isSelected, !isGone {
            let line = Rect(column: area.column, row: row, columns: area.columns, rows: 1)
            grid.restyle(line, role: self.isFocused ? .tableCursor : .tableCursorInactive)
        }
    }

    private func draw(
        _ cell: TableCell, alignment: TableColumn.Alignment, column: Int, row: Int, width: Int, into grid: inout Grid,
        area: Rect
    ) {
        let text = CellText.cut(CellText.sanitised(cell.text), to: width, ellipsis: self.glyphs.ellipsis)
        let pad = alignment == .right ? width - CellText.width(text) : 0
        switch cell.role {
        case .graphAllow, .graphDeny, .graphLoad:
            grid.bars(text, column: column + pad, row: row, role: cell.role, glyphs: self.glyphs, limit: area)
        default: grid.write(text, column: column + pad, row: row, role: cell.role, limit: area)
        }
    }

    func drawHeader(_ layout: [(index: Int, width: Int)], into grid: inout Grid, area: Rect) {
        var column = area.column + 1
        for (index, width) in layout {
            let definition = self.columns[index]
            let isSorted = definition.sortKey != nil && definition.sortKey == self.state.sortColumn
            var title = definition.title
            if isSorted, CellText.width(title) < width {
                title.append(self.state.isReversed ? self.glyphs.sortedUp : self.glyphs.sortedDown)
            }
            self.draw(
                TableCell(title, isSorted ? .tableHeaderSorted : .tableHeader), alignment: definition.alignment,
                column: column, row: area.row, width: width, into: &grid, area: area)
            column += width + 1
        }
    }
}
