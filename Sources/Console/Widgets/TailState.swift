/// The cursor in a list that grows at its end: it follows the newest row, or stays on one. A paused list shows nothing
/// newer than the moment of the pause, and counts what it does not show.
struct TailState: Equatable, Sendable {
    var matches = MatchList()
    private(set) var isFollowing = true
    /// Rows from this number on are not shown.
    private(set) var pausedAt: Int?
    private var chosen: Int?
    /// The number of the first row in view, while the list does not follow.
    private var top = 0

    var isPaused: Bool { self.pausedAt != nil }

    /// Rows shown.
    var count: Int { self.pausedAt.map { self.matches.index(atOrAfter: $0) } ?? self.matches.count }
    /// The number of rows since the pause.
    var newer: Int { self.matches.count - self.count }

    /// The place of the cursor.
    var selectedIndex: Int? {
        let count = self.count
        guard count > 0 else { return nil }
        guard !self.isFollowing, let chosen = self.chosen else { return count - 1 }
        return min(self.matches.index(atOrAfter: chosen), count - 1)
    }

    /// The number of the row under the cursor.
    var selected: Int? { self.selectedIndex.flatMap { self.matches[$0] } }

    /// Rows below the view while the list does not follow.
    func below(visibleRows: Int) -> Int { max(0, self.count - self.window(visibleRows: visibleRows).upperBound) }

    /// Places of the rows to draw.
    func window(visibleRows: Int) -> Range<Int> {
        let count = self.count
        guard visibleRows > 0, let selected = self.selectedIndex else { return 0..<0 }
        guard !self.isFollowing else { return max(0, count - visibleRows)..<count }
        var first = min(self.matches.index(atOrAfter: self.top), max(0, count - visibleRows))
        if selected < first { first = selected }
        if selected >= first + visibleRows { first = selected - visibleRows + 1 }
        return first..<min(count, first + visibleRows)
    }

    mutating func move(_ motion: Motion, visibleRows: Int) {
        let count = self.count
        guard count > 0, let index = self.selectedIndex else { return }
        let page = max(1, visibleRows - 1)
        switch motion {
        case .up: self.choose(index - 1, visibleRows: visibleRows)
        case .down: if !self.isFollowing { self.choose(index + 1, visibleRows: visibleRows) }
        case .pageUp: self.choose(index - page, visibleRows: visibleRows)
        case .pageDown: if !self.isFollowing { self.choose(index + page, visibleRows: visibleRows) }
        case .first: self.choose(0, visibleRows: visibleRows)
        case .last: self.follow()
        case .left, .right: break
        }
    }

    private mutating func choose(_ index: Int, visibleRows: Int) {
        let window = self.window(visibleRows: visibleRows)
        self.isFollowing = false
        let index = min(max(0, index), self.count - 1)
        self.chosen = self.matches[index]
        var first = window.lowerBound
        if index < first { first = index }
        if index >= first + visibleRows { first = max(0, index - visibleRows + 1) }
        self.top = self.matches[first] ?? 0
    }

    /// Puts the cursor on a row, or the one after it.
    mutating func select(_ number: Int, visibleRows: Int) {
        guard self.count > 0 else { return }
        self.choose(self.matches.index(atOrAfter: number), visibleRows: visibleRows)
    }

    /// To the newest row, and on with it.
    mutating func follow() {
        self.isFollowing = true
        self.chosen = nil
    }

    /// Stays on the row under the cursor.
    mutating func stay(visibleRows: Int) {
        if let index = self.selectedIndex { self.choose(index, visibleRows: visibleRows) }
    }

    /// - Parameter end: the number that the next row will get.
    mutating func pause(at end: Int) { self.pausedAt = end }

    mutating func resume() {
        self.pausedAt = nil
        self.follow()
    }
}
