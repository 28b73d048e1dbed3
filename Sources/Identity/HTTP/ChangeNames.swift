internal import GatewayModel

/// What earlier changes of a request made, for later ones: `{gw}` is the id in the answer to the change named `gw`, and
/// `{auth.issuer}` another field of it.
package struct ChangeNames {
    private enum Entry {
        /// Named by a change that comes later.
        case pending
        case refused
        case known([String: String])
    }

    private struct Refused: Error {}

    private var entries: [String: Entry] = [:]
    /// What is shown once goes into no other entity.
    private static let secretFields = ["client_secret", "secret"]

    init(declared: [String]) {
        for name in declared { self.entries[name] = .pending }
    }

    /// A name: letters, digits, `_` and `-`, not a digit first, so that `a{2}` in a pattern is none.
    package static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64, !(48...57).contains(first), first != 45 else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
                || byte == 45
        }
    }

    mutating func refuse(_ name: String) { self.entries[name] = .refused }

    mutating func learn(_ name: String, from answer: ChangeAnswer) {
        var fields: [String: String] = [:]
        if let body = answer.body, case .object(let object)? = try? JSONValue(parsing: Array(body)) {
            for key in object.keys where !Self.secretFields.contains(key) {
                if case .string(let text)? = object[key] { fields[key] = text }
            }
        }
        self.entries[name] = .known(fields)
    }

    /// The input with ids for names; nil when it names something that was refused.
    /// - Throws: ``Problem`` 400 for a name that only a later change has, or a field that is not there.
    func resolved(_ input: ChangeInput) throws -> ChangeInput? {
        guard !self.entries.isEmpty else { return input }
        do {
            var input = input
            input.parameters = try input.parameters.mapValues { try self.resolved($0) }
            input.body = try self.resolved(input.body)
            return input
        } catch is Refused {
            return nil
        }
    }

    private func resolved(_ value: JSONValue) throws -> JSONValue {
        switch value {
        case .string(let text): return .string(try self.resolved(text))
        case .array(let values): return .array(try values.map { try self.resolved($0) })
        case .object(let object):
            var result = JSONObject()
            for key in object.keys {
                if let value = object[key] { _ = result.insert(try self.resolved(value), forKey: key) }
            }
            return .object(result)
        case .null, .bool, .integer, .number: return value
        }
    }

    private func resolved(_ text: String) throws -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            let parts = inner.prefix { $0 != "}" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, Self.isName(name), let entry = self.entries[String(name)],
                let close = inner.firstIndex(of: "}")
            else {
                result += "{"
                rest = inner
                continue
            }
            result += try self.value(of: entry, String(name), field: parts.count > 1 ? String(parts[1]) : "id")
            rest = inner[inner.index(after: close)...]
        }
        return result + rest
    }

    private func value(of entry: Entry, _ name: String, field: String) throws -> String {
        switch entry {
        case .known(let fields):
            if let value = fields[field] { return value }
            throw Problem.badRequest(
                InvalidParameter(
                    field: "body", rule: .missingReference,
                    reason: "the answer to the change [\(name)] has no text [\(field.prefix(64))]"))
        case .pending:
            throw Problem.badRequest(
                InvalidParameter(
                    field: "body", rule: .missingReference, reason: "the change [\(name)] comes later: name it before"))
        case .refused: throw Refused()
        }
    }
}
