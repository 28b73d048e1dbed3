import Foundation
import Testing

@testable import Console

struct LeavingTests {
    private static func console(clients: Int, attachedTo: String = ConsoleOptions.inside) -> TestConsole {
        var console = TestConsole(options: ConsoleOptions(attachedTo: attachedTo))
        var engine = TestEngine()
        for number in 0..<clients { engine.connect("10.0.0.1:\(number + 1)", principal: "a") }
        console.send(.feed(.snapshot(engine.snapshot)))
        _ = console.takeEffects()
        return console
    }

    @Test func `ctrl-z with clients in this process says first who is served`() {
        var console = Self.console(clients: 7)
        console.send(.input(.suspend))
        #expect(console.takeEffects() == [])
        #expect(console.screen.contains("7 clients are served by this process. Repeat to do it."))
        console.send(.input(.suspend))
        #expect(console.takeEffects() == [.suspend])
        console.send(.input(.suspend))
        #expect(console.takeEffects() == [], "the next time is another time")
    }

    @Test func `:q with clients in this process says first who is served`() {
        var console = Self.console(clients: 1)
        console.press(":q", "Enter")
        #expect(console.takeEffects() == [])
        #expect(console.screen.contains("1 client is served by this process. Repeat to do it."))
        console.press(":quit", "Enter")
        #expect(console.takeEffects() == [.quit])
    }

    @Test func `a warning that was long ago, or of another thing, is given again`() {
        var console = Self.console(clients: 2)
        console.send(.input(.suspend))
        console.press(":q", "Enter")
        #expect(console.takeEffects() == [])
        console.advance(11)
        console.press(":q", "Enter")
        #expect(console.takeEffects() == [])
    }

    @Test func `without clients here nothing is asked`() {
        for var console in [Self.console(clients: 0), Self.console(clients: 7, attachedTo: "http://localhost:9190")] {
            console.send(.input(.suspend))
            console.press(":q", "Enter")
            #expect(console.takeEffects() == [.suspend, .quit])
        }
    }

    @Test func `q and ctrl-c say how many clients lose their connections`() {
        var console = Self.console(clients: 7)
        console.press("q")
        #expect(console.screen.contains("7 clients are served by this process"))
        console.press("y")
        #expect(console.takeEffects() == [.quit])
        console.send(.input(.interrupt))
        #expect(console.screen.contains("Press Ctrl-C again to quit. 7 clients are served by this process."))
        console.send(.input(.interrupt))
        #expect(console.takeEffects() == [.quit])
    }
}
