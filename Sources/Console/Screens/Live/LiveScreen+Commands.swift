import GatewayModel

extension LiveScreen {
    static let commands: [Command] = [
        Command(
            "connection detail", "all about the connection under the cursor", hint: "detail", keys: [.enter],
            in: .place(.live)
        ) { state, _ in Self.enter(&state) },
        Command("live pause", "freeze what is shown, or go on", hint: "pause", keys: [.space], in: .place(.live)) {
            state, _ in Self.pause(&state)
        },
        Command(
            "live sort", "choose the column to sort by", hint: "sort", keys: [.character("s")], in: .place(.live),
            argument: "[COLUMN]", completions: { _ in ConnectionSort.allCases.map(\.rawValue) }
        ) { state, name in Self.sort(name, &state) },
        Command("live reverse", "sort the other way round", keys: [.character("S")], in: .place(.live)) { state, _ in
            state.live.table.isReversed.toggle()
            Self.sortChanged(&state)
        },
        Command(
            "live window", "the next time window of the graphs", hint: "window", keys: [.character("w")],
            in: .place(.live), argument: "[1m|5m|15m|1h]", completions: { _ in TimeWindow.allCases.map(\.label) }
        ) { state, label in
            if let window = TimeWindow(label: label) {
                state.live.window = window
            } else if label.isEmpty {
                state.live.window = state.live.window.next
            } else {
                state.say("There is no window '\(label)'. Windows are 1m, 5m, 15m and 1h.", .error)
            }
        },
        Command(
            "connection decisions", "the decisions on this connection", hint: "decisions", keys: [.character("d")],
            in: .place(.live), unavailable: Self.withoutConnection
        ) { state, _ in
            guard let connection = Self.connection(under: state) else { return }
            state.run(CommandCall("decisions", Filter.term("session", String(connection.sessionID))))
        },
        Command(
            "connection principal", "this client among the principals", keys: [.character("p")], in: .place(.live),
            unavailable: Self.withoutConnection
        ) { state, _ in
            guard let principal = Self.connection(under: state)?.principal else {
                return state.say("This client has not signed in yet.")
            }
            PrincipalsScreen.show(principal, &state)
        },
        Command(
            "connection close", "close the connection under the cursor", keys: [.character("D")], in: .place(.live),
            writes: true, unavailable: Self.withoutConnection
        ) { state, _ in Self.askToClose(&state) },
        Command(
            "connection close confirmed", "close this connection", in: .place(.live), writes: true, isHidden: true
        ) { state, session in
            guard let id = UInt64(session) else { return }
            let client = state.data.traffic.connection(id)?.remoteAddress ?? "session \(id)"
            state.live.closing[state.ask(.closeConnection(sessionID: id), for: .live)] = client
        },
    ]

    private static let withoutConnection: @Sendable (ConsoleState) -> String? = { state in
        Self.connection(under: state) == nil ? "No connection is under the cursor." : nil
    }

    private static func sort(_ name: String, _ state: inout ConsoleState) {
        guard !name.isEmpty else {
            return state.show(
                .picker(
                    PickerOverlay(
                        title: "Sort connections by",
                        items: ConnectionSort.allCases.map { .init(id: $0.rawValue, title: $0.title) },
                        command: "live sort", selected: state.live.sort.rawValue)))
        }
        guard let sort = ConnectionSort(rawValue: name) else {
            return state.say("Connections cannot be sorted by '\(name)'.", .error)
        }
        state.live.table.sortColumn = sort.rawValue
        Self.sortChanged(&state)
    }

    private static func sortChanged(_ state: inout ConsoleState) {
        let sign = state.live.table.isReversed ? "-" : ""
        Self.settle(&state, force: true)
        state.preferences.sort[Self.place.name] = sign + state.live.sort.rawValue
        state.emit(.savePreferences(state.preferences))
    }

    private static func askToClose(_ state: inout ConsoleState) {
        guard let connection = Self.connection(under: state) else { return }
        let principal = connection.principal ?? "a client that has not signed in"
        state.confirm(
            Confirmation(
                title: "Close 1 live connection?",
                lines: [
                    "\(principal) on \(connection.virtualCluster ?? connection.listener), from "
                        + "\(connection.remoteAddress). Requests under way are lost.",
                    "The client will likely connect again at once: only a rule keeps it out.",
                ],
                level: .typeName(connection.remoteAddress), verb: "Close",
                accept: CommandCall("connection close confirmed", String(connection.sessionID))))
    }
}
