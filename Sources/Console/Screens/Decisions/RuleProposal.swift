import Foundation
import GatewayModel

/// The least rule that would have allowed a denial: this operation, on this name, for this principal.
struct RuleProposal: Equatable, Sendable {
    var record: DecisionRecord
    var policyName: String
    var policy: ClusterPolicy
    /// The engine's verdict with the rule added.
    var explanation: Result<AccessExplanation, EngineClientError>?
    /// What the principal may do now and with the rule.
    var before: AccessMatrix?
    var after: AccessMatrix?
    /// Why the engine could not tell.
    var problem: String?
    /// The requests whose answers fill it in.
    var asked: (explanation: Int, before: Int, after: Int) = (0, 0, 0)
    /// It is being put in force.
    var isApplied = false
    var top = 0

    static func == (left: Self, right: Self) -> Bool {
        left.record == right.record && left.policy == right.policy && left.explanation == right.explanation
            && left.before == right.before && left.after == right.after && left.problem == right.problem
            && left.asked == right.asked && left.isApplied == right.isApplied && left.top == right.top
    }

    init(_ record: DecisionRecord, taken: Set<String>, now: Date) {
        self.record = record
        let base =
            "allow-" + Self.slug(record.principal) + "-" + Self.slug(record.operation.rawValue) + "-"
            + Self.slug(record.resourceType == .cluster ? "cluster" : record.resourceName)
        var name = String(base.prefix(200))
        var number = 2
        while taken.contains(name) {
            name = String(base.prefix(200)) + "-\(number)"
            number += 1
        }
        self.policyName = name
        self.policy = ClusterPolicy(
            id: "proposed", type: "acls", name: name,
            description: "Proposed from a denial of \(record.api) at \(Timestamp.text(record.time))",
            condition: "context.auth.principal.name == " + Self.quoted(record.principal),
            config: ACLConfiguration(rules: [
                ACLRule(
                    resourceType: record.resourceType, action: .allow, operations: [record.operation],
                    resourceNames: .globs([Self.exact(record.resourceName)]))
            ]), createdAt: now, updatedAt: now)
    }

    private static func slug(_ text: String) -> String {
        let mapped = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(String(mapped).split(separator: "-").joined(separator: "-").prefix(60))
    }

    /// A name as a pattern that matches nothing else.
    static func exact(_ name: String) -> String {
        name.map { "*?[]\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// A string of the expression language.
    static func quoted(_ text: String) -> String {
        var result = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "'": result += "\\'"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "'"
    }

    /// What the management API is sent.
    var body: JSONValue {
        let rules = self.policy.config.rules.map { rule -> JSONValue in
            let names: [JSONValue] =
                switch rule.resourceNames {
                case .globs(let globs): globs.map { .object(["match": .string($0)]) }
                case .expression(let text): [.string(text)]
                }
            return .object([
                "resource_type": .string(rule.resourceType.rawValue), "action": .string(rule.action.rawValue),
                "operations": .array(rule.operations.map { .object(["name": .string($0.name.rawValue)]) }),
                "resource_names": .array(names),
            ])
        }
        return .object([
            "type": .string("acls"), "name": .string(self.policyName),
            "description": .string(self.policy.description),
            "condition": .string(self.policy.condition ?? ""),
            "config": .object(["rules": .array(rules)]),
        ])
    }

    /// As a configuration file has it.
    var yaml: String {
        let rule = self.policy.config.rules.first
        var glob = ""
        if case .globs(let globs) = rule?.resourceNames { glob = globs.first ?? "" }
        return """
            # \(CellText.sanitised(self.record.principal)) \(self.record.operation.rawValue) on virtual cluster \
            \(CellText.sanitised(self.record.virtualCluster))
            cluster_policies:
              - type: acls
                name: \(self.policyName)
                condition: \(Self.yamlQuoted(self.policy.condition ?? ""))
                config:
                  rules:
                    - resource_type: \(self.record.resourceType.rawValue)
                      action: allow
                      operations:
                        - name: \(self.record.operation.rawValue)
                      resource_names:
                        - match: \(Self.yamlQuoted(glob))
            """
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

    var commandLine: String {
        "sluice explain --virtual-cluster \(ShellText.quoted(self.record.virtualCluster)) --principal "
            + "\(ShellText.quoted(self.record.principal)) --operation \(self.record.operation.rawValue) "
            + "--resource \(ShellText.quoted(ResourceText.short(self.record.resourceType, self.record.resourceName)))"
    }

    /// What would change for the principal: a resource and an operation each.
    var effects: [(resource: AccessMatrixQuestion.Resource, operation: ACLOperation, becomesAllowed: Bool)]? {
        guard let before = self.before, let after = self.after else { return nil }
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
}
