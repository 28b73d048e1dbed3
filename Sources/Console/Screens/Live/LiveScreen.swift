import EngineInterface
import Foundation

/// Traffic over time, and every connection.
struct LiveScreen: TrafficScreen {
    static let place = Place.live
    static var path: any WritableKeyPath<ConsoleState, LiveScreen> & Sendable { \.live }
    static let usualSort = ConnectionSort.outgoing
    static let sortsByWindow = false

    var table = TableState()
    var view = TrafficView(window: .minute)
    /// Whether the detail of the connection under the cursor is open.
    var isDetailOpen = false
    /// The connection under the cursor as it was last seen.
    private(set) var lastSelected: (connection: ConnectionView, session: Traffic.Session?, time: Date)?
    /// The rules that denied in the last five minutes. They are counted once a second, because many thousand denials
    /// may be kept.
    private(set) var denialsByRule: [(rule: String, count: Int)] = []
    private var countedAt = Date.distantPast
    private var countedEnd = -1
    /// The shown rule that would block a principal.
    var block: PrincipalBlock?
    /// The connections that are being closed, by request.
    var closing: [Int: String] = [:]

    init() { self.table.sortColumn = Self.usualSort.rawValue }

    /// The connection under the cursor; if it is closed, with its last values.
    static func lastKnown(under state: ConsoleState) -> ConnectionView? {
        if let connection = Self.connection(under: state) { return connection }
        guard let last = state.live.lastSelected?.connection,
            state.live.table.selected == String(last.sessionID)
        else { return nil }
        return last
    }

    static func connection(under state: ConsoleState) -> ConnectionView? {
        guard let id = state.live.table.selected.flatMap(UInt64.init) else { return nil }
        return Self.shown(state).connection(id)
    }

    // MARK: Events

    static func settled(_ state: inout ConsoleState) {
        let traffic = Self.shown(state)
        Self.countDenials(&state)
        guard let connection = Self.connection(under: state) else { return }
        state.live.lastSelected = (
            connection, traffic.sessions[connection.sessionID], traffic.time ?? state.now
        )
    }

    static func newsCame(_ state: inout ConsoleState) {
        guard state.live.countedEnd != state.data.decisions.end,
            state.now.timeIntervalSince(state.live.countedAt) >= 1
        else { return }
        Self.countDenials(&state)
    }

    private static func countDenials(_ state: inout ConsoleState) {
        (state.live.countedAt, state.live.countedEnd) = (state.now, state.data.decisions.end)
        state.live.denialsByRule = DenialReasons.byRule(
            state.data.decisions, since: (Self.shown(state).time ?? state.now).addingTimeInterval(-300),
            isHere: state.data.isHere)
    }

    static func order(_ traffic: Traffic, _ state: ConsoleState) -> [String] {
        state.live.sort.order(
            Self.filtered(traffic.connections, state), traffic: traffic, isReversed: state.live.table.isReversed)
    }

    static func tableArea(_ area: Rect, _ state: ConsoleState) -> Rect { LiveLayout(state, area: area).rows }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        if state.live.block != nil { return PrincipalBlock.move(motion, &state) }
        Self.moveInTable(motion, &state)
    }

    static func enter(_ state: inout ConsoleState) {
        if state.live.block != nil { return state.run(CommandCall("principal block apply")) }
        guard Self.lastKnown(under: state) != nil else {
            return state.say("No connection is under the cursor.")
        }
        if state.live.isDetailOpen {
            state.run(CommandCall("connection decisions"))
        } else {
            state.live.isDetailOpen = true
        }
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        if state.live.block != nil {
            state.live.block = nil
            return true
        }
        if state.live.isDetailOpen {
            state.live.isDetailOpen = false
            return true
        }
        guard state.live.frozen != nil else { return false }
        Self.pause(&state)
        return true
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        if PrincipalBlock.receive(answer, &state) { return }
        guard let client = state.live.closing.removeValue(forKey: answer.id) else { return }
        switch answer.result {
        case .success(.closed(true)): state.say("Closed the connection of \(client).", .success)
        case .success: state.say("The connection of \(client) was closed already.")
        case .failure(let error): state.say(error.message, .error)
        }
    }

    // MARK: Words

    static func hints(_ state: ConsoleState) -> [Hint]? {
        state.live.block == nil ? nil : [("A", "apply"), ("c", "copy YAML"), ("Esc", "back")]
    }

    static func crumbs(_ state: ConsoleState) -> [String] {
        if let block = state.live.block { return ["Block \(block.principal.name)"] }
        guard state.live.isDetailOpen, let connection = Self.lastKnown(under: state) else { return ["Connections"] }
        return ["Connections", connection.remoteAddress]
    }

    static func statusLine(_ state: ConsoleState) -> String {
        if state.live.block != nil { return "Nothing changes until you apply it." }
        let table = state.live.table
        guard let index = table.selectedIndex else { return "" }
        return "row \(index + 1)/\(table.order.count)"
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        if let block = state.live.block { return (block.policy.yaml, "the rule as YAML") }
        guard let connection = Self.lastKnown(under: state) else { return nil }
        return (connection.remoteAddress, connection.remoteAddress)
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        let filter = state.filters[.live]?.applied ?? ""
        return "sluice live --plain" + (filter.isEmpty ? "" : " " + ShellText.option("filter", filter))
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        if let block = state.live.block { return ("Rule \(block.policy.name)", block.policy.document) }
        guard let connection = Self.lastKnown(under: state) else { return nil }
        let lines = ConnectionDetail.lines(connection, state: state, columns: 100)
        return ("Connection \(connection.remoteAddress)", lines.map(\.text).joined(separator: "\n"))
    }
}
