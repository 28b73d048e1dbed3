/// A value of a field, in the words of the specification.
package indirect enum SchemaValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case float(bits: UInt64)
    /// 16 bytes.
    case uuid([UInt8])
    case string(String)
    case bytes([UInt8])
    case array([SchemaValue])
    case structure(Structure)

    package struct Structure: Equatable, Sendable {
        /// Every field of the specification by its name, those that the version does not carry at their default.
        package var fields: [String: SchemaValue]
        package var unknownTags: [UInt32: [UInt8]]

        package init(fields: [String: SchemaValue], unknownTags: [UInt32: [UInt8]] = [:]) {
            self.fields = fields
            self.unknownTags = unknownTags
        }

        /// The structure with every field at its default.
        package init(defaultsOf fields: [FieldSchema]) {
            self.init(fields: Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.defaultValue) }))
        }
    }
}

extension FieldSchema {
    /// What the field has when nothing sets it: Kafka's rule for a missing `default` is zero, empty, or all defaults.
    package var defaultValue: SchemaValue {
        if self.defaultText == "null" || self.type == "records" { return .null }
        if self.isArray { return .array([]) }
        if self.isStructure { return self.nullable == nil ? .structure(.init(defaultsOf: self.fields)) : .null }
        switch self.type {
        case "bool": return .bool(self.defaultText?.lowercased() == "true")
        case "float64": return .float(bits: 0)
        case "uuid": return .uuid([UInt8](repeating: 0, count: 16))
        case "string": return .string("")
        case "bytes": return .bytes([])
        default:
            guard let text = self.defaultText else { return .integer(0) }
            return .integer(text.hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) ?? 0 : Int64(text) ?? 0)
        }
    }
}
