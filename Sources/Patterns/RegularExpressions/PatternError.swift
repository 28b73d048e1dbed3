/// Why a pattern is refused.
package struct PatternError: Error, Equatable, Sendable {
    /// The offset in Unicode scalars of the pattern, from 0.
    package var offset: Int
    /// A sentence.
    package var message: String
    /// Whether the pattern is one, and takes more instructions than it may.
    package var isTooLarge = false
}
