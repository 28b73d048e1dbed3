/// What a JSON Schema can say of a text (draft 2020-12, validation, section 6.3 and section 7).
package struct StringFacts: Equatable, Sendable {
    package var minimumLength: Int?
    package var maximumLength: Int?
    /// An ECMA-262 expression of the whole text, with Unicode properties.
    package var pattern: String?
    package var format: String?

    package init(
        minimumLength: Int? = nil, maximumLength: Int? = nil, pattern: String? = nil, format: String? = nil
    ) {
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.pattern = pattern
        self.format = format
    }
}
