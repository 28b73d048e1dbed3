/// The areas of the panes of Decisions in a body of any size.
struct DecisionsLayout: Equatable, Sendable {
    /// The area with its frame.
    var list: Rect
    /// The header, the rows, and the line about decisions that are not shown.
    var rows: Rect
    var why: Rect?
    var isBare = false

    /// One line is reserved for the number of newer decisions.
    var visibleRows: Int { max(0, Table.visibleRows(in: self.rows) - (self.rows.rows >= 4 ? 1 : 0)) }

    init(_ state: ConsoleState, area: Rect) {
        if area.columns < 60 || area.rows < 8 {
            self.list = area
            self.rows = area
            self.isBare = true
            return
        }
        (self.list, self.why) = state.panes(
            in: area, columns: area.columns >= 150 ? 60 : 44, rows: 7, leastRows: 16)
        self.rows = self.list.inset()
    }
}
