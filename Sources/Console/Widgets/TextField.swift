/// One line of text being typed.
struct TextField: Equatable, Sendable {
    private(set) var characters: [Character]
    /// From 0 through the number of characters.
    private(set) var cursor: Int

    /// - Parameter cursor: in characters from the start; nil: behind the last.
    init(_ text: String = "", cursor: Int? = nil) {
        self.characters = Array(text)
        self.cursor = min(max(0, cursor ?? self.characters.count), self.characters.count)
    }

    var text: String { String(self.characters) }

    mutating func insert(_ text: String) {
        self.characters.insert(contentsOf: text, at: self.cursor)
        self.cursor += text.count
        self.cursor = min(self.cursor, self.characters.count)
    }

    /// - Returns: whether the key means something in a text.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): self.insert(String(character))
        case .left: self.cursor = max(0, self.cursor - 1)
        case .right: self.cursor = min(self.characters.count, self.cursor + 1)
        case .home, .control("a"): self.cursor = 0
        case .end, .control("e"): self.cursor = self.characters.count
        case .backspace:
            guard self.cursor > 0 else { return true }
            self.cursor -= 1
            self.characters.remove(at: self.cursor)
        case .delete, .control("d"):
            if self.cursor < self.characters.count { self.characters.remove(at: self.cursor) }
        case .control("u"):
            self.characters.removeSubrange(0..<self.cursor)
            self.cursor = 0
        case .control("k"): self.characters.removeSubrange(self.cursor...)
        case .control("w"):
            var start = self.cursor
            while start > 0, self.characters[start - 1] == " " { start -= 1 }
            while start > 0, self.characters[start - 1] != " " { start -= 1 }
            self.characters.removeSubrange(start..<self.cursor)
            self.cursor = start
        default: return false
        }
        return true
    }

    /// Draws the text into one row, scrolled so that the cursor is in it.
    /// - Returns: the column of the cursor on the screen.
    @discardableResult
    func draw(
        into grid: inout Grid, column: Int, row: Int, columns: Int, role: Role = .inputText, placeholder: String = "",
        isSecret: Bool = false
    ) -> Int {
        guard columns > 0 else { return column }
        let area = Rect(column: column, row: row, columns: columns, rows: 1)
        if self.characters.isEmpty {
            grid.write(placeholder, column: column, row: row, role: .inputPlaceholder, limit: area)
            return column
        }
        let shown = isSecret ? self.characters.map { _ in Character("*") } : self.characters
        var start = 0
        while shown[start..<self.cursor].reduce(0, { $0 + CellText.width($1) }) > columns - 1 { start += 1 }
        grid.write(String(shown[start...]), column: column, row: row, role: role, limit: area)
        return column + shown[start..<self.cursor].reduce(0) { $0 + CellText.width($1) }
    }
}
