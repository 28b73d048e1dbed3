import Testing

@testable import Console

struct ScreenGoldenTests {
    @Test(arguments: [("live", "1"), ("principals", "2"), ("decisions", "4"), ("logs", "8")])
    func `a busy engine looks as kept`(name: String, key: String) {
        expectGoldens("\(name)/busy") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.press(key)
            return console.state
        }
    }

    @Test(arguments: [("live", "1"), ("principals", "2"), ("decisions", "4"), ("logs", "8")])
    func `an engine without clients says what to do`(name: String, key: String) {
        expectGoldens("\(name)/empty") { size, glyphs in
            var console = TestConsole(size.columns, size.rows, glyphs: glyphs)
            console.send(.configuration(TestEngine.configuration))
            console.send(.feed(.snapshot(TestEngine().snapshot)))
            console.press(key)
            return console.state
        }
    }
}
