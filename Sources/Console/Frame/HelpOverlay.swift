/// The commands of this place and of every place. Typing searches them, Enter runs one.
struct HelpOverlay: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var section: String
        var keys: String
        var title: String
        var command: String
        /// The reason why it cannot run now.
        var reason: String?
    }

    var place: Place
    var query = TextField()
    var selection = 0

    init(place: Place) {
        self.place = place
    }

    func entries(_ state: ConsoleState) -> [Entry] {
        let query = self.query.text.lowercased()
        func entry(_ command: Command, _ section: String) -> Entry {
            Entry(
                section: section, keys: command.keys.map(\.description).joined(separator: " "), title: command.title,
                command: command.name, reason: state.reasonAgainst(command))
        }
        let commands = CommandTable.all.filter { !$0.isHidden }
        let here = commands.filter { $0.scope == .place(self.place) }.map { entry($0, "HERE") }
        let everywhere = commands.filter { $0.scope == .everywhere }.map { entry($0, "EVERYWHERE") }
        let all = here + everywhere
        guard !query.isEmpty else { return all }
        let others = commands.filter { $0.scope != .everywhere && $0.scope != .place(self.place) }
            .map { entry($0, "IN OTHER PLACES") }
        return (all + others).filter {
            ($0.title + " " + $0.command + " " + $0.keys).lowercased().contains(query)
        }
    }

    mutating func press(_ key: Key, count: Int, selected: Entry?) -> OverlayResult {
        switch key {
        case .escape: return .close
        case .up: self.selection = max(0, self.selection - 1)
        case .down: self.selection = min(max(0, count - 1), self.selection + 1)
        case .pageUp: self.selection = max(0, self.selection - 10)
        case .pageDown: self.selection = min(max(0, count - 1), self.selection + 10)
        case .home: self.selection = 0
        case .end: self.selection = max(0, count - 1)
        case .enter:
            guard let selected else { return .stay }
            return .run(CommandCall(selected.command))
        default:
            if self.query.press(key) { self.selection = 0 }
        }
        return .stay
    }
}

/// A search over commands, objects and recent commands, by name.
struct PaletteOverlay: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var kind: String
        var title: String
        var detail: String
        var call: CommandCall
    }

    var query = TextField()
    var selection = 0

    func entries(_ state: ConsoleState) -> [Entry] {
        let commands = CommandTable.all.filter { !$0.isHidden }
        func entry(_ command: Command) -> Entry {
            Entry(
                kind: "command", title: command.name,
                detail: command.title + (command.keys.first.map { "  (\($0))" } ?? ""),
                call: CommandCall(command.name))
        }
        // The place's commands come first, then recent commands and objects. The cursor keys come last: they need no
        // search.
        var entries = commands.filter { $0.scope == .place(state.place) }.map(entry)
        entries += state.recentCommands.reversed().prefix(5).compactMap { text in
            guard let (command, argument) = CommandTable.resolve(text) else { return nil }
            return Entry(
                kind: "recent", title: text, detail: command.title, call: CommandCall(command.name, argument))
        }
        entries += state.data.objects.map { object in
            Entry(kind: object.kind, title: object.name, detail: object.detail, call: object.call)
        }
        let moving = Set(FrameCommands.moving.map(\.name))
        let others = commands.filter { $0.scope != .place(state.place) }
        entries += others.filter { $0.scope == .everywhere && !moving.contains($0.name) }.map(entry)
        entries += others.filter { $0.scope != .everywhere }.map(entry)
        entries += others.filter { moving.contains($0.name) }.map(entry)
        let query = self.query.text.lowercased()
        guard !query.isEmpty else { return entries }
        return entries.enumerated().compactMap { index, entry -> (Int, Int, Entry)? in
            let byTitle = FuzzyMatch.score(entry.title.lowercased(), query)
            let byDetail = FuzzyMatch.score(entry.detail.lowercased(), query).map { $0 + 200 }
            guard let score = [byTitle, byDetail].compactMap({ $0 }).min() else { return nil }
            return (score, index, entry)
        }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    mutating func press(_ key: Key, count: Int, selected: Entry?) -> OverlayResult {
        switch key {
        case .escape: return .close
        case .up: self.selection = max(0, self.selection - 1)
        case .down: self.selection = min(max(0, count - 1), self.selection + 1)
        case .pageUp: self.selection = max(0, self.selection - 10)
        case .pageDown: self.selection = min(max(0, count - 1), self.selection + 10)
        case .enter:
            guard let selected else { return .stay }
            return .run(selected.call)
        default:
            if self.query.press(key) { self.selection = 0 }
        }
        return .stay
    }
}
