import GatewayModel

extension PrincipalsScreen {
    static let commands: [Command] = [
        Command(
            "principal decisions", "the decisions on this principal", hint: "decisions", keys: [.enter],
            in: .place(.principals)
        ) { state, _ in Self.enter(&state) },
        Command(
            "principal lab", "this principal in the token lab", hint: "token lab", keys: [.character("t")],
            in: .place(.principals)
        ) { state, _ in state.go(to: .tokens) },
        Command(
            "principals sort", "choose what to sort by", hint: "sort", keys: [.character("s")], in: .place(.principals),
            argument: "[COLUMN]", completions: { _ in PrincipalSort.allCases.map(\.rawValue) }
        ) { state, name in Self.sort(name, &state) },
        Command("principals reverse", "sort the other way round", keys: [.character("S")], in: .place(.principals)) {
            state, _ in
            state.principals.table.isReversed.toggle()
            Self.sortChanged(&state)
        },
        Command(
            "principals window", "the next time window", hint: "window", keys: [.character("w")],
            in: .place(.principals), argument: "[1m|5m|15m|1h]", completions: { _ in TimeWindow.allCases.map(\.label) }
        ) { state, label in
            if let window = TimeWindow(label: label) {
                state.principals.window = window
            } else if label.isEmpty {
                state.principals.window = state.principals.window.next
            } else {
                return state.say("There is no window '\(label)'. Windows are 1m, 5m, 15m and 1h.", .error)
            }
            Self.settle(&state, force: true)
        },
        Command(
            "principals pause", "freeze what is shown, or go on", hint: "pause", keys: [.space], in: .place(.principals)
        ) { state, _ in Self.pause(&state) },
        Command(
            "principal connections", "the connections of this principal", keys: [.character("d")],
            in: .place(.principals)
        ) { state, _ in
            guard let principal = Self.principal(under: state) else {
                return state.say("No principal is under the cursor.")
            }
            state.go(to: .live)
            state.setFilter(Filter.term("principal", principal.name), for: .live)
        },
    ]

    private static func sort(_ name: String, _ state: inout ConsoleState) {
        guard !name.isEmpty else {
            return state.show(
                .picker(
                    PickerOverlay(
                        title: "Sort principals by",
                        items: PrincipalSort.allCases.map { .init(id: $0.rawValue, title: $0.title) },
                        command: "principals sort", selected: state.principals.sort.rawValue)))
        }
        guard let sort = PrincipalSort(rawValue: name) else {
            return state.say("Principals cannot be sorted by '\(name)'.", .error)
        }
        state.principals.table.sortColumn = sort.rawValue
        Self.sortChanged(&state)
    }

    private static func sortChanged(_ state: inout ConsoleState) {
        let sign = state.principals.table.isReversed ? "-" : ""
        Self.settle(&state, force: true)
        state.preferences.sort[Self.place.name] = sign + state.principals.sort.rawValue
        state.emit(.savePreferences(state.preferences))
    }
}
