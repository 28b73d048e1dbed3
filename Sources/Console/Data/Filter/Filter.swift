package import EngineInterface
package import Foundation

/// The rows that a place shows.
///
///     deny & principal:svc-*            anonymous | result:filtered        !(vc:ci & age:>1h)
///     topic:orders.* op:write           client:10.0.0.0/8 bytes:>1M        ~timeout|refused~
///
/// A bare word matches anywhere in a row; `field:value` compares one field, with `*` and `?` for any text and any
/// character; `age:<5m` and `bytes:>1M` compare numbers; `~…~` is a regular expression. `&` (or a space) is and, `|` is
/// or, `!` is not, parentheses group. Letter case never matters. Text in `"…"` has no special characters.
///
/// The same language in every place, in `--plain` and on the command line.
package struct Filter: Equatable, Sendable {
    let root: FilterNode

    /// - Throws: ``FilterError`` with the place of the first error. Blank text matches every row.
    package init(parsing text: String) throws(FilterError) {
        var parser = FilterParser(text)
        self.root = try parser.parse()
    }

    /// - Parameter now: what ages are measured from; without it a subject has to know its own.
    func matches(_ subject: some FilterSubject, now: Date? = nil) -> Bool { self.root.matches(subject, now: now) }

    package func matches(_ decision: DecisionRecord, now: Date? = nil) -> Bool {
        self.root.matches(decision, now: now)
    }

    package func matches(_ line: LogLine, now: Date? = nil) -> Bool { self.root.matches(line, now: now) }

    package func matches(_ connection: ConnectionView, now: Date? = nil) -> Bool {
        self.root.matches(connection, now: now)
    }

    /// Whether the same row may match now and not match later.
    var dependsOnTime: Bool { self.root.dependsOnTime }

    /// Whether nothing but denials can match.
    var isOnlyDenials: Bool { self.root.isOnlyDenials }

    /// `field:value` for exactly this value, quoted where it has to be.
    static func term(_ field: String, _ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.allSatisfy { !$0.isWhitespace && !"&|()\"*?\\<>=".contains($0) }
        if isPlain { return "\(field):\(value)" }
        let escaped = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\(field):\"\(escaped)\""
    }
}

/// The first error in a filter's text.
package struct FilterError: Error, Equatable, Sendable {
    /// In characters from the start.
    package var position: Int
    /// A sentence.
    package var message: String

    package init(position: Int, message: String) {
        self.position = position
        self.message = message
    }
}

/// A row of a place, as filters see it.
protocol FilterSubject {
    /// Values of a field (`principal`, `topic`, `op`, …, as ``FilterField`` lists them); nil when it has no such field.
    func filterValues(_ field: String) -> [String]?
    /// The text that a bare word is searched in.
    var filterText: String { get }
    /// Whether `test` holds for any text of the row: for rows that would have to join their texts first.
    func anyFilterText(_ test: (String) -> Bool) -> Bool
    /// A number of a field: `bytes`, `lag`, …; ages in seconds.
    func filterNumber(_ field: String) -> Double?
    /// The time from which `age` is counted, if the subject does not have an age itself.
    var filterTime: Date? { get }
}

extension FilterSubject {
    func anyFilterText(_ test: (String) -> Bool) -> Bool { test(self.filterText) }
    func filterNumber(_ field: String) -> Double? { nil }
    var filterTime: Date? { nil }
}

/// The fields that a filter may name.
enum FilterField {
    /// Other names for the same thing.
    private static let aliases: [String: String] = [
        "operation": "op", "operations": "op", "user": "principal", "virtual_cluster": "vc", "vcluster": "vc",
        "verdict": "result", "address": "client", "ip": "client", "client_id": "clientid", "level": "level",
        "transactional_id": "transaction", "txn": "transaction", "deny": "denied", "conn": "connections",
        "partition": "partitions", "backend_cluster": "backend", "size": "bytes",
    ]

    static let texts: Set<String> = [
        "principal", "op", "topic", "group", "cluster", "transaction", "resource", "result", "rule", "policy", "vc",
        "listener", "client", "clientid", "api", "reason", "software", "auth", "session", "state", "level",
        "component", "message", "name", "kind", "type", "member", "reader", "writer", "physical", "backend",
        "upstream", "host", "label", "gateway", "id",
    ]

    static let numbers: Set<String> = [
        "age", "bytes", "in", "out", "denied", "allowed", "filtered", "requests", "lag", "partitions", "members",
        "connections", "port", "replicas",
    ]

    /// The field's own name; nil when there is none like it.
    static func named(_ text: String) -> String? {
        let text = text.lowercased()
        let name = Self.aliases[text] ?? text
        return Self.texts.contains(name) || Self.numbers.contains(name) ? name : nil
    }

    /// The field that was likely meant.
    static func nearest(_ text: String) -> String? {
        let text = text.lowercased()
        let names = Self.texts.union(Self.numbers).union(Self.aliases.keys)
        let scored = names.map { ($0, Self.distance(Array($0), Array(text))) }.filter { $0.1 <= 2 }
        return scored.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    /// Insertions, removals and replacements from one to the other.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard abs(left.count - right.count) <= 2 else { return 3 }
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (character == right[column] ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
