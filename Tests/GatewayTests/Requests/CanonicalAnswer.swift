import TestSupport

/// Answers as text in which equal ones are equal: rows as sets, what is volatile or for people left out.
struct CanonicalAnswer {
    /// Whether the field at a path, such as `Topics[].ErrorMessage`, is left out.
    var isMasked: (String) -> Bool
    var uuid: ([UInt8]) -> String = { $0.hex }
    var string: (String) -> String = { $0 }

    func text(_ value: SchemaValue, _ path: String = "") -> String {
        switch value {
        case .null: return "null"
        case .bool(let value): return "\(value)"
        case .integer(let value): return "\(value)"
        case .float(let bits): return "\(Double(bitPattern: bits))"
        case .uuid(let bytes): return self.uuid(bytes)
        case .bytes(let bytes): return bytes.hex
        case .string(let text): return "'\(self.string(text))'"
        case .array(let elements):
            return "[" + elements.map { self.text($0, path + "[]") }.sorted().joined(separator: ", ") + "]"
        case .structure(let structure):
            let fields = structure.fields.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
                let inner = path.isEmpty ? name : "\(path).\(name)"
                return self.isMasked(inner) ? nil : "\(name): \(self.text(value, inner))"
            }
            return "{" + fields.joined(separator: ", ") + "}"
        }
    }
}
