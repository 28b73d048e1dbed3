import EngineInterface

extension LogsScreen {
    /// The levels that `l` cycles through.
    private static let levels: [LogLine.Level] = [.info, .warning, .error, .trace, .debug]

    static let commands: [Command] = [
        Command("logs pause", "pause the log, or continue at its end", hint: "pause", keys: [.space], in: .place(.logs))
        {
            state, _ in Self.togglePause(&state)
        },
        Command("log line", "show the whole line with its facts", hint: "all of it", keys: [.enter], in: .place(.logs))
        {
            state, _ in Self.enter(&state)
        },
        Command(
            "logs level", "choose the lowest level that is shown", hint: "level", keys: [.character("l")],
            in: .place(.logs),
            argument: "[LEVEL]", completions: { _ in LogLine.Level.allCases.map(\.rawValue) }
        ) { state, name in
            if name.isEmpty {
                let index = Self.levels.firstIndex(of: state.logs.level) ?? -1
                state.logs.level = Self.levels[(index + 1) % Self.levels.count]
            } else if let level = LogLine.Level(rawValue: name.lowercased()) {
                state.logs.level = level
            } else {
                return state.say("There is no level '\(name)'.", .error)
            }
            Self.look(&state)
        },
        Command(
            "logs wrap", "show long lines in full, or cut", hint: "wrap", keys: [.character("w")], in: .place(.logs)
        ) {
            state, _ in state.logs.isWrapping.toggle()
        },
        Command("logs time", "show times of day, or ages", hint: "time", keys: [.character("t")], in: .place(.logs)) {
            state, _ in state.logs.isTimeRelative.toggle()
        },
        Command("logs follow", "follow the newest", hint: "follow", keys: [.character("f")], in: .place(.logs)) {
            state, _ in
            if state.logs.tail.isFollowing {
                state.logs.tail.stay(visibleRows: Self.visibleRows(state))
            } else {
                state.logs.tail.follow()
            }
        },
        Command("log next error", "go to the next error", keys: [.character("n")], in: .place(.logs)) { state, _ in
            Self.seek(forward: true, &state)
        },
        Command("log previous error", "go to the error before", keys: [.character("N")], in: .place(.logs)) {
            state, _ in
            Self.seek(forward: false, &state)
        },
    ]

    private static func seek(forward: Bool, _ state: inout ConsoleState) {
        let tail = state.logs.tail
        guard let start = tail.selectedIndex else { return state.say("No line is shown.") }
        var index = forward ? start + 1 : start - 1
        while index >= 0, index < tail.count {
            if let number = tail.matches[index], let line = state.data.logs[number], line.level >= .error {
                return state.logs.tail.select(number, visibleRows: Self.visibleRows(state))
            }
            index += forward ? 1 : -1
        }
        state.say(forward ? "There is no newer error." : "There is no older error.")
    }
}
