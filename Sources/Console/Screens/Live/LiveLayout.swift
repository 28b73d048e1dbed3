/// The areas of the panes of Live in a body of any size.
struct LiveLayout: Equatable, Sendable {
    enum Style: Equatable, Sendable {
        /// A line of figures and the rows, without frames.
        case bare
        /// Traffic above, connections below.
        case stacked
        /// Graphs, connections, what is denied, listeners and the newest decisions.
        case panes
    }

    var style: Style
    var traffic = Rect(column: 0, row: 0, columns: 0, rows: 0)
    /// The area with its frame.
    var connections: Rect
    /// Header and rows.
    var rows: Rect
    var detail: Rect?
    var denied: Rect?
    var listeners: Rect?
    var tail: Rect?

    var visibleRows: Int { Table.visibleRows(in: self.rows) }

    init(_ state: ConsoleState, area: Rect) {
        let isDetailOpen = state.live.isDetailOpen
        if area.columns < 60 || area.rows < 10 {
            self.style = .bare
            let (line, rest) = area.rows >= 3 && !state.isZoomed ? area.splitTop(1) : (self.traffic, area)
            self.traffic = line
            self.connections = rest
            self.rows = rest
            if isDetailOpen {
                self.detail = rest
                self.rows = Rect(column: rest.column, row: rest.row, columns: rest.columns, rows: rest.rows)
            }
            return
        }
        var rest = area
        if area.columns >= 160, area.rows >= 36 {
            self.style = .panes
            if !state.isZoomed {
                (self.traffic, rest) = rest.splitTop(8)
                let (middle, bottom) = rest.splitBottom(max(8, area.rows / 4))
                rest = middle
                self.tail = bottom
            }
            let (left, right) = rest.splitLeft(rest.columns - (isDetailOpen ? 56 : 38))
            if isDetailOpen {
                self.detail = right
                rest = left
            } else if !state.isZoomed {
                let (top, bottom) = right.splitTop(right.rows / 2)
                self.denied = top
                self.listeners = bottom
                rest = left
            }
        } else {
            self.style = .stacked
            if !state.isZoomed, area.rows >= 14 { (self.traffic, rest) = rest.splitTop(6) }
            if isDetailOpen {
                if area.columns >= 120 {
                    let (left, right) = rest.splitLeft(rest.columns - 52)
                    rest = left
                    self.detail = right
                } else {
                    let (top, bottom) = rest.splitBottom(min(10, rest.rows / 2 + 2))
                    rest = top
                    self.detail = bottom
                }
            }
        }
        self.connections = rest
        self.rows = rest.columns >= 4 && rest.rows >= 3 ? rest.inset() : rest
    }
}
