import EngineInterface
import Resources

/// A matrix of rights as a table: resources down, operations across.
struct AccessMatrixView: Sendable {
    static let operations: [(operation: ACLOperation, short: String, long: String)] = [
        (.describe, "DESC", "DESCRIBE"), (.describeConfigs, "DCONF", "DESC_CONF"), (.read, "READ", "READ"),
        (.write, "WRITE", "WRITE"), (.create, "CREATE", "CREATE"), (.delete, "DELETE", "DELETE"),
        (.alter, "ALTER", "ALTER"), (.alterConfigs, "ACONF", "ALTER_CONF"), (.idempotentWrite, "IDEMP", "IDEMPOTENT"),
    ]

    var matrix: AccessMatrix
    /// The rights to compare with, by resource.
    var comparison: AccessMatrix?
    var row: Int
    var column: Int
    var isFocused: Bool
    var glyphs: Glyphs

    /// `topic orders.v1`; what does not exist is marked as standing for others.
    static func label(_ row: AccessMatrix.Row) -> String {
        let type = row.resource.type == .transactionalID ? "txn-id" : row.resource.type.rawValue
        if row.resource.type == .cluster { return type }
        return row.exists ? "\(type) \(row.resource.name)" : "\(type) (new) \(row.resource.name)"
    }

    /// The operations that fit, with their widths: all, or those around the column under the cursor.
    private func layout(_ area: Rect) -> (label: Int, operations: [(index: Int, title: String, width: Int)], rule: Int)
    {
        let isWide = area.columns >= 110
        let rule = area.columns >= 92 ? 16 : 0
        let label = min(
            max(10, area.columns / 3),
            max(10, (self.matrix.rows.map { CellText.width(Self.label($0)) }.max() ?? 10) + 1))
        var all = Self.operations.enumerated().map { index, entry in
            let title = isWide ? entry.long : entry.short
            return (index: index, title: title, width: CellText.width(title) + 1)
        }
        func needed() -> Int { all.reduce(label + rule + 2) { $0 + $1.width } }
        while needed() > area.columns, all.count > 1 {
            if let last = all.last, last.index > self.column { all.removeLast() } else { all.removeFirst() }
        }
        return (label + max(0, area.columns - needed()), all, rule)
    }

    func draw(into grid: inout Grid, area: Rect) {
        guard area.rows > 1, area.columns > 10 else { return }
        let layout = self.layout(area)
        self.drawHeader(layout, into: &grid, area: area)
        let visible = area.rows - 1
        let top = max(0, min(self.row - visible + 1, self.matrix.rows.count - visible))
        for (line, entry) in self.matrix.rows.enumerated().dropFirst(top).prefix(visible).enumerated() {
            let place = area.row + 1 + line
            let isSelected = entry.offset == self.row
            grid.write(isSelected ? String(self.glyphs.pointer) : " ", column: area.column, row: place, limit: area)
            grid.line(
                Self.label(entry.element), column: area.column + 1, row: place, columns: layout.label,
                role: isSelected ? .strong : .base, glyphs: self.glyphs)
            var column = area.column + 1 + layout.label
            for operation in layout.operations {
                let (text, role) = self.mark(entry.element, Self.operations[operation.index].operation)
                let isCell = isSelected && operation.index == self.column && self.isFocused
                let shown = isCell ? "[\(text)]" : text
                grid.write(
                    shown, column: column + operation.width - CellText.width(shown) - (isCell ? 0 : 1), row: place,
                    role: isCell ? .tableCursor : role, limit: area)
                column += operation.width
            }
            if layout.rule > 0 {
                grid.line(
                    self.rule(entry.element), column: column + 1, row: place, columns: layout.rule - 1, role: .muted,
                    glyphs: self.glyphs)
            }
        }
    }

    private func drawHeader(
        _ layout: (label: Int, operations: [(index: Int, title: String, width: Int)], rule: Int), into grid: inout Grid,
        area: Rect
    ) {
        grid.write("RESOURCE", column: area.column + 1, row: area.row, role: .tableHeader, limit: area)
        var column = area.column + 1 + layout.label
        for operation in layout.operations {
            grid.write(
                operation.title, column: column + operation.width - CellText.width(operation.title), row: area.row,
                role: operation.index == self.column ? .tableHeaderSorted : .tableHeader, limit: area)
            column += operation.width
        }
        if layout.rule > 0 { grid.write("BY", column: column + 1, row: area.row, role: .tableHeader, limit: area) }
    }

    /// `A`, `D` or `-`, with `+` or `!` where the comparison differs: allowed only here, or only there.
    private func mark(_ row: AccessMatrix.Row, _ operation: ACLOperation) -> (String, Role) {
        guard let cell = row.cells.first(where: { $0.operation == operation }) else { return ("-", .muted) }
        let base = cell.allowed ? "A" : "D"
        let role: Role = cell.allowed ? .decisionAllow : .decisionDeny
        guard let other = self.other(row, operation), other != cell.allowed else { return (base, role) }
        return (base + (cell.allowed ? "+" : "!"), cell.allowed ? .diffAdd : .diffDel)
    }

    private func other(_ row: AccessMatrix.Row, _ operation: ACLOperation) -> Bool? {
        self.comparison?.rows.first { $0.resource == row.resource }?.cells.first { $0.operation == operation }?.allowed
    }

    /// The rule that allows something in the row; what denies all of it otherwise.
    private func rule(_ row: AccessMatrix.Row) -> String {
        let deciding = row.cells.first(where: \.allowed) ?? row.cells.first
        return deciding.map { RuleName.shown($0.rule) } ?? ""
    }

    /// The cell under the cursor, if the operation applies.
    var selected: (row: AccessMatrix.Row, operation: ACLOperation, cell: AccessMatrix.Cell?)? {
        guard self.matrix.rows.indices.contains(self.row), Self.operations.indices.contains(self.column) else {
            return nil
        }
        let row = self.matrix.rows[self.row]
        let operation = Self.operations[self.column].operation
        return (row, operation, row.cells.first { $0.operation == operation })
    }

    /// `+ topic products-topic: DESCRIBE READ` and so on: what differs from the comparison.
    static func changes(_ matrix: AccessMatrix, against other: AccessMatrix) -> [(text: String, isGain: Bool)] {
        matrix.rows.flatMap { row -> [(text: String, isGain: Bool)] in
            guard let there = other.rows.first(where: { $0.resource == row.resource }) else { return [] }
            var gained: [String] = []
            var lost: [String] = []
            for cell in row.cells {
                guard let match = there.cells.first(where: { $0.operation == cell.operation }),
                    match.allowed != cell.allowed
                else { continue }
                let name = self.operations.first { $0.operation == cell.operation }?.long ?? cell.operation.rawValue
                if cell.allowed { gained.append(name) } else { lost.append(name) }
            }
            let label = self.label(row)
            return (gained.isEmpty ? [] : [("+ \(label): \(gained.joined(separator: " "))", true)])
                + (lost.isEmpty ? [] : [("- \(label): \(lost.joined(separator: " "))", false)])
        }
    }

    /// As text, for copies and files.
    static func text(_ matrix: AccessMatrix) -> String {
        var lines = ["What \(matrix.principal) may do (A allow, D deny, - does not apply)"]
        let width = matrix.rows.map { CellText.width(self.label($0)) }.max() ?? 8
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - CellText.width(text)))
        }
        lines.append(padded("RESOURCE", width) + "  " + self.operations.map(\.long).joined(separator: "  ") + "  BY")
        for row in matrix.rows {
            let marks = self.operations.map { entry -> String in
                let cell = row.cells.first { $0.operation == entry.operation }
                return padded(cell.map { $0.allowed ? "A" : "D" } ?? "-", CellText.width(entry.long))
            }
            let deciding = row.cells.first(where: \.allowed) ?? row.cells.first
            lines.append(
                padded(self.label(row), width) + "  " + marks.joined(separator: "  ") + "  "
                    + (deciding.map { RuleName.shown($0.rule) } ?? ""))
        }
        return (lines + matrix.warnings.map { "WARN  " + $0 }).joined(separator: "\n") + "\n"
    }
}
