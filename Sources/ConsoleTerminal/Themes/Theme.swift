import Console

/// A theme with its ancestors folded in and its colours looked up. It fits no terminal yet: see `ResolvedTheme`.
package struct Theme: Equatable, Sendable {
    struct Style: Equatable, Sendable {
        var foreground: ThemeColour?
        var background: ThemeColour?
        var attributes: CellLook.Attributes?
        var ansi: AnsiLook?
        var mono: CellLook.Attributes?
    }

    /// Its name in the configuration: the file's name without `.toml`.
    package var name: String
    package var mode: ThemeMode
    /// The least contrast of its text.
    package var contrast: Double
    var background: ThemeColour
    var roles: [String: Style]
    var gradients: [GradientName: [ThemeColour]]

    init(
        name: String, mode: ThemeMode = .any, contrast: Double = 4.5, background: ThemeColour = .terminal,
        roles: [String: Style] = [:], gradients: [GradientName: [ThemeColour]] = [:]
    ) {
        self.name = name
        self.mode = mode
        self.contrast = contrast
        self.background = background
        self.roles = roles
        self.gradients = gradients
    }

    /// A theme without colours, whose roles differ by built-in attributes. It is used if no theme can be read.
    package static let plain = Theme(name: "plain")

    /// The role's styles, the most particular first.
    func styles(of role: Role) -> [Style] {
        RoleName.chain(of: role.rawValue).compactMap { self.roles[$0] }
    }

    /// The colours and attributes of a role as the theme wants them: each property from the most particular style
    /// that has it.
    func look(of role: Role) -> (foreground: ThemeColour, background: ThemeColour, attributes: CellLook.Attributes) {
        let styles = self.styles(of: role)
        return (
            self.gradientColour(of: role) ?? styles.firstNonNil(\.foreground) ?? .terminal,
            styles.firstNonNil(\.background) ?? self.background,
            styles.firstNonNil(\.attributes) ?? []
        )
    }

    /// A graph role that is not set takes the middle of its gradient.
    func gradientColour(of role: Role) -> ThemeColour? {
        guard self.roles[role.rawValue] == nil,
            let name = GradientName.allCases.first(where: { $0.role == role })
        else { return nil }
        return self.gradients[name].flatMap { Gradient(stops: $0).colour(at: 0.5) }
    }
}

extension Array {
    func firstNonNil<Value>(_ property: (Element) -> Value?) -> Value? {
        for element in self {
            if let value = property(element) { return value }
        }
        return nil
    }
}
