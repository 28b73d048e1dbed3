import CNCurses

/// The width of a scalar according to the terminal library.
package enum GlyphWidth {
    /// - Returns: The columns, or nil if this locale cannot print it.
    package static func columns(of scalar: Unicode.Scalar) -> Int? {
        let width = cnc_width(scalar.value)
        return width < 0 ? nil : Int(width)
    }
}
