/// The 256 colours of a terminal. The first sixteen are the user's to repaint; xterm's values stand for them.
enum TerminalPalette {
    static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
        "bright-white",
    ]

    private static let first: [UInt32] = [
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
    ]
    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    static func rgb(_ index: UInt8) -> RGB {
        switch index {
        case 0..<16:
            return RGB(Self.first[Int(index)])
        case 16..<232:
            let cube = Int(index) - 16
            return RGB(red: Self.steps[cube / 36], green: Self.steps[cube / 6 % 6], blue: Self.steps[cube % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            return RGB(red: grey, green: grey, blue: grey)
        }
    }

    private static let fixed: [(index: UInt8, lab: Lab)] = (UInt8(16)...255).map { ($0, Lab(Self.rgb($0))) }

    /// The nearest of 16 through 255, which no user repaints.
    static func nearest256(_ colour: RGB) -> UInt8 {
        let lab = Lab(colour)
        var best = (index: UInt8(16), distance: Double.infinity)
        for (index, candidate) in Self.fixed {
            let distance = lab.squaredDistance(to: candidate)
            if distance < best.distance { best = (index, distance) }
        }
        return best.index
    }

    private static let hues: [(index: UInt8, hue: Double)] = (UInt8(1)...6).map { ($0, Lab(Self.rgb($0)).hue) }

    /// The text colour among the sixteen that is nearest in hue; nil (the terminal's own) for what has no hue.
    static func nearest16(text colour: RGB) -> UInt8? {
        let lab = Lab(colour)
        guard lab.chroma >= 14 else { return nil }
        return Self.nearestHue(lab) + (lab.lightness > 70 ? 8 : 0)
    }

    /// The fill among the sixteen that is nearest in hue, or in lightness for what has no hue.
    static func nearest16(fill colour: RGB) -> UInt8 {
        let lab = Lab(colour)
        if lab.chroma >= 14, lab.lightness >= 30, lab.lightness <= 90 { return Self.nearestHue(lab) }
        switch lab.lightness {
        case ..<25: return 0
        case ..<65: return 8
        case ..<95: return 7
        default: return 15
        }
    }

    private static func nearestHue(_ lab: Lab) -> UInt8 {
        var best = (index: UInt8(7), distance: Double.infinity)
        for (index, hue) in Self.hues {
            let turn = abs(lab.hue - hue)
            let distance = min(turn, 360 - turn)
            if distance < best.distance { best = (index, distance) }
        }
        return best.index
    }
}
