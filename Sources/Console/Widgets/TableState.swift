import Foundation
import Resources

/// The rows of a table in their order, and the cursor, which is on an object and not on a line.
///
/// Live values do not reorder rows under the cursor: a new order is adopted at most once a second, and not for a second
/// and a half after a key. A row whose object vanished stays while the cursor is on it.
struct TableState: Equatable, Sendable {
    private(set) var order: [String] = []
    private(set) var selected: String?
    /// Whether the selected object no longer exists.
    private(set) var isSelectedGone = false
    /// The first row in view.
    private(set) var top = 0
    var sortColumn: String?
    var isReversed = false
    private var orderedAt = Date.distantPast

    init() {}

    /// Rows without a cursor, in a list that only shows.
    init(listing ids: [String]) {
        self.order = ids
    }

    var selectedIndex: Int? { self.selected.flatMap { id in self.order.firstIndex { $0.hasSameBytes(as: id) } } }

    /// Adopts the current rows in the wanted order.
    /// - Parameter force: the user asked for another order.
    mutating func settle(_ ids: [String], now: Date, lastKey: Date, force: Bool = false) {
        let mayReorder =
            force || (now.timeIntervalSince(self.orderedAt) >= 1 && now.timeIntervalSince(lastKey) >= 1.5)
        // By bytes: two names that look the same are two rows.
        let present = ids.wireNames
        self.isSelectedGone = self.selected.map { !present.contains(WireName($0)) } ?? false
        let place = self.selectedIndex
        if mayReorder || self.order.isEmpty {
            self.order = ids
            self.orderedAt = now
        } else {
            let known = self.order.wireNames
            let selected = self.selected.map(WireName.init(_:))
            self.order.removeAll { !present.contains(WireName($0)) && WireName($0) != selected }
            self.order += ids.filter { !known.contains(WireName($0)) }
        }
        if let selected = self.selected, self.isSelectedGone, self.selectedIndex == nil {
            self.order.insert(selected, at: min(place ?? 0, self.order.count))
        }
        // Until the first key the cursor stays at the top, because the user has not moved it to a row.
        if self.selected == nil || lastKey == .distantPast { self.selected = self.order.first }
    }

    /// Starts with other rows, after a new filter or view. A row that is not among them has not vanished.
    mutating func showOnly(_ ids: [String]) {
        guard let selected = self.selected, !ids.contains(where: selected.hasSameBytes) else { return }
        self.selected = nil
        self.isSelectedGone = false
        self.order.removeAll(where: selected.hasSameBytes)
    }

    mutating func select(_ id: String) {
        self.dropGone()
        if self.order.contains(where: id.hasSameBytes) { self.selected = id }
    }

    private mutating func dropGone() {
        guard self.isSelectedGone, let selected = self.selected, let index = self.selectedIndex else { return }
        self.order.removeAll(where: selected.hasSameBytes)
        self.isSelectedGone = false
        self.selected = self.order.isEmpty ? nil : self.order[min(index, self.order.count - 1)]
    }

    mutating func move(_ motion: Motion, visibleRows: Int) {
        let wasGone = self.isSelectedGone
        self.dropGone()
        guard !self.order.isEmpty else { return }
        let last = self.order.count - 1
        let page = max(1, visibleRows - 1)
        let index = self.selectedIndex ?? 0
        let target =
            switch motion {
            case .up: index - 1
            case .down: wasGone ? index : index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .first: 0
            case .last: last
            case .left, .right: index
            }
        let clamped = min(max(0, target), last)
        self.selected = self.order[clamped]
        self.keepInView(visibleRows: visibleRows)
    }

    mutating func keepInView(visibleRows: Int) {
        guard visibleRows > 0, let index = self.selectedIndex else { return }
        self.top = self.firstVisible(index: index, visibleRows: visibleRows)
    }

    private func firstVisible(index: Int, visibleRows: Int) -> Int {
        var top = min(self.top, max(0, self.order.count - visibleRows))
        if index < top { top = index }
        if index >= top + visibleRows { top = index - visibleRows + 1 }
        return max(0, top)
    }

    /// The rows to draw in `visibleRows` lines.
    func window(visibleRows: Int) -> ArraySlice<String> {
        guard visibleRows > 0, !self.order.isEmpty else { return [] }
        let top = self.firstVisible(index: self.selectedIndex ?? 0, visibleRows: visibleRows)
        return self.order[top..<min(self.order.count, top + visibleRows)]
    }

    /// The row id at a line of the window, for the mouse.
    func id(atLine line: Int, visibleRows: Int) -> String? {
        let window = self.window(visibleRows: visibleRows)
        let index = window.startIndex + line
        return line >= 0 && window.indices.contains(index) ? window[index] : nil
    }
}
