/// Fields below each other, one of them under the cursor. A form is a value: it takes keys and returns their outcome.
///
/// The owner rebuilds the items whenever an answer changes the questions; ``replaceItems(_:)`` keeps the focus and
/// the cursor of texts.
struct Form: Equatable, Sendable {
    private(set) var items: [FormItem]
    /// The id of the item under the cursor; empty if no item can be.
    private(set) var focus: String

    init(_ items: [FormItem] = [], focus: String? = nil) {
        self.items = items
        self.focus = ""
        self.focus(focus ?? "")
    }

    /// The outcome of a key.
    enum Outcome: Equatable, Sendable {
        /// The form has no use for the key.
        case unhandled
        /// Only the cursor moved.
        case handled
        /// Another item is under the cursor; this one was before.
        case left(String)
        /// The value of this item is new.
        case changed(String)
        /// Enter in a field that is no button.
        case submitted(String)
        /// Enter or Space on a button.
        case pressed(String)
    }

    // MARK: Focus

    var focusedItem: FormItem? { self.items.first { $0.id == self.focus } }

    /// Puts the cursor on an item, or on the first that can be answered or pressed.
    mutating func focus(_ id: String) {
        let isThere = self.items.contains { $0.id == id && ($0.hasControl || $0.isStop) }
        self.focus = isThere ? id : self.items.first(where: \.hasControl)?.id ?? ""
    }

    /// - Parameter stopping: also at texts.
    /// - Returns: whether the cursor moved.
    private mutating func moveFocus(by step: Int, stopping: Bool = false) -> Bool {
        let ids = self.items.filter { $0.hasControl || stopping && $0.isStop || $0.id == self.focus }.map(\.id)
        guard ids.count > 1, let index = ids.firstIndex(of: self.focus) else { return false }
        self.focus = ids[(index + step + ids.count) % ids.count]
        return true
    }

    // MARK: Items

    subscript(id: String) -> FormItem? { self.items.first { $0.id == id } }

    /// Replaces the items. The focus stays, and texts that did not change keep their cursor.
    mutating func replaceItems(_ items: [FormItem]) {
        let index = self.items.firstIndex { $0.id == self.focus } ?? 0
        let old = Dictionary(self.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.items = items.map { item in
            guard let before = old[item.id] else { return item }
            return item.keepingCursor(of: before)
        }
        if self.items.contains(where: { $0.id == self.focus && ($0.hasControl || $0.isStop) }) { return }
        // The focused item no longer exists, so the next one takes the focus.
        self.focus =
            self.items.dropFirst(index).first(where: \.hasControl)?.id ?? self.items.last(where: \.hasControl)?.id ?? ""
    }

    // MARK: Input

    mutating func press(_ key: Key) -> Outcome {
        guard let index = self.items.firstIndex(where: { $0.id == self.focus }) else { return .unhandled }
        let before = self.focus
        switch key {
        case .tab: return self.moveFocus(by: 1) ? .left(before) : .handled
        case .backTab: return self.moveFocus(by: -1) ? .left(before) : .handled
        case .down: return self.moveFocus(by: 1, stopping: true) ? .left(before) : .handled
        case .up: return self.moveFocus(by: -1, stopping: true) ? .left(before) : .handled
        case .enter:
            if case .button = self.items[index].control { return .pressed(before) }
            return .submitted(before)
        default: break
        }
        switch self.items[index].control.press(key) {
        case .unhandled: return .unhandled
        case .handled: return .handled
        case .changed: return .changed(before)
        case .pressed: return .pressed(before)
        case .out(let step):
            // Left and right walk along a row of buttons.
            return self.moveFocus(by: step) ? .left(before) : .handled
        }
    }

    /// Text that was pasted, in one line.
    mutating func paste(_ text: String) -> Outcome {
        guard let index = self.items.firstIndex(where: { $0.id == self.focus }),
            case .text(var field, let placeholder, let isSecret) = self.items[index].control
        else { return .unhandled }
        field.insert(text)
        self.items[index].control = .text(field, placeholder: placeholder, isSecret: isSecret)
        return .changed(self.focus)
    }
}
