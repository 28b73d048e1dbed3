import CNCurses

/// How wide the terminal library takes a scalar to be.
package enum GlyphWidth {
    /// - Returns: columns, or nil for what cannot be printed in this locale.
    package static func columns(of scalar: Unicode.Scalar) -> Int? {
        let width = cnc_width(scalar.value)
        return width < 0 ? nil : Int(width)
    }
}
