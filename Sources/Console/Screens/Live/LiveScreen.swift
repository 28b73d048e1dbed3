import Foundation
import GatewayModel

/// Traffic over time, and every connection.
struct LiveScreen: Screen {
    static let place = Place.live

    var table = TableState()
    var window = TimeWindow.minute
    /// The detail of the connection under the cursor is open.
    var isDetailOpen = false
    /// What is shown while paused.
    var frozen: Frozen?
    /// The sample that the table was ordered for.
    private var orderedSample = -1
    private var orderedGateway: String?
    /// The connection whose closing was asked for, by request.
    var closing: [Int: String] = [:]

    struct Frozen: Sendable {
        var traffic: Traffic
        var at: Date
    }

    init() { self.table.sortColumn = ConnectionSort.outgoing.rawValue }

    var sort: ConnectionSort { self.table.sortColumn.flatMap(ConnectionSort.init(rawValue:)) ?? .outgoing }

    /// What is on the screen: now, or the moment of the pause.
    static func shown(_ state: ConsoleState) -> Traffic { state.live.frozen?.traffic ?? state.data.traffic }

    static func connection(under state: ConsoleState) -> ConnectionView? {
        guard let id = state.live.table.selected.flatMap(UInt64.init) else { return nil }
        return Self.shown(state).connection(id)
    }

    // MARK: Events

    static func arrived(_ state: inout ConsoleState) { Self.settle(&state, force: true) }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .live, state.live.frozen == nil else { return }
        let gateway = state.data.gateway?.id
        let isOther = gateway != state.live.orderedGateway
        guard isOther || state.data.traffic.samples != state.live.orderedSample else { return }
        state.live.orderedGateway = gateway
        Self.settle(&state, force: isOther, isFilterNew: isOther)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.settle(&state, force: true, isFilterNew: true) }

    /// Orders the rows. Once a second at most: ten thousand of them take a while.
    static func settle(_ state: inout ConsoleState, force: Bool, isFilterNew: Bool = false) {
        if state.live.orderedSample < 0, let kept = state.preferences.sort[Self.place.name] {
            state.live.table.isReversed = kept.hasPrefix("-")
            let name = state.live.table.isReversed ? String(kept.dropFirst()) : kept
            if let sort = ConnectionSort(rawValue: name) { state.live.table.sortColumn = sort.rawValue }
        }
        let traffic = Self.shown(state)
        state.live.orderedSample = traffic.samples
        var connections = traffic.connections
        if let filter = state.filter(of: .live) {
            let now = state.now
            connections = connections.filter { filter.matches($0, now: now) }
        }
        let order = state.live.sort.order(connections, traffic: traffic, isReversed: state.live.table.isReversed)
        let isFirst = state.live.table.order.isEmpty
        if isFilterNew { state.live.table.deselect(unlessIn: order) }
        state.live.table.settle(order, now: state.now, lastKey: state.lastKey, force: force || isFirst)
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        state.live.table.move(motion, visibleRows: LiveLayout(state, area: state.bodyArea).visibleRows)
    }

    static func enter(_ state: inout ConsoleState) {
        guard Self.connection(under: state) != nil else {
            return state.say("There is no connection to look into.")
        }
        if state.live.isDetailOpen {
            state.run(CommandCall("connection decisions"))
        } else {
            state.live.isDetailOpen = true
        }
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        if state.live.isDetailOpen {
            state.live.isDetailOpen = false
            return true
        }
        guard state.live.frozen != nil else { return false }
        Self.pause(&state)
        return true
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        guard action.kind == .click || action.kind == .doubleClick else { return false }
        let layout = LiveLayout(state, area: area)
        guard let id = state.live.table.id(atLine: action.row - layout.rows.row - 1, visibleRows: layout.visibleRows)
        else { return false }
        state.live.table.select(id)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        guard let client = state.live.closing.removeValue(forKey: answer.id) else { return }
        switch answer.result {
        case .success(.closed(true)): state.say("Closed the connection of \(client).", .success)
        case .success: state.say("The connection of \(client) was gone already.")
        case .failure(let error): state.say(error.message, .error)
        }
    }

    // MARK: Words

    static func crumbs(_ state: ConsoleState) -> [String] {
        guard state.live.isDetailOpen, let connection = Self.connection(under: state) else { return ["Connections"] }
        return ["Connections", connection.remoteAddress]
    }

    static func statusLine(_ state: ConsoleState) -> String {
        let table = state.live.table
        guard let index = table.selectedIndex else { return "" }
        return "row \(index + 1)/\(table.order.count)"
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        guard let connection = Self.connection(under: state) else { return nil }
        return (connection.remoteAddress, connection.remoteAddress)
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        let filter = state.filters[.live]?.text ?? ""
        return "sluice live --plain" + (filter.isEmpty ? "" : " --filter " + ShellText.quoted(filter))
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let connection = Self.connection(under: state) else { return nil }
        let lines = ConnectionDetail.lines(connection, state: state, columns: 100)
        return ("Connection \(connection.remoteAddress)", lines.map(\.text).joined(separator: "\n"))
    }

    /// What came since the pause, for the title row; nil while the place is live.
    static func pausedNews(_ state: ConsoleState) -> Int? {
        guard let frozen = state.live.frozen else { return nil }
        let now = state.data.traffic.totals.all
        let then = frozen.traffic.totals.all
        return Int(clamping: Traffic.growth(now, then))
    }

    static func pause(_ state: inout ConsoleState) {
        if state.live.frozen == nil {
            state.live.frozen = Frozen(traffic: state.data.traffic, at: state.now)
            state.say("Paused. Counting goes on; Space goes back to now.")
        } else {
            state.live.frozen = nil
            Self.settle(&state, force: true)
        }
    }
}
