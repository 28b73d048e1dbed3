import Testing

@testable import Console

struct GridTests {
    @Test(arguments: [
        ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F466}"),
        ("\u{1F1E9}\u{1F1EA}", "\u{1F1E9}\u{1F1F0}"), ("ab", "a\u{200D}b"), ("\u{2764}", "\u{2764}\u{FE0F}"),
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}", "e\u{301}\u{302}\u{303}\u{304}\u{306}"),
        ("\u{1F44D}\u{1F3FB}", "\u{1F44D}\u{1F3FF}"),
    ])
    func `names that differ in what a cell cannot hold look different`(left: String, right: String) {
        let shown = [left, right].map { Array(CellText.sanitised($0).unicodeScalars) }
        #expect(shown[0] != shown[1])
        for text in [left, right] {
            #expect(CellText.sanitised(text).allSatisfy { $0.unicodeScalars.count <= 5 })
        }
    }

    @Test func `a wide character is never cut in half`() {
        var grid = Grid(Size(columns: 3, rows: 1))
        grid.write("a漢字", column: 0, row: 0)
        #expect(grid.lines == ["a漢"])
        grid.write("x", column: 2, row: 0)
        #expect(grid.lines == ["a x"])
    }

    @Test func `what comes from outside cannot move the cursor`() {
        #expect(CellText.sanitised("a\u{1B}[31mb\u{202E}c\u{7}") == "a\\u{1b}[31mb\\u{202e}c\\u{7}")
    }

    @Test(arguments: [("short", 10, "short"), ("a longer text", 6, "a lon…"), ("漢字漢字", 4, "漢…"), ("x", 0, "")])
    func `text is cut with an ellipsis`(text: String, columns: Int, expected: String) {
        #expect(CellText.cut(text, to: columns) == expected)
    }
}
