import Console
import ConsoleTerminal

/// Known screens, for a driver to compare with what a terminal shows.
enum Scene: String, CaseIterable {
    /// Every attribute and many colours.
    case looks
    /// Frames, graphs, wide characters, combining marks.
    case glyphs
    /// Forty numbers, of which `turn` changes all.
    case numbers
    /// Text in every cell.
    case full
    /// Scalars that no terminal should be sent.
    case hostile
    case empty

    func grid(_ size: Size, glyphs: Glyphs, turn: Int, note: String) -> Grid {
        var grid = Grid(size)
        switch self {
        case .looks: Self.looks(&grid)
        case .glyphs: Self.glyphs(&grid, glyphs)
        case .numbers: Self.numbers(&grid, turn)
        case .full:
            for row in 0..<size.rows {
                for column in 0..<size.columns {
                    let code = UInt8(33 + (row * 31 + column * 7) % 94)
                    grid.write(String(Unicode.Scalar(code)), column: column, row: row)
                }
            }
        case .hostile: Self.hostile(&grid)
        case .empty: break
        }
        grid.write(note, column: 0, row: size.rows - 1, role: .muted)
        return grid
    }

    private static func looks(_ grid: inout Grid) {
        for (index, role) in Role.allCases.enumerated() {
            grid.write(role.rawValue, column: (index / 20) * 20, row: index % 20, role: role)
        }
        // Blanks have a look too.
        grid.fill(Rect(column: 60, row: 20, columns: 10, rows: 2), role: .tableCursor)
    }

    private static func glyphs(_ grid: inout Grid, _ glyphs: Glyphs) {
        let corners = glyphs.corners.map(String.init)
        let line = String(repeating: glyphs.horizontal, count: 30)
        grid.write(corners[0] + line + corners[1], column: 0, row: 0, role: .chromeBorder)
        grid.write(corners[2] + line + corners[3], column: 0, row: 2, role: .chromeBorder)
        grid.write(String(glyphs.vertical), column: 0, row: 1, role: .chromeBorder)
        grid.write(String(glyphs.levels), column: 2, row: 1, role: .graphAllow)
        grid.write(String(glyphs.pointer) + "svc-orders" + String(glyphs.ellipsis), column: 0, row: 4)
        grid.write(glyphs.live + " LIVE" + glyphs.separator + glyphs.paused, column: 0, row: 5, role: .stateLive)
        if glyphs.family == .unicode {
            grid.write("日本語 topic 漢字", column: 0, row: 6)
            grid.write("漢", column: grid.size.columns - 2, row: 6)
            grid.write("café nai\u{308}ve", column: 0, row: 7, role: .accent)
        }
        // The corner that makes terminals scroll when it is written carelessly.
        grid.write("#", column: grid.size.columns - 1, row: grid.size.rows - 1)
        grid.cursor = (4, 4)
    }

    private static func numbers(_ grid: inout Grid, _ turn: Int) {
        for index in 0..<40 {
            let value = (turn * 7_919 + index * 104_729) % 900_000 + 100_000
            grid.write("metric \(index)", column: (index / 20) * 40, row: index % 20, role: .muted)
            grid.write("\(value)", column: (index / 20) * 40 + 20, row: index % 20, role: .strong)
        }
    }

    private static func hostile(_ grid: inout Grid) {
        grid.write("é│漢\u{1F469}\u{200D}\u{1F680}|", column: 0, row: 0)
        grid.write("a\u{202E}b\u{9B}2Jc\u{1B}[31md\u{FFFF}\u{E000}e", column: 0, row: 1)
        grid.write("z" + String(repeating: "\u{301}", count: 40) + "!", column: 0, row: 2)
    }

    /// A look for each role, so that all colours and attributes are seen.
    static func look(_ role: Role, colours: Int) -> CellLook {
        guard let index = Role.allCases.firstIndex(of: role), role != .base else { return CellLook() }
        let attributes = CellLook.Attributes(rawValue: UInt8(index % 32))
        guard colours >= 8 else { return CellLook(attributes: attributes) }
        let foreground = colours >= 256 ? (index * 37) % 256 : index % 8
        return CellLook(
            foreground: index % 5 == 0 ? -1 : foreground, background: index % 4 == 0 ? (index / 4) % 8 : -1,
            attributes: attributes)
    }
}
