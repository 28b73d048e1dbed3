/// Values over time as a row, or a few rows, of rising marks: the newest on the right.
///
/// Zero is the lowest mark, anything above it at least the second; a value that is not known is blank.
enum Sparkline {
    /// One row. Missing values at the left are blank.
    /// - Parameter peak: The value that fills a cell; nil is the highest value shown.
    static func text(_ values: [Double], columns: Int, glyphs: Glyphs, peak: Double? = nil) -> String {
        self.rows(values, columns: columns, rows: 1, glyphs: glyphs, peak: peak).first ?? ""
    }

    /// Rows from the top.
    static func rows(
        _ values: [Double], columns: Int, rows: Int, glyphs: Glyphs, peak: Double? = nil
    ) -> [String] {
        guard columns > 0, rows > 0 else { return [] }
        let shown = values.suffix(columns)
        let highest = peak ?? shown.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
        let top = highest.isFinite && highest > 0 ? highest : 1
        let steps = glyphs.levels.count - 1
        let heights = shown.map { value -> Int in
            guard value.isFinite else { return 0 }
            guard value > 0 else { return 1 }
            return min(steps * rows, max(2, Int((min(value / top, 1) * Double(steps * rows)).rounded())))
        }
        let blank = String(repeating: " ", count: columns - heights.count)
        return (0..<rows).map { row in
            let floor = (rows - 1 - row) * steps
            return blank
                + String(heights.map { height in height > floor ? glyphs.levels[min(height - floor, steps)] : " " })
        }
    }
}
