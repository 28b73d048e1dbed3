/// Where the user is in the closing page.
struct SetupConnecting: Equatable, Sendable {
    var client = ClientConfiguration.Client.python
    /// The first line shown.
    var top = 0
}

/// The closing page: what a client of the user's choice needs, and how to see it at work.
extension SetupScreen {
    /// Of the client that is chosen; nil before Apply.
    static func configuration(_ state: ConsoleState) -> ClientConfiguration? {
        guard state.setup.isApplied, let plan = state.setup.plan else { return nil }
        let typed = state.setup.typedSecret.filter { !$0.isWhitespace }
        return ClientConfiguration(
            state.setup.connecting.client, plan.answers, plan.outcome, in: self.surroundings(state),
            typedSecret: typed.isEmpty ? nil : typed)
    }

    static func choose(_ client: ClientConfiguration.Client, _ state: inout ConsoleState) {
        state.setup.connecting = SetupConnecting(client: client)
        if state.setup.step != .connect { self.go(to: .connect, &state) }
        state.setup.isEditing = true
    }

    // MARK: Keys

    static func pressInConnecting(_ key: Key, _ state: inout ConsoleState) -> Bool {
        switch key {
        case .tab, .right: self.chooseNext(by: 1, &state)
        case .backTab, .left: self.chooseNext(by: -1, &state)
        case .down: self.scroll(by: 1, &state)
        case .up: self.scroll(by: -1, &state)
        case .pageDown, .space: self.scroll(by: max(1, self.rows(state) - 1), &state)
        case .pageUp where state.setup.connecting.top == 0: self.back(&state)
        case .pageUp: self.scroll(by: -max(1, self.rows(state) - 1), &state)
        case .home: state.setup.connecting.top = 0
        case .end: self.scroll(by: .max / 2, &state)
        case .enter: state.go(to: .live)
        case .character("w"): state.run(CommandCall("setup client write"))
        case .character(let letter):
            guard let client = ClientConfiguration.Client.allCases.first(where: { $0.key == letter }) else {
                return false
            }
            self.choose(client, &state)
        default: return false
        }
        return true
    }

    private static func chooseNext(by step: Int, _ state: inout ConsoleState) {
        let all = ClientConfiguration.Client.allCases
        let index = all.firstIndex(of: state.setup.connecting.client) ?? 0
        self.choose(all[(index + step + all.count) % all.count], &state)
    }

    private static func scroll(by rows: Int, _ state: inout ConsoleState) {
        let area = self.textArea(state)
        let lines = self.connectingLines(state, columns: area.columns)
        let last = max(0, lines.count - area.rows)
        state.setup.connecting.top = max(0, min(last, state.setup.connecting.top + rows))
    }

    private static func rows(_ state: ConsoleState) -> Int { self.textArea(state).rows }

    /// Below the row of clients.
    private static func textArea(_ state: ConsoleState) -> Rect {
        let inner = SetupLayout(state.bodyArea, state).form.inset()
        return inner.splitTop(1).rest.inset(columns: 1, rows: 0)
    }

    // MARK: Drawing

    static func drawConnecting(_ state: ConsoleState, into grid: inout Grid, inner: Rect) {
        guard !inner.isEmpty else { return }
        let (tabs, rest) = inner.splitTop(1)
        let chosen = state.setup.connecting.client
        var column = tabs.column + 1
        for client in ClientConfiguration.Client.allCases {
            let text = client == chosen ? "[\(client.title)]" : " \(client.title) "
            let role: Role =
                client != chosen ? .base : state.setup.isEditing ? .buttonFocus : .tableCursorInactive
            column = grid.write(text, column: column, row: tabs.row, role: role, limit: tabs) + 1
        }
        let keys = ClientConfiguration.Client.allCases.map { String($0.key) }.joined(separator: " ")
        let hint = "Tab or \(keys)"
        let start = tabs.endColumn - CellText.width(hint) - 1
        if start > column { grid.write(hint, column: start, row: tabs.row, role: .muted, limit: tabs) }
        let area = rest.inset(columns: 1, rows: 0)
        let lines = self.connectingLines(state, columns: area.columns)
        let top = max(0, min(state.setup.connecting.top, lines.count - area.rows))
        self.draw(Array(lines.dropFirst(top)), into: &grid, area: area, state.glyphs)
        func mark(_ glyph: Character, row: Int) {
            grid.write(
                String(glyph), column: inner.endColumn - 1, row: row, role: .chromeScroll, limit: inner)
        }
        if area.rows > 0, top > 0 { mark(state.glyphs.sortedUp, row: area.row) }
        if area.rows > 0, top + area.rows < lines.count { mark(state.glyphs.sortedDown, row: area.endRow - 1) }
    }

    /// What to do, in three steps, and then the file itself with the secret hidden.
    static func connectingLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        guard let configuration = self.configuration(state) else {
            return [.init("After Apply the configurations for clients are here.", .muted)]
        }
        let client = configuration.client
        let file = state.setup.path(of: client)
        var lines: [TextOverlay.Line] = []
        func add(_ text: String, _ role: Role = .base, indent: Int = 0) {
            let room = max(1, columns - indent)
            lines += CellText.wrapped(CellText.sanitised(text), columns: room).map {
                .init(String(repeating: " ", count: indent) + $0, role)
            }
        }
        for note in configuration.notes { add(note, .stateWarn) }
        if state.setup.written[file] != nil {
            add("1 [ ok ] \(file) is written; only you can read it.", .stateOK)
        } else {
            let secret = configuration.holdsSecret ? ", with the secret" : ""
            add("1 w writes \(file)\(secret), readable by you alone. c copies it.")
        }
        let commands = configuration.commands(file: file)
        if commands.isEmpty {
            add("2 Start your program with it.")
        } else {
            let directory = state.options.workingDirectory
            let place =
                file.hasPrefix("/") || file.hasPrefix("~")
                ? "" : directory.isEmpty ? ", where the file is" : ", in \(directory)"
            add("2 Run this in another terminal\(place):")
            let widest = commands.map { CellText.width($0.command) }.max() ?? 0
            let fits = commands.allSatisfy { widest + CellText.width($0.effect) + 5 <= columns }
            for (command, effect) in commands where fits {
                let gap = String(repeating: " ", count: 2 + widest - CellText.width(command))
                let shown = CellText.sanitised(command)
                lines.append(
                    .init(runs: [.init("   \(shown)", .syntaxString), .init(gap + CellText.sanitised(effect), .muted)]))
            }
            for (command, effect) in commands where !fits {
                add(command, .syntaxString, indent: 3)
                add(effect, .muted, indent: 5)
            }
        }
        add("3 Press 1 and watch it appear; 4 tells what is denied, and why.")
        lines.append(.init(""))
        add("-- \(file) --", .chromeTitle)
        for line in configuration.text(showsSecret: false, file: file).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            add(String(line))
        }
        return lines
    }
}

extension SetupScreen {
    /// Where a configuration is, or would be written.
    func path(of client: ClientConfiguration.Client) -> String { self.paths[client] ?? client.fileName }

    // MARK: Hints

    /// What the keys do after Apply, where the form's own are no help.
    static func hints(_ state: ConsoleState) -> [Hint]? {
        let setup = state.setup
        guard setup.isApplied, setup.isEditing else {
            guard setup.phase == .drafting, setup.isEditing, setup.form.items.contains(where: { $0.suggestion != nil })
            else { return nil }
            return [("Ctrl-F", "take it"), ("Enter", "go on"), ("Tab", "field"), ("PgUp", "back"), ("F1", "explain")]
        }
        switch setup.step {
        case .connect:
            return [
                ("c", "copy"), ("w", "write"), ("Tab", "client"), ("1", "watch it"), ("Down", "more"), ("PgUp", "back"),
            ]
        case .proof:
            var hints: [(key: String, title: String)] = [("Enter", self.focusedTitle(setup))]
            if setup.plan?.clientSecret != nil { hints.append(("c", "copy the secret")) }
            return hints + [("Tab", "button"), ("Up", "read"), ("PgDn", "connect a client"), ("Esc", "leave")]
        default: return [("Enter", "go on"), ("PgDn", "step"), ("PgUp", "back"), ("Esc", "leave")]
        }
    }

    private static func focusedTitle(_ setup: SetupScreen) -> String {
        if setup.form.focus == "secret" { return "prove it" }
        guard let item = setup.form.focusedItem, case .button(let title) = item.control else { return "go on" }
        return title.prefix(1).lowercased() + title.dropFirst()
    }
}
