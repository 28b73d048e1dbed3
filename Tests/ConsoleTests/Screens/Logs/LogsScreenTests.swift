import EngineInterface
import Foundation
import Testing

@testable import Console

struct LogsScreenTests {
    @Test func `l goes through the levels`() {
        var console = TestEngine.console()
        console.press("8")
        #expect(console.state.logs.tail.count == 4)
        console.press("l")
        #expect(console.state.logs.tail.count == 2)
        console.press("l")
        #expect(console.state.logs.tail.count == 1)
        console.press("l")
        #expect(console.state.logs.tail.count == 5)
        console.press(":", "logs level critical", "Enter")
        #expect(console.screen.contains("No line of this level matches."))
    }

    @Test func `n finds the next error and N the one before`() {
        var console = TestEngine.console()
        console.press("8", "g", "n")
        #expect(LogsScreen.line(under: console.state)?.component == "jwks")
        console.press("n")
        #expect(console.screen.contains("There is no newer error."))
        console.press("G", "N")
        #expect(LogsScreen.line(under: console.state)?.component == "jwks")
    }

    @Test func `a filter searches messages and facts`() {
        var console = TestEngine.console()
        console.press("8", "/", "archive1", "Enter")
        #expect(console.state.logs.tail.count == 1)
        console.press("/", "Ctrl-U", "component:jwks | component:acl", "Enter")
        #expect(console.state.logs.tail.count == 2)
    }

    @Test func `wrapped lines show all there is`() {
        var console = TestEngine.console()
        console.press("8")
        #expect(!console.screen.contains("timeout after 5 s"))
        console.press("w")
        #expect(console.screen.contains("timeout after 5 s"))
        console.press("t")
        #expect(console.screen.contains("5s ago"))
    }

    @Test func `a paused log counts what comes`() {
        var console = TestEngine.console()
        console.press("8", "Space")
        var engine = TestEngine()
        for _ in 0..<5 { _ = engine.log(.info, "x", "y") }
        console.send(.feed(.logs([engine.log(.info, "x", "later"), engine.log(.error, "x", "worse")])))
        #expect(console.lines[0].contains("|| PAUSED +2"))
        #expect(!console.screen.contains("later"))
        console.press("G")
        #expect(console.screen.contains("later"))
    }

    @Test func `enter shows all of a line`() {
        var console = TestEngine.console()
        console.press("8", "N", "Enter")
        #expect(console.screen.contains("https://auth.example/dev/jwks"))
        #expect(console.screen.contains("timeout after 5 s"))
    }

    @Test func `the log looks as kept when wrapped`() {
        expectGoldens("logs/wrapped") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.press("8", "w", "N")
            return console.state
        }
    }
}
