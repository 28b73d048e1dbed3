package import Console

/// The capabilities of the open terminal.
package struct TerminalCapabilities: Equatable, Sendable {
    /// The description in use, and the value of `TERM`.
    package var term: String
    package var requestedTerm: String
    /// 0, 8, 16, 88, 256 or 16 777 216.
    package var colours: Int
    package var isUTF8: Bool
    package var attributes: CellLook.Attributes
    package var hasMouse: Bool
    package var hasClipboard: Bool
    /// Whether the description says that the terminal brackets pastes. Otherwise bursts are treated as pastes.
    package var bracketsPastes: Bool
    /// Whether the background is light, as `COLORFGBG` or the terminal's last answer says; nil when neither does.
    /// The terminal's current answer arrives as an event.
    package var isLight: Bool?
    package var glyphs: Glyphs

    /// The number of colours for themes.
    package var depth: ColourDepth {
        switch self.colours {
        case (1 << 24)...: .truecolor
        case 256...: .colours256
        case 16...: .colours16
        case 8...: .colours8
        default: .mono
        }
    }

    /// For people, a line each.
    package var facts: [String] {
        let colours =
            switch self.depth {
            case .truecolor: "direct colour"
            case .mono: "no colours"
            case .colours256, .colours16, .colours8: "\(self.colours) colours"
            }
        let glyphs = self.glyphs.family == .ascii ? "ascii" : "unicode, \(self.glyphs.graph.rawValue)"
        return ["TERM    \(self.term)", "depth   \(colours)", "glyphs  \(glyphs)"]
    }

    /// For the message line, when the terminal is not described on this machine.
    package var notice: String? {
        guard self.term != self.requestedTerm, !self.term.hasSuffix("-direct") else { return nil }
        let asked = self.requestedTerm.isEmpty ? "TERM is not set" : "TERM \"\(self.requestedTerm)\" is not known here"
        return "\(asked): drawing as \"\(self.term)\""
    }
}

extension Glyphs {
    /// Braille if the terminal probably has it, otherwise blocks, otherwise ASCII.
    static func chosen(_ choice: TerminalOptions.GlyphChoice, isUTF8: Bool, term: TerminalName) -> Glyphs {
        guard isUTF8, choice != .ascii else { return .ascii }
        return .unicode(graph: term.lacksBraille ? .blocks : .braille)
    }
}
