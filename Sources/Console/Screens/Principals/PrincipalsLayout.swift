/// The areas of the panes of Principals in a body of any size.
struct PrincipalsLayout: Equatable, Sendable {
    /// The area with its frame.
    var list: Rect
    /// Header and rows.
    var rows: Rect
    /// The line of sums.
    var totals: Rect?
    var detail: Rect?
    var isBare = false

    init(_ state: ConsoleState, area: Rect) {
        if area.columns < 60 || area.rows < 8 {
            self.list = area
            self.rows = area
            self.isBare = true
            return
        }
        (self.list, self.detail) = state.panes(
            in: area, columns: area.columns >= 150 ? 58 : 40, rows: min(9, area.rows / 3 + 1), leastRows: 15)
        (self.rows, self.totals) = self.list.inset().splitBottom(1)
    }
}
