package import Console
import Foundation

/// The findings of `sluice theme lint` about a theme's legibility.
package struct ThemeLint: Sendable {
    /// The contrast of one role's text on its background.
    package struct Contrast: Hashable, Sendable {
        package var role: Role
        package var need: Double
        /// The worst over the backgrounds the theme is made for; nil when both colours are the terminal's own.
        package var has: Double?
        /// The same after reducing to 256 colours.
        package var hasAt256: Double?
        /// Another problem with it.
        package var note: String?

        package var passes: Bool {
            self.note == nil && (self.has ?? .infinity) >= self.need && (self.hasAt256 ?? .infinity) >= self.need
        }
    }

    /// The difference between allow and deny for one kind of colour vision.
    package struct Vision: Hashable, Sendable {
        package var vision: ColourVision
        /// ΔE2000; nil when the colours are the terminal's own and attributes tell them apart.
        package var difference: Double?
        package var differenceAt256: Double?

        package var passes: Bool {
            (self.difference ?? .infinity) >= ThemeLint.neededDifference
                && (self.differenceAt256 ?? .infinity) >= ThemeLint.neededDifference
        }
    }

    /// Two roles that mean different things and look the same.
    package struct Lookalikes: Hashable, Sendable {
        package var one: Role
        package var other: Role
        package var depth: ColourDepth
    }

    /// ΔE2000 between allow and deny.
    package static let neededDifference = 20.0

    package let theme: Theme
    /// The problems in the files: unknown roles, bad colours, gradients.
    package let problems: [ThemeProblem]
    package let contrast: [Contrast]
    package let vision: [Vision]
    package let lookalikes: [Lookalikes]
    /// The most colour pairs at any depth.
    package let pairs: Int

    package init(_ theme: Theme, problems: [ThemeProblem] = []) {
        self.theme = theme
        self.problems = problems + Self.gradientProblems(theme)
        self.contrast = Role.allCases.map { Self.contrast(of: $0, theme) }
        self.vision = Self.vision(theme)
        self.lookalikes = Self.lookalikes(theme)
        self.pairs = ColourDepth.allCases.map { Self.pairs(theme, $0) }.max() ?? 0
    }

    package var passes: Bool {
        self.problems.isEmpty && self.contrast.allSatisfy(\.passes) && self.vision.allSatisfy(\.passes)
            && self.lookalikes.isEmpty && self.pairs <= ResolvedTheme.maximumPairs
    }

    package static func report(_ theme: Theme) -> [String] {
        ThemeLint(theme).lines
    }
}

extension ThemeLibrary {
    /// Lints a file that need not be in any of the folders. Its ancestors are looked for beside it first.
    package func lint(file path: String) -> ThemeLint {
        let url = URL(fileURLWithPath: path)
        let name = url.deletingPathExtension().lastPathComponent
        guard url.pathExtension == "toml" else {
            let problem = ThemeProblem(file: url.lastPathComponent, message: "a theme's file ends in .toml")
            return ThemeLint(Theme(name: name), problems: [problem])
        }
        let folder = Folder(url.deletingLastPathComponent().path, origin: .user)
        let library = ThemeLibrary(folders: [folder] + self.folders)
        guard FileManager.default.fileExists(atPath: url.path) else {
            let problem = ThemeProblem(file: url.lastPathComponent, message: "there is no such file")
            return ThemeLint(Theme(name: name), problems: [problem])
        }
        let reading = library.read(name)
        return ThemeLint(reading.theme ?? Theme(name: name), problems: reading.problems)
    }
}

// MARK: Rules

extension ThemeLint {
    /// The common terminal backgrounds, from the darkest to the lightest.
    private static func backgrounds(_ theme: Theme) -> [RGB] {
        switch theme.mode {
        case .dark: [RGB(0x000000), RGB(0x282c34)]
        case .light: [RGB(0xffffff), RGB(0xf6f1e4)]
        case .any: [RGB(0x000000), RGB(0xffffff)]
        }
    }

    private static func isLine(_ role: Role) -> Bool {
        [.chromeBorder, .chromeBorderFocus, .chromeScroll, .dialogBorder, .graphAxis, .graphAbsent].contains(role)
    }

    private static func contrast(of role: Role, _ theme: Theme) -> Contrast {
        let look = theme.look(of: role)
        let isLine = Self.isLine(role)
        let need = isLine ? (theme.contrast >= 7 ? 4.5 : 3) : theme.contrast
        var row = Contrast(role: role, need: need)
        row.has = Self.contrast(look.foreground, look.background, theme)
        row.hasAt256 = Self.contrast(look.foreground.quantised, look.background.quantised, theme)
        if look.foreground != .terminal || look.background != .terminal, look.foreground == look.background {
            row.note = "text in the colour of its background"
        } else if look.foreground == .terminal, look.background != .terminal {
            row.note = "the terminal's own text colour on a fixed background"
        } else if row.has != nil, look.attributes.contains(.dim) {
            row.note = "dim lowers the contrast by an unknown amount"
        }
        return row
    }

    private static func contrast(_ text: ThemeColour, _ fill: ThemeColour, _ theme: Theme) -> Double? {
        guard let text = text.rgb else { return nil }
        if let fill = fill.rgb { return text.contrast(with: fill) }
        guard fill == .terminal else { return nil }
        return Self.backgrounds(theme).map { text.contrast(with: $0) }.min()
    }

    private static func vision(_ theme: Theme) -> [Vision] {
        let allow = theme.look(of: .decisionAllow)
        let deny = theme.look(of: .decisionDeny)
        return ColourVision.allCases.map { vision in
            guard let one = allow.foreground.rgb, let two = deny.foreground.rgb else {
                let isTold = allow.attributes != deny.attributes
                return Vision(vision: vision, difference: isTold ? nil : 0)
            }
            var row = Vision(vision: vision, difference: vision.difference(one, two))
            if let one = allow.foreground.quantised.rgb, let two = deny.foreground.quantised.rgb {
                row.differenceAt256 = vision.difference(one, two)
            }
            return row
        }
    }

    /// Pairs that stand side by side and mean different things.
    static let toBeToldApart: [(Role, Role)] = [
        (.decisionAllow, .decisionDeny), (.decisionAllow, .decisionError), (.decisionDeny, .decisionError),
        (.decisionDeny, .decisionUnknown), (.stateLive, .statePaused), (.stateLive, .stateStale),
        (.stateOK, .stateWarn),
        (.stateOK, .stateDown), (.stateWarn, .stateDown), (.stateOK, .stateOff), (.tableRow, .tableCursor),
        (.tableCursor, .tableCursorInactive), (.tableRow, .tableCursorInactive), (.tableRow, .tableMatch),
        (.tableRow, .tableMark), (.tableRow, .tableGone), (.tableHeader, .tableHeaderSorted), (.base, .muted),
        (.base, .strong), (.base, .link), (.chromePlace, .chromePlaceActive), (.chromeHint, .chromeKey),
        (.chromeBorder, .chromeBorderFocus), (.envProd, .envStage), (.envProd, .envDev), (.inputText, .inputCursor),
        (.inputText, .inputInvalid), (.inputText, .inputPlaceholder), (.inputText, .inputDisabled),
        (.button, .buttonFocus), (.buttonFocus, .buttonDanger), (.syntaxKey, .syntaxString), (.jwtHeader, .jwtPayload),
        (.jwtPayload, .jwtSignature), (.graphAllow, .graphDeny), (.graphAllow, .graphAbsent), (.logError, .logWarn),
        (.logError, .logInfo), (.logInfo, .logDebug), (.diffAdd, .diffDel), (.dialog, .dialogDanger),
    ]

    private static func lookalikes(_ theme: Theme) -> [Lookalikes] {
        ColourDepth.allCases.flatMap { depth in
            Self.toBeToldApart.compactMap { one, other in
                theme.look(of: one, at: depth) == theme.look(of: other, at: depth)
                    ? Lookalikes(one: one, other: other, depth: depth) : nil
            }
        }
    }

    private static func gradientProblems(_ theme: Theme) -> [ThemeProblem] {
        let file = "\(theme.name).toml"
        return GradientName.allCases.flatMap { name -> [ThemeProblem] in
            let title = "gradient \"\(name.rawValue)\""
            guard let stops = theme.gradients[name] else {
                // A theme that leaves all colours to the terminal has nothing to mix.
                guard theme.look(of: name.role).foreground.rgb != nil else { return [] }
                return [ThemeProblem(file: file, message: "\(title) is missing")]
            }
            var problems: [ThemeProblem] = []
            for colour in Gradient(stops: stops).colours(5) {
                let worst = [colour, colour.quantised].compactMap { Self.contrast($0, theme.background, theme) }.min()
                guard let worst, worst < 3 else { continue }
                problems.append(
                    ThemeProblem(
                        file: file, message: "\(title) has a colour of contrast \(worst.oneDecimal), below 3.0"))
                break
            }
            if let low = stops.first?.rgb, let high = stops.last?.rgb, name == .load,
                Lab(low).difference(to: Lab(high)) < 10
            {
                problems.append(ThemeProblem(file: file, message: "\(title) ends as it begins"))
            }
            return problems
        }
    }

    /// Counted without the limit.
    private static func pairs(_ theme: Theme, _ depth: ColourDepth) -> Int {
        var pairs: Set<ColourPair> = []
        for role in Role.allCases {
            let look = theme.look(of: role, at: depth)
            pairs.insert(ColourPair(foreground: look.foreground, background: look.background))
        }
        for name in GradientName.allCases {
            let background = theme.look(of: name.role, at: depth).background
            for foreground in theme.ramp(name, at: depth) {
                pairs.insert(ColourPair(foreground: foreground, background: background))
            }
        }
        return pairs.count
    }
}
