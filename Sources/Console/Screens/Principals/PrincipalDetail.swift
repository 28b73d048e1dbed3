import EngineInterface
import Foundation
import Resources

/// One principal's denied and allowed operations, and the rules that decided.
enum PrincipalDetail {
    static func lines(
        _ principal: PrincipalRollup, state: ConsoleState, columns: Int, isTall: Bool
    ) -> [TextOverlay.Line] {
        let traffic = PrincipalsScreen.shown(state)
        let now = traffic.time ?? state.now
        let window = state.principals.window
        // The same moments as the column DENIED counts.
        let start = Date(timeIntervalSince1970: Double(window.start(at: traffic.second)))
        let since = max(start, traffic.since ?? start)
        let reasons = DenialReasons.of(
            principal.name, state.data.decisions, since: since, until: traffic.sampledAt ?? now)
        var lines: [TextOverlay.Line] = []
        if reasons.isEmpty {
            let total = NumberText.grouped(principal.totals.denied)
            lines.append(
                .init(
                    principal.totals.denied == 0
                        ? "Never denied since the engine started."
                        : "Not denied in the last \(window.words); \(total) times since the engine started.", .muted))
            lines += Self.counters(principal.name, state, columns: columns, limit: isTall ? 8 : 3)
        } else {
            for (reason, count) in reasons.prefix(isTall ? 12 : 4) { lines.append(Self.line(reason, count, columns)) }
            let kept = state.data.decisions.keptDenials
            if let from = kept.since, kept.count >= DecisionLog.denialCapacity, from > since {
                lines.append(
                    .init(
                        "of the last \(NumberText.grouped(UInt64(kept.count))) denials, since \(NumberText.clock(from))Z",
                        .muted))
            }
        }
        if isTall {
            lines.append(.init(""))
            lines += Self.facts(principal, state)
            lines.append(.init(""))
            lines.append(.init("Since the engine started", .muted))
            lines += Self.counters(principal.name, state, columns: columns, limit: 12)
            lines.append(.init(""))
        }
        lines.append(
            .init(
                columns < 60
                    ? "Enter decisions  i connections"
                    : "Enter: open these in Decisions" + (principal.totals.denied > 0 ? " (denials only)" : "")
                        + "   i: its connections", .muted))
        return lines
    }

    /// `1 904  WRITE    topic:orders.v1   default-deny`
    private static func line(_ reason: DenialReasons.Reason, _ count: Int, _ columns: Int) -> TextOverlay.Line {
        let number = NumberText.grouped(UInt64(count))
        let operation = reason.operation.rawValue.uppercased()
        let isWide = columns >= 50
        let width = columns >= 70 ? 18 : isWide ? 10 : 9
        let room = max(8, columns - 9 - max(width, operation.count + 1))
        let rule = isWide ? RuleName.shown(reason.rule) : ""
        let left = rule.isEmpty ? room : max(8, room - CellText.width(rule) - 2)
        let resource = CellText.cut(CellText.sanitised(reason.resource), to: left)
        return .init(runs: [
            .init(String(repeating: " ", count: max(0, 7 - number.count)) + number + "  ", .strong),
            .init(operation + String(repeating: " ", count: max(1, width - operation.count)), .decisionDeny),
            .init(resource + "  "), .init(rule, .muted),
        ])
    }

    private static func facts(_ principal: PrincipalRollup, _ state: ConsoleState) -> [TextOverlay.Line] {
        let presence = principal.presence
        var lines: [TextOverlay.Line] = [
            .field(
                "connected",
                presence.connections == 0
                    ? "no" : presence.connections == 1 ? "1 connection" : "\(presence.connections) connections"),
            .field(
                "traffic", "in \(NumberText.bytes(presence.inRate))/s, out \(NumberText.bytes(presence.outRate))/s"),
            .field("allowed", NumberText.grouped(principal.totals.allowed), role: .decisionAllow),
            .field(
                "denied", NumberText.grouped(principal.totals.denied),
                role: principal.totals.denied > 0 ? .decisionDeny : .base),
            .field("filtered", NumberText.grouped(principal.totals.filtered) + " left out of lists"),
        ]
        if !presence.virtualClusters.isEmpty {
            lines.append(.field("on", presence.virtualClusters.sorted().map(\.text).joined(separator: ", ")))
        }
        if let last = state.data.decisions.lastDenials[WireName(principal.name)] {
            lines.append(
                .field("last deny", "\(NumberText.clock(last.time))Z \(last.operation.rawValue.uppercased())"))
            lines.append(.field("", ResourceText.short(last.resourceType, last.resourceName)))
        }
        return lines
    }

    /// The engine's own counters of the principal: they hold no names of resources.
    private static func counters(
        _ name: String, _ state: ConsoleState, columns: Int, limit: Int
    ) -> [TextOverlay.Line] {
        struct Key: Hashable {
            var verdict: Verdict
            var operation: ACLOperation
            var type: ResourceType
            @WireName var rule: String
        }
        var counts: [Key: UInt64] = [:]
        for counter in state.data.snapshot?.counters ?? []
        where counter.key.principal.hasSameBytes(as: name) && state.data.isHere(counter.key.gateway) {
            let key = Key(
                verdict: counter.key.verdict, operation: counter.key.operation, type: counter.key.resourceType,
                rule: counter.key.rule)
            counts[key, default: 0] &+= counter.count
        }
        let ranked = counts.sorted { left, right in
            (right.value, left.key.operation.rawValue, left.key.type.rawValue, left.key.rule)
                < (left.value, right.key.operation.rawValue, right.key.type.rawValue, right.key.rule)
        }
        return ranked.prefix(limit).map { key, count in
            let number = NumberText.grouped(count)
            let verdict = VerdictText.word(key.verdict)
            let operation = key.operation.rawValue.uppercased()
            return .init(runs: [
                .init(String(repeating: " ", count: max(0, 9 - number.count)) + number + "  ", .strong),
                .init(
                    verdict + String(repeating: " ", count: max(1, 8 - verdict.count)), VerdictText.role(key.verdict)),
                .init(operation + " " + key.type.rawValue + "  "), .init(RuleName.shown(key.rule), .muted),
            ])
        }
    }
}
