/// Columns and rows of a terminal, in cells.
package struct Size: Equatable, Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A part of the screen, in cells from the upper left. Never negative.
package struct Rect: Equatable, Hashable, Sendable {
    package var column: Int
    package var row: Int
    package var columns: Int
    package var rows: Int

    package init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    package init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    package var isEmpty: Bool { self.columns == 0 || self.rows == 0 }
    /// The first column and row behind it.
    package var endColumn: Int { self.column + self.columns }
    package var endRow: Int { self.row + self.rows }

    package func inset(columns: Int = 1, rows: Int = 1) -> Rect {
        Rect(
            column: self.column + columns, row: self.row + rows, columns: self.columns - 2 * columns,
            rows: self.rows - 2 * rows)
    }

    /// The upper `rows` and the rest.
    package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let height = min(max(0, rows), self.rows)
        return (
            Rect(column: self.column, row: self.row, columns: self.columns, rows: height),
            Rect(column: self.column, row: self.row + height, columns: self.columns, rows: self.rows - height)
        )
    }

    /// The rest and the lower `rows`.
    package func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let (top, bottom) = self.splitTop(self.rows - min(max(0, rows), self.rows))
        return (top, bottom)
    }

    /// The left `columns` and the rest.
    package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let width = min(max(0, columns), self.columns)
        return (
            Rect(column: self.column, row: self.row, columns: width, rows: self.rows),
            Rect(column: self.column + width, row: self.row, columns: self.columns - width, rows: self.rows)
        )
    }

    /// A part of at most this size in the middle.
    package func centered(columns: Int, rows: Int) -> Rect {
        let width = min(columns, self.columns)
        let height = min(rows, self.rows)
        return Rect(
            column: self.column + (self.columns - width) / 2, row: self.row + (self.rows - height) / 2,
            columns: width, rows: height)
    }
}
