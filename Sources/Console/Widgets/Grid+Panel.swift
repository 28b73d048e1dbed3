extension Grid {
    /// A frame with a title on its upper edge.
    ///
    /// - Parameters:
    ///   - title: left, after the corner.
    ///   - trailing: right, before the corner; dropped when there is no room.
    /// - Returns: The inside. An area that is too small for a frame is returned whole.
    @discardableResult
    mutating func panel(
        _ area: Rect, title: String, trailing: String = "", isFocused: Bool = false, glyphs: Glyphs,
        role: Role? = nil, titleRole: Role = .chromeTitle
    ) -> Rect {
        guard area.columns >= 4, area.rows >= 3 else { return area }
        let border = role ?? (isFocused ? .chromeBorderFocus : .chromeBorder)
        let horizontal = isFocused ? glyphs.focusHorizontal : glyphs.horizontal
        let vertical = isFocused ? glyphs.focusVertical : glyphs.vertical
        let corners = isFocused ? glyphs.focusCorners : glyphs.corners
        let last = area.endRow - 1
        let end = area.endColumn - 1
        for row in [area.row, last] {
            self.fill(Rect(column: area.column, row: row, columns: area.columns, rows: 1), horizontal, role: border)
        }
        for column in [area.column, end] {
            let side = Rect(column: column, row: area.row + 1, columns: 1, rows: area.rows - 2)
            self.fill(side, vertical, role: border)
        }
        let places = [(area.column, area.row), (end, area.row), (area.column, last), (end, last)]
        for (corner, (column, row)) in zip(corners, places) {
            self.fill(Rect(column: column, row: row, columns: 1, rows: 1), corner, role: border)
        }
        let room = area.columns - 6
        let shown = CellText.cut(CellText.sanitised(title), to: max(0, room), ellipsis: glyphs.ellipsis)
        if !shown.isEmpty {
            self.write(" \(shown) ", column: area.column + 2, row: area.row, role: titleRole, limit: area)
        }
        let width = CellText.width(trailing)
        if width > 0, width + CellText.width(shown) + 6 <= area.columns - 2 {
            self.write(
                " \(trailing) ", column: area.endColumn - width - 4, row: area.row, role: titleRole, limit: area)
        }
        return area.inset()
    }

    /// Text in a role from `column` on, cut with an ellipsis at `columns`.
    mutating func line(
        _ text: String, column: Int, row: Int, columns: Int, role: Role = .base, glyphs: Glyphs
    ) {
        let area = Rect(column: column, row: row, columns: columns, rows: 1)
        let shown = CellText.cut(CellText.sanitised(text), to: columns, ellipsis: glyphs.ellipsis)
        self.write(shown, column: column, row: row, role: role, limit: area)
    }
}
