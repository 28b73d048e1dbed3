import EngineInterface
import Resources

extension GroupsScreen {
    static let split = (listShare: 58, detailRows: 8)
    static let detailHint = "Enter: members, offsets"

    static let columns: [TableColumn] = [
        TableColumn("GROUP", width: 20, least: 16, weight: 3, sortKey: "name"),
        TableColumn("TYPE", width: 8, priority: 3),
        TableColumn("STATE", width: 10, priority: 1, sortKey: "state"),
        TableColumn("MEMBERS", width: 7, alignment: .right, priority: 2, sortKey: "members"),
        TableColumn("LAG", width: 9, alignment: .right, sortKey: "lag"),
        TableColumn("TREND", width: 10, priority: 4, isGraph: true),
        TableColumn("PRINCIPAL", width: 13, weight: 2, priority: 1),
    ]

    static func folded(_ items: [GroupView]) -> Set<String> {
        FoldedColumns.shared(items, \.type) == nil ? [] : ["TYPE"]
    }

    static func cells(_ group: GroupView, _ state: ConsoleState) -> [TableCell] {
        return [
            TableCell(group.groupID), TableCell(group.type, .muted), Self.stateCell(group),
            TableCell("\(group.members.count)"), Self.lagCell(group),
            TableCell(
                Sparkline.text(
                    state.groups.lagHistory[WireName(group.groupID)] ?? [], columns: 10, glyphs: state.glyphs),
                .graphLoad),
            TableCell(
                group.principals.isEmpty ? "-" : NameList.short(group.principals.map(state.data.named), columns: 30),
                group.principals.isEmpty ? .muted : .tableRow),
        ]
    }

    private static func stateCell(_ group: GroupView) -> TableCell {
        let role: Role =
            switch group.state.lowercased() {
            case "stable": .stateOK
            case "empty": .stateOff
            case "dead": .stateDown
            default: .stateWarn
            }
        return TableCell(group.state, role)
    }

    private static func lagCell(_ group: GroupView) -> TableCell {
        guard let lag = group.lag else { return TableCell("?", .muted) }
        return TableCell(Self.number(lag), lag == 0 ? .muted : .tableRow)
    }

    private static func number(_ value: Int64) -> String {
        value < 0 ? String(value) : NumberText.grouped(UInt64(value))
    }

    static func emptyLines(_ state: ConsoleState) -> [String] {
        guard state.groups.list.items.isEmpty else { return [] }
        return [
            "There is no group on \(state.shownCluster?.name ?? "this cluster").",
            "A group appears when its first consumer joins; joining needs READ on the group.",
        ]
    }

    static func drawDetail(_ group: GroupView, _ state: ConsoleState, into grid: inout Grid, inner: Rect) {
        var row = inner.row
        func add(_ label: String, _ text: String, _ role: Role = .base) {
            grid.detail(label, text, row: row, area: inner, role: role, glyphs: state.glyphs)
            row += 1
        }
        add("state", "\(group.state)  \(group.type)", Self.stateCell(group).role)
        add("lag", group.lag.map(Self.number) ?? "unknown")
        add("principals", group.principals.isEmpty ? "none connected" : group.principals.joined(separator: " "))
        if group.physicalName != group.groupID { add("physical", group.physicalName) }
        for (index, member) in group.members.prefix(max(0, (inner.endRow - row) / 2)).enumerated() {
            add(index == 0 ? "members" : "", "\(member.clientID)  \(member.clientHost)")
        }
        let worst = group.offsets.sorted { ($1.lag ?? -1, $0.rowID) < ($0.lag ?? -1, $1.rowID) }
        for (index, offset) in worst.prefix(max(0, inner.endRow - row)).enumerated() {
            let lag = offset.lag.map { "\(Self.number($0)) behind" } ?? "end unknown"
            add(index == 0 ? "slowest" : "", "\(offset.topic) \(offset.partition)  \(lag)")
        }
    }

    // MARK: One group

    static func openedRows(_ group: GroupView, _ state: ConsoleState) -> Int {
        let area = state.bodyArea
        let (_, offsets) = Self.openedAreas(area, members: group.members.count)
        return Table.visibleRows(in: area.columns >= 60 && offsets.rows >= 3 ? offsets.inset() : offsets)
    }

    /// Members above, offsets below.
    private static func openedAreas(_ area: Rect, members: Int) -> (members: Rect, offsets: Rect) {
        guard area.rows >= 12, area.columns >= 60 else {
            return (Rect(column: area.column, row: area.row, columns: 0, rows: 0), area)
        }
        if area.columns >= 120 {
            let (left, right) = area.splitLeft(area.columns * 55 / 100)
            return (right, left)
        }
        let (top, rest) = area.splitTop(min(area.rows / 2, max(4, members + 3)))
        return (top, rest)
    }

    static func drawOpened(_ group: GroupView, _ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let (top, bottom) = Self.openedAreas(area, members: group.members.count)
        // Without room for members, the offsets get the keys.
        let isInMembers = state.groups.isInMembers && !top.isEmpty
        if !top.isEmpty {
            let inner = grid.panel(
                top, title: "Members of \(group.groupID)", trailing: "\(group.members.count)",
                isFocused: isInMembers, glyphs: state.glyphs)
            if group.members.isEmpty {
                grid.notice(["This group has no members now."], area: inner, glyphs: state.glyphs)
            } else {
                let table = Table(
                    columns: [
                        TableColumn("CLIENT", width: 16, weight: 2), TableColumn("HOST", width: 15, weight: 1),
                        TableColumn("MEMBER", width: 20, weight: 3, priority: 1),
                    ], state: state.groups.members, glyphs: state.glyphs, isFocused: isInMembers)
                table.draw(into: &grid, area: inner) { id in
                    guard let member = group.members.first(where: { $0.memberID == id }) else { return nil }
                    return [
                        TableCell(member.clientID), TableCell(member.clientHost), TableCell(member.memberID, .muted),
                    ]
                }
            }
        }
        let inner =
            area.columns < 60
            ? bottom
            : grid.panel(
                bottom, title: "Offsets of \(group.groupID)",
                trailing: "lag \(group.lag.map(Self.number) ?? "unknown")", isFocused: !isInMembers,
                glyphs: state.glyphs)
        guard !group.offsets.isEmpty else {
            return grid.notice(["No offset was committed yet."], area: inner, glyphs: state.glyphs)
        }
        let offsets = Dictionary(group.offsets.map { ($0.rowID, $0) }, uniquingKeysWith: { first, _ in first })
        let table = Table(
            columns: [
                TableColumn("TOPIC", width: 16, weight: 3), TableColumn("PART", width: 4, alignment: .right),
                TableColumn("COMMITTED", width: 12, alignment: .right, priority: 1),
                TableColumn("END", width: 12, alignment: .right, priority: 1),
                TableColumn("LAG", width: 10, alignment: .right),
            ], state: state.groups.offsets, glyphs: state.glyphs, isFocused: !isInMembers)
        table.draw(into: &grid, area: inner) { id in
            guard let offset = offsets[id] else { return nil }
            return [
                TableCell(offset.topic), TableCell("\(offset.partition)"), TableCell(Self.number(offset.committed)),
                TableCell(offset.end.map(Self.number) ?? "?"),
                TableCell(offset.lag.map(Self.number) ?? "?", offset.lag == 0 ? .muted : .tableRow),
            ]
        }
    }
}
