import EngineInterface
import Foundation
import Resources

/// A decision as a row of a table.
enum DecisionRow {
    static let columns: [TableColumn] = [
        TableColumn("TIME", width: 12, priority: 1),
        TableColumn("RESULT", width: 6),
        TableColumn("PRINCIPAL", width: 28, least: 9, weight: 2),
        TableColumn("OPERATION", width: 11, least: 8, weight: 1, priority: 1),
        TableColumn("RESOURCE", width: 18, least: 14, weight: 3),
        TableColumn("VCLUSTER", width: 12, weight: 1, priority: 7),
        TableColumn("CLIENT", width: 15, weight: 1, priority: 4),
        TableColumn("CLIENT ID", width: 12, weight: 1, priority: 6),
        TableColumn("RULE", width: 14, least: 10, weight: 2, priority: 1),
        TableColumn("WHY", width: 30, weight: 4, priority: 9),
    ]

    /// - Parameter folded: Ids of columns whose rows are all equal.
    static func table(
        _ state: ConsoleState, folded: Set<String> = [], isFocused: Bool
    ) -> Table {
        Table(
            columns: Self.columns, state: TableState(), choice: state.columnChoice(of: .decisions), folded: folded,
            glyphs: state.glyphs, isFocused: isFocused)
    }

    static func cells(_ entry: DecisionEntry, _ state: ConsoleState) -> [TableCell] {
        let record = entry.record
        return [
            TableCell(NumberText.clockWithMilliseconds(record.time), .muted),
            TableCell(VerdictText.word(record.verdict), VerdictText.role(record.verdict)),
            TableCell(state.data.named(record.principal)), TableCell(record.operation.rawValue.uppercased()),
            TableCell(ResourceText.short(record.resourceType, record.resourceName)), TableCell(record.virtualCluster),
            TableCell(entry.client ?? ""), TableCell(record.clientID ?? ""), TableCell(RuleName.shown(record.rule)),
            TableCell(record.reason, .muted),
        ]
    }
}

/// Denials grouped by a common property.
enum DenialReasons {
    struct Reason: Equatable, Hashable {
        var operation: ACLOperation
        @WireName var resource: String
        @WireName var rule: String
    }

    /// The rules that denied since a time, the most frequent first.
    static func byRule(
        _ log: DecisionLog, since: Date, isHere: (String) -> Bool
    ) -> [(rule: String, count: Int)] {
        var counts: [WireName: Int] = [:]
        log.forEachDenialBackwards { entry in
            guard entry.record.time >= since else { return false }
            if isHere(entry.record.gateway) { counts[WireName(entry.record.rule), default: 0] += 1 }
            return true
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (RuleName.shown($0.key.text), $0.value) }
    }

    /// One principal's denials between two times, the most frequent first.
    static func of(
        _ principal: String, _ log: DecisionLog, since: Date, until: Date = .distantFuture
    ) -> [(reason: Reason, count: Int)] {
        var counts: [Reason: Int] = [:]
        log.forEachDenialBackwards { entry in
            guard entry.record.time >= since else { return false }
            let record = entry.record
            if record.time <= until, record.principal.hasSameBytes(as: principal) {
                let reason = Reason(
                    operation: record.operation,
                    resource: ResourceText.short(record.resourceType, record.resourceName), rule: record.rule)
                counts[reason, default: 0] += 1
            }
            return true
        }
        return counts.sorted { left, right in
            (right.value, left.key.resource, left.key.operation.rawValue)
                < (left.value, right.key.resource, right.key.operation.rawValue)
        }.map { ($0.key, $0.value) }
    }
}
