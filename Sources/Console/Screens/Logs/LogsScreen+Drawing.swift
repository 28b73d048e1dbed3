import EngineInterface
import Foundation

/// The areas of the log in a body of any size.
struct LogsLayout: Equatable, Sendable {
    /// The area with its frame.
    var list: Rect
    var rows: Rect
    /// The line about log lines that are not shown, and the reason.
    var note: Rect
    /// All of the line under the cursor, on wide screens.
    var detail: Rect?
    var isBare: Bool

    init(_ state: ConsoleState, area: Rect) {
        self.list = area
        self.isBare = area.columns < 60 || area.rows < 6
        if area.columns >= 120, !self.isBare {
            (self.list, self.detail) = state.panes(
                in: area, columns: area.columns >= 150 ? 60 : 48, rows: 8, leastRows: 16)
        }
        let inner = self.isBare ? area : self.list.inset()
        if inner.rows >= 4 {
            (self.rows, self.note) = inner.splitBottom(1)
        } else {
            (self.rows, self.note) = inner.splitBottom(0)
        }
    }
}

extension LogsScreen {
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let layout = LogsLayout(state, area: area)
        if let detail = layout.detail { Self.drawDetail(state, into: &grid, area: detail) }
        guard !layout.list.isEmpty else { return }
        let screen = state.logs
        if !layout.isBare {
            let filter = state.filters[.logs].flatMap { $0.isOn && !$0.applied.isEmpty ? $0.applied : nil }
            let mode = screen.tail.isPaused ? "paused" : screen.tail.isFollowing ? "follow" : "stay"
            grid.panel(
                layout.list,
                title: "Log  level>=\(screen.level.rawValue)" + (filter.map { "  filter: \($0)" } ?? "")
                    + "  wrap \(screen.isWrapping ? "on" : "off")",
                trailing: "\(NumberText.grouped(UInt64(screen.tail.count))) lines  \(mode)",
                isFocused: !state.focusesSecondPane, glyphs: state.glyphs)
        }
        if screen.tail.count == 0 { grid.emptyState(Self.emptySentences(state), in: layout.rows) }
        Self.drawLines(state, into: &grid, area: layout.rows)
        guard !layout.note.isEmpty, let note = Self.note(state, rows: layout.rows.rows) else { return }
        grid.line(
            note.text, column: layout.note.column + 1, row: layout.note.row, columns: layout.note.columns - 2,
            role: note.role, glyphs: state.glyphs)
    }

    private static func drawDetail(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "Line", trailing: "Enter: full line", isFocused: state.focusesSecondPane,
            glyphs: state.glyphs)
        let lines = Self.secondPaneLines(state, columns: inner.columns - 2)
        guard !lines.isEmpty else { return grid.emptyState(["Move to a line to see all of it."], in: inner) }
        grid.lines(lines, in: inner, from: state.secondPaneTop(of: lines.count, rows: inner.rows))
    }

    static func secondPane(_ state: ConsoleState) -> Rect? { LogsLayout(state, area: state.bodyArea).detail }

    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        Self.line(under: state).map { Self.allOf($0, columns: columns) } ?? []
    }

    private static func drawLines(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let tail = state.logs.tail
        guard let selected = tail.selectedIndex, !area.isEmpty else { return }
        let window = tail.window(visibleRows: area.rows)
        // Wrapped lines need more rows: those at the top give way, unless the cursor is on one.
        var blocks = window.map { index -> (index: Int, lines: [TextOverlay.Line]) in
            let line = tail.matches[index].flatMap { state.data.logs[$0] }
            return (index, line.map { Self.lines($0, state, columns: area.columns - 1) } ?? [])
        }
        var height = blocks.reduce(0) { $0 + $1.lines.count }
        while height > area.rows, let first = blocks.first, first.index < selected {
            height -= first.lines.count
            blocks.removeFirst()
        }
        var row = area.row
        for (index, lines) in blocks {
            for (offset, line) in lines.enumerated() {
                guard row < area.endRow else { return }
                if index == selected, offset == 0 {
                    grid.write(String(state.glyphs.pointer), column: area.column, row: row, limit: area)
                }
                grid.runs(line.runs, column: area.column + 1, row: row, area: area)
                if index == selected {
                    grid.restyle(
                        Rect(column: area.column, row: row, columns: area.columns, rows: 1),
                        role: state.focusesSecondPane ? .tableCursorInactive : .tableCursor)
                }
                row += 1
            }
        }
    }

    /// One line, or several when long ones wrap.
    private static func lines(_ line: LogLine, _ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        let isNarrow = columns < 58
        let role = LevelText.role(line.level)
        let time =
            state.logs.isTimeRelative
            ? Self.padded(NumberText.age(state.now.timeIntervalSince(line.time)) + " ago", isNarrow ? 8 : 12)
            : isNarrow ? NumberText.clock(line.time) : NumberText.clockWithMilliseconds(line.time)
        let mark = line.level >= .error ? "!" : " "
        let level = Self.padded(LevelText.short(line.level), 5)
        let component = isNarrow ? "" : Self.padded(Self.cut(line.component, 10, state.glyphs), 10) + " "
        let head: [TextOverlay.Run] = [
            .init(time + mark, line.level >= .error ? .logError : .muted), .init(level + " ", role),
            .init(component, .accent),
        ]
        let indent = head.reduce(0) { $0 + CellText.width($1.text) }
        let room = max(8, columns - indent)
        let facts = line.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let message = CellText.sanitised(line.message)
        let messageRole: Role = line.level >= .error ? .logError : line.level == .warning ? .logWarn : .base
        guard state.logs.isWrapping else {
            let shown = CellText.cut(message, to: room, ellipsis: state.glyphs.ellipsis)
            let left = room - CellText.width(shown) - 2
            let rest =
                left >= 4 ? CellText.cut(CellText.sanitised(facts), to: left, ellipsis: state.glyphs.ellipsis) : ""
            return [.init(runs: head + [.init(shown + "  ", messageRole), .init(rest, .muted)])]
        }
        var rows = CellText.wrapped(message, columns: room).map { TextOverlay.Run($0, messageRole) }
        if !facts.isEmpty {
            rows += CellText.wrapped(CellText.sanitised(facts), columns: room).map { TextOverlay.Run($0, .muted) }
        }
        let gutter = String(repeating: " ", count: max(0, indent - 2)) + "\(state.glyphs.vertical) "
        return rows.enumerated().map { offset, run in
            .init(runs: offset == 0 ? head + [run] : [.init(gutter, .muted), run])
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - CellText.width(text)))
    }

    private static func cut(_ text: String, _ width: Int, _ glyphs: Glyphs) -> String {
        CellText.cut(CellText.sanitised(text), to: width, ellipsis: glyphs.ellipsis)
    }

    private static func note(_ state: ConsoleState, rows: Int) -> (text: String, role: Role)? {
        let tail = state.logs.tail
        if let pausedAt = state.logs.pausedAt {
            return (
                "--- paused at \(NumberText.clock(pausedAt))  \(tail.newer) newer, \(state.data.logs.missed) not shown (buffer "
                    + "\(NumberText.grouped(UInt64(LogBuffer.capacity)))) ---", .statePaused
            )
        }
        let below = tail.below(visibleRows: rows)
        guard !tail.isFollowing, below > 0 else { return nil }
        return ("--- \(below) newer below; f follows, G goes to the newest ---", .muted)
    }

    private static func emptySentences(_ state: ConsoleState) -> [String] {
        if state.data.logs.count == 0 { return ["No line was logged yet."] }
        return [
            "No line of this level matches.",
            "l lowers the level (now \(state.logs.level.rawValue)), / changes the filter; "
                + "\(NumberText.grouped(UInt64(state.data.logs.count))) lines are kept.",
        ]
    }
}
