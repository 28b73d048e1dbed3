import EngineInterface
import Foundation
import JSON
import Resources

/// An `acls` policy that is not in force yet, as JSON for the management API and as YAML for a file.
struct ProposedPolicy: Equatable, Sendable {
    var policy: ClusterPolicy
    var cluster: ClusterPlace
    /// Its purpose, as a comment in the YAML.
    var purpose: String

    var name: String { self.policy.name ?? self.policy.id }

    /// - Parameters:
    ///   - name: It is changed if it is taken.
    ///   - condition: nil: always.
    init(
        name: String, taken: Set<String>, description: String, condition: String?, rules: [ACLRule],
        cluster: ClusterPlace, purpose: String, now: Date
    ) {
        let base = Self.trimmed(name, to: 200)
        var unused = base
        var number = 2
        while taken.contains(unused) {
            unused = base + "-\(number)"
            number += 1
        }
        self.policy = ClusterPolicy(
            id: "proposed", name: unused, description: description, condition: condition,
            config: .acls(ACLConfiguration(rules: rules)), createdAt: now, updatedAt: now)
        self.cluster = cluster
        self.purpose = purpose
    }

    // MARK: Parts

    /// A part of a name: `Orders.v1` becomes `orders-v1`. It begins and ends with a letter or a digit, as names must.
    /// - Parameter fallback: for a text without any letter or digit of ASCII.
    static func slug(_ text: String, or fallback: String) -> String {
        let mapped = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let slug = Self.trimmed(String(mapped).split(separator: "-").joined(separator: "-"), to: 60)
        return slug.isEmpty ? fallback : slug
    }

    /// Cut, and without dashes at the end.
    private static func trimmed(_ name: String, to length: Int) -> String {
        var name = name.prefix(length)
        while name.last == "-" { name.removeLast() }
        return String(name)
    }

    /// A name as a pattern that matches nothing else. Patterns are read scalar by scalar: a `*` with an accent is one,
    /// too.
    static func exact(_ name: String) -> String {
        var pattern = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            if "*?[]\\".unicodeScalars.contains(scalar) { pattern.append("\\") }
            pattern.append(scalar)
        }
        return String(pattern)
    }

    /// The name that ``exact(_:)`` made a pattern of.
    static func name(exactly pattern: String) -> String {
        var name = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if scalar == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            name.append(scalar)
        }
        return String(name)
    }

    // MARK: Written down

    /// The JSON for the management API.
    var body: JSONValue {
        let rules = self.policy.rules.map { rule -> JSONValue in
            let names: JSONValue =
                switch rule.resourceNames {
                case .globs(let globs): .array(globs.map { .object(["match": .string($0)]) })
                case .expression(let text): .string(text)
                }
            return .object([
                "resource_type": .string(rule.resourceType.rawValue), "action": .string(rule.action.rawValue),
                "operations": .array(rule.operations.map { .object(["name": .string($0.name.rawValue)]) }),
                "resource_names": names,
            ])
        }
        return .object([
            "type": .string("acls"), "name": .string(self.name), "description": .string(self.policy.description),
            "condition": .string(self.policy.condition ?? ""), "config": .object(["rules": .array(rules)]),
        ])
    }

    /// The YAML of a configuration file.
    var yaml: String {
        var lines = [
            "# \(CellText.sanitised(self.purpose))", "cluster_policies:", "  - type: acls", "    name: \(self.name)",
            "    condition: \(Self.yamlQuoted(self.policy.condition ?? ""))", "    config:", "      rules:",
        ]
        for rule in self.policy.rules {
            lines += [
                "        - resource_type: \(rule.resourceType.rawValue)", "          action: \(rule.action.rawValue)",
                "          operations:",
            ]
            lines += rule.operations.map { "            - name: \($0.name.rawValue)" }
            switch rule.resourceNames {
            case .globs(let globs):
                lines.append("          resource_names:")
                lines += globs.map { "            - match: \(Self.yamlQuoted($0))" }
            case .expression(let text): lines.append("          resource_names: \(Self.yamlQuoted(text))")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The YAML on a screen: a line that is too long continues below with more indentation.
    func yamlLines(columns: Int) -> [TextOverlay.Line] {
        self.yaml.split(separator: "\n").flatMap { line -> [TextOverlay.Line] in
            let line = String(line)
            guard CellText.width(line) > columns else { return [YAMLHighlight.line(line)] }
            let indent = line.prefix { $0 == " " || $0 == "-" }.count + 4
            let pieces = CellText.wrapped(String(line.drop { $0 == " " }), columns: max(8, columns - indent))
            let margin = String(repeating: " ", count: indent)
            return pieces.enumerated().map { index, piece in
                index == 0
                    ? YAMLHighlight.line(String(line.prefix { $0 == " " }) + piece)
                    : TextOverlay.Line(margin + piece, .syntaxString)
            }
        }
    }

    /// Its rules in words, one each: `allow describe, write on topic orders.v1`.
    var summary: [String] {
        self.policy.rules.map { rule in
            let operations = rule.operations.map(\.name.rawValue).joined(separator: ", ")
            var names = ""
            if rule.resourceType != .cluster, case .globs(let globs) = rule.resourceNames {
                names = " " + globs.joined(separator: ", ")
            }
            return "\(rule.action.rawValue) \(operations) on \(rule.resourceType.rawValue)\(names)"
        }
    }

    /// YAML for a file, and below it JSON for the management API.
    var document: String {
        let json = (try? EntityCoding.encode(self.body)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return self.yaml + "\n\n# The same for the management API, POST .../cluster-policies:\n# " + json
    }

    /// Double quotes: JSON's escapes are YAML's too.
    private static func yamlQuoted(_ text: String) -> String {
        guard let data = try? EntityCoding.encode(text) else { return "\"\"" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension ConsoleState {
    /// Puts a proposed policy in force. It can be undone.
    /// - Returns: False if the change cannot be started; a message says why.
    mutating func putInForce(_ proposed: ProposedPolicy) -> Bool {
        guard let found = self.virtualCluster(at: proposed.cluster) else {
            self.say(proposed.cluster.missing, .error)
            return false
        }
        let cluster = EntityKey(.gateway, [found.place.gateway]).child(.virtualCluster, found.place.name)
        let policy = cluster.child(.clusterPolicy, proposed.name)
        return self.perform(
            PlannedChange(
                .create, policy, title: "add policy '\(proposed.name)'",
                calls: [
                    PlannedCall(
                        .post, .collection(.clusterPolicy, of: cluster), body: proposed.body, creates: policy)
                ], undo: [PlannedCall(.delete, .entity(policy))]))
    }
}

/// A policy on the screen that can be put in force.
protocol PolicyOffer {
    var offeredPolicy: ProposedPolicy { get }
    /// It is being put in force.
    var isApplied: Bool { get set }
}

extension ConsoleState {
    /// Begins to put the offered policy in force.
    mutating func apply<Offer: PolicyOffer>(_ place: WritableKeyPath<ConsoleState, Offer?>) {
        guard let offer = self[keyPath: place], self.putInForce(offer.offeredPolicy) else { return }
        self[keyPath: place]?.isApplied = true
    }

    /// The change that ``apply(_:)`` began has ended. A policy that was refused stays on the screen.
    mutating func applied<Offer: PolicyOffer>(_ place: WritableKeyPath<ConsoleState, Offer?>, isInForce: Bool) {
        guard self[keyPath: place]?.isApplied == true else { return }
        if isInForce {
            self[keyPath: place] = nil
        } else {
            self[keyPath: place]?.isApplied = false
        }
    }
}

/// The effect of a policy: the matrix of rights before and after it.
enum AccessChanges {
    typealias Change = (resource: AccessMatrixQuestion.Resource, operation: ACLOperation, becomesAllowed: Bool)

    static func between(_ before: AccessMatrix, _ after: AccessMatrix) -> [Change] {
        var old: [AccessMatrixQuestion.Resource: [ACLOperation: Bool]] = [:]
        for row in before.rows {
            old[row.resource] = Dictionary(row.cells.map { ($0.operation, $0.allowed) }, uniquingKeysWith: { $1 })
        }
        return after.rows.flatMap { row in
            row.cells.compactMap { cell in
                guard let was = old[row.resource]?[cell.operation], was != cell.allowed else { return nil }
                return (row.resource, cell.operation, cell.allowed)
            }
        }
    }

    /// One line for each resource: `+ describe, write topic:orders.v1`.
    static func lines(_ changes: [Change], columns: Int, limit: Int) -> [TextOverlay.Line] {
        var order: [AccessMatrixQuestion.Resource] = []
        var gained: [AccessMatrixQuestion.Resource: [String]] = [:]
        var lost: [AccessMatrixQuestion.Resource: [String]] = [:]
        for change in changes {
            if gained[change.resource] == nil, lost[change.resource] == nil { order.append(change.resource) }
            if change.becomesAllowed {
                gained[change.resource, default: []].append(change.operation.rawValue)
            } else {
                lost[change.resource, default: []].append(change.operation.rawValue)
            }
        }
        var lines: [TextOverlay.Line] = []
        for resource in order.prefix(limit) {
            let name = ResourceText.short(resource.type, resource.name)
            for (sign, operations, role) in [("+ ", gained[resource], Role.diffAdd), ("- ", lost[resource], .diffDel)] {
                guard let operations else { continue }
                lines += TextOverlay.Line.wrapped(
                    sign + operations.joined(separator: ", ") + "  " + name, columns: columns, role: role)
            }
        }
        if order.count > limit { lines.append(.init("and \(order.count - limit) more", .muted)) }
        return lines
    }
}
