import CNCurses
import Console

/// Turns a grid into runs of cells that the terminal can print.
///
/// A scalar that the locale cannot print, or whose width differs from the grid's, becomes `?`, because one wrong column
/// would shift the rest of the row.
struct Painter {
    let isUTF8: Bool
    /// Drawable scalars of characters outside ASCII, by character and columns. Emptied when it grows.
    private var known: [Key: [UInt32]] = [:]
    private var scalars: [UInt32] = []
    private var lengths: [UInt8] = []

    private struct Key: Hashable {
        var character: Character
        var columns: Int
    }

    init(isUTF8: Bool) {
        self.isUTF8 = isUTF8
    }

    mutating func paint(_ grid: Grid, columns: Int, rows: Int, look: (Ink) -> CellLook) {
        var pens: [Ink: (attributes: UInt32, pair: Int32)] = [:]
        cnc_begin()
        for row in 0..<min(rows, grid.size.rows) {
            let first = row * grid.size.columns
            let end = min(columns, grid.size.columns)
            var column = 0
            while column < end {
                let ink = grid.cells[first + column].ink
                let start = column
                self.scalars.removeAll(keepingCapacity: true)
                self.lengths.removeAll(keepingCapacity: true)
                while column < end, grid.cells[first + column].ink == ink {
                    let isWide = column + 1 < end && grid.cells[first + column + 1].isContinuation
                    self.append(grid.cells[first + column], columns: isWide ? 2 : 1)
                    column += isWide ? 2 : 1
                }
                let pen = pens[ink] ?? Self.pen(look(ink))
                pens[ink] = pen
                cnc_run(
                    Int32(row), Int32(start), self.scalars, self.lengths, Int32(self.lengths.count), pen.attributes,
                    pen.pair)
            }
        }
    }

    private static func pen(_ look: CellLook) -> (attributes: UInt32, pair: Int32) {
        (
            UInt32(look.attributes.rawValue),
            cnc_pair(Int32(clamping: look.foreground), Int32(clamping: look.background))
        )
    }

    private mutating func append(_ cell: Cell, columns: Int) {
        let character = cell.isContinuation ? " " : cell.character
        if columns == 1, let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) {
            self.scalars.append(UInt32(ascii))
            self.lengths.append(1)
            return
        }
        let key = Key(character: character, columns: columns)
        if self.known.count > 4_096 { self.known.removeAll() }
        let drawable = self.known[key] ?? self.drawable(character, columns: columns)
        self.known[key] = drawable
        if drawable.isEmpty {
            // A wide character that cannot be shown becomes a mark and a blank column.
            self.scalars.append(UInt32(UInt8(ascii: "?")))
            self.lengths.append(1)
            if columns == 2 {
                self.scalars.append(0x20)
                self.lengths.append(1)
            }
        } else {
            self.scalars += drawable
            self.lengths.append(UInt8(drawable.count))
        }
    }

    /// The base and up to four combining marks; empty when they cannot be shown in exactly `columns`.
    private func drawable(_ character: Character, columns: Int) -> [UInt32] {
        guard self.isUTF8, let base = character.unicodeScalars.first, GlyphWidth.columns(of: base) == columns else {
            return []
        }
        let marks = character.unicodeScalars.dropFirst().filter { GlyphWidth.columns(of: $0) == 0 && $0.value >= 0x300 }
        // Joiners and direction marks have no columns either, but are not combining marks.
        let safe = marks.filter { ![.format, .control].contains($0.properties.generalCategory) }
        return [base.value] + safe.prefix(4).map(\.value)
    }
}
