/// The ink of a cell: its role, and in a graph its height, for themes that draw graphs in a gradient.
package struct Ink: Hashable, Sendable {
    /// The level of a value of zero in a graph; those above it go up the gradient.
    package static let zero: UInt8 = 1
    package static let lowest: UInt8 = 2
    package static let highest: UInt8 = 6

    package var role: Role
    /// `zero`, or `lowest` through `highest`, in a graph; 0 elsewhere.
    package var level: UInt8

    package init(_ role: Role, level: UInt8 = 0) {
        self.role = role
        self.level = level
    }
}

/// One cell of the screen: a character in its role.
package struct Cell: Equatable, Hashable, Sendable {
    package var character: Character
    package var ink: Ink
    package var role: Role { self.ink.role }
    /// The right half of a wide character: its `character` is a space and nothing is drawn.
    package var isContinuation: Bool

    package init(_ character: Character = " ", role: Role = .base, level: UInt8 = 0, isContinuation: Bool = false) {
        self.character = character
        self.ink = Ink(role, level: level)
        self.isContinuation = isContinuation
    }
}

/// A screen as a value: rows of cells with roles. Text outside is cut, and a wide character is never halved.
package struct Grid: Equatable, Sendable {
    package let size: Size
    /// Row by row.
    package private(set) var cells: [Cell]
    /// The position of the terminal's cursor, if it is visible.
    package var cursor: (column: Int, row: Int)?
    /// Stands where a line of text was cut.
    package var ellipsis: Character = "…"

    package init(_ size: Size) {
        self.size = size
        self.cells = Array(repeating: Cell(), count: size.columns * size.rows)
    }

    package static func == (left: Grid, right: Grid) -> Bool {
        left.size == right.size && left.cells == right.cells && left.cursor?.column == right.cursor?.column
            && left.cursor?.row == right.cursor?.row
    }

    package var bounds: Rect { Rect(self.size) }

    package subscript(column: Int, row: Int) -> Cell {
        guard self.contains(column, row) else { return Cell() }
        return self.cells[row * self.size.columns + column]
    }

    private func contains(_ column: Int, _ row: Int) -> Bool {
        column >= 0 && row >= 0 && column < self.size.columns && row < self.size.rows
    }

    /// Writes `text` from `column` on, and nothing outside `limit` (the whole screen when left out).
    /// - Returns: The column after the last written one.
    @discardableResult
    package mutating func write(
        _ text: String, column: Int, row: Int, role: Role = .base, level: UInt8 = 0, limit: Rect? = nil
    ) -> Int {
        let limit = limit ?? self.bounds
        var column = column
        guard row >= max(0, limit.row), row < min(limit.endRow, self.size.rows) else { return column }
        let end = min(limit.endColumn, self.size.columns)
        let start = max(0, limit.column)
        if CellText.isPlain(text) {
            // One column each: no need to ask where characters begin and how wide they are.
            for byte in text.utf8 {
                if column >= end { break }
                if column >= start {
                    self.put(Cell(CellText.plain[Int(byte)], role: role, level: level), column, row)
                }
                column += 1
            }
            return column
        }
        for character in text {
            let width = CellText.width(character)
            if width == 0 { continue }
            if column + width > end { break }
            if column >= start {
                self.put(Cell(character, role: role, level: level), column, row)
                if width == 2 { self.put(Cell(" ", role: role, isContinuation: true), column + 1, row) }
            }
            column += width
        }
        return column
    }

    private mutating func put(_ cell: Cell, _ column: Int, _ row: Int) {
        let index = row * self.size.columns + column
        // Half of a wide character that is overwritten leaves a space in its other half.
        if self.cells[index].isContinuation, !cell.isContinuation, column > 0 {
            self.cells[index - 1].character = " "
        }
        if column + 1 < self.size.columns, self.cells[index + 1].isContinuation, !cell.isContinuation {
            self.cells[index + 1].isContinuation = false
        }
        self.cells[index] = cell
    }

    package mutating func fill(_ area: Rect, _ character: Character = " ", role: Role = .base) {
        for row in max(0, area.row)..<max(0, min(area.endRow, self.size.rows), area.row) {
            for column in max(0, area.column)..<max(0, min(area.endColumn, self.size.columns), area.column) {
                self.put(Cell(character, role: role), column, row)
            }
        }
    }

    /// Gives what is there another role.
    package mutating func restyle(_ area: Rect, role: Role) {
        for row in max(0, area.row)..<max(0, min(area.endRow, self.size.rows), area.row) {
            for column in max(0, area.column)..<max(0, min(area.endColumn, self.size.columns), area.column) {
                self.cells[row * self.size.columns + column].ink = Ink(role)
            }
        }
    }
}

extension Grid {
    /// The rows as text, trailing spaces kept: each exactly as wide as the screen.
    package var lines: [String] {
        (0..<self.size.rows).map { row in
            var line = ""
            for column in 0..<self.size.columns {
                let cell = self.cells[row * self.size.columns + column]
                if !cell.isContinuation { line.append(cell.character) }
            }
            return line
        }
    }

    /// Runs of equal roles other than `base`, as golden files list them: `r04 05-16 decision.deny`.
    package var roleRuns: [String] {
        var runs: [String] = []
        for row in 0..<self.size.rows {
            var column = 0
            while column < self.size.columns {
                let role = self.cells[row * self.size.columns + column].role
                var end = column + 1
                while end < self.size.columns, self.cells[row * self.size.columns + end].role == role { end += 1 }
                if role != .base {
                    runs.append("r\(Self.two(row)) \(Self.two(column))-\(Self.two(end - 1)) \(role.rawValue)")
                }
                column = end
            }
        }
        return runs
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
