import Testing

@testable import Console

struct FrameTests {
    @Test func `no two commands of a place share a key`() {
        #expect(CommandTable.conflicts == [])
    }

    @Test func `every place is reached by its digit and drawn at every size`() {
        for columns in [1, 7, 30, 40, 59, 60, 80, 119, 120, 160, 200] {
            for rows in [1, 2, 3, 6, 10, 12, 24, 48] {
                var console = TestConsole(columns, rows)
                for place in Place.allCases {
                    console.press(String(place.rawValue))
                    #expect(console.state.place == place)
                    #expect(console.lines.count == rows)
                    #expect(console.lines.allSatisfy { CellText.width($0) == columns })
                    console.press("Esc")
                }
            }
        }
    }

    @Test func `escape never quits and q asks`() {
        var console = TestConsole()
        for _ in 0..<5 { console.press("Esc") }
        #expect(console.takeEffects() == [])
        console.press("q")
        #expect(console.screen.contains("Quit Sluice?"))
        console.press("Enter")
        #expect(console.takeEffects() == [])
        console.press("q", "y")
        #expect(console.takeEffects() == [.quit])
    }

    @Test func `ctrl-c twice quits from anywhere`() {
        var console = TestConsole()
        console.press(":", "the")
        console.send(.input(.interrupt))
        #expect(console.takeEffects() == [])
        #expect(console.state.prompt == nil)
        console.send(.input(.interrupt))
        #expect(console.takeEffects() == [.quit])
    }

    @Test func `a typed command runs and an unknown one says so`() {
        var console = TestConsole()
        console.press(":", "logs", "Enter")
        #expect(console.state.place == .logs)
        console.press(":", "nonsense", "Enter")
        #expect(console.screen.contains("There is no command 'nonsense'"))
        console.press(":q", "Enter")
        #expect(console.takeEffects().contains(.quit))
    }

    @Test func `help finds a command by what it does and runs it`() {
        var console = TestConsole()
        console.press("?", "go to groups", "Enter")
        #expect(console.state.place == .groups)
        #expect(console.state.overlays.isEmpty)
    }

    @Test func `a paste runs no command`() {
        var console = TestConsole()
        console.paste("q\ny\n:quit\n")
        #expect(console.takeEffects() == [])
        #expect(console.state.place == .live)
    }
}
