/// The number of colours that the terminal shows. The raw value is the word of `--color`.
package enum ColourDepth: String, CaseIterable, Hashable, Sendable {
    case truecolor
    case colours256 = "256"
    case colours16 = "16"
    case colours8 = "8"
    /// Attributes only: `NO_COLOR`, vt100.
    case mono
}
