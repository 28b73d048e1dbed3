package import GatewayModel

/// Writes JSON values as YAML: two spaces a level, block style, strings plain wherever a reader cannot take them for
/// something else.
package enum YAMLWriter {
    /// - Returns: the text with a line break at its end.
    package static func text(_ value: JSONValue) -> String {
        var lines: [String] = []
        switch value {
        case .object(let object) where !object.keys.isEmpty: self.write(object, indent: 0, lead: "", into: &lines)
        case .array(let values) where !values.isEmpty: self.write(values, indent: 0, into: &lines)
        case .null, .bool, .integer, .number, .string, .array, .object: lines.append(self.inline(value))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(_ object: JSONObject, indent: Int, lead: String, into lines: inout [String]) {
        var lead = lead
        for key in object.keys {
            guard let value = object[key] else { continue }
            let start = (lead.isEmpty ? String(repeating: " ", count: indent) : lead) + self.scalar(key) + ":"
            lead = ""
            switch value {
            case .object(let inner) where !inner.keys.isEmpty:
                lines.append(start)
                self.write(inner, indent: indent + 2, lead: "", into: &lines)
            case .array(let values) where !values.isEmpty:
                lines.append(start)
                self.write(values, indent: indent + 2, into: &lines)
            case .null, .bool, .integer, .number, .string, .array, .object:
                lines.append(start + " " + self.inline(value))
            }
        }
    }

    private static func write(_ values: [JSONValue], indent: Int, into lines: inout [String]) {
        let lead = String(repeating: " ", count: indent) + "- "
        for value in values {
            switch value {
            case .object(let object) where !object.keys.isEmpty:
                self.write(object, indent: indent + 2, lead: lead, into: &lines)
            case .array(let inner) where !inner.isEmpty:
                lines.append(lead.trimmingEnd)
                self.write(inner, indent: indent + 2, into: &lines)
            case .null, .bool, .integer, .number, .string, .array, .object: lines.append(lead + self.inline(value))
            }
        }
    }

    private static func inline(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): "\(value)"
        case .string(let text): self.scalar(text)
        case .array: "[]"
        case .object: "{}"
        }
    }

    /// A string as it stands, or in double quotes.
    package static func scalar(_ text: String) -> String { self.isPlain(text) ? text : self.quoted(text) }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, text.count <= 200 else { return false }
        // Words that YAML 1.1 or 1.2 takes for something else, and whatever starts like a number or a date.
        let words = ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n"]
        if words.contains(text.lowercased()) { return false }
        let isLetter = ("a"..."z").contains(first) || ("A"..."Z").contains(first) || first == "_" || first == "/"
        guard
            isLetter
                || (("0"..."9").contains(first)
                    && text.contains { ("a"..."z").contains($0) && $0 != "e" && $0 != "x" && $0 != "o" && $0 != "b" })
        else { return false }
        if text.hasSuffix(" ") || text.hasSuffix(":") || text.contains(": ") || text.contains(" #") { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && scalar.value < 0x7F && !"\"'`{}[]&*!|>%@\\,".unicodeScalars.contains(scalar)
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                    let digits = String(scalar.value, radix: 16)
                    let wide = scalar.value > 0xFFFF
                    result +=
                        (wide ? "\\U" : "\\u") + String(repeating: "0", count: (wide ? 8 : 4) - digits.count) + digits
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
