import Resources

/// A column of a table.
struct TableColumn: Equatable, Sendable {
    enum Alignment: Sendable { case left, right }

    /// Its name in choices: its title, unless that changes.
    var id: String
    var title: String
    /// Columns it asks for: less when its texts are shorter.
    var width: Int
    /// Columns it can do with before it is dropped. Only columns of priority 0 and 1 get so narrow.
    var least: Int
    /// Share of what is left over; 0 keeps it at `width`, or at its longest text.
    var weight: Int
    var alignment: Alignment
    /// 0 is always shown; the highest are dropped first when space is short.
    var priority: Int
    /// The name for `s`; nil if it cannot be sorted by.
    var sortKey: String?
    /// Whether the usual order starts with the largest.
    var sortsDown: Bool
    /// Whether it is a graph, which uses as much space as it gets.
    var isGraph: Bool

    init(
        _ title: String, id: String? = nil, width: Int, least: Int? = nil, weight: Int = 0,
        alignment: Alignment = .left,
        priority: Int = 0, sortKey: String? = nil, sortsDown: Bool? = nil, isGraph: Bool = false
    ) {
        self.id = id ?? title
        self.title = title
        self.width = width
        self.least = least ?? width
        self.weight = weight
        self.alignment = alignment
        self.priority = priority
        self.sortKey = sortKey
        self.sortsDown = sortsDown ?? (alignment == .right)
        self.isGraph = isGraph
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

/// Draws a header and the rows in view. Only those around the view are made.
struct Table {
    /// Rows that are measured together: column widths do not change while the cursor moves among them.
    private static let measuredRows = 100

    var columns: [TableColumn]
    var state: TableState
    /// The user's choice of columns.
    var choice = ColumnChoice()
    /// Ids of columns whose rows are all equal, or equal to another column.
    var folded: Set<String> = []
    var glyphs: Glyphs
    /// Whether keys go to this table.
    var isFocused: Bool

    /// Rows that fit under the header.
    static func visibleRows(in area: Rect) -> Int { max(0, area.rows - 1) }

    /// The width of the longest text of each column.
    func contents(of rows: some Sequence<[TableCell]>) -> [Int] {
        var widths = Array(repeating: 0, count: self.columns.count)
        for cells in rows {
            for (index, cell) in cells.enumerated() where index < widths.count && !self.columns[index].isGraph {
                widths[index] = max(widths[index], CellText.width(CellText.sanitised(cell.text)))
            }
        }
        return widths
    }

    /// Each column that is shown, with its width. One blank stands between columns; one column in front is the
    /// pointer's.
    ///
    /// - Parameter contents: what ``contents(of:)`` gives; without it each column asks for its usual width.
    func layout(columns available: Int, contents: [Int]? = nil) -> [(index: Int, width: Int)] {
        // Without rows there is nothing to measure: as many columns as there is room for.
        let contents = contents.map { $0.contains { $0 > 0 } ? $0 : self.columns.map(\.least) }
        let sizes = self.columns.indices.map { self.size(of: $0, content: contents?[$0]) }
        if self.choice.isWide || self.choice.skipped > 0 { return self.sidewaysLayout(available, sizes) }
        var chosen = self.columns.indices.filter { self.isOffered($0) }
        func needed(_ width: (Size) -> Int) -> Int {
            chosen.reduce(1) { $0 + width(sizes[$1]) } + max(0, chosen.count - 1)
        }
        func drop(above priority: Int, while isTooWide: () -> Bool) {
            while isTooWide(), chosen.count > 1,
                let worst = chosen.enumerated().max(by: {
                    (self.priority(of: $0.element), $0.offset) < (self.priority(of: $1.element), $1.offset)
                }), self.priority(of: worst.element) > priority
            {
                chosen.remove(at: worst.offset)
            }
        }
        drop(above: 1) { needed(\.usual) > available }
        let isTight = needed(\.usual) > available
        drop(above: 0) { needed(\.least) > available }
        let start: (Size) -> Int = isTight ? { $0.least } : { $0.usual }
        var widths = chosen.map { start(sizes[$0]) }
        var spare = max(0, available - needed(start))
        // First what the texts need, then the rest.
        var isGrowing = true
        while spare > 0, isGrowing {
            isGrowing = false
            for (place, index) in chosen.enumerated() where widths[place] < sizes[index].wanted && spare > 0 {
                let share = min(max(1, self.columns[index].weight), sizes[index].wanted - widths[place], spare)
                widths[place] += share
                spare -= share
                isGrowing = true
            }
        }
        self.spread(spare, over: chosen, &widths, isMeasured: contents != nil)
        return zip(chosen, widths).map { (index: $0, width: $1) }
    }

    private struct Size {
        var least: Int
        var usual: Int
        var wanted: Int
    }

    private func size(of index: Int, content: Int?) -> Size {
        let column = self.columns[index]
        guard let content, !column.isGraph else {
            return Size(least: column.least, usual: column.width, wanted: column.width)
        }
        // The title of the sort column has a mark behind it.
        let title = CellText.width(column.title) + (column.sortKey == nil ? 0 : 1)
        let wanted = max(content, title)
        // Figures change from one moment to the next; their columns stay.
        let usual = column.weight == 0 ? column.width : min(column.width, wanted)
        return Size(least: min(column.least, usual), usual: usual, wanted: max(usual, wanted))
    }

    /// The drop order of a column. A column that the user chose is among the last to be dropped.
    private func priority(of index: Int) -> Int {
        let column = self.columns[index]
        return self.choice.shown.contains(column.id) ? min(column.priority, 1) : column.priority
    }

    private func isOffered(_ index: Int) -> Bool {
        self.choice.offers(self.columns[index], folded: self.folded)
    }

    /// Graphs share the unused width; without graphs, the last column that can be wider gets it.
    private func spread(_ spare: Int, over chosen: [Int], _ widths: inout [Int], isMeasured: Bool) {
        guard spare > 0 else { return }
        let graphs = chosen.indices.filter { self.columns[chosen[$0]].isGraph && self.columns[chosen[$0]].weight > 0 }
        var takers = graphs
        if takers.isEmpty {
            let wideners = chosen.indices.filter { self.columns[chosen[$0]].weight > 0 }
            takers = isMeasured ? wideners.suffix(1) : wideners
        }
        let weights = takers.reduce(0) { $0 + self.columns[chosen[$1]].weight }
        var given = 0
        var seen = 0
        for place in takers {
            seen += self.columns[chosen[place]].weight
            let share = spare * seen / weights - given
            given += share
            widths[place] += share
        }
    }

    /// The first column, and behind it the others from the one scrolled to, each as wide as its texts.
    private func sidewaysLayout(_ available: Int, _ sizes: [Size]) -> [(index: Int, width: Int)] {
        let offered = self.columns.indices.filter { self.isOffered($0) }
        guard let first = offered.first else { return [] }
        let rest = offered.dropFirst().dropFirst(min(self.choice.skipped, max(0, offered.count - 2)))
        var shown: [(index: Int, width: Int)] = []
        var used = 0
        for index in [first] + rest {
            let width = min(self.choice.isWide ? sizes[index].wanted : sizes[index].usual, available - used - 1)
            guard width > 0, width >= min(4, sizes[index].wanted) else { break }
            shown.append((index, width))
            used += width + 1
        }
        return shown
    }

    func draw(into grid: inout Grid, area: Rect, row: (String) -> [TableCell]?) {
        guard !area.isEmpty else { return }
        let layout = self.layout(columns: area.columns, contents: self.contents(visibleRows: area.rows, row: row))
        self.draw(into: &grid, area: area, layout: layout, row: row)
    }

    /// - Parameter layout: as ``layout(columns:contents:)`` gives it.
    func draw(
        into grid: inout Grid, area: Rect, layout: [(index: Int, width: Int)], row: (String) -> [TableCell]?
    ) {
        guard !area.isEmpty else { return }
        self.drawHeader(layout, into: &grid, area: area)
        for (line, id) in self.state.window(visibleRows: Self.visibleRows(in: area)).enumerated() {
            let isSelected = self.state.selected.map(id.hasSameBytes) ?? false
            let cells = self.cells(of: id, isGone: isSelected && self.state.isSelectedGone, row: row)
            self.drawRow(
                cells, layout: layout, row: area.row + 1 + line, isSelected: isSelected,
                isGone: isSelected && self.state.isSelectedGone, into: &grid, area: area)
        }
    }

    /// The longest texts of the rows in view and of those around them.
    func contents(visibleRows: Int, row: (String) -> [TableCell]?) -> [Int] {
        let window = self.state.window(visibleRows: visibleRows)
        let block = Self.measuredRows
        let start = window.startIndex / block * block
        let end = min(self.state.order.count, (window.endIndex + block - 1) / block * block)
        return self.contents(
            of: self.state.order[min(start, end)..<end].map { id in
                let isGone = self.state.isSelectedGone && (self.state.selected.map(id.hasSameBytes) ?? false)
                return self.cells(of: id, isGone: isGone, row: row)
            })
    }

    /// A row whose object no longer exists keeps its last values and is marked.
    private func cells(of id: String, isGone: Bool, row: (String) -> [TableCell]?) -> [TableCell] {
        var cells = row(id) ?? [TableCell(id)]
        guard isGone else { return cells }
        cells = cells.map { TableCell($0.text, .tableGone) }
        if let first = cells.first { cells[0].text = "gone " + first.text }
        return cells
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
                title.append(self.glyphs.sorted(down: definition.sortsDown != self.state.isReversed))
            }
            self.draw(
                TableCell(title, isSorted ? .tableHeaderSorted : .tableHeader), alignment: definition.alignment,
                column: column, row: area.row, width: width, into: &grid, area: area)
            column += width + 1
        }
    }
}
