internal import JSON

/// What the editor shows for a new entity: what has to be there is filled in with examples, with a remark on each field.
extension EntityKind {
    /// - Parameter values: values to fill in in place of examples, by path: `destination.name`.
    package func template(_ values: [String: String] = [:]) -> String {
        var lines = ["# \(self.help)"]
        if self.hasChosenID { lines += ["# The client_id; made up when left out:", "# id: my-\(self.title)"] }
        let writing = TemplateWriting(values: values)
        lines += writing.lines(self.documentFields, path: [], indent: 0)
        return lines.joined(separator: "\n")
    }
}

private struct TemplateWriting {
    var values: [String: String]

    func lines(_ fields: [Field], path: [String], indent: Int) -> [String] {
        let types = fields.compactMap { field -> (String, FieldVariant)? in
            guard case .variantName(let variants) = field.type else { return nil }
            return variants.first { $0.unsupported == nil }.map { (field.name, $0) }
        }
        return fields.flatMap { field -> [String] in
            if field.unsupported != nil { return [] }
            let isShown = field.isInTemplate || self.isRequired(field)
            guard isShown || field.example != nil else { return [] }
            let margin = String(repeating: " ", count: indent) + (isShown ? "" : "# ")
            var lines =
                field.name == "type" || field.name == "name"
                ? [] : ["\(String(repeating: " ", count: indent))# \(field.help)"]
            if case .variantFields(let key, _) = field.type, let variant = types.first(where: { $0.0 == key })?.1 {
                lines = ["\(margin)\(field.name):"]
                lines += self.variant(variant, path: path + [field.name], indent: indent + 2)
            } else if let example = field.example {
                let value = self.filled(example, path + [field.name])
                lines += YAMLWriter.text(.object([field.name: value])).split(separator: "\n").map { margin + $0 }
            }
            return lines
        }
    }

    private func variant(_ variant: FieldVariant, path: [String], indent: Int) -> [String] {
        guard let (key, shapes) = variant.variants else {
            return self.lines(variant.fields, path: path, indent: indent)
        }
        guard let shape = shapes.first(where: { $0.unsupported == nil }) else { return [] }
        return ["\(String(repeating: " ", count: indent))\(key): \(shape.name)"]
            + self.lines(shape.fields, path: path, indent: indent)
    }

    private func isRequired(_ field: Field) -> Bool {
        if case .required = field.presence { return true }
        return false
    }

    /// The example with the values that are known.
    private func filled(_ example: JSONValue, _ path: [String]) -> JSONValue {
        switch example {
        case .string(let text): return .string(self.values[path.joined(separator: ".")] ?? text)
        case .object(let object):
            var object = object
            for name in object.keys { object[name] = object[name].map { self.filled($0, path + [name]) } }
            return .object(object)
        case .array(let values): return .array(values.map { self.filled($0, path) })
        case .null, .bool, .integer, .unsigned, .number: return example
        }
    }
}
