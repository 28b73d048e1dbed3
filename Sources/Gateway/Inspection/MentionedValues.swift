import Policies
import PolicyExpressions

/// The values of an identity that an expression's text mentions: `context.auth.token.claims.team` and its value.
///
/// They explain a decision to people. The value of an expression is decided by evaluating it.
struct MentionedValues {
    struct Value: Equatable {
        /// The path as written: `context.auth.token.claims.team`.
        var path: String
        /// The value; nil when the identity has none.
        var value: ExpressionValue?
        /// Whether the text puts it into `glob(…)`, which makes a pattern of it.
        var isPattern: Bool

        /// `context.auth.token.claims.team is "a"`.
        var sentence: String { "\(self.path) is \(self.value.map(MentionedValues.text) ?? "absent")" }
    }

    private static let root = "context.auth."

    /// In the order of the text, each once.
    static func of(_ text: String, in context: AuthenticationContext) -> [Value] {
        var values: [Value] = []
        var rest = text[...]
        while let start = rest.firstRange(of: self.root) {
            let before = rest[..<start.lowerBound]
            let path = Self.path(in: rest[start.lowerBound...])
            rest = rest[path.endIndex...]
            let value = Value(
                path: String(path), value: Self.value(at: path.dropFirst(self.root.count), in: context),
                isPattern: before.trimmingSuffix(while: \.isWhitespace).hasSuffix("glob("))
            if !values.contains(value) { values.append(value) }
        }
        return values
    }

    /// The path at the start of a text: names after dots, and keys in `["…"]` or `['…']`. A method call ends it.
    private static func path(in text: Substring) -> Substring {
        var end = text.startIndex
        while end < text.endIndex {
            let rest = text[end...]
            if rest.first == "[", let quote = rest.dropFirst().first, quote == "\"" || quote == "'",
                let close = rest.dropFirst(2).firstRange(of: "\(quote)]")
            {
                end = close.upperBound
                continue
            }
            let dot = end == text.startIndex ? rest : rest.first == "." ? rest.dropFirst() : ""
            let name = dot.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard !name.isEmpty, name.endIndex == text.endIndex || text[name.endIndex] != "(" else { break }
            end = name.endIndex
        }
        return text[..<end]
    }

    private static func value(at path: Substring, in context: AuthenticationContext) -> ExpressionValue? {
        var keys: [String] = []
        var rest = path
        while !rest.isEmpty {
            if rest.first == "[", let quote = rest.dropFirst().first, let close = rest.firstRange(of: "\(quote)]") {
                keys.append(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<close.lowerBound]))
                rest = rest[close.upperBound...]
            } else {
                if rest.first == "." { rest = rest.dropFirst() }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                keys.append(String(name))
                rest = rest[name.endIndex...]
            }
        }
        return self.value(at: keys[...], in: context)
    }

    private static func value(at keys: ArraySlice<String>, in context: AuthenticationContext) -> ExpressionValue? {
        switch (keys.first, keys.dropFirst().first) {
        case ("type", nil): .string(context.type)
        case ("principal", "name"): keys.count == 2 ? .string(context.principalName) : nil
        case ("principal", "id"): keys.count == 2 ? context.principalID.map(ExpressionValue.string) : nil
        case ("principal", "metadata"): self.entry(context.metadata, at: keys.dropFirst(2))
        case ("token", "claims"): self.entry(context.claims, at: keys.dropFirst(2))
        default: nil
        }
    }

    private static func entry(_ value: ExpressionValue?, at keys: ArraySlice<String>) -> ExpressionValue? {
        guard let key = keys.first else { return value }
        guard case .map(let entries)? = value, let inner = entries[key] else { return nil }
        return self.entry(inner, at: keys.dropFirst())
    }

    /// A value as JSON would write it, cut to what a line can hold.
    static func text(_ value: ExpressionValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .int(let int): "\(int)"
        case .uint(let uint): "\(uint)"
        case .double(let double): "\(double)"
        case .text(let text): text.string.inDoubleQuotes
        case .array(let elements):
            "[\(elements.prefix(8).map(Self.text).joined(separator: ", "))\(elements.count > 8 ? ", …" : "")]"
        case .map(let entries):
            "{\(entries.keys.sorted().prefix(8).map(\.inDoubleQuotes).joined(separator: ", "))\(entries.count > 8 ? ", …" : "")}"
        }
    }

    /// The strings in a value.
    static func strings(in value: ExpressionValue) -> [String] {
        switch value {
        case .null, .bool, .int, .uint, .double: []
        case .text(let text): [text.string]
        case .array(let elements): elements.flatMap(Self.strings)
        case .map(let entries): entries.values.flatMap(Self.strings)
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
        var end = self.endIndex
        while end > self.startIndex, condition(self[self.index(before: end)]) { end = self.index(before: end) }
        return self[..<end]
    }
}

extension String {
    /// One line, at most 100 scalars: it may come from a token.
    var inDoubleQuotes: String {
        let quoted = self.quoted(maximumLength: 100)
        return "\"\(quoted.dropFirst().dropLast())\""
    }
}
