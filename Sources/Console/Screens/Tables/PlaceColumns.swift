import Resources

/// The columns of a place with a table: which are shown, how wide, and from which on.
struct PlaceColumns: Sendable {
    var place: Place
    var columns: @Sendable (ConsoleState) -> [TableColumn]
    /// Ids of columns whose rows are all equal, or equal to another column.
    var folded: @Sendable (ConsoleState) -> Set<String> = { _ in [] }

    var commands: [Command] {
        [
            Command(
                "\(self.place.name) columns", "choose the columns", hint: "columns", keys: [.character("|")],
                in: .place(self.place), argument: "[COLUMN]", completions: { self.columns($0).map(\.id) }
            ) { state, name in self.choose(name, &state) },
            Command(
                "\(self.place.name) wide", "fit columns to their texts, or to the screen",
                keys: [.control("w")], in: .place(self.place)
            ) { state, _ in
                var choice = state.columnChoice(of: self.place)
                choice.isWide.toggle()
                choice.skipped = 0
                state.columnChoices[self.place] = choice
                state.say(
                    choice.isWide
                        ? "Columns are as wide as their texts; > and < move sideways, Ctrl-W goes back."
                        : "Columns share the width of the screen again.")
            },
            Command(
                "\(self.place.name) columns right", "show the columns further right", keys: [.character(">")],
                in: .place(self.place)
            ) { state, _ in self.scroll(1, &state) },
            Command(
                "\(self.place.name) columns left", "show the columns further left", keys: [.character("<")],
                in: .place(self.place)
            ) { state, _ in self.scroll(-1, &state) },
        ]
    }

    private func scroll(_ step: Int, _ state: inout ConsoleState) {
        var choice = state.columnChoice(of: self.place)
        let folded = self.folded(state)
        let count = self.columns(state).count { choice.offers($0, folded: folded) }
        choice.skipped = min(max(0, choice.skipped + step), max(0, count - 2))
        state.columnChoices[self.place] = choice
    }

    private func choose(_ name: String, _ state: inout ConsoleState) {
        let folded = self.folded(state)
        let columns = self.columns(state)
        guard !name.isEmpty else { return self.showPicker(nil, &state) }
        guard let column = columns.first(where: { $0.id.lowercased() == name.lowercased() }) else {
            return state.say(
                "There is no column '\(name)'. There are: \(columns.map(\.id).joined(separator: ", ")).", .error)
        }
        var choice = state.columnChoice(of: self.place)
        choice.toggle(column, folded: folded)
        guard columns.contains(where: { choice.offers($0, folded: folded) }) else {
            return state.say("The last column cannot be hidden.", .warning)
        }
        state.columnChoices[self.place] = choice
        var kept = state.preferences.columns ?? [:]
        kept[self.place.name] = choice.kept.isEmpty ? nil : choice.kept
        state.preferences.columns = kept
        state.emit(.savePreferences(state.preferences))
        self.showPicker(column.id, &state)
    }

    /// Opens a picker that stays open until Esc, because several columns are usually chosen at a time.
    private func showPicker(_ selected: String?, _ state: inout ConsoleState) {
        let choice = state.columnChoice(of: self.place)
        let folded = self.folded(state)
        let items = self.columns(state).map { column in
            PickerOverlay.Item(
                id: column.id, title: (choice.offers(column, folded: folded) ? "[x] " : "[ ] ") + column.title,
                detail: folded.contains(column.id) ? "folded: all its rows are equal" : "")
        }
        state.show(
            .picker(
                PickerOverlay(
                    title: "Columns of \(self.place.title)", items: items, command: "\(self.place.name) columns",
                    selected: selected)))
    }
}

extension ConsoleState {
    /// The user's choice of a place's columns, in this session or an earlier one.
    func columnChoice(of place: Place) -> ColumnChoice {
        self.columnChoices[place] ?? ColumnChoice(kept: self.preferences.columns?[place.name] ?? [])
    }
}

/// Columns that need not be shown.
enum FoldedColumns {
    /// The value that all items share; nil when they differ, or when there is only one.
    static func shared<Item>(_ items: some Collection<Item>, _ value: (Item) -> String) -> String? {
        guard items.count > 1, let first = items.first.map(value) else { return nil }
        return items.allSatisfy { value($0).hasSameBytes(as: first) } ? first : nil
    }
}
