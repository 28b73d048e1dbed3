/// A view that the user can return to: the place, its filter, and the row under the cursor.
struct MarkedView: Equatable, Sendable {
    var place: Place
    var filter: String
    var cursor: String?
}

extension ConsoleState {
    mutating func setMark() {
        self.mark = MarkedView(
            place: self.place, filter: self.filters[self.place]?.text ?? "", cursor: self.cursorName)
        self.say("Marked. ' returns to this view.", .success)
    }

    mutating func jumpToMark() {
        guard let mark = self.mark else { return self.say("No view is marked. m marks this one.") }
        self.go(to: mark.place)
        if self.filters[mark.place]?.text ?? "" != mark.filter { self.setFilter(mark.filter, for: mark.place) }
        if let cursor = mark.cursor, !self.putCursor(on: cursor) {
            self.say("The marked view is no longer there.", .warning)
        }
    }

    /// The name of the row under the cursor.
    private var cursorName: String? {
        switch self.place {
        case .live: self.live.table.selected
        case .principals: self.principals.table.selected
        case .map: self.map.table.selected
        case .decisions: self.decisions.tail.selected.map(String.init)
        case .topics: self.topics.table.selected
        case .groups: self.groups.table.selected
        case .logs: self.logs.tail.selected.map(String.init)
        case .tokens, .setup: nil
        }
    }

    private mutating func putCursor(on name: String) -> Bool {
        switch self.place {
        case .live: self.live.table.select(name)
        case .principals: self.principals.table.select(name)
        case .map: self.map.table.select(name)
        case .topics: self.topics.table.select(name)
        case .groups: self.groups.table.select(name)
        case .decisions:
            guard let number = Int(name) else { return false }
            let rows = DecisionsLayout(self, area: self.bodyArea).visibleRows
            self.decisions.tail.select(number, visibleRows: rows)
        case .logs:
            guard let number = Int(name) else { return false }
            self.logs.tail.select(number, visibleRows: LogsScreen.visibleRows(self))
        case .tokens, .setup: break
        }
        return self.cursorName == name
    }
}
