/// Where the panes of Principals are in a body of any size.
struct PrincipalsLayout: Equatable, Sendable {
    /// With its frame.
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
        var rest = area
        if !state.isZoomed, area.columns >= 120 {
            let (left, right) = rest.splitLeft(area.columns - (area.columns >= 150 ? 58 : 40))
            rest = left
            self.detail = right
        } else if !state.isZoomed, area.rows >= 15 {
            let (top, bottom) = rest.splitBottom(min(9, area.rows / 3 + 1))
            rest = top
            self.detail = bottom
        }
        self.list = rest
        (self.rows, self.totals) = rest.inset().splitBottom(1)
    }
}
