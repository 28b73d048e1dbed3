import EngineInterface
import Foundation

/// The figures and graphs of the whole engine.
struct TrafficPanel {
    var traffic: Traffic
    var window: TimeWindow
    var glyphs: Glyphs

    func draw(_ style: LiveLayout.Style, into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        switch style {
        case .bare: self.drawLine(into: &grid, area: area)
        case .stacked: self.drawPanel(into: &grid, area: area)
        case .panes: self.drawGraphs(into: &grid, area: area)
        }
    }

    private var connections: String { NumberText.grouped(UInt64(self.traffic.connections.count)) }

    private func rate(_ series: PointSeries) -> String { NumberText.rate(series.current ?? 0) }

    private var storm: String? { self.traffic.denyStorm.map { "x" + NumberText.rate($0) } }

    /// The limits that clients reached, the most frequent first.
    private var limits: String {
        // A missing backend is not a limit.
        let reached = self.traffic.limits.filter { $0.count > 0 && $0.limit != .noBackend }.sorted {
            $0.count > $1.count
        }
        guard !reached.isEmpty else { return "" }
        let words = reached.map { "\($0.limit.rawValue) \(NumberText.grouped($0.count))" }
        return "  limits: " + words.joined(separator: ", ")
    }

    /// Connections refused a second; nil while there are none.
    private var refused: String? {
        guard let rate = self.traffic.refused.current, rate >= 0.05 else { return nil }
        return NumberText.rate(rate)
    }

    /// `conns 1204  allow 4811/s  deny 7/s !`
    private func drawLine(into grid: inout Grid, area: Rect) {
        let isDenying = (self.traffic.denied.current ?? 0) >= 0.05
        grid.runs(
            [
                .init("conns ", .muted), .init("\(self.traffic.connections.count)  ", .strong),
                .init(self.refused.map { "refused \($0)/s  " } ?? "", .stateDown), .init("allow ", .muted),
                .init(self.rate(self.traffic.allowed) + "/s  ", .decisionAllow), .init("deny ", .muted),
                .init(self.rate(self.traffic.denied) + "/s", isDenying ? .decisionDeny : .muted),
                .init(self.storm.map { " ! \($0)" } ?? "", .decisionDeny),
            ], column: area.column, row: area.row, area: area)
    }

    private var windows: String {
        TimeWindow.allCases.map { $0 == self.window ? "[\($0.label)]" : $0.label }.joined(separator: " ")
    }

    private func drawPanel(into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "Traffic, last \(self.window.words)" + self.limits, trailing: self.windows, glyphs: self.glyphs
        )
        func churn() -> [TextOverlay.Run] {
            [
                .init("  +" + NumberText.rate(self.traffic.opened), .deltaUp),
                .init(" -" + NumberText.rate(self.traffic.closed), .deltaDown), .init(" /s", .muted),
            ]
        }
        let isDenying = (self.traffic.denied.current ?? 0) >= 0.05
        let storm = self.storm.map { [TextOverlay.Run("  (!) \($0)", .decisionDeny)] } ?? []
        // Decisions are beside their own graph, connections beside their bytes.
        let left: [(String, String, [TextOverlay.Run], Role)] = [
            ("conns", self.connections, churn(), .strong),
            self.refused.map { ("refused", $0, [.init(" /s", .muted)], .stateDown) }
                ?? ("filtered", self.rate(self.traffic.filtered), [.init(" /s", .muted)], .muted),
            ("allow", self.rate(self.traffic.allowed), [.init(" /s", .muted)], .decisionAllow),
            (
                "deny", self.rate(self.traffic.denied), [.init(" /s", .muted)] + storm,
                isDenying ? .decisionDeny : .muted
            ),
        ]
        let right: [(String, String, PointSeries, Role)] = [
            ("in", NumberText.bytes(self.traffic.bytesIn.current ?? 0) + "/s", self.traffic.bytesIn, .graphLoad),
            ("out", NumberText.bytes(self.traffic.bytesOut.current ?? 0) + "/s", self.traffic.bytesOut, .graphLoad),
            ("allow", "max " + self.peak(self.traffic.allowed), self.traffic.allowed, .graphAllow),
            ("deny", "max " + self.peak(self.traffic.denied), self.traffic.denied, .graphDeny),
        ]
        let middle = inner.column + 33
        for index in 0..<min(4, inner.rows) {
            let row = inner.row + index
            let (name, figure, more, role) = left[index]
            grid.write(name, column: inner.column + 1, row: row, role: .muted, limit: inner)
            let start = inner.column + 10 + max(0, 7 - CellText.width(figure))
            let column = grid.write(figure, column: start, row: row, role: role, limit: inner)
            let half = Rect(column: inner.column, row: inner.row, columns: 32, rows: inner.rows)
            grid.runs(more, column: column, row: row, area: half)
            let (label, value, series, graphRole) = right[index]
            grid.write(label, column: middle, row: row, role: .muted, limit: inner)
            grid.write(value, column: middle + 15 - value.count, row: row, role: .base, limit: inner)
            let columns = inner.endColumn - (middle + 17) - 1
            let values = series.values(seconds: self.window.seconds, columns: columns)
            grid.bars(
                Sparkline.text(values, columns: columns, glyphs: self.glyphs), column: middle + 17, row: row,
                role: graphRole, glyphs: self.glyphs, limit: inner)
        }
    }

    private func peak(_ series: PointSeries) -> String { NumberText.rate(series.peak(seconds: self.window.seconds)) }

    private func drawGraphs(into grid: inout Grid, area: Rect) {
        let (first, rest) = area.splitLeft(area.columns / 3)
        let (second, third) = rest.splitLeft(area.columns / 3)
        grid.graph(
            self.traffic.allowed, window: self.window, title: "allow/s", peak: self.peak(self.traffic.allowed),
            figures: self.figures(self.traffic.allowed, .decisionAllow), role: .graphAllow, glyphs: self.glyphs,
            area: first)
        var denials = self.figures(self.traffic.denied, .decisionDeny)
        if let storm = self.storm {
            denials.append(.init("   \(self.glyphs.sortedUp) \(storm) normal", .decisionDeny))
        }
        grid.graph(
            self.traffic.denied, window: self.window, title: "deny/s", peak: self.peak(self.traffic.denied),
            figures: denials, role: .graphDeny, glyphs: self.glyphs, area: second)
        self.drawFlow(into: &grid, area: third)
    }

    private func figures(_ series: PointSeries, _ role: Role) -> [TextOverlay.Run] {
        func average(_ seconds: Int) -> String { series.average(seconds: seconds).map(NumberText.rate) ?? "0" }
        return [
            .init("  " + self.rate(series), role), .init(" /s   ", .muted), .init("1m ", .muted),
            .init(average(60), .base), .init("   15m ", .muted), .init(average(900), .base),
        ]
    }

    /// Bytes, connections and requests: one line each.
    private func drawFlow(into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "bytes and connections" + self.limits, trailing: self.windows, glyphs: self.glyphs)
        let lines: [(String, String, PointSeries)] = [
            ("in", NumberText.bytes(self.traffic.bytesIn.current ?? 0) + "/s", self.traffic.bytesIn),
            ("out", NumberText.bytes(self.traffic.bytesOut.current ?? 0) + "/s", self.traffic.bytesOut),
            ("requests", self.rate(self.traffic.requests) + "/s", self.traffic.requests),
            ("conns", self.connections, self.traffic.connectionCount),
        ]
        for (index, (name, figure, series)) in lines.prefix(inner.rows).enumerated() {
            let row = inner.row + index
            grid.write(name, column: inner.column + 1, row: row, role: .muted, limit: inner)
            grid.write(figure, column: inner.column + 18 - figure.count, row: row, role: .base, limit: inner)
            let columns = inner.endColumn - inner.column - 21
            let values = series.values(seconds: self.window.seconds, columns: columns)
            grid.bars(
                Sparkline.text(values, columns: columns, glyphs: self.glyphs), column: inner.column + 20, row: row,
                role: .graphLoad, glyphs: self.glyphs, limit: inner)
        }
        let row = inner.row + lines.count + 1
        grid.runs(
            [
                .init("opened ", .muted), .init("+\(NumberText.rate(self.traffic.opened))/s", .deltaUp),
                .init("   closed ", .muted), .init("-\(NumberText.rate(self.traffic.closed))/s", .deltaDown),
                .init(self.refused == nil ? "   filtered " : "   refused ", .muted),
                self.refused.map { .init("\($0)/s", .stateDown) }
                    ?? .init("\(self.rate(self.traffic.filtered))/s", .base),
            ], column: inner.column + 1, row: row, area: inner)
    }
}
