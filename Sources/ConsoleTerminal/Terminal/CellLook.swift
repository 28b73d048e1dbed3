/// Attributes of a cell. What a terminal cannot show is left out when it is drawn.
package struct CellAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = CellAttributes(rawValue: 1)
    package static let dim = CellAttributes(rawValue: 2)
    package static let italic = CellAttributes(rawValue: 4)
    package static let underline = CellAttributes(rawValue: 8)
    package static let reverse = CellAttributes(rawValue: 16)
}

/// How a role looks on a terminal: colours by their number there, and attributes.
package struct CellLook: Hashable, Sendable {
    /// Below the terminal's number of colours; 0xRRGGBB with direct colour; -1 is the terminal's own.
    package var foreground: Int
    package var background: Int
    package var attributes: CellAttributes

    package init(foreground: Int = -1, background: Int = -1, attributes: CellAttributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    package static let plain = CellLook()
}
