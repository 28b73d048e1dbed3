import Testing

@testable import Console

struct PanesTests {
    private static let places = ["2", "3", "4", "8"]

    @Test func `the layout goes round, is kept, and says what it did`() {
        var console = TestEngine.console(Size(columns: 160, rows: 48), .ascii)
        console.press("4")
        let beside = console.lines
        console.press("-")
        #expect(console.takeEffects().contains { if case .savePreferences = $0 { true } else { false } })
        #expect(console.state.preferences.panes == "below")
        #expect(console.screen.contains("The second pane is below the list."))
        #expect(console.lines[10].contains("DENY"), "the list has the whole width")
        console.press("-")
        #expect(DecisionsScreen.secondPane(console.state) == nil)
        console.press("-")
        #expect(console.state.preferences.panes == nil)
        #expect(Array(console.lines.dropLast(2)) == Array(beside.dropLast(2)))
    }

    @Test func `a narrow screen skips the layout that it cannot show`() {
        var console = TestEngine.console()
        console.press("4", "-")
        #expect(console.state.preferences.panes == "alone")
        console.press("-")
        #expect(DecisionsScreen.secondPane(console.state) != nil)
        console.press("5", "-")
        #expect(console.screen.contains("This place has only one layout at this size."))
        console.press("1", "Tab")
        #expect(console.screen.contains("This place has one pane."))
    }

    @Test func `the pane that had the cursor may go without trapping`() {
        for place in Self.places {
            for layout in PaneLayout.allCases {
                var console = TestEngine.console(Size(columns: 160, rows: 48), .unicode())
                console.state.paneLayout = layout
                console.press(place, "Tab", "G")
                for columns in [1, 4, 59, 60, 119, 120, 160] {
                    for rows in [1, 3, 8, 12, 16, 24, 48] {
                        console.send(.input(.resize(Size(columns: columns, rows: rows))))
                        console.press("z", "PgUp")
                        #expect(console.lines.allSatisfy { CellText.width($0) == columns })
                        console.press("z", "Down", "Tab")
                        #expect(console.lines.allSatisfy { CellText.width($0) == columns })
                    }
                }
            }
        }
    }

    @Test func `a mark brings back the place, its filter and the row`() {
        var console = TestEngine.console()
        console.press("'")
        #expect(console.screen.contains("No view is marked."))
        console.press("4", "/", "deny", "Enter", "N", "N", "m")
        let number = console.state.decisions.tail.selected
        console.press("/", "Ctrl-U", "allow", "Enter", "2", "'")
        #expect(console.state.place == .decisions)
        #expect(console.state.filters[.decisions]?.text == "deny")
        #expect(console.state.decisions.tail.selected == number)
        console.press("2", "Down", "m", "Up", "3", "'")
        #expect(console.state.principals.table.selected == "ci-runner")
    }

    @Test func `the commands of the keymap are there`() {
        // Keys that mean the same everywhere.
        let keys: [(String, String)] = [
            (":", "command"), ("Ctrl-P", "palette"), ("/", "filter"), ("Ctrl-T", "filter toggle"), ("y", "yaml"),
            ("u", "undo"), ("Ctrl-R", "redo"), ("c", "copy"), ("C", "copy command"), ("m", "mark"),
            ("'", "mark jump"), ("z", "zoom"), ("-", "layout"), ("Tab", "pane"), ("Shift-Tab", "pane"), ("?", "help"),
            ("Ctrl-L", "repaint"), ("Ctrl-Z", "suspend"), ("o", "open"), ("T", "themes"), ("q", "out"),
        ]
        for (key, name) in keys {
            #expect(TestConsole.keys(key).first.flatMap { CommandTable.command(for: $0, in: .live)?.name } == name)
        }
        // Keys that mean one thing wherever it can be done.
        for place in [Place.live, .principals, .decisions] {
            #expect(CommandTable.command(for: .character("t"), in: place)?.title.contains("token lab") == true)
        }
        for place in [Place.live, .principals, .decisions, .logs] {
            #expect(CommandTable.command(for: .space, in: place)?.title.contains("continue") == true)
        }
        for place in [Place.decisions, .logs, .map] {
            for key in ["n", "N"] { #expect(CommandTable.command(for: .character(Character(key)), in: place) != nil) }
        }
    }
}
