package import Console

/// The figures that the theme picker shows beside the sample screen.
package struct ThemePreview: Hashable, Sendable {
    package var name: String
    package var mode: ThemeMode
    package var origin: ThemeLibrary.Origin
    /// `base`, `base.muted`, `decision.allow`, `decision.deny`, `chrome.border.focus`.
    package var contrast: [ThemeLint.Contrast]
    package var vision: [ThemeLint.Vision]
    /// `mono: deny is reverse+bold, allow plain  pass`
    package var mono: String
    /// Messages of the files, and how many rows of the lint fail.
    package var warnings: [String]
    package var passes: Bool
    /// False for a theme of attributes only.
    package var hasColours: Bool

    private static let shown: [Role] = [.base, .muted, .decisionAllow, .decisionDeny, .chromeBorderFocus]

    package init(_ lint: ThemeLint, origin: ThemeLibrary.Origin) {
        self.name = lint.theme.name
        self.mode = lint.theme.mode
        self.origin = origin
        self.contrast = Self.shown.compactMap { role in lint.contrast.first { $0.role == role } }
        self.vision = lint.vision
        self.mono = lint.monoLine
        self.passes = lint.passes
        self.hasColours = ResolvedTheme(lint.theme, depth: .colours16).pairs.count > 1
        self.warnings = lint.problems.map(\.description)
        let faint = lint.contrast.filter { !$0.passes }.map(\.role.rawValue)
        if !faint.isEmpty { self.warnings.append("Too little contrast: \(faint.joined(separator: ", "))") }
        if !lint.vision.allSatisfy(\.passes) { self.warnings.append("Allow and deny look alike to some people") }
        if lint.pairs > ResolvedTheme.maximumPairs { self.warnings.append("\(lint.pairs) colour pairs are too many") }
    }
}

extension ThemeLibrary {
    /// The picker's list, sorted by name. Reads every theme.
    package func previews() -> [ThemePreview] {
        self.entries().map { entry in
            let reading = self.read(entry.name)
            return ThemePreview(
                ThemeLint(reading.theme ?? Theme(name: entry.name), problems: reading.problems), origin: entry.origin)
        }
    }
}

extension ThemePreview {
    /// The row of the console's picker.
    package var summary: ThemeSummary {
        var notes = ["Contrast, text on background     need    has"]
        notes += self.contrast.map { row in
            let has = row.has.map(\.oneDecimal) ?? "own"
            return " \(row.role.rawValue.padded(to: 30))\(row.need.oneDecimal.right(6))\(has.right(7))  "
                + (row.passes ? "pass" : "FAIL")
        }
        notes.append("Allow against deny".padded(to: 31) + ThemeLint.neededDifference.oneDecimal.right(6))
        let eyes = self.vision.map { "\($0.vision.rawValue) \($0.difference.map(\.oneDecimal) ?? "own")" }
        let isSafe = self.vision.allSatisfy(\.passes)
        notes.append(" \(eyes.joined(separator: "  "))  \(isSafe ? "pass" : "FAIL")")
        notes.append(self.mono)
        notes += self.warnings
        return ThemeSummary(name: self.name, mode: self.modeWord, notes: notes, passes: self.passes)
    }

    private var modeWord: String {
        if self.mode != .any { return self.mode.rawValue }
        return self.hasColours ? "terminal" : "no colour"
    }
}
