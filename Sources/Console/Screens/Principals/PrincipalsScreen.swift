import Foundation
import GatewayModel

/// Who is allowed and denied what, and how often.
struct PrincipalsScreen: Screen {
    static let place = Place.principals

    var table = TableState()
    var window = TimeWindow.fiveMinutes
    var frozen: LiveScreen.Frozen?
    private var orderedSample = -1
    private var orderedGateway: String?

    init() { self.table.sortColumn = PrincipalSort.denials.rawValue }

    var sort: PrincipalSort { self.table.sortColumn.flatMap(PrincipalSort.init(rawValue:)) ?? .denials }

    static func shown(_ state: ConsoleState) -> Traffic { state.principals.frozen?.traffic ?? state.data.traffic }

    static func principal(under state: ConsoleState) -> PrincipalRollup? {
        state.principals.table.selected.flatMap { Self.shown(state).principals[$0] }
    }

    /// Goes to the place with the cursor on this principal.
    static func show(_ name: String, _ state: inout ConsoleState) {
        state.go(to: .principals)
        if !state.principals.table.order.contains(name) { state.setFilter("", for: .principals) }
        state.principals.table.select(name)
    }

    // MARK: Events

    static func arrived(_ state: inout ConsoleState) { Self.settle(&state, force: true) }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .principals, state.principals.frozen == nil else { return }
        let gateway = state.data.gateway?.id
        let isOther = gateway != state.principals.orderedGateway
        guard isOther || state.data.traffic.samples != state.principals.orderedSample else { return }
        state.principals.orderedGateway = gateway
        Self.settle(&state, force: isOther, isFilterNew: isOther)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.settle(&state, force: true, isFilterNew: true) }

    static func settle(_ state: inout ConsoleState, force: Bool, isFilterNew: Bool = false) {
        if state.principals.orderedSample < 0, let kept = state.preferences.sort[Self.place.name] {
            state.principals.table.isReversed = kept.hasPrefix("-")
            let name = kept.hasPrefix("-") ? String(kept.dropFirst()) : kept
            if let sort = PrincipalSort(rawValue: name) { state.principals.table.sortColumn = sort.rawValue }
        }
        let traffic = Self.shown(state)
        state.principals.orderedSample = traffic.samples
        var principals = Array(traffic.principals.values)
        if let filter = state.filter(of: .principals) {
            let now = state.now
            principals = principals.filter { filter.matches($0, now: now) }
        }
        let denials = state.data.decisions.lastDenials
        let order = state.principals.sort.order(
            principals, window: state.principals.window, second: traffic.second,
            lastDenial: { denials[$0]?.time }, isReversed: state.principals.table.isReversed)
        let isFirst = state.principals.table.order.isEmpty
        if isFilterNew { state.principals.table.deselect(unlessIn: order) }
        state.principals.table.settle(order, now: state.now, lastKey: state.lastKey, force: force || isFirst)
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        let layout = PrincipalsLayout(state, area: state.bodyArea)
        state.principals.table.move(motion, visibleRows: Table.visibleRows(in: layout.rows))
    }

    /// Into the decisions on this principal: its denials, when it has any.
    static func enter(_ state: inout ConsoleState) {
        guard let principal = Self.principal(under: state) else {
            return state.say("No principal is under the cursor.")
        }
        let term = Filter.term("principal", principal.name)
        state.go(to: .decisions)
        state.setFilter(principal.totals.denied > 0 ? "\(term) & deny" : term, for: .decisions)
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        guard state.principals.frozen != nil else { return false }
        Self.pause(&state)
        return true
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        guard action.kind == .click || action.kind == .doubleClick else { return false }
        let rows = PrincipalsLayout(state, area: area).rows
        let line = action.row - rows.row - 1
        guard let id = state.principals.table.id(atLine: line, visibleRows: Table.visibleRows(in: rows)) else {
            return false
        }
        state.principals.table.select(id)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }

    // MARK: Pause

    static func pause(_ state: inout ConsoleState) {
        if state.principals.frozen == nil {
            state.principals.frozen = LiveScreen.Frozen(traffic: state.data.traffic, at: state.now)
            state.say("Paused. Counting goes on; Space goes back to now.")
        } else {
            state.principals.frozen = nil
            Self.settle(&state, force: true)
        }
    }

    /// What came since the pause, for the title row; nil while the place is live.
    static func pausedNews(_ state: ConsoleState) -> Int? {
        guard let frozen = state.principals.frozen else { return nil }
        return Int(clamping: Traffic.growth(state.data.traffic.totals.all, frozen.traffic.totals.all))
    }

    // MARK: Words

    static func crumbs(_ state: ConsoleState) -> [String] { state.principals.table.selected.map { [$0] } ?? [] }

    static func statusLine(_ state: ConsoleState) -> String {
        guard let since = Self.shown(state).since else { return "" }
        return "counters since the engine started; console attached \(NumberText.clock(since))Z"
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        Self.principal(under: state).map { ($0.name, "'\($0.name)'") }
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        guard let principal = Self.principal(under: state) else { return nil }
        return "sluice decisions --follow --filter " + ShellText.quoted(Filter.term("principal", principal.name))
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let principal = Self.principal(under: state) else { return nil }
        let lines = PrincipalDetail.lines(principal, state: state, columns: 100, isTall: true)
        return ("Principal \(principal.name)", lines.map(\.text).joined(separator: "\n"))
    }
}

extension PrincipalRollup: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "principal", "name": [self.name]
        case "vc": self.presence.virtualClusters.sorted()
        case "result":
            [
                self.totals.denied > 0 ? "denied" : nil, self.totals.allowed > 0 ? "allowed" : nil,
                self.totals.filtered > 0 ? "filtered" : nil,
            ].compactMap { $0 }
        default: nil
        }
    }

    var filterText: String { self.name }

    func filterNumber(_ field: String) -> Double? {
        switch field {
        case "connections": Double(self.presence.connections)
        case "denied": Double(self.totals.denied)
        case "allowed": Double(self.totals.allowed)
        case "filtered": Double(self.totals.filtered)
        case "in": self.presence.inRate
        case "out": self.presence.outRate
        case "bytes": self.presence.inRate + self.presence.outRate
        default: nil
        }
    }
}
