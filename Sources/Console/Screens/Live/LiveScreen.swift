import Foundation
import GatewayModel

/// Traffic over time, and every connection.
struct LiveScreen: TrafficScreen {
    static let place = Place.live
    static var path: any WritableKeyPath<ConsoleState, LiveScreen> & Sendable { \.live }
    static let usualSort = ConnectionSort.outgoing
    static let sortsByWindow = false

    var table = TableState()
    var view = TrafficView(window: .minute)
    /// The detail of the connection under the cursor is open.
    var isDetailOpen = false
    /// The connection whose closing was asked for, by request.
    var closing: [Int: String] = [:]

    init() { self.table.sortColumn = Self.usualSort.rawValue }

    static func connection(under state: ConsoleState) -> ConnectionView? {
        guard let id = state.live.table.selected.flatMap(UInt64.init) else { return nil }
        return Self.shown(state).connection(id)
    }

    // MARK: Events

    static func order(_ traffic: Traffic, _ state: ConsoleState) -> [String] {
        state.live.sort.order(
            Self.filtered(traffic.connections, state), traffic: traffic, isReversed: state.live.table.isReversed)
    }

    static func tableArea(_ area: Rect, _ state: ConsoleState) -> Rect { LiveLayout(state, area: area).rows }

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
}
