package import Console

/// A theme file as it is written: names of colours, not yet looked up in a palette that a child may change.
struct ThemeDocument: Sendable {
    /// A word of the file and where it stands.
    struct Word: Equatable, Sendable {
        var text: String
        var line: Int?
    }

    struct Style: Equatable, Sendable {
        var foreground: Word?
        var background: Word?
        var attributes: CellLook.Attributes?
        var ansi: AnsiLook?
        var mono: CellLook.Attributes?
    }

    /// For messages: `harbor.toml`.
    var file: String
    var name: Word?
    var mode: ThemeMode?
    var inherits: Word?
    var background: Word?
    /// The contrast the theme promises its text, at least 4.5.
    var contrast: Double?
    var palette: [String: ThemeColour] = [:]
    var roles: [String: Style] = [:]
    var gradients: [GradientName: [Word]] = [:]

    init(file: String) {
        self.file = file
    }
}

/// Which terminal backgrounds a theme is made for.
package enum ThemeMode: String, CaseIterable, Hashable, Sendable {
    case dark
    case light
    case any
}

/// The colour runs of graphs and gauges.
package enum GradientName: String, CaseIterable, Hashable, Sendable {
    case allow
    case deny
    case load

    /// The role of graphs drawn in one colour.
    package var role: Role {
        switch self {
        case .allow: .graphAllow
        case .deny: .graphDeny
        case .load: .graphLoad
        }
    }
}
