/// A column that a table can be sorted by; the raw value is its name behind `:… sort`.
protocol SortColumn: RawRepresentable<String>, CaseIterable, Sendable {
    var title: String { get }
    /// The letter that sorts by it with Shift; pressed again, it reverses the order.
    var letter: Character? { get }
}

/// A place with one table: sorted with `s` and `S`, the choice kept in the preferences, rows selected with the mouse.
protocol TableScreen: Screen {
    associatedtype Sort: SortColumn

    /// The key path of the place's state in the console.
    static var path: any WritableKeyPath<ConsoleState, Self> & Sendable { get }
    /// The default order.
    static var usualSort: Sort { get }

    /// The columns of its table.
    static var placeColumns: PlaceColumns { get }

    var table: TableState { get set }

    /// Orders the rows as they are now.
    /// - Parameter force: the user asked for another order.
    static func settle(_ state: inout ConsoleState, force: Bool)
    /// The area of header and rows in the body of the place; empty while another view is open.
    static func tableArea(_ area: Rect, _ state: ConsoleState) -> Rect
}

extension TableScreen {
    var sort: Sort { self.table.sortColumn.flatMap(Sort.init(rawValue:)) ?? Self.usualSort }

    // MARK: Sorting

    private static var sortCommand: Command {
        Command(
            "\(Self.place.name) sort", "choose the column to sort by", hint: "sort", keys: [.character("s")],
            in: .place(Self.place), argument: "[COLUMN]", completions: { _ in Sort.allCases.map(\.rawValue) }
        ) { state, name in
            Self.sort(by: name, &state)
        }
    }

    private static var reverseCommand: Command {
        Command(
            "\(Self.place.name) reverse", "reverse the order", keys: [.character("S")], in: .place(Self.place)
        ) { state, _ in
            state[keyPath: Self.path].table.isReversed.toggle()
            Self.keepSort(&state)
        }
    }

    /// Sorting, reversing, sorting by a letter, and what can be done with columns.
    static var tableCommands: [Command] {
        [Self.sortCommand, Self.reverseCommand] + Self.letterCommands + Self.placeColumns.commands
    }

    private static var letterCommands: [Command] {
        Sort.allCases.compactMap { sort in
            sort.letter.map { letter in
                Command(
                    "\(Self.place.name) by \(sort.rawValue)", "sort by \(sort.title); again: reverse the order",
                    keys: [.character(letter)], in: .place(Self.place)
                ) { state, _ in
                    if state[keyPath: Self.path].sort == sort {
                        state[keyPath: Self.path].table.isReversed.toggle()
                    } else {
                        state[keyPath: Self.path].table.sortColumn = sort.rawValue
                        state[keyPath: Self.path].table.isReversed = false
                    }
                    Self.keepSort(&state)
                }
            }
        }
    }

    private static func sort(by name: String, _ state: inout ConsoleState) {
        guard !name.isEmpty else {
            return state.show(
                .picker(
                    PickerOverlay(
                        title: "Sort \(Self.place.name) by",
                        items: Sort.allCases.map { .init(id: $0.rawValue, title: $0.title) },
                        command: "\(Self.place.name) sort", selected: state[keyPath: Self.path].sort.rawValue)))
        }
        guard let sort = Sort(rawValue: name) else {
            return state.say("There is no column '\(name)' to sort by.", .error)
        }
        state[keyPath: Self.path].table.sortColumn = sort.rawValue
        Self.keepSort(&state)
    }

    private static func keepSort(_ state: inout ConsoleState) {
        Self.settle(&state, force: true)
        let screen = state[keyPath: Self.path]
        state.preferences.sort[Self.place.name] = (screen.table.isReversed ? "-" : "") + screen.sort.rawValue
        state.emit(.savePreferences(state.preferences))
    }

    /// Restores the order from the preferences.
    static func restoreSort(_ state: inout ConsoleState) {
        let kept = state.preferences.sort[Self.place.name] ?? Self.usualSort.rawValue
        let name = kept.hasPrefix("-") ? String(kept.dropFirst()) : kept
        state[keyPath: Self.path].table.isReversed = kept.hasPrefix("-")
        state[keyPath: Self.path].table.sortColumn = (Sort(rawValue: name) ?? Self.usualSort).rawValue
    }

    /// The rows that match the place's filter.
    static func filtered<Item: FilterSubject>(_ items: [Item], _ state: ConsoleState) -> [Item] {
        guard let filter = state.filter(of: Self.place) else { return items }
        let now = state.now
        return items.filter { filter.matches($0, now: now) }
    }

    // MARK: Moving

    static func move(_ motion: Motion, _ state: inout ConsoleState) { Self.moveInTable(motion, &state) }

    static func moveInTable(_ motion: Motion, _ state: inout ConsoleState) {
        let rows = Self.tableArea(state.bodyArea, state)
        state[keyPath: Self.path].table.move(motion, visibleRows: Table.visibleRows(in: rows))
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        guard action.kind == .click || action.kind == .doubleClick else { return false }
        let rows = Self.tableArea(area, state)
        guard action.column >= rows.column, action.column < rows.endColumn,
            let id = state[keyPath: Self.path].table.id(
                atLine: action.row - rows.row - 1, visibleRows: Table.visibleRows(in: rows))
        else { return false }
        state[keyPath: Self.path].table.select(id)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }
}
