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
        // A short window is stretched to the width: each value as many columns wide as there are for it.
        let rows = Sparkline.rows(
            Self.stretched(values, of: window.seconds, to: columns), columns: columns, rows: height, glyphs: glyphs)
        for (index, text) in rows.enumerated() {
            self.write(text, column: inner.column + 1, row: inner.row + 1 + index, role: role, limit: inner)
        }
        self.axis(window, column: inner.column + 1, row: inner.endRow - 1, columns: columns)
    }

    private static func stretched(_ values: [Double], of seconds: Int, to columns: Int) -> [Double] {
        let factor = columns / max(1, seconds)
        return factor < 2 ? values : values.flatMap { Array(repeating: $0, count: factor) }
    }

    private mutating func axis(_ window: TimeWindow, column: Int, row: Int, columns: Int) {
        let area = Rect(column: column, row: row, columns: columns, rows: 1)
        self.write("now", column: area.endColumn - 3, row: row, role: .graphAxis, limit: area)
        // As wide as the points are: a second is a column, or several, or a share of one.
        let shown = columns >= window.seconds ? columns / window.seconds * window.seconds : columns
        let perColumn = columns >= window.seconds
            ? 1.0 / Double(columns / window.seconds) : Double((window.seconds + columns - 1) / columns)
        for part in [1.0, 0.5] {
            let back = Int((Double(shown) * part).rounded())
            let seconds = Int((Double(back) * perColumn).rounded())
            let label = seconds >= 120 ? "-\(seconds / 60)m" : "-\(seconds)s"
            guard area.endColumn - back >= column, back > label.count + 4 else { continue }
            self.write(label, column: area.endColumn - back, row: row, role: .graphAxis, limit: area)
        }
    }
}
