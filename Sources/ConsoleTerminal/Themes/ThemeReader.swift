/// Reads one theme file. The result is a document and a list of problems, for any text.
struct ThemeReader {
    /// Larger files are not themes.
    static let maximumBytes = 65_536

    private(set) var document: ThemeDocument
    /// In the order of the lines.
    private(set) var problems: [ThemeProblem] = []

    /// - Parameter file: Its name in messages.
    init(_ source: String, file: String) {
        self.document = ThemeDocument(file: file)
        guard source.utf8.count <= Self.maximumBytes else {
            self.problems.append(ThemeProblem(file: file, message: "a theme has at most 64 KiB"))
            return
        }
        do {
            for assignment in try ThemeSyntax.assignments(of: source) { self.read(assignment) }
        } catch {
            self.problems.append(
                ThemeProblem(file: file, line: error.line, column: error.column, message: error.message))
        }
    }

    private mutating func report(_ message: String, _ assignment: ThemeAssignment) {
        self.problems.append(ThemeProblem(file: self.document.file, line: assignment.line, message: message))
    }

    private mutating func read(_ assignment: ThemeAssignment) {
        let rest = Array(assignment.path.dropFirst())
        switch assignment.path.first ?? "" {
        case "palette": self.readPalette(rest, assignment)
        case "role": self.readRole(rest, assignment)
        case "gradient": self.readGradient(rest, assignment)
        case let key where rest.isEmpty && assignment.value != .header: self.readSetting(key, assignment)
        case let key: self.report("unknown table \"\(key)\"", assignment)
        }
    }

    private mutating func readSetting(_ key: String, _ assignment: ThemeAssignment) {
        switch key {
        case "name": self.document.name = self.word(assignment)
        case "inherits": self.document.inherits = self.word(assignment)
        case "background": self.document.background = self.colourWord(assignment)
        case "mode":
            self.document.mode = assignment.value.string.flatMap(ThemeMode.init)
            if self.document.mode == nil { self.report("mode is \"dark\", \"light\" or \"any\"", assignment) }
        case "contrast":
            switch assignment.value {
            case .integer(let value): self.document.contrast = Double(value)
            case .decimal(let value): self.document.contrast = value
            default: break
            }
            if !(4.5...21).contains(self.document.contrast ?? 0) { self.report("contrast is 4.5 to 21", assignment) }
        default: self.report("unknown key \"\(key)\"", assignment)
        }
    }

    private mutating func readPalette(_ names: [String], _ assignment: ThemeAssignment) {
        guard assignment.value != .header, !names.isEmpty else {
            if assignment.value != .header || !names.isEmpty { self.report("[palette] holds colours", assignment) }
            return
        }
        let name = names.joined(separator: ".")
        if ["default", "terminal", "inherit"].contains(name) {
            self.report("\"\(name)\" has a meaning of its own and cannot name a colour", assignment)
        } else if let colour = assignment.value.colourText.flatMap(ThemeColour.init(word:)) {
            self.document.palette[name] = colour
        } else {
            self.report(Self.notAColour(assignment.value.colourText ?? name), assignment)
        }
    }

    private mutating func readGradient(_ names: [String], _ assignment: ThemeAssignment) {
        if names.isEmpty {
            if assignment.value != .header { self.report("[gradient] is a table", assignment) }
            return
        }
        let key = names.joined(separator: ".")
        guard let name = GradientName(rawValue: key) else {
            self.report("unknown gradient \"\(key)\": there are allow, deny and load", assignment)
            return
        }
        guard case .array(let values) = assignment.value, (2...3).contains(values.count),
            values.allSatisfy({ $0.colourText != nil })
        else {
            self.report("a gradient has two or three colours", assignment)
            return
        }
        self.document.gradients[name] = values.compactMap(\.colourText).map {
            ThemeDocument.Word(text: $0, line: assignment.line)
        }
    }
}

// MARK: Roles

extension ThemeReader {
    private static let properties: Set<String> = ["fg", "bg", "attrs", "ansi", "mono"]

    /// `decision.allow` may be written in quotes or as TOML's own dotted key.
    private mutating func readRole(_ names: [String], _ assignment: ThemeAssignment) {
        if assignment.value == .header { return }
        guard let last = names.last else { return self.report("[role] is a table", assignment) }
        let whole = names.joined(separator: ".")
        let owner = names.dropLast().joined(separator: ".")
        if names.count > 1, Self.properties.contains(last) {
            guard self.isKnown(owner, assignment) else { return }
            self.set(last, of: owner, assignment)
        } else if names.count > 1, assignment.namesInBraces > 0, RoleName.all.contains(owner),
            !RoleName.all.contains(whole)
        {
            let known = "a role has fg, bg, attrs, ansi and mono"
            self.report("unknown key \"\(last)\" in role \"\(owner)\": \(known)", assignment)
        } else if self.isKnown(whole, assignment) {
            if self.document.roles[whole] != nil {
                self.report("role \"\(whole)\" is set twice", assignment)
            } else if assignment.value == .emptyTable {
                self.document.roles[whole] = ThemeDocument.Style()
            } else {
                self.document.roles[whole] = ThemeDocument.Style(foreground: self.colourWord(assignment))
            }
        }
    }

    /// Each unknown role is reported once, not for every property.
    private mutating func isKnown(_ role: String, _ assignment: ThemeAssignment) -> Bool {
        if RoleName.all.contains(role) { return true }
        let message = "unknown role \"\(role)\""
        if self.problems.last?.message != message { self.report(message, assignment) }
        return false
    }

    private mutating func set(_ property: String, of role: String, _ assignment: ThemeAssignment) {
        var style = self.document.roles[role] ?? ThemeDocument.Style()
        let isTaken =
            switch property {
            case "fg": style.foreground != nil
            case "bg": style.background != nil
            case "attrs": style.attributes != nil
            case "mono": style.mono != nil
            default: style.ansi != nil
            }
        if isTaken { return self.report("role \"\(role)\" is set twice", assignment) }
        switch property {
        case "fg": style.foreground = self.colourWord(assignment)
        case "bg": style.background = self.colourWord(assignment)
        case "attrs": style.attributes = self.attributes(assignment)
        case "mono": style.mono = self.attributes(assignment)
        default:
            style.ansi = assignment.value.string.flatMap(AnsiLook.init(words:))
            if style.ansi == nil {
                let example = "write such as \"bold white on red\", with the names of the sixteen colours"
                self.report("ansi of \"\(role)\" is not a look: \(example)", assignment)
            }
        }
        self.document.roles[role] = style
    }

    private mutating func attributes(_ assignment: ThemeAssignment) -> CellLook.Attributes? {
        let words: [String?] =
            switch assignment.value {
            case .array(let values): values.map(\.string)
            case .string(let text): text.split(separator: " ").map(String.init)
            default: [nil]
            }
        var attributes: CellLook.Attributes = []
        for word in words {
            guard let attribute = word.flatMap(CellLook.Attributes.init(word:)) else {
                let known = CellLook.Attributes.allWords.joined(separator: ", ")
                self.report("unknown attribute \"\(word ?? "")\": there are \(known)", assignment)
                return nil
            }
            attributes.insert(attribute)
        }
        return attributes
    }
}

// MARK: Words

extension ThemeReader {
    static func notAColour(_ text: String) -> String {
        "\"\(text)\" is not a colour: write \"#5fb0d6\", 0 to 255, a name such as \"bright-red\", or one of [palette]"
    }

    private mutating func word(_ assignment: ThemeAssignment) -> ThemeDocument.Word? {
        guard let text = assignment.value.string else {
            self.report("\(assignment.path.joined(separator: ".")) is a string", assignment)
            return nil
        }
        return ThemeDocument.Word(text: text, line: assignment.line)
    }

    private mutating func colourWord(_ assignment: ThemeAssignment) -> ThemeDocument.Word? {
        guard let text = assignment.value.colourText else {
            self.report("\(assignment.path.joined(separator: ".")) is not a colour", assignment)
            return nil
        }
        return ThemeDocument.Word(text: text, line: assignment.line)
    }
}

extension ThemeAssignment.Value {
    fileprivate var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The word of a colour: a string, or the number of a palette entry.
    fileprivate var colourText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        default: nil
        }
    }
}
