import ResourceFixtures
import Resources
import Testing

@testable import Console

struct TableTests {
    private static func table(_ columns: [TableColumn], choice: ColumnChoice = ColumnChoice()) -> Table {
        Table(columns: columns, state: TableState(), choice: choice, glyphs: .ascii, isFocused: true)
    }

    private static let columns = [
        TableColumn("NAME", width: 16, least: 8, weight: 2, sortKey: "name"),
        TableColumn("WHERE", width: 12, weight: 1, priority: 2), TableColumn("RATE", width: 6, alignment: .right),
        TableColumn("NOTE", width: 10, weight: 1, priority: 5),
    ]

    private static func widths(_ layout: [(index: Int, width: Int)]) -> [Int] { layout.map(\.width) }

    /// Numbers without chance, the same in each run.
    private struct Numbers {
        var state: UInt64 = 42
        mutating func next(_ limit: Int) -> Int {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(self.state >> 33) % limit
        }
    }

    @Test func `no text is cut while another column has more than its texts take, at any width`() {
        var numbers = Numbers()
        for columns in [Self.columns, DecisionRow.columns, LiveScreen.columns] {
            let table = Self.table(columns)
            for _ in 0..<400 {
                let contents = columns.map { _ in numbers.next(44) }
                let available = 10 + numbers.next(190)
                let layout = table.layout(columns: available, contents: contents)
                let taken = layout.reduce(layout.count) { $0 + $1.width }
                let floor = layout.allSatisfy { columns[$0.index].priority == 0 }
                #expect(taken <= available || floor, "\(contents) in \(available)")
                let cut = layout.filter { $0.width < contents[$0.index] }
                guard !cut.isEmpty else { continue }
                for (index, width) in layout where columns[index].weight > 0 {
                    // A mark stands behind the title of the column that is sorted by.
                    let title = columns[index].title.count + (columns[index].sortKey == nil ? 0 : 1)
                    #expect(width <= max(contents[index], title), "\(columns[index].title) in \(available)")
                }
            }
        }
    }

    @Test func `the time of a decision is the last column to go`() {
        let table = Self.table(DecisionRow.columns)
        let rows = [
            DecisionRow.columns.map { column in
                TableCell(String(repeating: "x", count: max(column.width, 20)))
            }
        ]
        for available in 10...220 {
            let titles = table.layout(columns: available, contents: table.contents(of: rows)).map {
                DecisionRow.columns[$0.index].title
            }
            let optional = titles.filter { title in
                DecisionRow.columns.contains { $0.title == title && $0.priority > 0 }
            }
            #expect(optional.isEmpty || titles.contains("TIME"), "\(titles) in \(available)")
        }
        for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 160, rows: 48)] {
            var console = TestEngine.console(size)
            console.press("4")
            let header = console.lines.first { $0.contains("RESULT") } ?? ""
            for title in ["TIME", "PRINCIPAL", "OPERATION", "RESOURCE", "RULE"] {
                #expect(header.contains(title), "\(size)")
            }
        }
    }

    @Test func `a column takes what its texts need and the last one the rest`() {
        let table = Self.table(Self.columns)
        #expect(Self.widths(table.layout(columns: 60, contents: [20, 3, 4, 5])) == [20, 5, 6, 25])
        #expect(Self.widths(table.layout(columns: 30, contents: [4, 3, 4, 5])) == [5, 5, 6, 10])
        // Without texts the columns ask for their usual widths.
        #expect(Self.widths(table.layout(columns: 30)) == [22, 6])
    }

    @Test func `columns are dropped before the first gets narrow, and then it gets narrow`() {
        let table = Self.table(Self.columns)
        #expect(Self.widths(table.layout(columns: 40, contents: [30, 30, 6, 30])) == [18, 13, 6])
        #expect(Self.widths(table.layout(columns: 18, contents: [30, 30, 6, 30])) == [10, 6])
    }

    @Test func `a wide table cuts nothing and is moved sideways behind its first column`() {
        var choice = ColumnChoice()
        choice.isWide = true
        let contents = [30, 30, 6, 30]
        var table = Self.table(Self.columns, choice: choice)
        #expect(table.layout(columns: 70, contents: contents).map(\.index) == [0, 1, 2])
        table.choice.skipped = 2
        let layout = table.layout(columns: 70, contents: contents)
        #expect(layout.map(\.index) == [0, 3])
        #expect(Self.widths(layout) == [30, 30])
        table.choice.skipped = 99
        #expect(table.layout(columns: 70, contents: contents).map(\.index) == [0, 3])
    }

    @Test func `columns are chosen in a list that stays open, and kept for the next time`() throws {
        var console = TestEngine.console(Size(columns: 160, rows: 48))
        let titles = { (console: TestConsole) in console.lines.first { $0.contains("PRINCIPAL") } ?? "" }
        #expect(titles(console).contains("SOFTWARE"))
        console.press("|")
        #expect(console.screen.contains("[x] SOFTWARE"))
        #expect(console.screen.contains("[ ] LISTENER"))
        console.press("software", "Enter")
        #expect(console.screen.contains("[ ] SOFTWARE"))
        console.press("listener", "Enter", "Esc")
        #expect(!titles(console).contains("SOFTWARE"))
        #expect(titles(console).contains("LISTENER"))
        let kept = console.takeEffects().compactMap { effect -> Preferences? in
            if case .savePreferences(let preferences) = effect { preferences } else { nil }
        }
        #expect(kept.last?.columns == ["live": ["-SOFTWARE", "+LISTENER"]])
        var later = TestEngine.console(Size(columns: 160, rows: 48))
        later.state.preferences = try #require(kept.last)
        #expect(titles(later) == titles(console))
    }

    @Test func `a column that was asked for is shown where it would be left out`() {
        var console = TestEngine.console()
        console.press("4")
        #expect(!console.lines[3].contains("CLIENT"))
        // Off, and on again.
        for _ in 0..<2 { console.state.run(CommandCall("decisions columns", "client")) }
        console.press("Esc", "Esc")
        #expect(console.lines[3].contains("CLIENT"))
        #expect(console.lines[3].contains("TIME"))
    }

    @Test func `one column stays, whatever is chosen`() {
        var console = TestEngine.console()
        for column in LiveScreen.columns { console.state.run(CommandCall("live columns", column.id)) }
        for _ in LiveScreen.columns { console.press("Esc") }
        let choice = console.state.columnChoice(of: .live)
        #expect(LiveScreen.columns.contains { choice.offers($0, folded: []) })
    }

    @Test func `what all connections have in common stands in the title and not in a column`() {
        var console = TestEngine.console(Size(columns: 160, rows: 48))
        #expect(console.screen.contains("all: example_listener"))
        console.press("|", "listener", "Enter", "Esc")
        #expect(!console.screen.contains("all: example_listener"))
    }

    @Test(arguments: [("live", "P", "principal"), ("live", "O", "out"), ("principals", "P", "principal")])
    func `a letter with Shift sorts, and again the other way round`(place: String, letter: String, column: String) {
        var console = TestEngine.console()
        console.state.run(CommandCall(place))
        func table() -> TableState {
            place == "live" ? console.state.live.table : console.state.principals.table
        }
        let before = table().sortColumn
        console.press(letter)
        #expect(table().sortColumn == column)
        let isReversed = table().isReversed
        #expect(isReversed == (before == column))
        console.press(letter)
        #expect(table().isReversed == !isReversed)
    }

    @Test func `a sort mark points up for A to Z and down for the largest first`() {
        var console = TestEngine.console()
        #expect(console.screen.contains("OUT/sv"))
        console.press("P")
        #expect(console.screen.contains("PRINCIPAL^"))
        console.press("P")
        #expect(console.screen.contains("PRINCIPALv"))
    }

    @Test func `a client that is known by its id is shown with its name`() {
        var console = TestEngine.console(Size(columns: 120, rows: 36))
        var tree = TestEngine.configuration
        let stamp = TestConsole.start
        var identity = TreeFixture.identity
        identity.clients = [
            AuthClient(
                id: "svc-billing", name: "Billing nightly", grantTypes: [], responseTypes: [], createdAt: stamp,
                updatedAt: stamp)
        ]
        tree.typed.identities = [identity]
        console.send(.configuration(tree))
        #expect(console.screen.contains("svc-billing (Billing nightly)"))
        console.press("2")
        #expect(console.screen.contains("svc-billing (Billing nightly)"))
    }
}
