import EngineInterface
import Foundation
import Resources

extension DecisionsScreen {
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        if let proposal = state.decisions.proposal {
            return RuleProposalView.draw(proposal, state, into: &grid, area: area)
        }
        let layout = DecisionsLayout(state, area: area)
        if !layout.list.isEmpty { Self.drawList(state, layout, into: &grid) }
        if let why = layout.why { Self.drawWhy(state, into: &grid, area: why) }
    }

    private static func drawList(_ state: ConsoleState, _ layout: DecisionsLayout, into grid: inout Grid) {
        let tail = state.decisions.tail
        let log = state.data.decisions
        if !layout.isBare {
            let filter = state.filters[.decisions].flatMap { $0.isOn && !$0.applied.isEmpty ? $0.applied : nil }
            let all = NumberText.grouped(UInt64(log.count))
            let count = filter == nil ? all : "\(NumberText.grouped(UInt64(tail.count))) of \(all)"
            let mode = tail.isPaused ? "paused" : tail.isFollowing ? "follow" : "stay"
            let isOnlyDenials = state.filter(of: .decisions)?.isOnlyDenials ?? false
            let since = log.complete(onlyDenials: isOnlyDenials).map {
                " since \(NumberText.moment($0, now: state.now))"
            }
            let trailing = "\(count)\(since ?? "")  \(mode)"
            // A long filter is cut in favour of the figures.
            let room = max(9, layout.list.columns - CellText.width(trailing) - 8)
            let title = "Decisions" + (filter.map { "  filter: \(CellText.sanitised($0))" } ?? "")
            grid.panel(
                layout.list, title: CellText.cut(title, to: room, ellipsis: state.glyphs.ellipsis),
                trailing: trailing, isFocused: !state.focusesSecondPane, glyphs: state.glyphs)
        }
        guard !layout.rows.isEmpty else { return }
        let table = DecisionRow.table(
            state, folded: Self.placeColumns.folded(state), isFocused: !state.focusesSecondPane)
        let widths = table.layout(
            columns: layout.rows.columns, contents: table.contents(of: Self.measured(state, layout)))
        table.drawHeader(widths, into: &grid, area: layout.rows)
        let window = tail.window(visibleRows: layout.visibleRows)
        for (line, index) in window.enumerated() {
            guard let entry = tail.matches[index].flatMap(log.entry) else { continue }
            table.drawRow(
                DecisionRow.cells(entry, state), layout: widths, row: layout.rows.row + 1 + line,
                isSelected: index == tail.selectedIndex, into: &grid, area: layout.rows)
        }
        if tail.count == 0 {
            grid.emptyState(Self.emptySentences(state), in: layout.rows.splitTop(1).rest)
        }
        guard layout.rows.rows >= 4, let note = Self.note(state, layout) else { return }
        grid.line(
            note.text, column: layout.rows.column + 1, row: layout.rows.endRow - 1, columns: layout.rows.columns - 2,
            role: note.role, glyphs: state.glyphs)
    }

    /// The rows in view and those before them, whose texts determine the column widths.
    private static func measured(_ state: ConsoleState, _ layout: DecisionsLayout) -> [[TableCell]] {
        let tail = state.decisions.tail
        let window = tail.window(visibleRows: layout.visibleRows)
        return (max(0, window.lowerBound - 100)..<window.upperBound).compactMap { index in
            tail.matches[index].flatMap(state.data.decisions.entry).map { DecisionRow.cells($0, state) }
        }
    }

    static let placeColumns = PlaceColumns(
        place: .decisions, columns: { _ in DecisionRow.columns },
        folded: { ($0.data.gatewayConfiguration?.virtualClusters.count ?? 0) == 1 ? ["VCLUSTER"] : [] })

    /// The line about decisions that are not shown, and the reason.
    private static func note(_ state: ConsoleState, _ layout: DecisionsLayout) -> (text: String, role: Role)? {
        let tail = state.decisions.tail
        let log = state.data.decisions
        if let pause = state.decisions.pause {
            let newer = NumberText.grouped(UInt64(tail.newer))
            let missing = log.unlisted - pause.unlisted
            let unlisted = missing > 0 ? ", \(NumberText.count(missing)) not listed (counted)" : ""
            let span = log.oldest.map { state.now.timeIntervalSince($0.record.time) } ?? 0
            let left =
                log.dropped > pause.dropped
                ? ", \(NumberText.grouped(UInt64(log.dropped - pause.dropped))) old ones dropped" : ""
            return (
                "--- paused at \(NumberText.clock(pause.at))  \(newer) newer\(unlisted) (buffer "
                    + "\(NumberText.grouped(UInt64(DecisionLog.capacity))), \(NumberText.age(span))\(left)) ---",
                .statePaused
            )
        }
        let below = tail.below(visibleRows: layout.visibleRows)
        guard !tail.isFollowing, below > 0 else { return nil }
        return ("--- \(NumberText.grouped(UInt64(below))) newer below; f follows, G goes to the newest ---", .muted)
    }

    private static func emptySentences(_ state: ConsoleState) -> [String] {
        if state.data.decisions.count > 0 {
            let kept = NumberText.grouped(UInt64(state.data.decisions.count))
            let searched =
                switch state.decisions.kept {
                case .notAsked: ["Not among the \(kept) here."]
                case .asking: ["Not among the \(kept) here; asking the engine for those it still holds..."]
                case .searched: ["Neither among the \(kept) here nor among those that the engine still holds."]
                case .failed(let reason):
                    [
                        "Not among the \(kept) here. The engine did not say which it still holds; asking again:",
                        CellText.sanitised(reason),
                    ]
                }
            return ["No decision matches the filter."] + searched + ["/ changes the filter, Ctrl-T turns it off."]
        }
        if !state.data.traffic.connections.isEmpty {
            let isEnforced =
                state.data.gatewayConfiguration?.virtualClusters
                .contains { $0.virtualCluster.aclMode == .enforceOnGateway } ?? true
            guard isEnforced else {
                return [
                    "No decisions: no virtual cluster enforces ACLs.",
                    "Set acl_mode to enforce_on_gateway (3 Map, e on the virtual cluster) to decide here.",
                ]
            }
        }
        return [
            "There is no decision yet.", "Each operation of a client on a topic, a group or the cluster shows here.",
        ]
    }

    // MARK: Why

    private static func drawWhy(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard let entry = Self.entry(under: state) else {
            let inner = grid.panel(area, title: "Why", glyphs: state.glyphs)
            return grid.emptyState(["Move to a decision to see its reason."], in: inner)
        }
        let inner = grid.panel(
            area, title: "Why: \(VerdictText.word(entry.record.verdict))", trailing: "Enter: full trace",
            isFocused: state.focusesSecondPane, glyphs: state.glyphs)
        let lines = Self.whyLines(state, entry, columns: inner.columns - 2, isTall: inner.rows > 8)
        grid.lines(lines, in: inner, from: state.secondPaneTop(of: lines.count, rows: inner.rows))
    }

    private static func whyLines(
        _ state: ConsoleState, _ entry: DecisionEntry, columns: Int, isTall: Bool
    ) -> [TextOverlay.Line] {
        // A focused pane shows the whole trace.
        DecisionTrace.summary(
            entry, explanation: state.decisions.explanations[entry.number], state, columns: columns,
            isTall: isTall || state.focusesSecondPane)
    }

    static func secondPane(_ state: ConsoleState) -> Rect? {
        state.decisions.proposal == nil ? DecisionsLayout(state, area: state.bodyArea).why : nil
    }

    static func secondPaneLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        Self.entry(under: state).map { Self.whyLines(state, $0, columns: columns, isTall: true) } ?? []
    }
}
