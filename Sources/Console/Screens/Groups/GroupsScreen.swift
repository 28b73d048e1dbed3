import EngineInterface
import Foundation
import Resources

/// Groups as clients of a virtual cluster see them: their members, principals and lag.
struct GroupsScreen: ClusterScreen {
    static let place = Place.groups
    static var path: any WritableKeyPath<ConsoleState, GroupsScreen> & Sendable { \.groups }
    static let noun = "group"
    static let usualSort = GroupSort.name

    var list = ClusterList<GroupView>()
    var table = TableState()
    /// The rows of the open group.
    var offsets = TableState()
    var members = TableState()
    var isInMembers = false
    /// Lag at each refresh, oldest first, by group; bounded.
    private(set) var lagHistory: [WireName: [Double]] = [:]
    private static let historyLength = 60

    // MARK: Data

    static func question(virtualCluster: String) -> Question { .groups(virtualCluster: virtualCluster) }

    static func items(in answer: AnswerValue) -> [GroupView]? {
        if case .groups(let groups) = answer { groups } else { nil }
    }

    static func forget(_ state: inout ConsoleState) { state.groups.lagHistory = [:] }

    static func received(_ state: inout ConsoleState) {
        let before = state.groups.lagHistory
        state.groups.lagHistory = [:]
        for group in state.groups.list.items {
            let lag = group.lag.map(Double.init) ?? 0
            state.groups.lagHistory[WireName(group.groupID)] = ((before[WireName(group.groupID)] ?? []) + [lag])
                .suffix(Self.historyLength)
        }
    }

    static func isBefore(_ left: GroupView, _ right: GroupView, by sort: GroupSort) -> Bool {
        switch sort {
        case .name: left.groupID < right.groupID
        case .state: (left.state, left.groupID) < (right.state, right.groupID)
        case .members: (right.members.count, left.groupID) < (left.members.count, right.groupID)
        case .lag: (right.lag ?? -1, left.groupID) < (left.lag ?? -1, right.groupID)
        }
    }

    // MARK: The open one

    static func opened(_ state: inout ConsoleState) {
        state.groups.offsets = TableState()
        state.groups.members = TableState()
        state.groups.isInMembers = false
    }

    static func settle(opened group: GroupView, _ state: inout ConsoleState) {
        let (now, lastKey) = (state.now, state.lastKey)
        state.groups.offsets.settle(group.offsets.map(\.rowID), now: now, lastKey: lastKey, force: true)
        state.groups.members.settle(group.members.map(\.memberID), now: now, lastKey: lastKey, force: true)
    }

    static func move(inOpened group: GroupView, _ motion: Motion, _ state: inout ConsoleState) {
        let rows = Self.openedRows(group, state)
        if state.groups.isInMembers {
            state.groups.members.move(motion, visibleRows: rows)
        } else {
            state.groups.offsets.move(motion, visibleRows: rows)
        }
    }

    // MARK: Requirements of Screen

    static func hint(_ state: ConsoleState) -> String {
        "Lag is in records. Principals are those whose clients are connected now."
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        if state.groups.list.opened != nil, state.groups.isInMembers, let member = state.groups.members.selected {
            return (member, "the member's id")
        }
        return state.groups.selected.map { ($0.groupID, "the group's id") }
    }

    static let commands: [Command] = Self.ownCommands + Self.tableCommands

    private static let ownCommands: [Command] = [
        Self.clusterCommand,
        Command(
            "groups pane", "switch between members and offsets", keys: [.tab], in: .place(.groups),
            unavailable: { $0.groups.list.opened == nil ? "No group is open." : nil }
        ) { state, _ in
            state.groups.isInMembers.toggle()
        },
    ]
}

/// The columns that groups can be sorted by.
enum GroupSort: String, SortColumn {
    case name, state, members, lag

    var title: String {
        switch self {
        case .name: "group"
        case .state: "state"
        case .members: "number of members"
        case .lag: "lag, largest first"
        }
    }

    var letter: Character? {
        switch self {
        case .name: "N"
        case .state: "E"
        case .members: "M"
        case .lag: "L"
        }
    }
}

extension GroupView: ClusterItem {
    var listName: String { self.groupID }
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
