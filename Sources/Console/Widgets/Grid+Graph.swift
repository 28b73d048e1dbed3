extension Grid {
    /// A frame with the figures of a series and its graph below them, as high as fits, over a time axis.
    mutating func graph(
        _ series: PointSeries, window: TimeWindow, title: String, peak: String, figures: [TextOverlay.Run], role: Role,
        glyphs: Glyphs, area: Rect
    ) {
        let inner = self.panel(
            area, title: title, trailing: "peak \(peak)", glyphs: glyphs)
        guard inner.rows >= 1, inner.columns >= 8 else { return }
        self.runs(figures, column: inner.column + 1, row: inner.row, area: inner)
        let columns = inner.columns - 2
        let height = inner.rows - 2
        guard height > 0 else { return }
        let values = series.values(seconds: window.seconds, columns: columns)
        let rows = Sparkline.rows(values, columns: columns, rows: height, glyphs: glyphs)
        for (index, text) in rows.enumerated() {
            self.bars(
                text, column: inner.column + 1, row: inner.row + 1 + index, role: role, glyphs: glyphs,
                floor: height - 1 - index, of: height, limit: inner)
        }
        self.axis(window, column: inner.column + 1, row: inner.endRow - 1, columns: columns)
    }

    /// A row of a ``Sparkline`` in the gradient of its role: a mark is as far up in it as the mark is high.
    ///
    /// - Parameters:
    ///   - floor: rows of the same graph below this one.
    ///   - rows: rows of the graph.
    mutating func bars(
        _ text: String, column: Int, row: Int, role: Role, glyphs: Glyphs, floor: Int = 0, of rows: Int = 1,
        limit: Rect
    ) {
        let steps = glyphs.levels.count - 1
        let top = rows * steps
        for (index, mark) in text.enumerated() {
            let height = (glyphs.levels.firstIndex(of: mark) ?? 0) + floor * steps
            var level: UInt8 = 0
            if height == 1 {
                level = Ink.zero
            } else if mark != " ", top > 2 {
                let share = (height - 2) * Int(Ink.highest - Ink.lowest)
                level = Ink.lowest + UInt8(clamping: max(0, share + (top - 2) / 2) / (top - 2))
            }
            self.write(String(mark), column: column + index, row: row, role: role, level: level, limit: limit)
        }
    }

    private mutating func axis(_ window: TimeWindow, column: Int, row: Int, columns: Int) {
        let area = Rect(column: column, row: row, columns: columns, rows: 1)
        self.write("now", column: area.endColumn - 3, row: row, role: .graphAxis, limit: area)
        let perColumn = PointSeries.share(of: window.seconds, columns: columns)
        // The column in which the window begins, which may be right of the first.
        let whole = min(columns, (window.seconds + perColumn - 1) / perColumn)
        for back in [whole, whole / 2] {
            let seconds = min(window.seconds, back * perColumn)
            let label = seconds >= 120 ? "-\(seconds / 60)m" : "-\(seconds)s"
            guard area.endColumn - back >= column, back > label.count + 4 else { continue }
            self.write(label, column: area.endColumn - back, row: row, role: .graphAxis, limit: area)
        }
    }
}
