import Foundation
import Resources

/// List alone, above its details, or beside them.
enum MapLayout {
    static func split(_ area: Rect, _ state: ConsoleState) -> (list: Rect, second: Rect?) {
        if area.columns < 60 || area.rows < 12 { return (area, nil) }
        return state.panes(
            in: area, columns: area.columns - area.columns * 60 / 100, rows: min(area.rows / 2, 10), leastRows: 12)
    }
}

extension MapScreen {
    static func visibleRows(_ state: ConsoleState) -> Int {
        let (list, _) = MapLayout.split(state.bodyArea, state)
        return Table.visibleRows(in: list.columns >= 4 && list.rows >= 3 ? list.inset() : list)
    }

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let (list, detail) = MapLayout.split(area, state)
        if let detail { Self.drawDetail(state, into: &grid, area: detail) }
        guard !list.isEmpty else { return }
        // Below 60 columns the frame costs more than it tells.
        let inner =
            area.columns < 60
            ? list
            : grid.panel(
                list, title: "Map", trailing: Self.counts(state), isFocused: !state.focusesSecondPane,
                glyphs: state.glyphs)
        if state.map.order.isEmpty {
            Self.drawEmpty(state, into: &grid, area: inner)
        } else {
            Self.table(state).draw(into: &grid, area: inner) { Self.cells(state, $0) }
        }
    }

    static func secondPane(_ state: ConsoleState) -> Rect? { MapLayout.split(state.bodyArea, state).second }

    /// The details, and below them the entity as files have it.
    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        guard let node = state.map.selection?.node else { return [] }
        var lines: [TextOverlay.Line] = []
        let details = Self.details(node, state)
        let labelWidth = DetailLine.labelWidth(of: details) + 1
        for detail in details {
            let texts = CellText.wrapped(CellText.sanitised(detail.text), columns: max(8, columns - labelWidth))
            for (index, text) in texts.enumerated() {
                let isAlarm = detail.role == .stateWarn || detail.role == .stateDown
                let label = (index == 0 ? detail.label : "").padding(
                    toLength: labelWidth, withPad: " ", startingAt: 0)
                lines.append(.init(runs: [.init(label, isAlarm ? detail.role : .muted), .init(text, detail.role)]))
            }
        }
        guard let text = state.data.configuration.node(node.key)?.text else { return lines }
        lines += [.init(""), .init("YAML", .chromeTitle)]
        return lines + text.split(separator: "\n").map { YAMLHighlight.line(String($0)) }
    }

    private static func counts(_ state: ConsoleState) -> String {
        let states = state.map.rows.values.map(\.node.state)
        let down = states.count { $0 == .down }
        let warn = states.count { $0 == .warn }
        var parts = ["\(state.map.order.count) shown"]
        if down > 0 { parts.append("\(down) DOWN") }
        if warn > 0 { parts.append("\(warn) WARN") }
        return parts.joined(separator: "  ")
    }

    private static func table(_ state: ConsoleState) -> Table {
        Table(
            columns: [
                TableColumn("NAME", width: 24, weight: 5), TableColumn("STATE", width: 5),
                TableColumn("CONN", width: 6, alignment: .right, priority: 1),
                TableColumn("WHAT", width: 16, weight: 3, priority: 2),
            ], state: state.map.table, glyphs: state.glyphs, isFocused: !state.focusesSecondPane)
    }

    private static func cells(_ state: ConsoleState, _ id: String) -> [TableCell]? {
        guard let row = state.map.row(id) else { return nil }
        let opener =
            switch row.isOpen {
            // Not an arrow: one stands in front of the row under the cursor.
            case true?: "[-] "
            case false?: "[+] "
            case nil: row.depth == 0 ? "" : " "
            }
        let node = row.node
        // Its last state is none that it has now.
        let isGone = state.map.table.isSelectedGone && id == state.map.table.selected
        return [
            TableCell("\(row.guide)\(opener)\(node.label) \(node.name)"),
            isGone ? TableCell("-", .muted) : TableCell(node.state.rawValue, node.state.role),
            TableCell(isGone ? "" : node.connections.map { NumberText.grouped(UInt64($0)) } ?? ""),
            TableCell(node.summary, .muted),
        ]
    }

    private static func drawEmpty(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let lines: [String]
        if state.filters[.map]?.filter != nil, !state.map.roots.isEmpty {
            lines = ["Nothing here matches the filter.", "/ changes it, Ctrl-T turns it off."]
        } else if !state.data.isConfigurationKnown {
            lines = ["Reading the configuration…"]
        } else {
            lines = [
                "Nothing is configured yet.", "",
                "9 walks through a first setup, in about five minutes.",
                "a adds one thing at a time, in your editor.",
                "sluice apply -f FILE reads a whole configuration.",
            ]
        }
        for (index, line) in lines.prefix(area.rows).enumerated() {
            grid.line(
                line, column: area.column + 1, row: area.row + index, columns: area.columns - 2,
                role: index == 0 ? .strong : .muted, glyphs: state.glyphs)
        }
    }

    private static func drawDetail(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard let row = state.map.selection else {
            let inner = grid.panel(area, title: "Details", glyphs: state.glyphs)
            let text = state.map.table.isSelectedGone ? "It is gone. Move on to leave it." : "Nothing is selected."
            grid.line(
                text, column: inner.column + 1, row: inner.row, columns: inner.columns - 2, role: .muted,
                glyphs: state.glyphs)
            return
        }
        let inner = grid.panel(
            area, title: row.node.key.title, trailing: row.node.state.rawValue, isFocused: state.focusesSecondPane,
            glyphs: state.glyphs)
        if state.focusesSecondPane {
            let lines = Self.secondPaneLines(state, columns: inner.columns - 2)
            return grid.lines(lines, in: inner, from: state.secondPaneTop(of: lines.count, rows: inner.rows))
        }
        let details = Self.details(row.node, state)
        let labelWidth = DetailLine.labelWidth(of: details)
        let room = inner.columns - labelWidth - 3
        guard room > 8 else { return }
        var lines: [(label: String, text: String, role: Role)] = []
        for detail in details {
            for (index, text) in CellText.wrapped(CellText.sanitised(detail.text), columns: room).enumerated() {
                lines.append((index == 0 ? detail.label : "", text, detail.role))
            }
        }
        let shown = lines.count > inner.rows ? lines.prefix(max(0, inner.rows - 1)) : lines[...]
        for (index, line) in shown.enumerated() {
            let role: Role = ["WARN", "DOWN"].contains(line.label) ? line.role : .muted
            grid.write(
                String(line.label.prefix(labelWidth)), column: inner.column + 1, row: inner.row + index, role: role,
                limit: inner)
            grid.line(
                line.text, column: inner.column + labelWidth + 2, row: inner.row + index, columns: room,
                role: line.role, glyphs: state.glyphs)
        }
        // Room below is for the whole of it, as files have it.
        let below = inner.splitTop(lines.count + 1).rest
        if below.rows >= 6, let node = state.data.configuration.node(row.node.key) {
            Self.drawYAML(node.text, into: &grid, area: below, glyphs: state.glyphs)
        }
        if lines.count > inner.rows, inner.rows > 0 {
            grid.write(
                "… \(lines.count - shown.count) more; i shows all".asciiOnly(state.glyphs),
                column: inner.column + 1, row: inner.endRow - 1, role: .muted, limit: inner)
        }
    }
}

extension MapScreen {
    private static func drawYAML(_ text: String, into grid: inout Grid, area: Rect, glyphs: Glyphs) {
        let rule = String(repeating: glyphs.horizontal, count: area.columns)
        grid.write(rule, column: area.column, row: area.row, role: .chromeBorder, limit: area)
        grid.write(" YAML ", column: area.column + 1, row: area.row, role: .chromeTitle, limit: area)
        let body = area.splitTop(1).rest
        let lines = text.split(separator: "\n")
        for (index, line) in lines.prefix(body.rows).enumerated() {
            if index == body.rows - 1, lines.count > body.rows {
                grid.write(
                    "… \(lines.count - index) more lines; y shows all".asciiOnly(glyphs), column: body.column + 1,
                    row: body.row + index, role: .muted, limit: body)
                break
            }
            var column = body.column + 1
            for run in YAMLHighlight.line(String(line)).runs {
                column = grid.write(
                    CellText.sanitised(run.text), column: column, row: body.row + index, role: run.role, limit: body)
            }
        }
    }
}

extension String {
    /// Without `…` where the terminal has none.
    func asciiOnly(_ glyphs: Glyphs) -> String {
        glyphs.family == .ascii ? self.replacing("…", with: "...") : self
    }
}
