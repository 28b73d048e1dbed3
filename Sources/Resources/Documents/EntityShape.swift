package import JSON

/// The shape of an entity in documents: which fields it may have, in which order, and what may be left out.
extension EntityKind {
    /// Every field that an entity of this kind may have in a document, without what lies below it.
    package var documentFields: [Field] {
        self.fields.filter { $0.isInDocuments && $0.access != .readOnly && $0.access != .generated }
    }

    var documentFieldNames: [String] { (self.hasChosenID ? ["id"] : []) + self.documentFields.map(\.name) }

    /// Whether entities may do without a name: policies may.
    var mayBeUnnamed: Bool {
        self[field: "name"].map { if case .required = $0.presence { false } else { true } } ?? false
    }

    /// Whether a change sends all fields (PUT) or those that differ (PATCH).
    var isReplacedWhole: Bool { self.change != .patch && !self.hasChosenID }

    /// The fields that hold ids of siblings, with their kind; documents name the siblings.
    package var siblingLists: [(field: String, kind: EntityKind)] {
        self.fields.compactMap { field in
            guard case .list(.siblingID(let kind), _) = field.type else { return nil }
            return (field.name, kind)
        }
    }

    /// The object with every default written out, its fields in their order, without nulls.
    package func filled(_ object: JSONObject) -> JSONObject { self.shaped(object, isFilling: true) }

    /// The object without the fields that have their defaults.
    package func stripped(_ object: JSONObject) -> JSONObject { self.shaped(object, isFilling: false) }

    /// The fields in their order, nulls gone, defaults as they are.
    package func ordered(_ object: JSONObject) -> JSONObject {
        Shaping(defaults: .kept).object(object, self.documentFields)
    }

    private func shaped(_ object: JSONObject, isFilling: Bool) -> JSONObject {
        var result = JSONObject()
        if self.hasChosenID, let id = object["id"], id != .null { result["id"] = id }
        let shaped = Shaping(defaults: isFilling ? .filled : .stripped).object(object, self.documentFields)
        for name in shaped.keys where result[name] == nil { result[name] = shaped[name] }
        return result
    }
}

/// Walks a value beside the description of its fields.
private struct Shaping {
    enum Defaults { case filled, stripped, kept }

    var defaults: Defaults

    func object(_ object: JSONObject, _ fields: [Field]) -> JSONObject {
        var result = JSONObject()
        for field in fields {
            if let value = object[field.name], value != .null {
                let inner = self.value(value, field.type, in: object)
                if self.defaults == .stripped, inner == field.defaultValue { continue }
                result[field.name] = inner
            } else if self.defaults == .filled {
                result[field.name] = field.defaultValue
            }
        }
        // What the model does not know is kept: what is wrong with it is said where the document is judged.
        for name in object.keys where result[name] == nil && !fields.contains(where: { $0.name == name }) {
            if let value = object[name], value != .null { result[name] = value }
        }
        return result
    }

    private func value(_ value: JSONValue, _ type: FieldType, in outer: JSONObject) -> JSONValue {
        switch (type, value) {
        case (.object(let fields), .object(let object)): return .object(self.object(object, fields))
        case (.list(let element, _), .array(let values)):
            return .array(values.map { self.value($0, element, in: outer) })
        case (.variants(let key, let variants, _), .object(let object)):
            let variant = variants.first { object[key] == .string($0.name) }
            let name = Field(key, .anything, .required, "")
            return .object(self.object(object, [name] + (variant?.fields ?? [])))
        case (.variantFields(let key, let variants), _):
            guard let variant = variants.first(where: { outer[key] == .string($0.name) }) else { return value }
            return self.value(value, variant.type, in: outer)
        case (.either(_, let other, _, _), .array), (.either(_, let other, _, _), .object):
            return self.value(value, other, in: outer)
        case (.labels, .object(let labels)):
            var sorted = JSONObject()
            for name in labels.keys.sorted() where labels[name] != .null { sorted[name] = labels[name] }
            return .object(sorted)
        case (.string, _), (.boolean, _), (.integer, _), (.choice, _), (.list, _), (.object, _), (.variants, _),
            (.variantName, _), (.labels, _), (.reference, _), (.siblingID, _), (.either, _), (.anything, _):
            return value
        }
    }
}
