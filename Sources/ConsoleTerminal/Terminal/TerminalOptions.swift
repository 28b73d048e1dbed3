import Foundation

/// The user's settings for the terminal.
package struct TerminalOptions: Sendable {
    package enum Colour: String, CaseIterable, Sendable {
        /// As many colours as the terminal's description has; none if `NO_COLOR` is set.
        case automatic = "auto"
        case never
        case always
        /// The terminal's sibling with direct colour, if it is described here.
        case truecolor
    }

    package enum GlyphChoice: String, CaseIterable, Sendable {
        case automatic = "auto"
        case unicode
        case ascii
    }

    package var environment: [String: String]
    package var colour: Colour
    package var glyphs: GlyphChoice
    package var mouse: Bool
    /// The time that Esc waits for the rest of a sequence. Nil is 25 ms, or 100 ms over SSH.
    package var escapeDelay: Duration?
    /// Asks the terminal for its background (OSC 11); nothing waits for the answer.
    package var asksBackground: Bool
    /// Whether the background was light when a terminal last answered.
    package var rememberedBackground: Bool?
    /// Whether standard output and error are kept off the screen and shown on leaving.
    package var capturesOutput: Bool
    /// Whether the bytes of each frame are counted, for tests of budgets.
    package var countsBytes: Bool

    package init(
        environment: [String: String] = ProcessInfo.processInfo.environment, colour: Colour = .automatic,
        glyphs: GlyphChoice = .automatic, mouse: Bool = false, escapeDelay: Duration? = nil,
        asksBackground: Bool = true, rememberedBackground: Bool? = nil, capturesOutput: Bool = true,
        countsBytes: Bool = false
    ) {
        self.environment = environment
        self.colour = colour
        self.glyphs = glyphs
        self.mouse = mouse
        self.escapeDelay = escapeDelay
        self.asksBackground = asksBackground
        self.rememberedBackground = rememberedBackground
        self.capturesOutput = capturesOutput
        self.countsBytes = countsBytes
    }

    func isSet(_ name: String) -> Bool { self.environment[name]?.isEmpty == false }

    /// `--color` overrides `NO_COLOR` (no-color.org).
    var wantsColour: Bool {
        switch self.colour {
        case .never: false
        case .always, .truecolor: true
        case .automatic: !self.isSet("NO_COLOR")
        }
    }
}
