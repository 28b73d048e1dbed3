/// The bounds of a text that is parsed as JSON.
package struct JSONLimits: Equatable, Sendable {
    /// Levels of arrays and objects, at most.
    package var maximumDepth: Int
    /// Values in the whole text, at most, because a value may take more memory than its text.
    package var maximumValues: Int
    package var allowsByteOrderMark: Bool

    package init(maximumDepth: Int, maximumValues: Int, allowsByteOrderMark: Bool) {
        self.maximumDepth = maximumDepth
        self.maximumValues = maximumValues
        self.allowsByteOrderMark = allowsByteOrderMark
    }

    /// The limits of operators' documents, whose size is bounded where they are received.
    package static let document = JSONLimits(maximumDepth: 64, maximumValues: .max, allowsByteOrderMark: true)

    /// The limits of tokens and key sets, which are parsed before a signature proves their origin.
    package static let untrusted = JSONLimits(maximumDepth: 32, maximumValues: 65_536, allowsByteOrderMark: false)
}
