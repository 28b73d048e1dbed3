/// Folds a theme's document and those of its ancestors into one theme.
///
/// A child's palette is used by its ancestors' roles too, so a theme may change colours and nothing else. A role the
/// child sets replaces the ancestor's whole style for it.
struct ThemeAssembly {
    private(set) var problems: [ThemeProblem] = []
    private var palette: [String: ThemeColour] = [:]

    /// - Parameter documents: the theme, its parent, the parent's parent, and so on; not empty.
    mutating func theme(named name: String, _ documents: [ThemeDocument]) -> Theme {
        for document in documents { self.palette.merge(document.palette) { child, _ in child } }
        var theme = Theme(name: name)
        theme.mode = documents.firstNonNil(\.mode) ?? .any
        theme.contrast = documents.firstNonNil(\.contrast) ?? 4.5
        for document in documents.reversed() {
            if let word = document.background, let colour = self.colour(word, document) { theme.background = colour }
            for (role, style) in document.roles.sorted(by: { $0.key < $1.key }) {
                theme.roles[role] = Theme.Style(
                    foreground: style.foreground.flatMap { self.colour($0, document) },
                    background: style.background.flatMap { self.colour($0, document) },
                    attributes: style.attributes, ansi: style.ansi, mono: style.mono)
            }
            for (gradient, words) in document.gradients {
                let stops = words.compactMap { self.colour($0, document) }
                if stops.contains(.terminal) {
                    let message = "gradient \"\(gradient.rawValue)\" needs colours, not the terminal's own"
                    self.problems.append(ThemeProblem(file: document.file, line: words.first?.line, message: message))
                } else if stops.count == words.count {
                    theme.gradients[gradient] = stops
                }
            }
        }
        self.problems.sort { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
        return theme
    }

    private mutating func colour(_ word: ThemeDocument.Word, _ document: ThemeDocument) -> ThemeColour? {
        if let colour = self.palette[word.text] ?? ThemeColour(word: word.text) { return colour }
        self.problems.append(
            ThemeProblem(file: document.file, line: word.line, message: ThemeReader.notAColour(word.text)))
        return nil
    }
}
