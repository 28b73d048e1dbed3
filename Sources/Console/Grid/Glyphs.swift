/// The characters that frames, marks and graphs are drawn with.
package struct Glyphs: Equatable, Sendable {
    package enum Family: String, CaseIterable, Sendable { case unicode, ascii }
    package enum Graph: String, CaseIterable, Sendable { case braille, blocks, ascii }

    package var family: Family
    package var horizontal: Character
    package var vertical: Character
    /// Upper left, upper right, lower left, lower right.
    package var corners: [Character]
    package var focusHorizontal: Character
    package var focusVertical: Character
    package var focusCorners: [Character]
    /// In front of the row under the cursor.
    package var pointer: Character
    package var ellipsis: Character
    package var sortedDown: Character
    package var sortedUp: Character
    package var separator: String
    package var live: String
    package var paused: String
    package var dot: Character
    /// Empty to full.
    package var levels: [Character]
    package var graph: Graph

    package static func unicode(graph: Graph = .braille) -> Glyphs {
        Glyphs(
            family: .unicode, horizontal: "─", vertical: "│", corners: ["┌", "┐", "└", "┘"],
            focusHorizontal: "━", focusVertical: "┃", focusCorners: ["┏", "┓", "┗", "┛"], pointer: "▸", ellipsis: "…",
            sortedDown: "▼", sortedUp: "▲", separator: " › ", live: "●", paused: "‖", dot: "·",
            levels: Self.levels(graph), graph: graph)
    }

    package static let ascii = Glyphs(
        family: .ascii, horizontal: "-", vertical: "|", corners: ["+", "+", "+", "+"], focusHorizontal: "=",
        focusVertical: "|", focusCorners: ["+", "+", "+", "+"], pointer: ">", ellipsis: "~", sortedDown: "v",
        sortedUp: "^", separator: " > ", live: "*", paused: "||", dot: ".", levels: Self.levels(.ascii), graph: .ascii)

    /// The mark behind the title of the column that a table is sorted by: downwards when the largest is first.
    func sorted(down: Bool) -> Character { down ? self.sortedDown : self.sortedUp }

    private static func levels(_ graph: Graph) -> [Character] {
        switch graph {
        case .braille: ["⠀", "⣀", "⣤", "⣶", "⣿"]
        case .blocks: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        case .ascii: Array(" .:-=+*#%@")
        }
    }
}
