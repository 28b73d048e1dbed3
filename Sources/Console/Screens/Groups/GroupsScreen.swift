import Foundation
import GatewayModel

/// Groups as clients of a virtual cluster see them: who is in them, as whom, and how far behind.
struct GroupsScreen: Screen {
    static let place = Place.groups

    var listing = Listing<GroupView>()
    var table = TableState()
    /// The group that is open.
    private(set) var opened: String?
    var offsets = TableState()
    var members = TableState()
    var isInMembers = false
    private(set) var byID: [String: GroupView] = [:]
    private(set) var shownCount = 0
    /// Lag at each refresh, oldest first, by group; bounded.
    private(set) var lagHistory: [String: [Double]] = [:]
    private static let historyLength = 60

    // MARK: Data

    static func arrived(_ state: inout ConsoleState) {
        Self.ask(&state, isForced: true)
        Self.settle(&state, force: true)
    }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .groups else { return }
        Self.ask(&state, isForced: false)
        Self.settle(&state, force: false)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.settle(&state, force: true) }

    private static func ask(_ state: inout ConsoleState, isForced: Bool) {
        guard let cluster = state.shownCluster else { return }
        if state.groups.listing.cluster != cluster.id {
            state.groups.opened = nil
            state.groups.byID = [:]
            state.groups.lagHistory = [:]
            state.groups.table = TableState()
            let saved = state.preferences.sort[Place.groups.name] ?? "name"
            state.groups.table.isReversed = saved.hasPrefix("-")
            state.groups.table.sortColumn = saved.hasPrefix("-") ? String(saved.dropFirst()) : saved
        }
        guard state.groups.listing.isDue(for: cluster.id, now: state.now, isForced: isForced) else { return }
        let id = state.ask(.groups(virtualCluster: cluster.id), for: .groups)
        state.groups.listing.asked(id, now: state.now)
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        let result: Result<[GroupView], EngineClientError>
        switch answer.result {
        case .success(.groups(let groups)): result = .success(groups)
        case .success: return
        case .failure(let error): result = .failure(error)
        }
        guard state.groups.listing.received(answer.id, result, now: state.now) else {
            if case .failure(let error) = result { state.say(error.message, .error) }
            return
        }
        if case .success(let groups) = result { state.groups.remember(groups) }
        Self.settle(&state, force: false)
    }

    private mutating func remember(_ groups: [GroupView]) {
        self.byID = Dictionary(groups.map { ($0.groupID, $0) }, uniquingKeysWith: { first, _ in first })
        var history: [String: [Double]] = [:]
        for group in groups {
            let lag = group.lag.map(Double.init) ?? 0
            history[group.groupID] = ((self.lagHistory[group.groupID] ?? []) + [lag]).suffix(Self.historyLength)
        }
        self.lagHistory = history
    }

    static func settle(_ state: inout ConsoleState, force: Bool) {
        let groups = state.groups
        var items = groups.listing.items
        if let filter = state.filter(of: .groups) { items = items.filter { filter.matches($0) } }
        items.sort(by: Self.order(groups.table.sortColumn ?? "name", isReversed: groups.table.isReversed))
        state.groups.shownCount = items.count
        let ids = items.map(\.groupID)
        if force { state.groups.table.showOnly(ids) }
        state.groups.table.settle(ids, now: state.now, lastKey: state.lastKey, force: force)
        if let opened = groups.opened, let group = groups.byID[opened] {
            state.groups.offsets.settle(
                group.offsets.map(\.rowID), now: state.now, lastKey: state.lastKey, force: true)
            state.groups.members.settle(
                group.members.map(\.memberID), now: state.now, lastKey: state.lastKey, force: true)
        }
    }

    private static func order(_ column: String, isReversed: Bool) -> (GroupView, GroupView) -> Bool {
        func ascending(_ left: GroupView, _ right: GroupView) -> Bool {
            switch column {
            case "state": (left.state, left.groupID) < (right.state, right.groupID)
            case "members": (right.members.count, left.groupID) < (left.members.count, right.groupID)
            case "lag": (right.lag ?? -1, left.groupID) < (left.lag ?? -1, right.groupID)
            default: left.groupID < right.groupID
            }
        }
        return isReversed ? { ascending($1, $0) } : ascending
    }

    // MARK: Moving

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        let rows = Self.visibleRows(state)
        if state.groups.opened != nil {
            if motion == .left { return state.groups.opened = nil }
            if state.groups.isInMembers {
                state.groups.members.move(motion, visibleRows: rows)
            } else {
                state.groups.offsets.move(motion, visibleRows: rows)
            }
        } else if motion == .right {
            Self.enter(&state)
        } else {
            state.groups.table.move(motion, visibleRows: rows)
        }
    }

    static func enter(_ state: inout ConsoleState) {
        guard state.groups.opened == nil, !state.groups.table.isSelectedGone, let id = state.groups.table.selected,
            state.groups.byID[id] != nil
        else { return }
        state.groups.opened = id
        state.groups.offsets = TableState()
        state.groups.members = TableState()
        state.groups.isInMembers = false
        Self.settle(&state, force: true)
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        guard state.groups.opened != nil else { return false }
        state.groups.opened = nil
        return true
    }

    static func jump(to name: String, _ state: inout ConsoleState) -> Bool {
        guard state.groups.byID[name] != nil else { return false }
        if state.filter(of: .groups) != nil { state.setFilter("", for: .groups) }
        state.groups.table.select(name)
        return state.groups.table.selected == name
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        guard state.groups.opened == nil, action.kind == .click || action.kind == .doubleClick else { return false }
        let inner = Self.listArea(area, state)
        guard action.column >= inner.column, action.column < inner.endColumn,
            let id = state.groups.table.id(
                atLine: action.row - inner.row - 1, visibleRows: Table.visibleRows(in: inner))
        else { return false }
        state.groups.table.select(id)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }

    // MARK: What the frame asks

    var selected: GroupView? { (self.opened ?? self.table.selected).flatMap { self.byID[$0] } }

    static func crumbs(_ state: ConsoleState) -> [String] {
        [state.shownCluster?.name, state.groups.opened].compactMap { $0 }
    }

    static func statusLine(_ state: ConsoleState) -> String {
        if let problem = state.groups.listing.problem, state.groups.listing.isLoaded {
            return "Not refreshed: \(problem)"
        }
        return "Lag is in records. Principals are those whose clients are connected now."
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        if state.groups.opened != nil, state.groups.isInMembers, let member = state.groups.members.selected {
            return (member, "the member's id")
        }
        return state.groups.selected.map { ($0.groupID, "the group's id") }
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let group = state.groups.selected, let data = try? EntityCoding.encode(group),
            let value = try? JSONValue(parsing: Array(data))
        else { return nil }
        return ("group '\(group.groupID)'", YAMLWriter.text(value))
    }

    // MARK: Commands

    static let commands: [Command] = [
        Command(
            "groups cluster", "choose the virtual cluster", hint: "cluster", keys: [.character("b")],
            in: .place(.groups), argument: "[NAME]",
            completions: { $0.data.gatewayConfiguration?.virtualClusters.map(\.virtualCluster.name) ?? [] }
        ) { state, name in
            state.chooseCluster(name, command: "groups cluster")
        },
        Command(
            "groups sort", "sort by a column", hint: "sort", keys: [.character("s")], in: .place(.groups),
            argument: "[COLUMN]", completions: { _ in Self.sortColumns.map(\.id) }
        ) { state, column in
            Self.sort(by: column, &state)
        },
        Command(
            "groups pane", "between members and offsets", keys: [.tab], in: .place(.groups),
            unavailable: { $0.groups.opened == nil ? "no group is open" : nil }
        ) { state, _ in
            state.groups.isInMembers.toggle()
        },
        Command("groups reverse", "the other way round", keys: [.character("S")], in: .place(.groups)) { state, _ in
            state.groups.table.isReversed.toggle()
            Self.keepSort(&state)
        },
    ]

    private static let sortColumns: [(id: String, title: String)] = [
        ("name", "group"), ("state", "state"), ("members", "number of members"), ("lag", "lag, largest first"),
    ]

    private static func sort(by column: String, _ state: inout ConsoleState) {
        guard !column.isEmpty else {
            return state.show(
                .picker(
                    PickerOverlay(
                        title: "Sort by", items: Self.sortColumns.map { .init(id: $0.id, title: $0.title) },
                        command: "groups sort", selected: state.groups.table.sortColumn)))
        }
        guard Self.sortColumns.contains(where: { $0.id == column }) else {
            return state.say("There is no column '\(column)' to sort by.", .error)
        }
        state.groups.table.sortColumn = column
        Self.keepSort(&state)
    }

    private static func keepSort(_ state: inout ConsoleState) {
        let column = state.groups.table.sortColumn ?? "name"
        state.preferences.sort[Place.groups.name] = (state.groups.table.isReversed ? "-" : "") + column
        state.emit(.savePreferences(state.preferences))
        Self.settle(&state, force: true)
    }
}

extension GroupView: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "group", "name", "resource": [self.groupID, self.physicalName]
        case "state": [self.state]
        case "type", "kind": [self.type]
        case "principal": self.principals
        case "topic": Array(Set(self.offsets.map(\.topic)))
        case "clientid", "client": self.members.map(\.clientID)
        default: nil
        }
    }

    var filterText: String { "\(self.groupID) \(self.state) \(self.principals.joined(separator: " "))" }
}

extension GroupView.Offset {
    var rowID: String { "\(self.topic)/\(self.partition)" }
}
