import Foundation
import Resources

extension ClusterScreen {
    private static func panes(_ area: Rect, _ state: ConsoleState) -> (list: Rect, detail: Rect) {
        if state.isZoomed || area.columns < 60 || area.rows < 14 {
            return (area, Rect(column: area.column, row: area.row, columns: 0, rows: 0))
        }
        if area.columns >= 120 {
            let (left, right) = area.splitLeft(area.columns * Self.split.listShare / 100)
            return (left, right)
        }
        let (list, detail) = area.splitBottom(Self.split.detailRows)
        return (list, detail)
    }

    static func tableArea(_ area: Rect, _ state: ConsoleState) -> Rect {
        let (list, _) = Self.panes(area, state)
        if state[keyPath: Self.path].list.opened != nil {
            return Rect(column: area.column, row: area.row, columns: 0, rows: 0)
        }
        return area.columns >= 60 && list.rows >= 3 ? list.inset() : list
    }

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let screen = state[keyPath: Self.path]
        if let item = screen.list.openedItem { return Self.drawOpened(item, state, into: &grid, area: area) }
        let (list, detail) = Self.panes(area, state)
        let title = Self.place.title + (state.shownCluster.map { " on \($0.name)" } ?? "")
        let (count, total) = (screen.list.shownCount, screen.list.items.count)
        let counts = count == total ? "\(total)" : "\(count) of \(total)"
        let inner =
            area.columns < 60
            ? list
            : grid.panel(
                list, title: title, trailing: screen.list.isLoaded ? counts : "", isFocused: true,
                glyphs: state.glyphs)
        if let lines = Self.lines(inPlaceOf: screen, state) {
            grid.notice(lines, area: inner, glyphs: state.glyphs)
        } else {
            Table(
                columns: Self.columns, state: screen.table, choice: state.columnChoice(of: Self.place),
                folded: Self.folded(screen.list.items), glyphs: state.glyphs, isFocused: true
            )
            .draw(into: &grid, area: inner) { name in
                screen.list.byName[name].map { Self.cells($0, state) }
            }
        }
        guard !detail.isEmpty else { return }
        guard let item = screen.selected else {
            grid.panel(detail, title: Self.noun.capitalized, glyphs: state.glyphs)
            return
        }
        Self.drawDetail(
            item, state, into: &grid,
            inner: grid.panel(detail, title: item.listName, trailing: Self.detailHint, glyphs: state.glyphs))
    }

    /// The sentences in place of a list, the most important first; nil when there is a list.
    private static func lines(inPlaceOf screen: Self, _ state: ConsoleState) -> [String]? {
        let what = Self.place.name
        guard let cluster = state.shownCluster else {
            return state.data.isConfigurationKnown
                ? ["There is no virtual cluster yet.", "9 sets one up; then its \(what) show here."]
                : ["Reading the configuration..."]
        }
        guard screen.list.cluster == cluster.id, screen.list.isLoaded else {
            guard let problem = screen.list.problem else {
                return ["Asking \(cluster.destination.name) for the \(what) of \(cluster.name)..."]
            }
            return [
                "\(Self.place.title) of \(cluster.name) are not known: \(problem)",
                "Asked again every 5 s. 3 shows the backend cluster.",
            ]
        }
        if !screen.table.order.isEmpty { return nil }
        let lines = Self.emptyLines(state)
        return lines.isEmpty
            ? ["No \(Self.noun) matches the filter.", "/ changes it, Ctrl-T turns it off."] : lines
    }
}

extension Grid {
    /// A few lines in place of a list.
    mutating func notice(_ lines: [String], area: Rect, glyphs: Glyphs) {
        var row = area.row
        for (index, line) in lines.enumerated() {
            for text in CellText.wrapped(CellText.sanitised(line), columns: max(1, area.columns - 2)) {
                guard row < area.endRow else { return }
                self.line(
                    text, column: area.column + 1, row: row, columns: area.columns - 2,
                    role: index == 0 ? .strong : .muted, glyphs: glyphs)
                row += 1
            }
        }
    }

    /// A line with a label in front, as details show it.
    mutating func detail(
        _ label: String, _ text: String, row: Int, area: Rect, role: Role = .base, labelColumns: Int = 10,
        glyphs: Glyphs
    ) {
        guard row < area.endRow else { return }
        self.write(label, column: area.column + 1, row: row, role: .muted, limit: area)
        self.line(
            text, column: area.column + labelColumns + 2, row: row, columns: area.columns - labelColumns - 3,
            role: role, glyphs: glyphs)
    }
}

/// Names as a narrow column shows them: the first, and how many more.
enum NameList {
    static func short(_ names: [String], columns: Int) -> String {
        guard let first = names.first else { return "nobody" }
        let rest = names.count - 1
        guard rest > 0 else { return first }
        let tail = " +\(rest)"
        return CellText.cut(first, to: max(1, columns - tail.count)) + tail
    }
}
