import EngineInterface
import Foundation
import Resources

/// The principals, with their allowed and denied operations and rates.
struct PrincipalsScreen: TrafficScreen {
    static let place = Place.principals
    static var path: any WritableKeyPath<ConsoleState, PrincipalsScreen> & Sendable { \.principals }
    static let usualSort = PrincipalSort.denials
    static let sortsByWindow = true

    var table = TableState()
    var view = TrafficView(window: .fiveMinutes)

    init() { self.table.sortColumn = Self.usualSort.rawValue }

    static func principal(under state: ConsoleState) -> PrincipalRollup? {
        state.principals.table.selected.flatMap { Self.shown(state).principals[WireName($0)] }
    }

    /// Opens the place with the cursor on this principal.
    static func show(_ name: String, _ state: inout ConsoleState) {
        state.go(to: .principals)
        if !state.principals.table.order.contains(name) { state.setFilter("", for: .principals) }
        state.principals.table.select(name)
    }

    // MARK: Events

    static func order(_ traffic: Traffic, _ state: ConsoleState) -> [String] {
        let denials = state.data.decisions.lastDenials
        return state.principals.sort.order(
            Self.filtered(Array(traffic.principals.values), state), window: state.principals.window,
            second: traffic.second, lastDenial: { denials[WireName($0)]?.time },
            isReversed: state.principals.table.isReversed)
    }

    static func tableArea(_ area: Rect, _ state: ConsoleState) -> Rect { PrincipalsLayout(state, area: area).rows }

    /// Into the decisions on this principal: its denials, when it has any.
    static func enter(_ state: inout ConsoleState) {
        guard let principal = Self.principal(under: state) else {
            return state.say("No principal is under the cursor.")
        }
        let term = Filter.term("principal", principal.name)
        DecisionsScreen.show(principal.totals.denied > 0 ? "\(term) & deny" : term, &state)
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        guard state.principals.frozen != nil else { return false }
        Self.pause(&state)
        return true
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
        return "sluice decisions --follow " + ShellText.option("filter", Filter.term("principal", principal.name))
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
        case "vc": self.presence.virtualClusters.sorted().map(\.text)
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
