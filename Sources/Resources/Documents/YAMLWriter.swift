package import JSON

/// Writes JSON values as YAML: two spaces a level, block style, strings plain wherever a reader cannot take them for
/// something else.
package enum YAMLWriter {
    /// - Parameter listsInline: writes `[a, b]` where a list holds nothing but scalars, for narrow previews and for
    ///   files that people fill in; else every element has a line, for differences.
    /// - Returns: the text with a line break at its end.
    package static func text(_ value: JSONValue, listsInline: Bool = false) -> String {
        var writing = Writing(listsInline: listsInline)
        writing.write(value, indent: 0)
        return writing.lines.joined(separator: "\n") + "\n"
    }

    private struct Writing {
        var listsInline: Bool
        var lines: [String] = []

        init(listsInline: Bool) {
            self.listsInline = listsInline
        }

        mutating func write(_ value: JSONValue, indent: Int) {
            switch value {
            case .object(let object) where !object.keys.isEmpty: self.write(object, indent: indent, lead: "")
            case .array(let values) where self.inline(value) == nil: self.write(values, indent: indent)
            case .null, .bool, .integer, .unsigned, .number, .string, .array, .object:
                self.lines.append(self.inline(value) ?? "")
            }
        }

        private mutating func write(_ object: JSONObject, indent: Int, lead: String) {
            var lead = lead
            for key in object.keys {
                guard let value = object[key] else { continue }
                let margin = lead.isEmpty ? String(repeating: " ", count: indent) : lead
                let start = margin + YAMLWriter.scalar(key) + ":"
                lead = ""
                if let inline = self.inline(value) {
                    self.lines.append(start + " " + inline)
                } else {
                    self.lines.append(start)
                    self.write(value, indent: indent + 2)
                }
            }
        }

        private mutating func write(_ values: [JSONValue], indent: Int) {
            let lead = String(repeating: " ", count: indent) + "- "
            for value in values {
                if let inline = self.inline(value) {
                    self.lines.append(lead + inline)
                } else if case .object(let object) = value {
                    self.write(object, indent: indent + 2, lead: lead)
                } else {
                    self.lines.append(String(lead.dropLast()))
                    self.write(value, indent: indent + 2)
                }
            }
        }

        /// What fits behind a name; nil for what needs lines of its own.
        private func inline(_ value: JSONValue) -> String? {
            switch value {
            case .null: return "null"
            case .bool(let value): return value ? "true" : "false"
            case .integer(let value): return String(value)
            case .unsigned(let value): return String(value)
            case .number(let value): return "\(value)"
            case .string(let text): return YAMLWriter.scalar(text)
            case .array(let values):
                guard values.isEmpty || self.listsInline else { return nil }
                var texts: [String] = []
                for value in values {
                    switch value {
                    case .array, .object: return nil
                    // Some readers take a colon in such a list for that of a mapping.
                    case .string(let text) where text.contains(":"): texts.append(YAMLWriter.quoted(text))
                    case .null, .bool, .integer, .unsigned, .number, .string: texts.append(self.inline(value) ?? "")
                    }
                }
                return "[\(texts.joined(separator: ", "))]"
            case .object(let object): return object.keys.isEmpty ? "{}" : nil
            }
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
