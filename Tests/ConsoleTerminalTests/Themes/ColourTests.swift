import Testing

@testable import ConsoleTerminal

struct ColourTests {
    @Test func `contrast is 21 between black and white and 1 of a colour with itself`() {
        #expect(abs(RGB(0x000000).contrast(with: RGB(0xffffff)) - 21) < 0.001)
        #expect(RGB(0x5fb0d6).contrast(with: RGB(0x5fb0d6)) == 1)
        #expect(abs(RGB(0x777777).contrast(with: RGB(0xffffff)) - 4.48) < 0.01)
    }

    /// Pairs 1, 7, 13, 17, 24 and 34 of Sharma, Wu and Dalal's test data.
    @Test(arguments: [
        (Lab(lightness: 50, a: 2.6772, b: -79.7751), Lab(lightness: 50, a: 0, b: -82.7485), 2.0425),
        (Lab(lightness: 50, a: 0, b: 0), Lab(lightness: 50, a: -1, b: 2), 2.3669),
        (Lab(lightness: 50, a: -0.0010, b: 2.4900), Lab(lightness: 50, a: 0.0009, b: -2.4900), 4.8045),
        (Lab(lightness: 50, a: 2.5, b: 0), Lab(lightness: 73, a: 25, b: -18), 27.1492),
        (Lab(lightness: 50, a: 2.5, b: 0), Lab(lightness: 50, a: 3.2592, b: 0.3350), 1.0),
        (Lab(lightness: 2.0776, a: 0.0795, b: -1.1350), Lab(lightness: 0.9033, a: -0.0636, b: -0.5514), 0.9082),
    ])
    func `differences are those of the published test pairs`(one: Lab, other: Lab, difference: Double) {
        #expect(abs(one.difference(to: other) - difference) < 0.0001)
        #expect(abs(other.difference(to: one) - difference) < 0.0001)
    }

    @Test func `CIELAB and back is the same colour`() {
        for value in stride(from: UInt32(0), through: 0xffffff, by: 65_793 / 3 + 7) {
            #expect(Lab(RGB(value)).rgb == RGB(value))
        }
    }

    @Test func `a colour of the cube is its own nearest, and none is one of the sixteen`() {
        for index in UInt8(16)...255 {
            let nearest = TerminalPalette.nearest256(TerminalPalette.rgb(index))
            #expect(nearest >= 16)
            #expect(TerminalPalette.rgb(nearest) == TerminalPalette.rgb(index))
        }
    }

    @Test(arguments: [
        (UInt32(0xe0705a), UInt8(1)), (0x86c06c, 10), (0xd9a441, 11), (0x3a5fd0, 4), (0xa040b0, 5), (0x108080, 6),
    ])
    func `text keeps its hue among the sixteen`(colour: UInt32, index: UInt8) {
        #expect(TerminalPalette.nearest16(text: RGB(colour)) == index)
    }

    @Test func `grey text is the terminal's own, and a grey fill keeps its lightness`() {
        #expect(TerminalPalette.nearest16(text: RGB(0x8b98a5)) == nil)
        #expect(TerminalPalette.nearest16(fill: RGB(0x101418)) == 0)
        #expect(TerminalPalette.nearest16(fill: RGB(0xfafafa)) == 15)
    }

    @Test(arguments: ["#12g", "#1234567", "#", "red-ish", "256", "-1", "", "#é00000", "1e2"])
    func `what is no colour is refused`(word: String) {
        #expect(ThemeColour(word: word) == nil)
    }

    @Test func `colours are hex of three or six digits, numbers and names`() {
        #expect(ThemeColour(word: "#5BD") == .rgb(RGB(0x55bbdd)))
        #expect(ThemeColour(word: "#5fb0d6") == .rgb(RGB(0x5fb0d6)))
        #expect(ThemeColour(word: "9") == .ansi(9))
        #expect(ThemeColour(word: "208") == .indexed(208))
        #expect(ThemeColour(word: "bright-red") == .ansi(9))
        #expect(ThemeColour(word: "default") == .terminal)
    }

    @Test func `black in direct colour is not taken for the terminal's first colour`() {
        #expect(ThemeColour.rgb(RGB(0x000000)).number(at: .truecolor) == 8)
        #expect(ThemeColour.rgb(RGB(0x5fb0d6)).number(at: .truecolor) == 0x5fb0d6)
        #expect(ThemeColour.ansi(1).number(at: .truecolor) == 1)
        #expect(ThemeColour.ansi(9).number(at: .truecolor) == 0xff0000)
    }

    @Test func `red and green come close for an eye without one of their cones and stay apart for the third`() {
        let (red, green) = (RGB(0xb04040), RGB(0x5f7f20))
        #expect(ColourVision.deutan.difference(red, green) < 15)
        #expect(ColourVision.tritan.difference(red, green) > 35)
    }

    @Test func `a gradient runs from its first stop to its last`() {
        let gradient = Gradient(stops: [.rgb(RGB(0x000000)), .rgb(RGB(0xff0000)), .rgb(RGB(0xffffff))])
        let colours = gradient.colours(5)
        #expect(colours.count == 5)
        #expect(colours.first == .rgb(RGB(0x000000)))
        #expect(colours[2] == .rgb(RGB(0xff0000)))
        #expect(colours.last == .rgb(RGB(0xffffff)))
        #expect(Gradient(stops: []).colour(at: 0.5) == nil)
    }

    @Test(arguments: ["", "bold", "green on", "on red", "green on red on blue", "#ffffff", "white at red", "208"])
    func `what is no look for sixteen colours is refused`(words: String) {
        #expect(AnsiLook(words: words) == nil)
    }
}
