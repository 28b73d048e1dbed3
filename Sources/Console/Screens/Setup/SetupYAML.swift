package import GatewayModel

/// Answers and bodies as YAML: block style, texts quoted whenever a reader could take them for something else.
package enum SetupYAML {
    package static func text(_ value: JSONValue) -> String {
        self.lines(value, indent: 0).joined(separator: "\n") + "\n"
    }

    static func lines(_ value: JSONValue, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        switch value {
        case .object(let object) where !object.keys.isEmpty:
            return object.keys.flatMap { key -> [String] in
                let value = object[key] ?? .null
                let head = margin + self.scalar(key) + ":"
                if let inline = self.inline(value) { return [head + " " + inline] }
                if case .array = value { return [head] + self.lines(value, indent: indent) }
                return [head] + self.lines(value, indent: indent + 2)
            }
        case .array(let values) where !values.isEmpty:
            return values.flatMap { value -> [String] in
                if let inline = self.inline(value) { return [margin + "- " + inline] }
                var lines = self.lines(value, indent: indent + 2)
                if !lines.isEmpty { lines[0] = margin + "- " + lines[0].dropFirst(indent + 2) }
                return lines
            }
        default: return [margin + (self.inline(value) ?? "")]
        }
    }

    /// What fits behind a name: scalars, and lists of them.
    private static func inline(_ value: JSONValue) -> String? {
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .string(let text): return self.scalar(text)
        case .array(let values):
            let texts = values.compactMap { value -> String? in
                if case .string(let text) = value { return self.scalar(text) }
                if case .integer(let number) = value { return String(number) }
                return nil
            }
            return texts.count == values.count ? "[\(texts.joined(separator: ", "))]" : nil
        case .object(let object): return object.keys.isEmpty ? "{}" : nil
        }
    }

    /// A text, in quotes unless it can be nothing but itself.
    private static func scalar(_ text: String) -> String {
        let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isPlain =
            text.first.map { $0.isASCII && ($0.isLetter || $0 == "/") } == true && text.last != " "
            && !words.contains(text.lowercased())
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./+ ".contains($0)) }
        guard !isPlain else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
