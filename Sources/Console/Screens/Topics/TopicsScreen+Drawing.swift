import GatewayModel

extension TopicsScreen {
    static func split(_ area: Rect, _ state: ConsoleState) -> (list: Rect, detail: Rect) {
        let none = Rect(column: area.column, row: area.row, columns: 0, rows: 0)
        if state.isZoomed || area.columns < 60 || area.rows < 14 { return (area, none) }
        if area.columns >= 120 {
            let (left, right) = area.splitLeft(area.columns * 62 / 100)
            return (left, right)
        }
        let (list, detail) = area.splitBottom(7)
        return (list, detail)
    }

    static func listArea(_ area: Rect, _ state: ConsoleState) -> Rect {
        let (list, _) = Self.split(area, state)
        return area.columns >= 60 && list.rows >= 3 ? list.inset() : list
    }

    static func visibleRows(_ state: ConsoleState) -> Int {
        let area = state.bodyArea
        guard state.topics.opened != nil else { return Table.visibleRows(in: Self.listArea(area, state)) }
        let inner = area.columns >= 60 && area.rows >= 3 ? area.inset() : area
        return Table.visibleRows(in: inner.splitTop(Self.headRows(inner)).rest)
    }

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        if let name = state.topics.opened, let topic = state.topics.byName[name] {
            return Self.drawPartitions(topic, state, into: &grid, area: area)
        }
        let (list, detail) = Self.split(area, state)
        let cluster = state.shownCluster?.name
        let title = cluster.map { "Topics on \($0)" } ?? "Topics"
        let total = state.topics.listing.items.count
        let count = state.topics.shownCount == total ? "\(total)" : "\(state.topics.shownCount) of \(total)"
        let inner =
            area.columns < 60
            ? list
            : grid.panel(
                list, title: title, trailing: state.topics.listing.isLoaded ? count : "", isFocused: true,
                glyphs: state.glyphs)
        if let lines = Self.emptyLines(state) {
            grid.notice(lines, area: inner, glyphs: state.glyphs)
        } else {
            Self.table(state).draw(into: &grid, area: inner) { Self.cells(state, $0) }
        }
        guard !detail.isEmpty else { return }
        Self.drawDetail(state, into: &grid, area: detail)
    }

    /// What stands in place of the list.
    private static func emptyLines(_ state: ConsoleState) -> [String]? {
        let topics = state.topics
        if let lines = state.listingProblem(topics.listing, what: "topics") { return lines }
        if !topics.table.order.isEmpty { return nil }
        if topics.listing.items.isEmpty {
            return [
                "There is no topic on \(state.shownCluster?.name ?? "this cluster") yet.",
                "A client or an admin tool makes them; topics of the backend that are hidden here do not count.",
            ]
        }
        if topics.viewer != .everything, topics.visible == nil {
            if let problem = topics.viewProblem { return ["What \(topics.viewer.label) sees is not known: \(problem)"] }
            return ["Asking the engine what \(topics.viewer.label) may describe..."]
        }
        if topics.viewer != .everything, topics.visible?.isEmpty == true {
            return [
                "\(topics.viewer.label) sees no topic here.",
                "Topics are listed to those that may DESCRIBE them. 3 shows the policies, Esc everything.",
            ]
        }
        return ["No topic matches the filter.", "/ changes it, Ctrl-T turns it off."]
    }

    private static func table(_ state: ConsoleState) -> Table {
        Table(
            columns: [
                TableColumn("TOPIC", width: 18, weight: 3, sortKey: "name"),
                TableColumn("PHYSICAL", width: 14, weight: 2, priority: 3),
                TableColumn("PART", width: 5, alignment: .right, sortKey: "partitions"),
                TableColumn("RF", width: 3, alignment: .right, priority: 2, sortKey: "rf"),
                TableColumn("HEALTH", width: 8, priority: 1, sortKey: "health"),
                TableColumn("WHO CAN READ", width: 16, weight: 2, priority: 1, sortKey: "readers"),
            ], state: state.topics.table, glyphs: state.glyphs, isFocused: true)
    }

    private static func cells(_ state: ConsoleState, _ name: String) -> [TableCell]? {
        guard let topic = state.topics.byName[name] else { return nil }
        let isSame = topic.physicalName == topic.name
        return [
            TableCell(topic.name, topic.isInternal ? .muted : .tableRow),
            TableCell(topic.physicalName, isSame ? .muted : .tableRow), TableCell("\(topic.partitions.count)"),
            TableCell("\(topic.replicationFactor)"), topic.health,
            TableCell(
                NameList.short(topic.readers, columns: 18), topic.readers.isEmpty ? .muted : .tableRow),
        ]
    }

    private static func drawDetail(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard let topic = state.topics.selected else {
            grid.panel(area, title: "Topic", glyphs: state.glyphs)
            return
        }
        let inner = grid.panel(
            area, title: topic.name, trailing: "Enter: partitions", glyphs: state.glyphs)
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
            lines.append(("", "Readers and writers are principals connected now.", .muted))
            lines.append(("", "Contents are never shown: they stay in the cluster.", .muted))
        }
        return lines
    }

    // MARK: Partitions

    static func headRows(_ inner: Rect) -> Int { inner.rows >= 10 ? 4 : 0 }

    private static func drawPartitions(
        _ topic: TopicView, _ state: ConsoleState, into grid: inout Grid, area: Rect
    ) {
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
    fileprivate var partitionIDs: [String] { self.partitions.map { String($0.index) } }

    /// Partitions come in order, so that the index mostly is the place.
    fileprivate func partition(_ index: Int32) -> Partition? {
        let place = Int(index)
        if self.partitions.indices.contains(place), self.partitions[place].index == index {
            return self.partitions[place]
        }
        return self.partitions.first { $0.index == index }
    }
}
