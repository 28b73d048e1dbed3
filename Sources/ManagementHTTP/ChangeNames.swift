internal import JSON
internal import Resources

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

    /// The longest name and the longest field, in bytes.
    private static let maximumLength = 64

    private var entries: [String: Entry] = [:]
    /// What is shown once goes into no other entity.
    private static let secretFields = ["client_secret", "secret"]

    init(declared: [String]) {
        for name in declared { self.entries[name] = .pending }
    }

    /// A name: letters, digits, `_` and `-`, not a digit first, so that `a{2}` in a pattern is none.
    package static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= Self.maximumLength,
            !(48...57).contains(first), first != 45
        else { return false }
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
        case .null, .bool, .integer, .unsigned, .number: return value
        }
    }

    private func resolved(_ text: String) throws -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            result += rest[..<open]
            let inner = rest[rest.utf8.index(after: open)...]
            guard let reference = self.reference(inner) else {
                result += "{"
                rest = inner
                continue
            }
            result += try self.value(of: reference.entry, reference.name, field: reference.field)
            rest = reference.rest
        }
        return result + rest
    }

    /// What `name}` or `name.field}` stands for; nil when the text begins otherwise. No more is read of the text than a
    /// reference may be long, since a text may have as many braces as a body has bytes.
    private func reference(_ text: Substring) -> (entry: Entry, name: String, field: String, rest: Substring)? {
        let window = text.utf8.prefix(2 * Self.maximumLength + 2)
        let end = window.firstIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "{") }
        guard let end, window[end] == UInt8(ascii: "}") else { return nil }
        let parts = text[..<end].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, Self.isName(name), let entry = self.entries[String(name)] else { return nil }
        let field = parts.count > 1 ? String(parts[1]) : "id"
        guard field.utf8.count <= Self.maximumLength else { return nil }
        return (entry, String(name), field, text[text.utf8.index(after: end)...])
    }

    private func value(of entry: Entry, _ name: String, field: String) throws -> String {
        switch entry {
        case .known(let fields):
            if let value = fields[field] { return value }
            throw Problem.badRequest(
                InvalidParameter(
                    field: "body", rule: .missingReference,
                    reason: "the answer to the change [\(name)] has no text [\(field)]"))
        case .pending:
            throw Problem.badRequest(
                InvalidParameter(
                    field: "body", rule: .missingReference, reason: "the change [\(name)] comes later: name it before"))
        case .refused: throw Refused()
        }
    }
}
