/// Values over time as a row, or a few rows, of rising marks: the newest on the right.
enum Sparkline {
    /// One row. Missing values at the left are blank.
    /// - Parameter peak: what fills a cell; nil takes the highest value shown.
    static func text(_ values: [Double], columns: Int, glyphs: Glyphs, peak: Double? = nil) -> String {
        self.rows(values, columns: columns, rows: 1, glyphs: glyphs, peak: peak).first ?? ""
    }

    /// Rows from the top. A value that is not zero shows at least the lowest mark.
    static func rows(
        _ values: [Double], columns: Int, rows: Int, glyphs: Glyphs, peak: Double? = nil
    ) -> [String] {
        guard columns > 0, rows > 0 else { return [] }
        let shown = Array(values.suffix(columns)).map { $0.isFinite ? max(0, $0) : 0 }
        let top = max(peak ?? shown.max() ?? 0, .leastNonzeroMagnitude)
        let steps = glyphs.levels.count - 1
        let heights = shown.map { value -> Int in
            guard value > 0 else { return 0 }
            return min(steps * rows, max(1, Int((value / top * Double(steps * rows)).rounded())))
        }
        let blank = String(repeating: " ", count: columns - heights.count)
        return (0..<rows).map { row in
            let floor = (rows - 1 - row) * steps
            return blank + String(heights.map { glyphs.levels[min(max(0, $0 - floor), steps)] })
        }
    }
}
