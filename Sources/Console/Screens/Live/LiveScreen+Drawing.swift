import EngineInterface
import Foundation
import Resources

extension LiveScreen {
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        if let block = state.live.block { return block.draw(state, into: &grid, area: area) }
        let layout = LiveLayout(state, area: area)
        let traffic = Self.shown(state)
        TrafficPanel(traffic: traffic, window: state.live.window, glyphs: state.glyphs)
            .draw(layout.style, into: &grid, area: layout.traffic)
        if layout.style == .bare, let detail = layout.detail {
            return Self.drawDetail(state, into: &grid, area: detail)
        }
        Self.drawConnections(state, traffic, layout, into: &grid)
        if let detail = layout.detail { Self.drawDetail(state, into: &grid, area: detail) }
        if let area = layout.denied { Self.drawDenied(state, traffic, into: &grid, area: area) }
        if let area = layout.listeners { Self.drawListeners(state, traffic, into: &grid, area: area) }
        if let area = layout.tail { Self.drawTail(state, into: &grid, area: area) }
    }

    // MARK: Connections

    static let columns: [TableColumn] = [
        TableColumn("CLIENT", width: 16, least: 13, weight: 2, sortKey: "client"),
        TableColumn("PRINCIPAL", width: 28, least: 9, weight: 2, sortKey: "principal"),
        TableColumn("CLIENT ID", width: 12, weight: 1, priority: 5, sortKey: "clientid"),
        TableColumn("VCLUSTER", width: 12, weight: 1, priority: 6, sortKey: "vcluster"),
        TableColumn("LISTENER", width: 16, weight: 1, priority: 9, sortKey: "listener"),
        TableColumn("AUTH", width: 5, priority: 7, sortKey: "auth"),
        TableColumn("SOFTWARE", width: 18, weight: 1, priority: 8, sortKey: "software"),
        TableColumn("AGE", width: 5, alignment: .right, priority: 4, sortKey: "age"),
        TableColumn("IN/s", width: 6, alignment: .right, priority: 3, sortKey: "in"),
        TableColumn("OUT/s", width: 6, alignment: .right, priority: 1, sortKey: "out"),
        TableColumn("DENY", width: 6, alignment: .right, sortKey: "deny"),
    ]

    static let placeColumns = PlaceColumns(
        place: .live, columns: { _ in Self.columns }, folded: { Set(Self.folded(Self.shown($0)).map(\.id)) })

    /// Columns with the same value for every connection, and the value.
    private static func folded(_ traffic: Traffic) -> [(id: String, value: String)] {
        let candidates: [(String, (ConnectionView) -> String)] = [
            ("VCLUSTER", { $0.virtualCluster ?? "" }), ("LISTENER", { $0.listener }),
            ("AUTH", { AuthenticationText.short($0.authentication ?? "...") }), ("SOFTWARE", { $0.software }),
            ("CLIENT ID", { $0.clientID ?? "" }),
        ]
        return candidates.compactMap { id, value in
            FoldedColumns.shared(traffic.connections, value).map { (id, $0) }
        }
    }

    private static func drawConnections(
        _ state: ConsoleState, _ traffic: Traffic, _ layout: LiveLayout, into grid: inout Grid
    ) {
        let table = state.live.table
        let choice = state.columnChoice(of: .live)
        let folded = Self.folded(traffic).filter { entry in
            Self.columns.first { $0.id == entry.id }.map { !choice.offers($0, folded: [entry.id]) } ?? false
        }
        if layout.style != .bare {
            let all = NumberText.grouped(UInt64(traffic.connections.count))
            let isFiltered = state.filter(of: .live) != nil
            let shown = isFiltered ? "\(NumberText.grouped(UInt64(table.order.count))) of \(all)" : all
            let column = Self.columns.first { $0.sortKey == state.live.sort.rawValue }
            let arrow = state.glyphs.sorted(down: (column?.sortsDown ?? false) != table.isReversed)
            let trailing = "sort \(column?.title ?? state.live.sort.rawValue) \(arrow)"
            // A value that all connections share is in the title instead of a column.
            let common = folded.map(\.value).filter { !$0.isEmpty }.joined(separator: "  ")
            let title = "Connections  \(shown)" + (common.isEmpty ? "" : "  all: \(CellText.sanitised(common))")
            grid.panel(
                layout.connections,
                title: CellText.cut(
                    title, to: max(14, layout.connections.columns - CellText.width(trailing) - 8),
                    ellipsis: state.glyphs.ellipsis),
                trailing: trailing, isFocused: !state.live.isDetailOpen,
                glyphs: state.glyphs)
        }
        let now = traffic.time ?? state.live.frozen?.at ?? state.now
        let view = Table(
            columns: Self.columns, state: table, choice: choice, folded: Set(folded.map(\.id)), glyphs: state.glyphs,
            isFocused: true)
        view.draw(into: &grid, area: layout.rows) { id in
            guard let session = UInt64(id) else { return nil }
            if let connection = traffic.connection(session) {
                return Self.cells(connection, traffic.sessions[session], at: now, state)
            }
            // A closed connection keeps its last values under the cursor. Any other closed row is empty until the next
            // sample removes it, because its id means nothing to the user.
            guard let last = state.live.lastSelected, last.connection.sessionID == session else {
                return [TableCell("")]
            }
            return Self.cells(last.connection, last.session, at: last.time, state)
        }
        // The row of a closed connection does not count.
        if table.order.isEmpty || traffic.connections.isEmpty {
            let space = layout.rows.splitTop(1 + min(table.order.count, 1)).rest
            grid.emptyState(Self.emptySentences(state), in: space)
        }
    }

    private static func cells(
        _ connection: ConnectionView, _ session: Traffic.Session?, at now: Date, _ state: ConsoleState
    ) -> [TableCell] {
        let isQuiet = connection.state == .draining || connection.state == .closed
        let base: Role = isQuiet ? .muted : .tableRow
        let isFresh = session?.deniedAt.map { now.timeIntervalSince($0) < 10 } ?? false
        let deny = NumberText.grouped(connection.denied) + (isFresh ? "!" : " ")
        let authentication =
            connection.state == .authenticating ? "..." : AuthenticationText.short(connection.authentication ?? "...")
        return [
            TableCell(connection.remoteAddress, base),
            TableCell(
                connection.principal.map(state.data.named) ?? "(signing in)",
                connection.principal == nil ? .statePending : base),
            TableCell(connection.clientID ?? "", base),
            TableCell(connection.virtualCluster ?? "", base), TableCell(connection.listener, base),
            TableCell(authentication, base), TableCell(connection.software, base),
            TableCell(NumberText.age(now.timeIntervalSince(connection.connectedAt)), base),
            TableCell(NumberText.bytes(Double(session?.inRate ?? 0)), base),
            TableCell(NumberText.bytes(Double(session?.outRate ?? 0)), base),
            TableCell(deny, isFresh ? .decisionDeny : connection.denied > 0 ? .stateWarn : .muted),
        ]
    }

    private static func emptySentences(_ state: ConsoleState) -> [String] {
        if state.filter(of: .live) != nil, !Self.shown(state).connections.isEmpty {
            return ["No connection matches the filter.", "/ changes it, Ctrl-T turns it off."]
        }
        if state.data.snapshot == nil { return ["Waiting for the engine's first figures."] }
        if let reasons = Self.whyNobodyCanConnect(state) { return reasons }
        return EmptyPlace.withoutClients(state)
    }

    /// The problem that keeps clients from connecting, and the place with details; nil when they can connect.
    private static func whyNobodyCanConnect(_ state: ConsoleState) -> [String]? {
        let down = Self.shown(state).components.filter { $0.state == .down }
        let map = Place.map.rawValue
        let backends = down.filter { $0.kind == "backend_cluster" }
        let listeners = down.filter { $0.kind == "listener" }
        var sentences: [String] = []
        switch backends.count {
        case 0: break
        case 1: sentences.append("The backend does not answer (\(map)).")
        case let count: sentences.append("\(count) backends do not answer (\(map)).")
        }
        switch listeners.count {
        case 0: break
        case 1: sentences.append("The listener is down (\(map)).")
        case let count: sentences.append("\(count) listeners are down (\(map)).")
        }
        guard !sentences.isEmpty else { return nil }
        let reasons = (backends + listeners).prefix(3).map { component in
            "\(component.name): \(component.reason ?? "no reason is known")"
        }
        return [sentences.joined(separator: " ")] + reasons
    }

    // MARK: Around it

    private static func drawDetail(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard let connection = Self.lastKnown(under: state) else {
            let inner = grid.panel(area, title: "Connection", glyphs: state.glyphs)
            return grid.emptyState(["This connection is closed."], in: inner)
        }
        let isGone = state.live.table.isSelectedGone
        let inner = grid.panel(
            area, title: connection.remoteAddress + (isGone ? "  closed: its last values" : ""),
            trailing: "Enter: its decisions", isFocused: true,
            glyphs: state.glyphs)
        let lines = ConnectionDetail.lines(connection, state: state, columns: inner.columns - 2)
        guard lines.count > inner.rows, inner.columns >= 72 else { return grid.lines(lines, in: inner) }
        // Lines that do not fit below go beside.
        let (left, right) = inner.splitLeft(inner.columns / 2)
        grid.lines(lines, in: left)
        grid.lines(lines, in: right, from: left.rows)
    }

    private static func drawDenied(_ state: ConsoleState, _ traffic: Traffic, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(area, title: "Top denied, 5 min", glyphs: state.glyphs)
        let second = traffic.second
        let ranked = traffic.principals.values
            .map { ($0, $0.deniedTotal(.fiveMinutes, at: second)) }
            .filter { $0.1 >= 1 }
            .sorted { ($1.1, $0.0.name) < ($0.1, $1.0.name) }
        guard !ranked.isEmpty else { return grid.emptyState(["No principal was denied."], in: inner) }
        let half = max(1, inner.rows / 2 - 1)
        for (index, (principal, total)) in ranked.prefix(half).enumerated() {
            let row = inner.row + index
            grid.line(
                principal.name, column: inner.column + 1, row: row, columns: 16, glyphs: state.glyphs)
            let text = NumberText.grouped(UInt64(total))
            grid.write(text, column: inner.column + 24 - text.count, row: row, role: .decisionDeny, limit: inner)
            let columns = inner.endColumn - inner.column - 27
            let graph = Sparkline.text(
                principal.denied?.rates(.fiveMinutes, at: second) ?? [], columns: max(0, columns),
                glyphs: state.glyphs)
            grid.bars(
                graph, column: inner.column + 26, row: row, role: .graphDeny, glyphs: state.glyphs, limit: inner)
        }
        let reasons = state.live.denialsByRule
        var row = inner.row + min(half, ranked.count) + 1
        grid.write("by rule", column: inner.column + 1, row: row, role: .muted, limit: inner)
        row += 1
        for (rule, count) in reasons.prefix(max(0, inner.endRow - row)) {
            grid.line(rule, column: inner.column + 1, row: row, columns: 16, role: .muted, glyphs: state.glyphs)
            let text = NumberText.grouped(UInt64(count))
            grid.write(text, column: inner.column + 24 - text.count, row: row, role: .base, limit: inner)
            row += 1
        }
    }

    private static func drawListeners(_ state: ConsoleState, _ traffic: Traffic, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(area, title: "Listeners and backends", glyphs: state.glyphs)
        guard !traffic.components.isEmpty else {
            return grid.emptyState(["No listener is set up.", "9 sets one up."], in: inner)
        }
        var lines: [TextOverlay.Line] = []
        for component in traffic.components {
            let isListener = component.kind == "listener"
            let role: Role =
                switch component.state {
                case .up: .stateOK
                case .warn: .stateWarn
                case .down: .stateDown
                }
            let name = CellText.cut(CellText.sanitised(component.name), to: 18, ellipsis: state.glyphs.ellipsis)
            let count = isListener ? "\(traffic.listeners[component.name] ?? 0) conn" : "backend"
            let pad = String(repeating: " ", count: max(1, 20 - CellText.width(name)))
            let pad2 = String(repeating: " ", count: max(1, 9 - count.count))
            lines.append(
                .init(runs: [
                    .init(name + pad, .base), .init(count + pad2, .muted), .init(component.state.rawValue, role),
                ]))
            if isListener, let listener = Self.listener(component.name, state) {
                let ports = listener.ports.map { $0.text ?? "\($0.range.lowerBound)" }.joined(separator: ",")
                lines.append(.init(" " + (listener.addresses.first ?? "") + ":" + ports, .muted))
            }
            if let reason = component.reason {
                lines += TextOverlay.Line.wrapped(reason, columns: inner.columns - 2, role: .stateWarn, indent: 1)
            }
        }
        grid.lines(lines, in: inner)
    }

    private static func listener(_ name: String, _ state: ConsoleState) -> Listener? {
        state.data.gatewayConfiguration?.listeners.first { $0.listener.name == name }?.listener
    }

    private static func drawTail(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "Denials, newest last", trailing: "4: all decisions", glyphs: state.glyphs)
        let until = state.live.frozen?.at
        var entries: [DecisionEntry] = []
        state.data.decisions.forEachDenialBackwards { entry in
            if until.map({ entry.record.time <= $0 }) ?? true, state.data.isHere(entry.record.gateway) {
                entries.append(entry)
            }
            return entries.count < inner.rows
        }
        guard !entries.isEmpty else { return grid.emptyState(["Nothing was denied."], in: inner) }
        let table = DecisionRow.table(state, folded: DecisionsScreen.placeColumns.folded(state), isFocused: false)
        let rows = entries.reversed().map { DecisionRow.cells($0, state) }
        let layout = table.layout(columns: inner.columns, contents: table.contents(of: rows))
        for (index, cells) in rows.enumerated() {
            table.drawRow(cells, layout: layout, row: inner.row + index, into: &grid, area: inner)
        }
    }
}

/// The sentences of an empty place.
enum EmptyPlace {
    static func withoutClients(_ state: ConsoleState) -> [String] {
        guard state.data.isConfigurationKnown else { return ["No clients are connected."] }
        guard let gateway = state.data.gatewayConfiguration else {
            return ["No gateway is set up yet.", "Press 9: the walkthrough sets one up in five minutes."]
        }
        guard let address = Self.address(gateway) else {
            return ["No listener is set up yet.", "Clients connect to listeners. Press 9 to add one."]
        }
        return [
            "No clients are connected.", "Point one at \(address): kcat -b \(address) -L",
        ]
    }

    /// The address for clients: the host that a forward policy advertises, and the listener's first port.
    private static func address(_ gateway: GatewayConfiguration) -> String? {
        for listener in gateway.listeners {
            guard let port = listener.listener.ports.first?.range.lowerBound else { continue }
            let host =
                listener.policies.first?.portMapping?.advertisedHost ?? listener.listener.addresses.first ?? "localhost"
            let reachable = ListenerAddress(text: host)?.isWildcard == true ? "localhost" : host
            return HostPort(host: reachable, port: port).description
        }
        return nil
    }
}
