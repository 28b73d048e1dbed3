package import Console

/// Two colours drawn together. ncurses needs each pair allocated before it is used.
package struct ColourPair: Hashable, Sendable {
    package var foreground: Int
    package var background: Int
}

/// A theme for one depth: the look of every role, computed once.
package struct ResolvedTheme: Sendable {
    /// The limit: a recycled ncurses pair recolours cells on the screen, and 8 colours have 64 pairs.
    package static let maximumPairs = 50
    package let theme: Theme
    package let depth: ColourDepth
    /// Every pair the looks use, at most `maximumPairs`: allocate them all when the theme is loaded.
    package private(set) var pairs: [ColourPair] = []
    /// By the role's tag; 256 entries, so that no lookup can miss.
    private var looks = [CellLook](repeating: CellLook(), count: 256)
    private var ramps: [GradientName: [CellLook]] = [:]

    package init(_ theme: Theme, depth: ColourDepth) {
        self.theme = theme
        self.depth = depth
        for role in Role.allCases {
            let look = theme.look(of: role, at: depth)
            self.looks[Self.index(role)] = self.admitted(look)
        }
        for name in GradientName.allCases {
            var ramp: [CellLook] = []
            for colour in theme.ramp(name, at: depth) {
                var look = self[name.role]
                look.foreground = colour
                look = self.admitted(look)
                if ramp.last != look { ramp.append(look) }
            }
            self.ramps[name] = ramp.isEmpty ? [self[name.role]] : ramp
        }
    }

    package subscript(role: Role) -> CellLook {
        self.looks[Self.index(role)]
    }

    /// The look of a graph's cell, from the gradient of its role; zero is drawn like a missing value.
    package subscript(ink: Ink) -> CellLook {
        guard ink.level > 0, let name = GradientName.allCases.first(where: { $0.role == ink.role }) else {
            return self[ink.role]
        }
        if ink.level == Ink.zero { return self[.graphAbsent] }
        return self.look(
            name, at: Double(ink.level - Ink.lowest) / Double(Ink.highest - Ink.lowest))
    }

    /// The looks of a graph from low to high, one to five.
    package func ramp(_ name: GradientName) -> [CellLook] {
        self.ramps[name] ?? [self[name.role]]
    }

    /// The look at `fraction` (0 through 1) of a gradient.
    package func look(_ name: GradientName, at fraction: Double) -> CellLook {
        let ramp = self.ramp(name)
        guard fraction > 0 else { return ramp[0] }
        return ramp[min(ramp.count - 1, Int(min(1, fraction) * Double(ramp.count)))]
    }

    /// A pair beyond the limit is drawn in the colours of `base`; the lint reports it to the theme's author.
    private mutating func admitted(_ look: CellLook) -> CellLook {
        let pair = ColourPair(foreground: look.foreground, background: look.background)
        if self.pairs.contains(pair) { return look }
        if self.pairs.count < Self.maximumPairs {
            self.pairs.append(pair)
            return look
        }
        let base = self[.base]
        return CellLook(foreground: base.foreground, background: base.background, attributes: look.attributes)
    }

    /// The one byte a role is stored in. Only this type reads it, so its value does not matter.
    private static func index(_ role: Role) -> Int {
        withUnsafeBytes(of: role) { Int($0[0]) }
    }
}
