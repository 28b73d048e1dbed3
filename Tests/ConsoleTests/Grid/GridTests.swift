import Testing

@testable import Console

struct GridTests {
    @Test func `a wide character is never cut in half`() {
        var grid = Grid(Size(columns: 3, rows: 1))
        grid.write("a漢字", column: 0, row: 0)
        #expect(grid.lines == ["a漢"])
        grid.write("x", column: 2, row: 0)
        #expect(grid.lines == ["a x"])
    }

    @Test func `what comes from outside cannot move the cursor`() {
        #expect(CellText.sanitised("a\u{1B}[31mb\u{202E}c\u{7}") == "a\\x1b[31mb\\u{202e}c\\x07")
    }

    @Test(arguments: [("short", 10, "short"), ("a longer text", 6, "a lon…"), ("漢字漢字", 4, "漢…"), ("x", 0, "")])
    func `text is cut with an ellipsis`(text: String, columns: Int, expected: String) {
        #expect(CellText.cut(text, to: columns) == expected)
    }
}
