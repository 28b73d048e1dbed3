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

    @Test func `no values and no numbers trap`() {
        #expect(Sparkline.rows([], columns: 0, rows: 3, glyphs: .ascii) == [])
        #expect(Sparkline.text([.infinity, -.infinity, .nan, -5, 1e308], columns: 5, glyphs: .ascii).count == 5)
        #expect(Sparkline.text([1, 2], columns: 2, glyphs: .ascii, peak: 0).count == 2)
    }
}
