import ResourceFixtures
import Resources
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
        #expect(console.screen.contains("No change was made in this session."))

        // Another gateway is another matter.
        var other = TestEngine.configuration
        other.typed.gateways[0].gateway.labels = [:]
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

    // MARK: Overlays

    @Test(arguments: ["y", "T"]) func `a digit leaves what is open for its place`(key: String) {
        var console = TestEngine.console()
        console.press(key)
        #expect(!console.state.overlays.isEmpty)
        console.press("4")
        #expect(console.state.place == .decisions)
        #expect(console.state.overlays.isEmpty)
        console.press("Enter")
        console.press("F2")
        #expect(console.state.place == .principals)
    }

    @Test(arguments: ["?", "Ctrl-P", "s", "q"]) func `a digit is text or no answer where something is typed or asked`(
        key: String
    ) {
        var console = TestEngine.console()
        console.press(key, "4")
        #expect(console.state.place == .live)
        #expect(console.state.overlays.count == 1)
    }

    @Test func `a theme that was tried is taken back when a digit leaves the picker`() {
        var console = TestEngine.console()
        console.send(.theme(name: "paper", problem: nil))
        console.press("T")
        console.send(.theme(name: "mono", problem: nil))
        _ = console.takeEffects()
        console.press("3")
        #expect(console.takeEffects().contains(.useTheme("paper")))
    }

    @Test func `the theme picker starts on the theme in use, also when the list comes later`() {
        var console = TestConsole()
        console.send(.theme(name: "paper", problem: nil))
        func list(_ console: inout TestConsole) {
            let request = console.takeEffects().compactMap { if case .ask(let request) = $0 { request } else { nil } }
                .last
            let themes = ["ansi16", "harbor", "mono", "paper"].map {
                ThemeSummary(name: $0, mode: "dark", notes: ["notes of \($0)"], passes: true)
            }
            console.send(.answer(Answer(id: request?.id ?? 0, owner: .live, result: .success(.themes(themes)))))
        }
        console.press("T")
        list(&console)
        #expect(console.screen.contains(">paper") && console.screen.contains("notes of paper"))
        console.press("Up")
        #expect(console.takeEffects() == [.useTheme("mono")])
        list(&console)
        #expect(console.screen.contains(">mono"), "the cursor stays where the user put it")
    }

    @Test func `the palette starts with what can be done here, then what was done and what there is`() {
        var console = TestEngine.console()
        console.press(":logs", "Enter", "4")
        let entries = PaletteOverlay().entries(console.state)
        let here = DecisionsScreen.commands.filter { !$0.isHidden }.map(\.name)
        #expect(entries.prefix(here.count).map(\.title) == here)
        #expect(entries[here.count].kind == "recent" && entries[here.count].title == "logs")
        #expect(entries[here.count + 1].kind == "principal")
        #expect(Set(entries.suffix(FrameCommands.moving.count).map(\.title)) == Set(FrameCommands.moving.map(\.name)))
        let commands = entries.filter { $0.kind == "command" }.map(\.title)
        #expect(Set(commands) == Set(CommandTable.all.filter { !$0.isHidden }.map(\.name)))
        #expect(commands.count == Set(commands).count)
    }

    @Test func `help finds the read-only session by what brings it about`() {
        var console = TestConsole(60, 24)
        console.press("?", "prod")
        #expect(console.screen.contains("a prod gateway"), "\(console.screen)")
        console.press("Ctrl-U", "no such thing")
        #expect(console.screen.contains("No command matches 'no such thing'."))
    }

    @Test(arguments: [40, 60, 80, 120]) func `help cuts no text`(columns: Int) {
        var console = TestConsole(columns, 24)
        console.press("3", "?")
        for _ in 0..<60 { console.press("Down") }
        let text = console.lines.joined(separator: "\n")
        #expect(!text.contains("~"), "\(text)")
    }

    // MARK: Hints

    @Test func `help and the way out are at the right end at every width`() {
        for columns in 24...200 {
            for place in Place.allCases {
                var console = TestEngine.console(Size(columns: columns, rows: 24))
                console.press("\(place.rawValue)")
                let hints = console.lines[23]
                #expect(hints.hasSuffix("? help  q quit "), "\(place.title) at \(columns): \(hints)")
            }
        }
    }

    @Test func `with nothing set up the hints say how to begin, and nothing else`() {
        var console = TestConsole()
        console.send(.configuration(ConfigurationTree()))
        for key in ["1", "2", "4", "6"] {
            console.press(key)
            let hints = console.lines[23].split { $0 == " " }.joined(separator: " ")
            #expect(hints == "9 set up ? help q quit", "\(hints)")
        }
    }

    @Test func `the hints are those of what is open`() {
        var console = TestEngine.console()
        console.press("B", "A")
        #expect(console.lines[23].contains("type the name") && !console.lines[23].contains("y yes"))
        console.press("Esc", "Esc")
        console.press("Esc", "q")
        #expect(console.lines[23].contains("y quit  n no"))
        console.press("Esc", "4", "y")
        #expect(console.lines[23].contains("1-9 places"))
        console.press("Esc", "r")
        if console.state.decisions.proposal != nil {
            #expect(console.lines[23].contains("A apply  c copy YAML  Esc back"))
            #expect(!console.lines[23].contains("trace"))
        }
    }
}
