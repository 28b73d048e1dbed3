import NIOCore
import TestSupport

/// Goes through the fields of a message as its specification has them.
enum FieldWalk {
    /// What a field that could tell an address, a name or an id looks like.
    static func isTelling(_ field: FieldSchema) -> Bool {
        if ["string", "uuid", "bytes", "records"].contains(field.type) { return true }
        return field.entity == "brokerId" || ["Port", "LeaderId", "NodeId"].contains(field.name)
    }

    /// Paths of the telling fields, such as `Topics.Name`.
    static func tellingPaths(of fields: [FieldSchema], under path: String = "") -> [String] {
        fields.flatMap { field in
            let inner = path.isEmpty ? field.name : "\(path).\(field.name)"
            if field.isStructure { return Self.tellingPaths(of: field.fields, under: inner) }
            return Self.isTelling(field) ? [inner] : []
        }
    }

    /// The message with other values in its fields. Null stays null.
    static func mapped(
        _ value: SchemaValue.Structure, _ fields: [FieldSchema], under path: String = "",
        _ change: (_ path: String, _ field: FieldSchema, _ value: SchemaValue) -> SchemaValue
    ) -> SchemaValue.Structure {
        var result = value
        for field in fields {
            let inner = path.isEmpty ? field.name : "\(path).\(field.name)"
            guard let old = value.fields[field.name] else { continue }
            result.fields[field.name] = Self.mapped(old, field, inner, change)
        }
        return result
    }

    private static func mapped(
        _ value: SchemaValue, _ field: FieldSchema, _ path: String,
        _ change: (_ path: String, _ field: FieldSchema, _ value: SchemaValue) -> SchemaValue
    ) -> SchemaValue {
        switch value {
        case .null: .null
        case .array(let elements):
            .array(
                elements.map { element in
                    if case .structure(let structure) = element {
                        return .structure(Self.mapped(structure, field.fields, under: path, change))
                    }
                    return change(path, field, element)
                })
        case .structure(let structure): .structure(Self.mapped(structure, field.fields, under: path, change))
        default: change(path, field, value)
        }
    }

    /// The values of one field, wherever it occurs.
    static func values(
        _ value: SchemaValue.Structure, _ fields: [FieldSchema], at path: String
    ) -> [SchemaValue] {
        var found: [SchemaValue] = []
        _ = Self.mapped(value, fields) { place, _, value in
            if place == path { found.append(value) }
            return value
        }
        return found
    }
}

extension MessageSchema {
    /// `Produce request`, as ``FieldTable`` has it.
    var title: String {
        let kind = self.isRequest ? "Request" : "Response"
        return "\(self.name.dropLast(kind.count)) \(kind.lowercased())"
    }

    func treatment(of path: String) -> FieldTable.Treatment? {
        FieldTable.treatments["\(self.title) \(path)"]
    }
}
