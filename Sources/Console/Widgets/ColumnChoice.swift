/// The user's choice of a table's columns.
struct ColumnChoice: Equatable, Sendable {
    /// Ids of columns that are off.
    private(set) var hidden: Set<String> = []
    /// Ids of columns that are on, even if all their rows are equal.
    private(set) var shown: Set<String> = []
    /// Every column as wide as its texts; `<` and `>` move sideways.
    var isWide = false
    /// Columns behind the first that are scrolled past.
    var skipped = 0

    init() {}

    /// - Parameter kept: as ``kept`` gives it.
    init(kept: [String]) {
        self.hidden = Set(kept.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) })
        self.shown = Set(kept.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) })
    }

    /// For the preferences: `-AUTH` is off, `+VCLUSTER` is on.
    var kept: [String] { self.hidden.sorted().map { "-" + $0 } + self.shown.sorted().map { "+" + $0 } }

    /// Whether a column is shown where there is room for it.
    func offers(_ column: TableColumn, folded: Set<String>) -> Bool {
        if self.hidden.contains(column.id) { return false }
        return self.isWide || self.shown.contains(column.id) || !folded.contains(column.id)
    }

    mutating func toggle(_ column: TableColumn, folded: Set<String>) {
        if self.offers(column, folded: folded) {
            self.shown.remove(column.id)
            self.hidden.insert(column.id)
        } else {
            self.hidden.remove(column.id)
            self.shown.insert(column.id)
        }
    }
}
