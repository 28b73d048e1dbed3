import EngineInterface
import Foundation
import JSON
import Resources

/// The tree of what is configured, with the state that the engine sees it in and what is likely not meant.
struct MapScreen: Screen {
    static let place = Place.map

    /// All nodes, also those that are closed or filtered away.
    private(set) var roots: [MapNode] = []
    /// What is shown, by id, in the order of the table.
    private(set) var rows: [String: MapRow] = [:]
    private(set) var facts = MapFacts()
    var table = TableState()
    /// Closed by the user, or never opened: auth servers start closed.
    var closed: Set<String> = []
    private var known: Set<String> = []
    /// What is being written, or was refused: kept for another try.
    var draft: MapDraft?
    /// What waits for a yes.
    var proposal: Proposal?
    /// The change under way is what the draft says.
    var isApplyingDraft = false

    /// The question whether the API would take what was written, while its difference is looked at.
    var rehearsal: (request: Int, batch: ChangeBatch)?

    struct Proposal: Equatable, Sendable {
        var change: PlannedChange
        var isFromDraft: Bool
        /// The versions that it was made from.
        var tags: [String: String]
    }

    /// A row as it is drawn.
    struct MapRow: Equatable, Sendable {
        var node: MapNode
        var depth: Int
        /// Lines of the tree in front, without the opener.
        var guide: String
        /// Nil: nothing lies below.
        var isOpen: Bool?
        var parent: String?
    }

    // MARK: Data

    static func arrived(_ state: inout ConsoleState) { Self.rebuild(&state, force: true) }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .map, state.map.isStale(state) else { return }
        Self.rebuild(&state, force: false)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.rebuild(&state, force: true) }

    /// What the tree was last made from.
    private var seenTime: Date?
    private var seenConfiguration: ConfigurationTree?
    private var seenGateway: String?
    private var builtAt = Date.distantPast

    /// Whether something changed since. Many connections are counted once a second only.
    private func isStale(_ state: ConsoleState) -> Bool {
        if self.seenConfiguration != state.data.configuration { return true }
        guard self.seenTime != state.data.snapshot?.time else { return false }
        let isMany = (state.data.snapshot?.connections.count ?? 0) > 1000
        return !isMany || state.now.timeIntervalSince(self.builtAt) >= 1
    }

    static func rebuild(_ state: inout ConsoleState, force: Bool) {
        state.map.seenTime = state.data.snapshot?.time
        state.map.seenConfiguration = state.data.configuration
        state.map.builtAt = state.now
        let gateway = state.data.gateway?.id
        let isOther = gateway != state.map.seenGateway
        state.map.seenGateway = gateway
        let roots = Self.tree(&state)
        state.map.settleClosed(roots)
        if roots != state.map.roots || force {
            state.map.roots = roots
            state.map.layOut(filter: state.filter(of: .map), glyphs: state.glyphs)
        }
        // What is under the cursor stays there when it is deleted, but not when something else is looked at.
        if isOther || (force && state.filter(of: .map) != nil) { state.map.table.showOnly(state.map.order) }
        state.map.table.settle(state.map.order, now: state.now, lastKey: state.lastKey, force: true)
    }

    private static func tree(_ state: inout ConsoleState) -> [MapNode] {
        let configuration = state.data.configuration
        let identities = MapTree.identityNodes(configuration)
        guard let gateway = state.data.gatewayConfiguration else {
            state.map.facts = MapFacts()
            return identities
        }
        state.map.facts = MapFacts(state.data.snapshot, gateway: gateway.gateway.name)
        let advisor = MapAdvisor(
            gateway: gateway, facts: state.map.facts, isProduction: state.environment == "prod",
            brokers: state.topics.brokersSeen)
        return MapTree(advisor: advisor, configuration: configuration).nodes() + identities
    }

    /// Auth servers are closed when they are first seen: most come for the gateway.
    private mutating func settleClosed(_ roots: [MapNode]) {
        for node in roots where !self.known.contains(node.id) {
            self.known.insert(node.id)
            if node.key.kind == .authServer { self.closed.insert(node.id) }
        }
    }

    private(set) var order: [String] = []
    /// The row under the cursor as it was last seen: it is shown until the cursor leaves it, also when it is gone.
    private var lastSelected: MapRow?

    /// What is shown in a row.
    func row(_ id: String) -> MapRow? {
        self.rows[id] ?? self.lastSelected.flatMap { $0.node.id == id ? $0 : nil }
    }

    /// Works out the rows from the tree, what is open and the filter.
    private mutating func layOut(filter: Filter?, glyphs: Glyphs) {
        if let selected = self.table.selected, let row = self.rows[selected] { self.lastSelected = row }
        self.rows = [:]
        self.order = []
        let shown = filter.map { filter in self.roots.compactMap { Self.filtered($0, filter) } } ?? self.roots
        let isASCII = glyphs.family == .ascii
        func visit(_ node: MapNode, depth: Int, guide: String, isLast: Bool, parent: String?) {
            let isOpen = node.children.isEmpty ? nil : filter != nil || !self.closed.contains(node.id)
            let corner = isASCII ? (isLast ? "`-" : "|-") : (isLast ? "└─" : "├─")
            self.rows[node.id] = MapRow(
                node: node, depth: depth, guide: depth == 0 ? "" : guide + corner, isOpen: isOpen, parent: parent)
            self.order.append(node.id)
            guard isOpen == true else { return }
            let line = isASCII ? "| " : "│ "
            let next = depth == 0 ? "" : guide + (isLast ? "  " : line)
            for (index, child) in node.children.enumerated() {
                visit(
                    child, depth: depth + 1, guide: next, isLast: index == node.children.count - 1, parent: node.id)
            }
        }
        for node in shown { visit(node, depth: 0, guide: "", isLast: true, parent: nil) }
    }

    /// A node stays when it matches, or when something below it does.
    private static func filtered(_ node: MapNode, _ filter: Filter) -> MapNode? {
        var node = node
        if filter.matches(node) { return node }
        node.children = node.children.compactMap { Self.filtered($0, filter) }
        return node.children.isEmpty ? nil : node
    }

    mutating func relayOut(_ state: ConsoleState) {
        self.layOut(filter: state.filter(of: .map), glyphs: state.glyphs)
        self.table.showOnly(self.order)
        self.table.settle(self.order, now: state.now, lastKey: state.lastKey, force: true)
    }

    /// The row under the cursor, unless it is gone.
    var selection: MapRow? {
        guard !self.table.isSelectedGone else { return nil }
        return self.table.selected.flatMap { self.rows[$0] }
    }

    // MARK: Moving

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        let row = state.map.selection
        switch motion {
        case .left:
            guard let row else { return }
            if row.isOpen == true, state.filter(of: .map) == nil {
                state.map.closed.insert(row.node.id)
                state.map.relayOut(state)
            } else if let parent = row.parent {
                state.map.table.select(parent)
            }
        case .right:
            guard let row else { return }
            if row.isOpen == false {
                Self.open(row.node.id, &state)
            } else if let child = row.node.children.first {
                state.map.table.select(child.id)
            }
        case .up, .down, .pageUp, .pageDown, .first, .last:
            state.map.table.move(motion, visibleRows: Self.visibleRows(state))
        }
    }

    private static func open(_ id: String, _ state: inout ConsoleState) {
        state.map.closed.remove(id)
        state.map.relayOut(state)
    }

    /// Opens, closes, or shows a leaf in full.
    static func enter(_ state: inout ConsoleState) {
        guard let row = state.map.selection else { return }
        switch row.isOpen {
        case true?:
            if state.filter(of: .map) == nil { Self.move(.left, &state) }
        case false?: Self.open(row.node.id, &state)
        case nil: Self.showDetails(&state)
        }
    }

    /// All that is known of the row under the cursor, to read at leisure.
    static func showDetails(_ state: inout ConsoleState) {
        guard let row = state.map.selection else { return }
        let details = Self.details(row.node, state)
        let labelWidth = DetailLine.labelWidth(of: details) + 1
        let columns = max(20, state.bodyArea.columns - labelWidth - 5)
        var lines: [TextOverlay.Line] = []
        for detail in details {
            let texts = CellText.wrapped(CellText.sanitised(detail.text), columns: columns)
            for (index, text) in texts.enumerated() {
                let label = index == 0 ? detail.label : ""
                lines.append(
                    TextOverlay.Line(runs: [
                        .init(label.padding(toLength: labelWidth, withPad: " ", startingAt: 0), .muted),
                        .init(text, detail.role),
                    ]))
            }
        }
        state.show(.text(TextOverlay(title: row.node.key.title, lines: lines)))
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        let (list, _) = MapLayout.split(area, state)
        let inner = list.columns >= 4 && list.rows >= 3 ? list.inset() : list
        guard action.kind == .click || action.kind == .doubleClick,
            action.column >= inner.column, action.column < inner.endColumn,
            let id = state.map.table.id(atLine: action.row - inner.row - 1, visibleRows: Table.visibleRows(in: inner))
        else { return false }
        state.map.table.select(id)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }

    /// Goes to the entity of that name, opening what it lies in.
    static func jump(to name: String, _ state: inout ConsoleState) -> Bool {
        Self.rebuild(&state, force: true)
        func path(to nodes: [MapNode], _ matches: (MapNode) -> Bool) -> [MapNode]? {
            for node in nodes {
                if matches(node) { return [node] }
                if let rest = path(to: node.children, matches) { return [node] + rest }
            }
            return nil
        }
        let wanted = name.lowercased()
        let found =
            path(to: state.map.roots) { $0.name == name || $0.entityID == name }
            ?? path(to: state.map.roots) { $0.name.lowercased().contains(wanted) }
        guard let found, let last = found.last else { return false }
        if state.filter(of: .map) != nil { state.setFilter("", for: .map) }
        for node in found.dropLast() { state.map.closed.remove(node.id) }
        state.map.relayOut(state)
        state.map.table.select(last.id)
        return true
    }

    // MARK: What the frame asks

    static func crumbs(_ state: ConsoleState) -> [String] {
        var names: [String] = []
        var row = state.map.selection
        while let current = row {
            names.insert(current.node.name, at: 0)
            row = current.parent.flatMap { state.map.rows[$0] }
        }
        return names
    }

    static func statusLine(_ state: ConsoleState) -> String {
        if state.changes.active != nil { return "Changing the configuration…" }
        guard let row = state.map.selection else { return "" }
        if let advice = row.node.advice.max(by: { $0.level < $1.level }), advice.level > .note { return advice.text }
        return ([row.node.key.kind.title] + Self.crumbs(state)).joined(separator: state.glyphs.separator)
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        state.map.selection.map { ($0.node.entityID, "the id of \($0.node.key.title)") }
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        guard let key = state.map.selection?.node.key, let root = key.path.first else {
            return state.data.gateway.map { "sluice export " + ShellText.option("gateway", $0.name) }
        }
        let option = key.root == .authServer ? "auth-server" : "gateway"
        return "sluice export " + ShellText.option(option, root)
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let key = state.map.selection?.node.key, let node = state.data.configuration.node(key) else { return nil }
        return (key.title, YAMLWriter.text(.object(node.document)))
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        switch state.receiveChange(answer) {
        case .finished:
            state.applied(\.decisions.proposal, isInForce: true)
            state.applied(\.live.block, isInForce: true)
            return Self.changeFinished(&state)
        case .failed(_, let failure):
            state.applied(\.decisions.proposal, isInForce: false)
            state.applied(\.live.block, isInForce: false)
            return Self.changeFailed(failure, &state)
        case .none: break
        }
        if answer.id == state.map.rehearsal?.request { return Self.receiveRehearsal(answer, &state) }
        Self.receiveDraft(answer, &state)
    }
}
