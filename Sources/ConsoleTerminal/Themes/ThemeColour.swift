/// A colour in a theme.
enum ThemeColour: Hashable, Sendable {
    /// The terminal's own text or background colour.
    case terminal
    /// One of the sixteen that belong to the user's palette, 0 through 15.
    case ansi(UInt8)
    /// One of the fixed colours 16 through 255.
    case indexed(UInt8)
    case rgb(RGB)

    /// Reads `#5fb0d6`, `#5bd`, `0` through `255`, `bright-red`, `default`.
    init?(word: String) {
        if word == "default" || word == "terminal" {
            self = .terminal
        } else if let index = TerminalPalette.names.firstIndex(of: word) {
            self = .ansi(UInt8(index))
        } else if let number = UInt8(word) {
            self = number < 16 ? .ansi(number) : .indexed(number)
        } else if word.hasPrefix("#") {
            var digits = String(word.dropFirst())
            guard digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
            if digits.utf8.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
            guard digits.utf8.count == 6, let hex = UInt32(digits, radix: 16) else { return nil }
            self = .rgb(RGB(hex))
        } else {
            return nil
        }
    }

    /// Its RGB value; nil for the terminal's own colours and the sixteen that a user may redefine.
    var rgb: RGB? {
        switch self {
        case .terminal, .ansi: nil
        case .indexed(let index): TerminalPalette.rgb(index)
        case .rgb(let rgb): rgb
        }
    }

    /// The same colour as a 256-colour terminal shows it.
    var quantised: ThemeColour {
        switch self {
        case .terminal, .ansi, .indexed: self
        case .rgb(let rgb): .indexed(TerminalPalette.nearest256(rgb))
        }
    }

    /// `CellLook`'s number at truecolor and 256. Direct colour reads 0 through 7 as palette indices, so the
    /// seven blues just above black become the eighth.
    func number(at depth: ColourDepth) -> Int {
        switch (depth, self) {
        case (_, .terminal): -1
        case (.truecolor, .rgb(let rgb)): max(8, rgb.value)
        case (.truecolor, .indexed(let index)): max(8, TerminalPalette.rgb(index).value)
        case (.truecolor, .ansi(let index)): index < 8 ? Int(index) : TerminalPalette.rgb(index).value
        case (_, .rgb(let rgb)): Int(TerminalPalette.nearest256(rgb))
        case (_, .indexed(let index)), (_, .ansi(let index)): Int(index)
        }
    }

    /// The nearest of the sixteen, −1 for the terminal's own.
    func number16(isFill: Bool) -> Int {
        switch self {
        case .terminal: return -1
        case .ansi(let index): return Int(index)
        case .indexed, .rgb:
            guard let rgb = self.rgb else { return -1 }
            if isFill { return Int(TerminalPalette.nearest16(fill: rgb)) }
            return TerminalPalette.nearest16(text: rgb).map(Int.init) ?? -1
        }
    }
}
