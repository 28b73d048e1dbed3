internal import JSON

/// Schemas of what fields hold, in a body or in an answer.
struct FieldSchemas {
    enum Place: Equatable {
        /// A body that has to have all that is required.
        case whole
        /// A body that leaves what it does not name as it is.
        case part(takesNull: Bool)
        case answer
    }

    let place: Place

    /// An object of these fields and no others.
    ///
    /// - Parameter more: properties beside the fields, all required.
    func object(_ fields: [Field], and more: [(String, Schema)] = []) -> Schema {
        let named = fields.compactMap { field -> [FieldVariant]? in
            guard case .variantName(let variants) = field.type else { return nil }
            return variants.filter { $0.unsupported == nil }
        }.first
        guard let named else { return self.plainObject(fields, variant: nil, more) }
        return .oneOf(named.map { self.plainObject(fields, variant: $0, more) })
    }

    /// - Parameter variant: what the field that names a variant says.
    private func plainObject(_ fields: [Field], variant: FieldVariant?, _ more: [(String, Schema)]) -> Schema {
        var (required, optional) = (more, [(String, Schema)]())
        var conditions: [JSONValue] = []
        for field in fields where field.unsupported == nil {
            var schema = self.schema(of: field)
            if let variant {
                switch field.type {
                case .variantName: schema = self.named(field, .const(variant.name))
                case .variantFields: schema = self.named(field, self.schema(of: variant.type))
                default: break
                }
            }
            if self.isRequired(field) {
                required.append((field.name, schema))
            } else {
                optional.append((field.name, schema))
            }
            if let condition = self.condition(of: field) { conditions.append(condition) }
        }
        var schema = Schema.object(required, optional: optional)
        if !conditions.isEmpty { schema.json["allOf"] = .array(conditions) }
        let missing = fields.filter { $0.unsupported != nil }.map(\.name)
        if !missing.isEmpty { schema.json["description"] = .string(Self.unsupported(missing)) }
        return schema
    }

    private static func unsupported(_ names: [String]) -> String {
        "Not supported yet: \(names.joined(separator: ", "))."
    }

    private func isRequired(_ field: Field) -> Bool {
        switch (self.place, field.presence) {
        case (.part, _): false
        case (.answer, .defaults): true
        case (.answer, _) where field.access == .readOnly: true
        case (_, .required): true
        case (_, .optional), (_, .defaults), (_, .requiredWhen): false
        }
    }

    private func condition(of field: Field) -> JSONValue? {
        guard self.place == .whole, case .requiredWhen(let other, let texts) = field.presence else { return nil }
        return .object([
            "if": .object([
                "properties": .object([other: .object(["enum": .array(texts.map(JSONValue.string))])]),
                "required": .array([.string(other)]),
            ]),
            "then": .object(["required": .array([.string(field.name)])]),
        ])
    }

    func schema(of field: Field) -> Schema {
        var schema = self.schema(of: field.type)
        if case .part(takesNull: true) = self.place, case .labels(merges: true) = field.type {
            schema = Self.labels(.string([.labelValue]).orNull, maximum: nil)
        }
        if let taken = field.taken { schema = self.taking(taken, schema) }
        if self.takesNull(field) { schema = schema.orNull }
        return self.named(field, schema)
    }

    private func taking(_ values: [JSONValue], _ schema: Schema) -> Schema {
        Schema(["enum": .array(values)])
    }

    private func takesNull(_ field: Field) -> Bool {
        switch (self.place, field.null) {
        case (_, .refused): false
        case (.part(let takesNull), .resets), (.part(let takesNull), .ignored): takesNull
        case (.whole, .ignored): false
        case (.whole, .resets), (.answer, .resets):
            if case .optional = field.presence { true } else { false }
        case (.answer, .ignored): false
        }
    }

    /// The schema with what people read of the field.
    private func named(_ field: Field, _ schema: Schema) -> Schema {
        var schema = schema
        var help = field.help
        if case .string(let text)? = schema.json["description"] { help += " \(text)" }
        schema.json["description"] = .string(help)
        if let example = field.example, self.place != .answer { schema.json["examples"] = .array([example]) }
        if self.place == .whole, let value = field.defaultValue { schema.json["default"] = value }
        switch field.access {
        case .readOnly: schema.json["readOnly"] = .bool(true)
        case .writeOnly, .generated: schema.json["writeOnly"] = .bool(true)
        case .readWrite, .atCreation: break
        }
        return schema
    }

    // MARK: Types

    /// What is inside a field is read whole, also in a PATCH.
    private var inside: FieldSchemas { FieldSchemas(place: self.place == .answer ? .answer : .whole) }

    func schema(of type: FieldType) -> Schema {
        switch type {
        case .string(let rules): return .string(rules)
        case .boolean: return .boolean
        case .integer(let range): return .integer(range)
        case .choice(let choices): return .choice(choices)
        case .list(let element, let bounds):
            return .array(
                self.inside.schema(of: element), minimum: bounds.minimum, maximum: bounds.maximum,
                isUnique: bounds.isUnique)
        case .object(let fields): return self.inside.object(fields)
        case .variants(let key, let variants, let help): return self.variants(by: key, variants, help: help)
        case .variantName(let variants): return .choice(variants.filter { $0.unsupported == nil }.map(\.name))
        case .variantFields(_, let variants):
            return .oneOf(variants.filter { $0.unsupported == nil }.map { self.schema(of: $0.type) })
        case .labels: return Self.labels(.string([.labelValue]), maximum: 50)
        case .reference:
            if self.place == .answer { return .component("Reference") }
            return .component("ReferenceInput")
        case .siblingID: return .string
        case .either(let string, let other, _, _): return .oneOf([self.schema(of: string), self.schema(of: other)])
        case .anything: return .anything
        }
    }

    private func variants(by key: String, _ variants: [FieldVariant], help: String) -> Schema {
        let shapes = variants.filter { $0.unsupported == nil }.map { variant -> Schema in
            var schema = self.inside.object(variant.fields, and: [(key, .const(variant.name))])
            var text = variant.help
            if case .string(let more)? = schema.json["description"] { text += " \(more)" }
            schema.json["description"] = .string(text)
            return schema
        }
        let missing = variants.filter { $0.unsupported != nil }.map(\.name)
        var schema = Schema.oneOf(shapes)
        var texts = [help]
        if shapes.count == 1, case .string(let text)? = schema.json["description"] { texts.append(text) }
        if !missing.isEmpty { texts.append(Self.unsupported(missing)) }
        schema.json["description"] = .string(texts.joined(separator: " "))
        return schema
    }

    static func labels(_ value: Schema, maximum: Int?) -> Schema {
        var names = JSONObject()
        if let minimum = labelKeyFacts.minimumLength { names["minLength"] = .integer(Int64(minimum)) }
        if let maximum = labelKeyFacts.maximumLength { names["maxLength"] = .integer(Int64(maximum)) }
        if let pattern = labelKeyFacts.pattern { names["pattern"] = .string(pattern) }
        var schema = Schema.map(value).setting("propertyNames", .object(names))
        if let maximum { schema.json["maxProperties"] = .integer(Int64(maximum)) }
        return schema
    }
}
