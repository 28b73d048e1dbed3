/// The look of one cell: two colours and attributes, already reduced to the terminal's capabilities.
package struct CellLook: Hashable, Sendable {
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let italic = Attributes(rawValue: 4)
        package static let underline = Attributes(rawValue: 8)
        package static let reverse = Attributes(rawValue: 16)
    }

    /// −1 is the terminal's own colour. Otherwise a palette index; under `ColourDepth.truecolor` it is 0xRRGGBB, except
    /// that 0 through 7 are the terminal's first eight colours, as in ncurses' direct colour.
    package var foreground: Int
    package var background: Int
    package var attributes: Attributes

    package init(foreground: Int = -1, background: Int = -1, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

extension CellLook.Attributes {
    private static let words: [(word: String, attribute: CellLook.Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
    ]

    static let allWords = Self.words.map(\.word)

    init?(word: some StringProtocol) {
        guard let match = Self.words.first(where: { $0.word == word }) else { return nil }
        self = match.attribute
    }

    /// `reverse+bold`, or `plain`.
    var text: String {
        let words = Self.words.filter { self.contains($0.attribute) }.map(\.word)
        return words.isEmpty ? "plain" : words.joined(separator: "+")
    }
}
