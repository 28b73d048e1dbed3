import GatewayModel
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

    @Test func `a gateway labelled prod is looked at only, until readwrite is said for it`() {
        var console = TestConsole()
        console.send(.configuration(TestEngine.configuration))
        #expect(console.screen.contains("[PROD] [READ-ONLY]"))
        console.press("u")
        #expect(console.screen.contains("'undo' is off: the gateway is labelled prod"))
        console.press(":readwrite", "Enter", "y")
        console.send(.configuration(TestEngine.configuration))
        #expect(!console.screen.contains("READ-ONLY"))
        console.press("u")
        #expect(console.screen.contains("Nothing was changed in this session."))

        // Another gateway is another matter.
        var other = TestEngine.configuration
        other.gateways[0].gateway.labels = [:]
        console = TestConsole()
        console.send(.configuration(TestEngine.configuration))
        console.send(.configuration(other))
        #expect(!console.screen.contains("READ-ONLY"))
        console = TestConsole(options: ConsoleOptions(readOnlyReason: "told so.", isReadOnlyForced: true))
        console.send(.configuration(TestEngine.configuration))
        console.send(.configuration(other))
        console.press(":readwrite", "Enter")
        #expect(console.screen.contains("READ-ONLY"), "what was forced stays")
    }

    @Test func `the theme picker shows each gradient and what the terminal can do`() {
        var options = ConsoleOptions()
        options.terminalFacts = ["depth   256 colours"]
        var console = TestConsole(options: options)
        console.press("T")
        let request = console.takeEffects().compactMap { if case .ask(let request) = $0 { request } else { nil } }.first
        console.send(
            .answer(
                Answer(
                    id: request?.id ?? 0, owner: .live,
                    result: .success(.themes([ThemeSummary(name: "harbor", mode: "dark", notes: [], passes: true)])))))
        #expect(console.screen.contains("harbor") && console.screen.contains("256 colours"))
        let inks = console.state.draw().cells.map(\.ink)
        for role in [Role.graphAllow, .graphDeny, .graphLoad] {
            #expect(inks.contains(Ink(role, level: Ink.lowest)) && inks.contains(Ink(role, level: Ink.highest)))
        }
    }

    @Test func `a paste runs no command`() {
        var console = TestConsole()
        console.paste("q\ny\n:quit\n")
        #expect(console.takeEffects() == [])
        #expect(console.state.place == .live)
    }
}
