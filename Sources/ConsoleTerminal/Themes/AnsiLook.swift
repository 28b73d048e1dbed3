/// The look of a role on a terminal of 16 or 8 colours: `green`, `bold white on red`, `dim default`, `inherit`.
struct AnsiLook: Equatable, Sendable {
    /// The look of the next shorter role.
    var inherits = false
    /// −1 is the terminal's own, 0 through 15 the palette's.
    var foreground = -1
    /// Nil leaves the theme's background.
    var background: Int?
    /// Nil leaves the role's `attrs`.
    var attributes: CellLook.Attributes?

    init?(words: String) {
        var rest = words.split(separator: " ")[...]
        if rest == ["inherit"] {
            self.inherits = true
            return
        }
        while let word = rest.first, let attribute = CellLook.Attributes(word: word) {
            self.attributes = (self.attributes ?? []).union(attribute)
            rest = rest.dropFirst()
        }
        guard let word = rest.popFirst(), let foreground = Self.colour(word) else { return nil }
        self.foreground = foreground
        guard !rest.isEmpty else { return }
        guard rest.popFirst() == "on", let fill = rest.popFirst(), rest.isEmpty, let background = Self.colour(fill)
        else { return nil }
        self.background = background
    }

    private static func colour(_ word: Substring) -> Int? {
        switch ThemeColour(word: String(word)) {
        case .terminal: -1
        case .ansi(let index): Int(index)
        case .indexed, .rgb, nil: nil
        }
    }
}
