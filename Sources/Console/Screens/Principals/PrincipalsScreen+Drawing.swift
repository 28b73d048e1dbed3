import EngineInterface
import Foundation
import Resources

extension PrincipalsScreen {
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let layout = PrincipalsLayout(state, area: area)
        if !layout.list.isEmpty { Self.drawList(state, layout, into: &grid) }
        if let detail = layout.detail { Self.drawDetail(state, into: &grid, area: detail) }
    }

    static let placeColumns = PlaceColumns(
        place: .principals, columns: { Self.columns($0.principals.window, isWide: true) })

    private static func columns(_ window: TimeWindow, isWide: Bool) -> [TableColumn] {
        [
            TableColumn("PRINCIPAL", width: 28, least: 12, weight: 3, sortKey: "principal"),
            TableColumn("CONN", width: 5, alignment: .right, priority: 3, sortKey: "connections"),
            TableColumn("ALLOW/s", width: 8, alignment: .right, priority: 2, sortKey: "allow"),
            TableColumn("ALLOW \(window.label)", id: "ALLOW", width: 10, weight: 3, priority: 6, isGraph: true),
            TableColumn("DENY/s", width: 7, alignment: .right, priority: 1, sortKey: "deny"),
            TableColumn("DENY \(window.label)", id: "DENY", width: 9, weight: 3, priority: 5, isGraph: true),
            TableColumn("DENIED", width: 7, alignment: .right, sortKey: "denials"),
            TableColumn("LAST DENY", width: 12, weight: 1, priority: 4, sortKey: "last"),
        ]
            + (isWide
                ? [
                    TableColumn("IN/s", width: 6, alignment: .right, priority: 7),
                    TableColumn("OUT/s", width: 6, alignment: .right, priority: 7, sortKey: "traffic"),
                    TableColumn("FILTER/s", width: 8, alignment: .right, priority: 9),
                ] : [])
    }

    private static func drawList(_ state: ConsoleState, _ layout: PrincipalsLayout, into grid: inout Grid) {
        let traffic = Self.shown(state)
        let screen = state.principals
        let windows = TimeWindow.allCases.map { $0 == screen.window ? "[\($0.label)]" : $0.label }
            .joined(separator: " ")
        let choice = state.columnChoice(of: .principals)
        if !layout.isBare {
            let count = screen.table.order.count
            let isFiltered = state.filter(of: .principals) != nil
            let shown = isFiltered ? "\(count) of \(traffic.principals.count)" : "\(count)"
            let ranked = screen.sort == .denials ? "denials in \(screen.window.words)" : screen.sort.title
            grid.panel(
                layout.list, title: "Principals  \(shown), by \(ranked)", trailing: windows,
                isFocused: !state.focusesSecondPane, glyphs: state.glyphs)
        }
        let table = Table(
            columns: Self.columns(screen.window, isWide: choice.isWide || layout.rows.columns >= 96),
            state: screen.table, choice: choice, glyphs: state.glyphs, isFocused: !state.focusesSecondPane)
        func cells(_ name: String, width: (Int) -> Int) -> [TableCell]? {
            guard let principal = traffic.principals[WireName(name)] else { return nil }
            return Self.cells(
                principal, shownName: state.data.named(name),
                lastDenial: state.data.decisions.lastDenials[WireName(name)], window: screen.window,
                second: traffic.second, now: traffic.time ?? screen.frozen?.at ?? state.now, width: width,
                glyphs: state.glyphs)
        }
        // Graphs are as wide as their columns, so the columns come first.
        let widths = table.layout(
            columns: layout.rows.columns,
            contents: table.contents(visibleRows: layout.rows.rows) { cells($0, width: { _ in 0 }) })
        let width = Dictionary(widths.map { ($0.index, $0.width) }, uniquingKeysWith: { $1 })
        table.draw(into: &grid, area: layout.rows, layout: widths) { cells($0, width: { width[$0] ?? 0 }) }
        if screen.table.order.isEmpty {
            return grid.emptyState(Self.emptySentences(state), in: layout.rows.splitTop(1).rest)
        }
        guard let totals = layout.totals, !totals.isEmpty else { return }
        var cells = Self.totalCells(
            traffic, window: screen.window, width: { width[$0] ?? 0 }, glyphs: state.glyphs)
        cells = cells.map { TableCell($0.text, $0.role == .tableRow ? .strong : $0.role) }
        table.drawRow(cells, layout: widths, row: totals.row, into: &grid, area: totals)
    }

    private static func cells(
        _ principal: PrincipalRollup, shownName: String, lastDenial: DecisionRecord?, window: TimeWindow, second: Int,
        now: Date,
        width: (Int) -> Int, glyphs: Glyphs
    ) -> [TableCell] {
        let isIdle = principal.presence.connections == 0
        let allow = Sparkline.text(
            Self.fitted(principal.allowed?.rates(window, at: second) ?? [], width(3)), columns: width(3), glyphs: glyphs
        )
        let deny = Sparkline.text(
            Self.fitted(principal.denied?.rates(window, at: second) ?? [], width(5)), columns: width(5), glyphs: glyphs)
        let denied = principal.deniedTotal(window, at: second)
        let isDenying = principal.denyRate >= 0.05
        let last = lastDenial.map {
            NumberText.age(now.timeIntervalSince($0.time)) + " " + $0.operation.rawValue.uppercased()
        }
        return [
            TableCell(shownName, isIdle ? .muted : .tableRow),
            TableCell(principal.presence.connections == 0 ? "-" : String(principal.presence.connections), .tableRow),
            TableCell(NumberText.rate(principal.allowRate), principal.allowRate >= 0.05 ? .decisionAllow : .muted),
            TableCell(allow, .graphAllow),
            TableCell(NumberText.rate(principal.denyRate), isDenying ? .decisionDeny : .muted),
            TableCell(deny, .graphDeny),
            TableCell(NumberText.grouped(UInt64(max(0, denied))), denied > 0 ? .decisionDeny : .muted),
            TableCell(last ?? (principal.totals.denied > 0 ? "before" : "never"), last == nil ? .muted : .tableRow),
            TableCell(NumberText.bytes(principal.presence.inRate)),
            TableCell(NumberText.bytes(principal.presence.outRate)),
            TableCell(NumberText.rate(principal.filterRate), .muted),
        ]
    }

    /// Sixty points in a narrow column: neighbours are averaged, so that the whole window shows.
    private static func fitted(_ values: [Double], _ columns: Int) -> [Double] {
        guard columns > 0, WindowedCounts.points > columns else { return values }
        let share = (WindowedCounts.points + columns - 1) / columns
        // Shares are counted from the newest.
        var result: [Double] = []
        var end = values.count
        while end > 0 {
            let start = max(0, end - share)
            result.append(values[start..<end].reduce(0, +) / Double(end - start))
            end = start
        }
        return result.reversed()
    }

    private static func totalCells(
        _ traffic: Traffic, window: TimeWindow, width: (Int) -> Int, glyphs: Glyphs
    ) -> [TableCell] {
        func graph(_ series: PointSeries, _ columns: Int) -> String {
            Sparkline.text(
                series.values(seconds: window.seconds, columns: columns), columns: columns, glyphs: glyphs)
        }
        let denied = traffic.principals.values.reduce(0.0) { $0 + $1.deniedTotal(window, at: traffic.second) }
        let isDenying = (traffic.denied.current ?? 0) >= 0.05
        return [
            TableCell("totals"), TableCell(String(traffic.connections.count)),
            TableCell(NumberText.rate(traffic.allowed.current ?? 0)),
            TableCell(graph(traffic.allowed, width(3)), .graphAllow),
            TableCell(NumberText.rate(traffic.denied.current ?? 0), isDenying ? .decisionDeny : .tableRow),
            TableCell(graph(traffic.denied, width(5)), .graphDeny), TableCell(NumberText.grouped(UInt64(denied))),
            TableCell(traffic.denyStorm.map { "(!) x\(NumberText.rate($0))" } ?? "", .decisionDeny),
            TableCell(NumberText.bytes(traffic.bytesIn.current ?? 0)),
            TableCell(NumberText.bytes(traffic.bytesOut.current ?? 0)),
            TableCell(NumberText.rate(traffic.filtered.current ?? 0)),
        ]
    }

    private static func emptySentences(_ state: ConsoleState) -> [String] {
        if state.filter(of: .principals) != nil, !Self.shown(state).principals.isEmpty {
            return ["No principal matches the filter.", "/ changes it, Ctrl-T turns it off."]
        }
        if state.data.snapshot == nil { return ["Waiting for the engine's first figures."] }
        let rest = EmptyPlace.withoutClients(state)
        return ["No client has signed in yet."] + rest.dropFirst(rest.count > 1 ? 1 : 0)
    }

    private static func drawDetail(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard let principal = Self.principal(under: state) else {
            let inner = grid.panel(area, title: "Why denied", glyphs: state.glyphs)
            return grid.emptyState(["Move to a principal to see why it is denied."], in: inner)
        }
        let inner = grid.panel(
            area, title: "\(principal.name): why denied, last \(state.principals.window.words)",
            isFocused: state.focusesSecondPane, glyphs: state.glyphs)
        // A focused pane shows everything.
        let lines = PrincipalDetail.lines(
            principal, state: state, columns: inner.columns - 2, isTall: inner.rows > 12 || state.focusesSecondPane)
        grid.lines(lines, in: inner, from: state.secondPaneTop(of: lines.count, rows: inner.rows))
    }

    static func secondPane(_ state: ConsoleState) -> Rect? { PrincipalsLayout(state, area: state.bodyArea).detail }

    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        Self.principal(under: state).map {
            PrincipalDetail.lines($0, state: state, columns: columns, isTall: true)
        } ?? []
    }
}
