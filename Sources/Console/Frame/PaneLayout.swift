/// The position of a place's second pane, if there is room for it.
enum PaneLayout: String, CaseIterable, Sendable {
    /// Below on screens of less than 120 columns.
    case beside
    case below
    case alone

    /// For the message line.
    var words: String {
        switch self {
        case .beside: "The second pane is beside the list where there is room."
        case .below: "The second pane is below the list."
        case .alone: "The second pane is hidden. - shows it again."
        }
    }
}

extension ConsoleState {
    var paneLayout: PaneLayout {
        get { self.preferences.panes.flatMap(PaneLayout.init(rawValue:)) ?? .beside }
        set { self.preferences.panes = newValue == .beside ? nil : newValue.rawValue }
    }

    /// Whether cursor keys scroll the second pane.
    var focusesSecondPane: Bool { self.wantsSecondPane && self.place.screen.secondPane(self) != nil }

    /// The list of a place, and its second pane where there is one. A zoomed pane has all of `area`.
    ///
    /// - Parameters:
    ///   - columns: of the second pane beside the list.
    ///   - rows: of the second pane below it, in an `area` of at least `leastRows`.
    func panes(in area: Rect, columns: Int, rows: Int, leastRows: Int) -> (list: Rect, second: Rect?) {
        if self.isZoomed {
            guard self.wantsSecondPane else { return (area, nil) }
            return (Rect(column: area.column, row: area.row, columns: 0, rows: 0), area)
        }
        let isWide = area.columns >= 120
        if isWide, self.paneLayout == .beside {
            let (list, second) = area.splitLeft(area.columns - columns)
            return (list, second)
        }
        guard self.paneLayout != .alone, area.rows >= leastRows else { return (area, nil) }
        // Lines that were meant for a narrow pane are few in a wide one; rows are not.
        let (list, second) = area.splitBottom(isWide ? max(rows, area.rows / 3) : rows)
        return (list, second)
    }

    /// Tab: between the list and its second pane.
    mutating func turnPane() {
        self.secondPaneTop = 0
        self.wantsSecondPane.toggle()
        // A zoomed list hides the second pane until the user switches to it.
        guard self.wantsSecondPane, self.place.screen.secondPane(self) == nil else { return }
        self.wantsSecondPane = false
        self.say("This place has one pane.")
    }

    /// `-`: the next layout that looks different at this size.
    mutating func cycleLayout() {
        self.isZoomed = false
        let (now, layout) = (self.place.screen.secondPane(self), self.paneLayout)
        let all = PaneLayout.allCases
        let start = all.firstIndex(of: layout) ?? 0
        for step in 1..<all.count {
            self.paneLayout = all[(start + step) % all.count]
            guard self.place.screen.secondPane(self) != now else { continue }
            self.emit(.savePreferences(self.preferences))
            return self.say(self.paneLayout.words)
        }
        self.paneLayout = layout
        self.say("This place has only one layout at this size.")
    }

    /// Back to the list, at its own size.
    mutating func leavePanes() {
        self.isZoomed = false
        self.wantsSecondPane = false
        self.secondPaneTop = 0
    }

    mutating func scrollSecondPane(_ motion: Motion) {
        guard let pane = self.place.screen.secondPane(self)?.inset() else { return }
        let lines = self.place.screen.secondPaneLines(self, columns: pane.columns - 2).count
        let last = max(0, lines - pane.rows)
        let page = max(1, pane.rows - 1)
        self.secondPaneTop = motion.scrolled(from: self.secondPaneTop, page: page, last: last)
    }

    /// The first line of the second pane to draw, when it has `count` lines for `rows`.
    func secondPaneTop(of count: Int, rows: Int) -> Int {
        self.focusesSecondPane ? min(self.secondPaneTop, max(0, count - rows)) : 0
    }
}
