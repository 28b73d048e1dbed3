import Foundation
import GatewayModel

extension ConsoleState {
    /// The screen now. Any size will do, down to one cell.
    package func draw() -> Grid {
        var grid = Grid(self.size)
        guard self.size.columns > 0, self.size.rows > 0 else { return grid }
        let layout = FrameLayout(self.size)
        self.drawTitle(into: &grid, area: layout.title)
        self.drawPlaces(into: &grid, area: layout.places)
        if !layout.body.isEmpty { self.place.screen.draw(self, into: &grid, area: layout.body) }
        self.drawMessage(into: &grid, area: layout.message)
        self.drawHints(into: &grid, area: layout.hints)
        for overlay in self.overlays { self.draw(overlay, into: &grid, area: layout.body) }
        return grid
    }

    var bodyArea: Rect { FrameLayout(self.size).body }
    var overlayArea: Rect { self.bodyArea }

    // MARK: Title

    private func drawTitle(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let wide = area.columns >= 60
        var column = area.column + 1
        let name = self.data.gateway?.name
        if wide { column = grid.write("GATEWAY ", column: column, row: area.row, role: .muted, limit: area) }
        column = grid.write(
            CellText.cut(
                CellText.sanitised(name ?? "none yet"), to: max(8, area.columns / 4), ellipsis: self.glyphs.ellipsis),
            column: column, row: area.row, role: name == nil ? .muted : .chromeTitle, limit: area)
        for (text, role) in self.badges {
            column = grid.write(" ", column: column, row: area.row, limit: area)
            column = grid.write("[\(text)]", column: column, row: area.row, role: role, limit: area)
        }
        let (state, stateRole) = self.freshnessText
        let clock =
            area.columns >= 60 ? NumberText.clock(self.now) + "Z" : String(NumberText.clock(self.now).prefix(5)) + "Z"
        let right = area.endColumn - CellText.width(clock) - 1
        grid.write(clock, column: right, row: area.row, role: .muted, limit: area)
        var stateColumn = right - CellText.width(state) - (wide ? 3 : 1)
        if stateColumn > column { grid.write(state, column: stateColumn, row: area.row, role: stateRole, limit: area) }
        if area.columns >= 140, let (health, role) = self.backendHealth {
            stateColumn -= CellText.width(health) + 3
            grid.write(health, column: stateColumn, row: area.row, role: role, limit: area)
        }
        if area.columns >= 100 {
            let crumbs = ([self.place.title] + self.place.screen.crumbs(self)).joined(separator: self.glyphs.separator)
            grid.line(
                crumbs, column: column + 3, row: area.row, columns: max(0, stateColumn - column - 6),
                role: .chromeCrumb,
                glyphs: self.glyphs)
        }
    }

    /// `backend 1/2 ok`, once the engine has said how its backend clusters are.
    private var backendHealth: (String, Role)? {
        let backends = self.data.traffic.components.filter { $0.kind == "backend_cluster" }
        guard !backends.isEmpty else { return nil }
        let up = backends.count { $0.state == .up }
        let isDown = backends.contains { $0.state == .down }
        return ("backend \(up)/\(backends.count) ok", isDown ? .stateDown : up < backends.count ? .stateWarn : .muted)
    }

    /// `env` label of the gateway, and whether this session may change anything.
    private var badges: [(String, Role)] {
        var badges: [(String, Role)] = []
        switch self.environment {
        case "prod": badges.append(("PROD", .envProd))
        case "stage": badges.append(("STAGE", .envStage))
        case "dev": badges.append(("DEV", .envDev))
        case let other?: badges.append((CellText.sanitised(String(other.prefix(12))).uppercased(), .envDev))
        case nil: break
        }
        if self.options.readOnlyReason != nil { badges.append(("READ-ONLY", .envReadOnly)) }
        return badges
    }

    /// The label `env` of the gateway: `prod`, `stage`, `dev`.
    var environment: String? {
        guard let label = self.data.gateway?.labels["env"]?.lowercased(), !label.isEmpty else { return nil }
        switch label {
        case "production": return "prod"
        case "staging": return "stage"
        case "development": return "dev"
        default: return label
        }
    }

    private var freshnessText: (String, Role) {
        switch self.data.freshness {
        case .connecting: ("... CONNECTING", .statePending)
        case .live where self.isLinkSlow: ("~ SLOW link", .stateSlow)
        case .live where self.pausedNews != nil:
            ("\(self.glyphs.paused) PAUSED +\(NumberText.grouped(UInt64(max(0, self.pausedNews ?? 0))))", .statePaused)
        case .live:
            (self.size.columns >= 60 ? "\(self.glyphs.live) LIVE  4 Hz" : "\(self.glyphs.live) LIVE", .stateLive)
        case .stale(let since, _): ("! STALE \(NumberText.age(self.now.timeIntervalSince(since)))", .stateStale)
        }
    }

    /// What came since the place was paused; nil while it is live.
    private var pausedNews: Int? {
        switch self.place {
        case .live: LiveScreen.pausedNews(self)
        case .principals: PrincipalsScreen.pausedNews(self)
        case .decisions: DecisionsScreen.pausedNews(self)
        case .logs: LogsScreen.pausedNews(self)
        case .map, .tokens, .topics, .groups, .setup: nil
        }
    }

    // MARK: Places

    /// Each place with the columns of its name in the bar.
    private func placeBar(columns: Int) -> [(place: Place, text: String, column: Int)] {
        let narrow = columns < 60
        var column = narrow ? 0 : columns >= 120 ? 1 : 0
        return Place.allCases.map { place in
            let isHere = place == self.place
            let text: String
            if narrow {
                text = isHere ? "[\(place.rawValue)]\(place.title) " : "\(place.rawValue) "
            } else if columns >= 120 {
                text = "\(place.rawValue)\(isHere ? String(self.glyphs.pointer) : " ")\(place.title)   "
            } else {
                text = "\(place.rawValue)\(isHere ? ">" : " ")\(place.title) "
            }
            defer { column += CellText.width(text) }
            return (place, text, column)
        }
    }

    private func drawPlaces(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        for entry in self.placeBar(columns: area.columns) {
            let isHere = entry.place == self.place
            let text = entry.text.trimmingSpaces
            grid.write(
                text, column: area.column + entry.column, row: area.row,
                role: isHere ? .chromePlaceActive : .chromePlace, limit: area)
        }
    }

    func placeBar(at column: Int) -> Place? {
        self.placeBar(columns: self.size.columns).last { $0.column <= column }?.place
    }

    // MARK: Message, filter, prompt

    private func drawMessage(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let row = area.row
        if let prompt = self.prompt {
            let label = " " + prompt.label
            let start = grid.write(label, column: area.column, row: row, role: .chromeKey, limit: area)
            let problem = self.promptProblem
            let width = max(1, area.endColumn - start - 1)
            let cursor = prompt.field.draw(
                into: &grid, column: start, row: row, columns: width,
                role: problem == nil ? .inputText : .inputInvalid, placeholder: self.promptPlaceholder)
            grid.cursor = (cursor, row)
            if let problem {
                let text = "at \(problem.position + 1): \(problem.message)"
                let column = max(
                    start + CellText.width(prompt.field.text) + 2, area.endColumn - CellText.width(text) - 1)
                grid.write(text, column: column, row: row, role: .inputError, limit: area)
            } else if let hint = self.promptHint {
                grid.write(
                    hint, column: start + CellText.width(prompt.field.text) + 2, row: row, role: .inputPlaceholder,
                    limit: area)
            }
            return
        }
        if let flash = self.flash {
            let role: Role =
                switch flash.kind {
                case .info: .base
                case .success: .stateOK
                case .warning: .stateWarn
                case .error: .inputError
                }
            grid.line(
                flash.text, column: area.column + 1, row: row, columns: area.columns - 2, role: role,
                glyphs: self.glyphs)
            return
        }
        if case .stale(_, let reason) = self.data.freshness {
            grid.line(
                "Stale: \(reason). Reconnecting; what is shown is the last that was known.", column: area.column + 1,
                row: row, columns: area.columns - 2, role: .stateStale, glyphs: self.glyphs)
            return
        }
        var column = area.column + 1
        if let entry = self.filters[self.place], !entry.text.isEmpty {
            column = grid.write("filter: ", column: column, row: row, role: .muted, limit: area)
            let role: Role = entry.problem != nil ? .inputInvalid : entry.isOn ? .tableMatch : .inputDisabled
            column = grid.write(
                CellText.cut(entry.text, to: max(8, area.columns / 2), ellipsis: self.glyphs.ellipsis), column: column,
                row: row, role: role, limit: area)
            column = grid.write(entry.isOn ? "   " : " (off)   ", column: column, row: row, role: .muted, limit: area)
        }
        grid.line(
            self.place.screen.statusLine(self), column: column, row: row, columns: area.endColumn - column - 1,
            role: .muted, glyphs: self.glyphs)
    }

    private var promptProblem: FilterError? {
        guard case .filter(let place) = self.prompt?.kind else { return nil }
        return self.filters[place]?.problem
    }

    private var promptPlaceholder: String {
        switch self.prompt?.kind {
        case .filter: "word, principal:svc-*, topic:orders.*, op:write, deny, age:<5m, & | ! ( ) ~regex~"
        case .command: "a command; Tab completes, Ctrl-P searches"
        case .argument, nil: ""
        }
    }

    private var promptHint: String? {
        guard let prompt = self.prompt, prompt.kind == .command, !prompt.field.text.isEmpty,
            let (command, argument) = CommandTable.resolve(prompt.field.text)
        else { return nil }
        let expected = argument.isEmpty ? command.argument.map { " \($0)" } ?? "" : ""
        return "\(command.name)\(expected): \(command.title)"
    }

    // MARK: Hints

    private func drawHints(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        var column = area.column + 1
        for (key, title) in self.hints {
            let width = CellText.width(key) + 1 + CellText.width(title)
            guard column + width <= area.endColumn else { break }
            column = grid.write(key, column: column, row: area.row, role: .chromeKey, limit: area)
            column = grid.write(" " + title, column: column, row: area.row, role: .chromeHint, limit: area) + 2
        }
    }

    /// Keys for here, most useful first.
    var hints: [(key: String, title: String)] {
        if let prompt = self.prompt {
            switch prompt.kind {
            case .command: return [("Enter", "run"), ("Tab", "complete"), ("Up", "last"), ("Esc", "cancel")]
            case .filter: return [("Enter", "keep"), ("Esc", "as before"), ("Ctrl-U", "clear")]
            case .argument: return [("Enter", "go on"), ("Esc", "cancel")]
            }
        }
        if let overlay = self.overlays.last {
            switch overlay {
            case .help: return [("type", "to search"), ("Enter", "run"), ("Esc", "close")]
            case .palette: return [("type", "to search"), ("Enter", "run"), ("Esc", "close")]
            case .picker: return [("Enter", "choose"), ("type", "to search"), ("Esc", "cancel")]
            case .confirm: return [("y", "yes"), ("n", "no"), ("Esc", "no")]
            case .text: return [("Esc", "close"), ("PgDn", "on"), ("c", "copy"), ("o", "pager")]
            case .themes: return [("Enter", "keep"), ("Esc", "as before"), ("Up/Down", "try")]
            }
        }
        let here = self.place.screen.commands.filter { $0.hint != nil && !$0.isHidden }
        let everywhere = FrameCommands.all.filter { $0.hint != nil }
        let general = ["filter", "command", "help", "palette", "out"].compactMap { name in
            everywhere.first { $0.name == name }
        }
        func hint(_ command: Command) -> (key: String, title: String)? {
            guard let key = command.keys.first, let hint = command.hint else { return nil }
            return (key.description, hint)
        }
        var hints = (self.place.screen.hints(self) ?? here.compactMap(hint)) + general.compactMap(hint)
        if self.place.screen.secondPane(self) != nil {
            let places: [(key: String, title: String)] = [("Tab", "pane"), ("z", "zoom"), ("-", "layout")]
            hints.insert(contentsOf: places, at: max(0, hints.count - 1))
        }
        return hints
    }
}

/// Where the parts of the frame are. Below 12 rows the hints go, below 6 the places too; one row is the body's alone.
struct FrameLayout: Equatable, Sendable {
    var title: Rect
    var places: Rect
    var body: Rect
    var message: Rect
    var hints: Rect

    init(_ size: Size) {
        var rest = Rect(size)
        let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
        self.title = none
        self.places = none
        self.message = none
        self.hints = none
        if size.rows >= 3 { (self.title, rest) = rest.splitTop(1) }
        if size.rows >= 6 { (self.places, rest) = rest.splitTop(1) }
        if size.rows >= 10 { (rest, self.hints) = rest.splitBottom(1) }
        if size.rows >= 4 { (rest, self.message) = rest.splitBottom(1) }
        self.body = rest
    }
}
