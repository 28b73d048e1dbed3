/// A view that covers the place and takes the keys.
enum Overlay: Equatable, Sendable {
    case help(HelpOverlay)
    case palette(PaletteOverlay)
    case picker(PickerOverlay)
    case confirm(Confirmation)
    case text(TextOverlay)
    case themes(ThemeOverlay)

    /// Letters and digits are text or an answer here, so that digits go to no place.
    var takesText: Bool {
        switch self {
        case .help, .palette, .picker, .confirm: true
        case .text, .themes: false
        }
    }
}

/// A question before an action with consequences.
struct Confirmation: Equatable, Sendable {
    enum Level: Equatable, Sendable {
        /// The action can be undone. The answer is yes or no.
        case reversible
        /// The action cuts live traffic or deletes something, so the name has to be typed.
        case typeName(String)
    }

    var title: String
    var lines: [String]
    var level: Level
    /// The word for yes: `Apply`.
    var verb: String
    /// The command that yes runs.
    var accept: CommandCall
    /// Whether yes is under the cursor. Starts with no.
    var isAccepting = false
    var field = TextField()
    /// Whether Enter was pressed after a text that is not the name.
    var isWrong = false

    init(
        title: String, lines: [String], level: Level = .reversible, verb: String = "Yes", accept: CommandCall
    ) {
        self.title = title
        self.lines = lines
        self.level = level
        self.verb = verb
        self.accept = accept
    }

    /// - Parameter clients: served by this process, so that they lose their connections.
    static func quit(clients: Int) -> Confirmation {
        let loss =
            switch clients {
            case 0: "An engine in this process stops with it."
            case 1: "1 client is served by this process and is disconnected."
            default: "\(clients) clients are served by this process and are disconnected."
            }
        return Confirmation(
            title: "Quit Sluice?", lines: ["The console closes. \(loss)"], verb: "Quit",
            accept: CommandCall("quit confirmed"))
    }

    /// Whether the name was typed. Characters that no screen shows are typed as the question writes them, and any space
    /// as a space, because they could not be typed otherwise.
    static func isTyped(_ text: String, _ name: String) -> Bool {
        text == name || Self.typed(text) == Self.typed(name)
    }

    private static func typed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        // A mark without a base is shown on a dotted circle.
        for scalar in CellText.sanitised(text).unicodeScalars where scalar != "\u{25CC}" {
            result.append(scalar.properties.isWhitespace ? " " : scalar)
        }
        return String(result)
    }

    mutating func press(_ key: Key) -> OverlayResult {
        if case .typeName(let name) = self.level {
            switch key {
            case .escape: return .close
            case .enter:
                if Self.isTyped(self.field.text, name) { return .run(self.accept) }
                self.isWrong = true
                return .stay
            default:
                self.isWrong = false
                _ = self.field.press(key)
                return .stay
            }
        }
        switch key {
        case .escape, .character("n"), .character("N"), .character("q"): return .close
        case .character("y"), .character("Y"): return .run(self.accept)
        case .left, .right, .tab, .backTab, .character("h"), .character("l"):
            self.isAccepting.toggle()
            return .stay
        case .enter: return self.isAccepting ? .run(self.accept) : .close
        default: return .stay
        }
    }
}

/// A list to choose from: sort columns, principals, gateways.
struct PickerOverlay: Equatable, Sendable {
    struct Item: Equatable, Sendable {
        /// The argument of the command.
        var id: String
        var title: String
        var detail: String

        init(id: String, title: String, detail: String = "") {
            self.id = id
            self.title = title
            self.detail = detail
        }
    }

    var title: String
    var items: [Item]
    /// The command that runs with the chosen id.
    var command: String
    var query = TextField()
    var selection = 0

    init(title: String, items: [Item], command: String, selected: String? = nil) {
        self.title = title
        self.items = items
        self.command = command
        self.selection = items.firstIndex { $0.id == selected } ?? 0
    }

    var shown: [Item] {
        let query = self.query.text.lowercased()
        return query.isEmpty ? self.items : self.items.filter { FuzzyMatch.matches($0.title.lowercased(), query) }
    }

    mutating func press(_ key: Key) -> OverlayResult {
        let count = self.shown.count
        switch key {
        case .escape: return .close
        case .up, .control("p"): self.selection = max(0, self.selection - 1)
        case .down, .control("n"): self.selection = min(max(0, count - 1), self.selection + 1)
        case .pageUp: self.selection = max(0, self.selection - 10)
        case .pageDown: self.selection = min(max(0, count - 1), self.selection + 10)
        case .enter:
            let shown = self.shown
            guard shown.indices.contains(self.selection) else { return .stay }
            return .run(CommandCall(self.command, shown[self.selection].id))
        default:
            if self.query.press(key) { self.selection = 0 }
        }
        return .stay
    }
}

/// A text to read: YAML, a trace, an explanation.
struct TextOverlay: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        /// Pieces with their roles, left to right.
        var runs: [Run]

        init(_ text: String, _ role: Role = .base) { self.runs = [Run(text, role)] }
        init(runs: [Run]) { self.runs = runs }
        var text: String { self.runs.map(\.text).joined() }
    }

    struct Run: Equatable, Sendable {
        var text: String
        var role: Role

        init(_ text: String, _ role: Role = .base) {
            self.text = text
            self.role = role
        }
    }

    var title: String
    var lines: [Line]
    var top = 0

    init(title: String, lines: [Line]) {
        self.title = title
        self.lines = lines
    }

    /// As plain text, or as YAML with its parts marked.
    init(title: String, text: String, isYAML: Bool = false) {
        self.title = title
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            isYAML ? YAMLHighlight.line(String($0)) : Line(String($0))
        }
    }

    var text: String { self.lines.map(\.text).joined(separator: "\n") }

    mutating func press(_ key: Key, visibleRows: Int) -> OverlayResult {
        let last = max(0, self.lines.count - visibleRows)
        switch key {
        case .escape, .character("q"), .enter: return .close
        case .up, .character("k"): self.top = max(0, self.top - 1)
        case .down, .character("j"): self.top = min(last, self.top + 1)
        case .pageUp: self.top = max(0, self.top - visibleRows)
        case .pageDown, .space: self.top = min(last, self.top + visibleRows)
        case .home, .character("g"): self.top = 0
        case .end, .character("G"): self.top = last
        case .character("c"): return .copy(self.text)
        case .character("o"): return .page(self.title, self.text)
        default: break
        }
        return .stay
    }
}

struct ThemeOverlay: Equatable, Sendable {
    var selection = 0
    /// The user chose another line than the first one shown.
    var hasMoved = false
    /// The theme to go back to on Esc.
    var original: String
}

/// The outcome of a key in an overlay.
enum OverlayResult: Equatable, Sendable {
    case stay
    case close
    /// Close the overlay, then run the command.
    case run(CommandCall)
    case copy(String)
    case page(String, String)
}

/// Matches the letters of a query in order, not necessarily side by side.
enum FuzzyMatch {
    static func matches(_ text: String, _ query: String) -> Bool { self.score(text, query) != nil }

    /// Lower is better: gaps between letters, then where the first one is. Nil: no match.
    static func score(_ text: String, _ query: String) -> Int? {
        var score = 0
        var rest = text[...]
        var isFirst = true
        for letter in query where letter != " " {
            guard let index = rest.firstIndex(of: letter) else { return nil }
            let gap = rest.distance(from: rest.startIndex, to: index)
            score += isFirst ? gap : gap * 3
            isFirst = false
            rest = rest[rest.index(after: index)...]
        }
        return score * 4 + text.count / 8
    }
}

/// Marks the parts of a line of YAML.
enum YAMLHighlight {
    static func line(_ text: String) -> TextOverlay.Line {
        let trimmed = text.drop { $0 == " " || $0 == "-" }
        if trimmed.hasPrefix("#") { return .init(text, .syntaxComment) }
        guard let colon = text.firstIndex(of: ":"), text[text.index(after: colon)...].first.map({ $0 == " " }) ?? true
        else { return .init(text, .syntaxString) }
        let value = text[text.index(after: colon)...]
        let bare = value.drop { $0 == " " }
        let role: Role =
            bare == "true" || bare == "false" || bare == "null"
            ? .syntaxBool : Double(bare) != nil ? .syntaxNumber : .syntaxString
        return .init(runs: [
            .init(String(text[..<colon]), .syntaxKey), .init(":", .syntaxPunct), .init(String(value), role),
        ])
    }
}
