import Testing

@testable import Console

struct SparklineTests {
    @Test func `zero is the lowest mark, little is seen, nothing is blank`() {
        #expect(Sparkline.text([0, 0.01, 5, 10, .nan], columns: 6, glyphs: .ascii) == " .:+@ ")
        #expect(Sparkline.text([0, 10], columns: 2, glyphs: .unicode()) == "⣀⣿")
    }

    @Test func `rows fill from below`() {
        #expect(Sparkline.rows([10, 5, 0], columns: 3, rows: 2, glyphs: .ascii) == ["@  ", "@@."])
    }

    @Test(arguments: [Glyphs.ascii, .unicode(), .unicode(graph: .blocks)])
    func `a mark is as far up in the gradient as it is high`(glyphs: Glyphs) {
        var grid = Grid(Size(columns: 6, rows: 1))
        let text = Sparkline.text([0, 2.5, 5, 7.5, 10, .nan], columns: 6, glyphs: glyphs)
        grid.bars(text, column: 0, row: 0, role: .graphLoad, glyphs: glyphs, limit: grid.bounds)
        #expect(grid.lines == [text])
        let inks = grid.cells.map(\.ink)
        #expect(inks.allSatisfy { $0.role == .graphLoad })
        #expect(inks[0].level == Ink.zero)
        #expect(inks[4].level == Ink.highest)
        #expect(inks[5].level == 0, "what is not known has no height")
        #expect(inks[0..<5].map(\.level) == inks[0..<5].map(\.level).sorted())
    }

    @Test func `the rows of a graph go up the gradient`() {
        var grid = Grid(Size(columns: 2, rows: 5))
        for (index, text) in Sparkline.rows([10, 2], columns: 2, rows: 5, glyphs: .unicode()).enumerated() {
            grid.bars(
                text, column: 0, row: index, role: .graphAllow, glyphs: .unicode(), floor: 4 - index, of: 5,
                limit: grid.bounds)
        }
        #expect((0..<5).map { grid[0, $0].ink.level } == [6, 5, 4, 3, 2])
        #expect(grid[1, 4].ink.level == Ink.lowest && grid[1, 3].ink.level == 0)
    }

    @Test func `a table draws its sparklines in the gradient, and the row under the cursor in one colour`() {
        let table = Table(
            columns: [TableColumn("A", width: 3)], state: TableState(), glyphs: .unicode(), isFocused: true)
        var grid = Grid(Size(columns: 5, rows: 2))
        let layout = table.layout(columns: 5)
        for (row, isSelected) in [(0, false), (1, true)] {
            table.drawRow(
                [TableCell("⣀⣤⣿", .graphDeny)], layout: layout, row: row, isSelected: isSelected, into: &grid,
                area: grid.bounds)
        }
        #expect((1...3).map { grid[$0, 0].ink } == [1, 2, 6].map { Ink(.graphDeny, level: $0) })
        #expect((1...3).allSatisfy { grid[$0, 1].ink == Ink(.tableCursor) })
    }

    @Test func `no values and no numbers trap`() {
        #expect(Sparkline.rows([], columns: 0, rows: 3, glyphs: .ascii) == [])
        #expect(Sparkline.text([.infinity, -.infinity, .nan, -5, 1e308], columns: 5, glyphs: .ascii).count == 5)
        #expect(Sparkline.text([1, 2], columns: 2, glyphs: .ascii, peak: 0).count == 2)
    }
}
