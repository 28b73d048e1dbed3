import EngineInterface
import Resources

extension TopicsScreen {
    static let split = (listShare: 62, detailRows: 7)
    static let detailHint = "Enter: partitions"

    static let columns: [TableColumn] = [
        TableColumn("TOPIC", width: 24, least: 18, weight: 3, sortKey: "name"),
        TableColumn("PHYSICAL", width: 14, weight: 2, priority: 3),
        TableColumn("PART", width: 5, alignment: .right, sortKey: "partitions"),
        TableColumn("RF", width: 3, alignment: .right, priority: 2, sortKey: "rf"),
        TableColumn("HEALTH", width: 8, priority: 1, sortKey: "health", sortsDown: true),
        TableColumn("WHO CAN READ", width: 16, weight: 2, priority: 1, sortKey: "readers", sortsDown: true),
    ]

    static func folded(_ items: [TopicView]) -> Set<String> {
        items.allSatisfy { $0.physicalName.hasSameBytes(as: $0.name) } ? ["PHYSICAL"] : []
    }

    static func cells(_ topic: TopicView, _ state: ConsoleState) -> [TableCell] {
        let isSame = topic.physicalName == topic.name
        return [
            TableCell(topic.name, topic.isInternal ? .muted : .tableRow),
            TableCell(topic.physicalName, isSame ? .muted : .tableRow), TableCell("\(topic.partitions.count)"),
            TableCell("\(topic.replicationFactor)"), topic.health,
            TableCell(
                NameList.short(topic.readers.map(state.data.named), columns: 30),
                topic.readers.isEmpty ? .muted : .tableRow),
        ]
    }

    static func emptyLines(_ state: ConsoleState) -> [String] {
        let topics = state.topics
        if topics.list.items.isEmpty {
            return [
                "There is no topic on \(state.shownCluster?.name ?? "this cluster") yet.",
                "Clients and admin tools create topics. The backend may have others that are hidden here.",
            ]
        }
        guard topics.viewer != .everything else { return [] }
        guard let visible = topics.visible else {
            return [
                topics.viewProblem.map { "What \(topics.viewer.label) sees is not known: \($0)" }
                    ?? "Asking the engine what \(topics.viewer.label) may describe..."
            ]
        }
        return visible.isEmpty
            ? [
                "\(topics.viewer.label) sees no topic here.",
                "A topic is listed for principals that may DESCRIBE it. 3 shows the policies, Esc everything.",
            ] : []
    }

    static func drawDetail(_ topic: TopicView, _ state: ConsoleState, into grid: inout Grid, inner: Rect) {
        var row = inner.row
        for (label, text, role) in Self.facts(topic, isTall: inner.rows > 8) {
            let room = max(1, inner.columns - 13)
            for (index, line) in CellText.wrapped(CellText.sanitised(text), columns: room).enumerated() {
                guard row < inner.endRow else { return }
                grid.detail(
                    index == 0 ? label : "", line, row: row, area: inner, role: role, glyphs: state.glyphs)
                row += 1
            }
        }
        let below = Rect(
            column: inner.column, row: row + 1, columns: inner.columns, rows: inner.endRow - row - 1)
        guard below.rows >= 5 else { return }
        Self.partitionTable(TableState(listing: topic.partitionIDs), state, isFocused: false)
            .draw(into: &grid, area: below) { Self.partitionCells(topic, $0) }
    }

    private static func facts(_ topic: TopicView, isTall: Bool) -> [(String, String, Role)] {
        var lines: [(String, String, Role)] = [
            ("readers", topic.readers.isEmpty ? "nobody" : topic.readers.joined(separator: " "), .base),
            ("writers", topic.writers.isEmpty ? "nobody" : topic.writers.joined(separator: " "), .base),
            ("health", topic.health.text, topic.health.role),
        ]
        if topic.physicalName != topic.name { lines.append(("physical", topic.physicalName, .base)) }
        if topic.isInternal { lines.append(("internal", "yes", .muted)) }
        lines.append(("id", topic.topicID ?? "(none)", .muted))
        if isTall {
            var leaders: [Int32: Int] = [:]
            for partition in topic.partitions { leaders[partition.leader, default: 0] += 1 }
            for (leader, count) in leaders.sorted(by: { $0.key < $1.key }).prefix(12) {
                let name = leader < 0 ? "no leader" : "broker \(leader)"
                lines.append((name, "leads \(count) of \(topic.partitions.count)", leader < 0 ? .stateDown : .base))
            }
            lines.append(
                (
                    "",
                    "Readers and writers are principals that are connected, were seen, or are named in a rule; "
                        + "those not connected are judged without their claims.", .muted
                ))
            lines.append(("", "Record contents are never shown; they stay in the cluster.", .muted))
        }
        return lines
    }

    // MARK: Partitions

    private static func headRows(_ inner: Rect) -> Int { inner.rows >= 10 ? 4 : 0 }

    static func partitionRows(_ state: ConsoleState) -> Int {
        let area = state.bodyArea
        let inner = area.columns >= 60 && area.rows >= 3 ? area.inset() : area
        return Table.visibleRows(in: inner.splitTop(Self.headRows(inner)).rest)
    }

    static func drawOpened(_ topic: TopicView, _ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner =
            area.columns < 60
            ? area
            : grid.panel(
                area, title: topic.name, trailing: "\(topic.partitions.count) partitions", isFocused: true,
                glyphs: state.glyphs)
        let (head, rest) = inner.splitTop(Self.headRows(inner))
        for (index, fact) in Self.facts(topic, isTall: false).prefix(max(0, head.rows - 1)).enumerated() {
            grid.detail(fact.0, fact.1, row: head.row + index, area: head, role: fact.2, glyphs: state.glyphs)
        }
        Self.partitionTable(state.topics.partitions, state, isFocused: true)
            .draw(into: &grid, area: rest) { Self.partitionCells(topic, $0) }
    }

    private static func partitionTable(_ rows: TableState, _ state: ConsoleState, isFocused: Bool) -> Table {
        Table(
            columns: [
                TableColumn("PART", width: 5, alignment: .right), TableColumn("LEADER", width: 7, alignment: .right),
                TableColumn("REPLICAS", width: 10, weight: 1, priority: 1),
                TableColumn("IN SYNC", width: 10, weight: 1, priority: 1), TableColumn("HEALTH", width: 10),
            ], state: rows, glyphs: state.glyphs, isFocused: isFocused)
    }

    private static func partitionCells(_ topic: TopicView, _ id: String) -> [TableCell]? {
        guard let index = Int32(id), let partition = topic.partition(index) else { return nil }
        let missing = partition.replicas.filter { !partition.inSyncReplicas.contains($0) }
        let health: TableCell =
            partition.leader < 0
            ? TableCell("no leader", .stateDown)
            : missing.isEmpty ? TableCell("ok", .stateOK) : TableCell("\(missing.count) behind", .stateWarn)
        return [
            TableCell(id), TableCell(partition.leader < 0 ? "none" : "\(partition.leader)"),
            TableCell(partition.replicas.map(String.init).joined(separator: " ")),
            TableCell(partition.inSyncReplicas.map(String.init).joined(separator: " ")), health,
        ]
    }
}

extension TopicView {
    var partitionIDs: [String] { self.partitions.map { String($0.index) } }

    /// Partitions come in order, so that the index mostly is the place.
    fileprivate func partition(_ index: Int32) -> Partition? {
        let place = Int(index)
        if self.partitions.indices.contains(place), self.partitions[place].index == index {
            return self.partitions[place]
        }
        return self.partitions.first { $0.index == index }
    }
}
