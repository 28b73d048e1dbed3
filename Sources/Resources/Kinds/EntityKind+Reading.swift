package import JSON

extension EntityKind {
    /// What a body is for.
    package enum BodyUse: Equatable, Sendable {
        /// POST.
        case create
        /// PUT, also of what is not there yet.
        case replace
        /// PATCH.
        case patch
    }

    /// What a body says.
    package struct Body: Equatable, Sendable {
        /// The entity's fields, in the order of the kind, defaults filled in.
        package var values: JSONObject
        /// Fields that are stored apart and never answered, such as secrets.
        package var writeOnly: JSONObject
    }

    /// Reads the body of a create, replace or patch call and checks it against the rest of the configuration.
    ///
    /// - Parameters:
    ///   - previous: the entity as it is stored, as JSON; nil for a new one.
    /// - Throws: ``InvalidBody`` with all that is wrong, and what the surroundings throw.
    package func read(
        _ body: JSONValue, _ use: BodyUse, previous: JSONObject? = nil, in around: any Surroundings
    ) throws -> Body {
        try BodyReader.read(body) { reader in
            let objects = ObjectReading(around: around)
            let isPartial = use == .patch || use == .replace && self.keepsAbsentOnPut
            let values: JSONObject
            if isPartial, let previous {
                values = try objects.change(previous, self.fields, reader, takesNull: use == .patch)
            } else {
                values = try objects.read(self.fields, reader, isPost: use == .create)
            }
            let draft = EntityDraft(values: values, previous: previous, reader: reader, around: around)
            for rule in self.rules { try rule(draft) }
            return self.divided(values)
        }
    }

    /// Checks what holds between entities once all changes of a request are made.
    /// - Throws: as ``read(_:_:previous:in:)``.
    package func checkFinally(_ values: JSONObject, in around: any Surroundings) throws {
        guard !self.finalRules.isEmpty else { return }
        _ = try BodyReader.read(.object(values)) { reader in
            reader.ignoreOtherProperties()
            let draft = EntityDraft(values: values, previous: values, reader: reader, around: around)
            for rule in self.finalRules { try rule(draft) }
            return values
        }
    }

    private func divided(_ values: JSONObject) -> Body {
        var body = Body(values: JSONObject(), writeOnly: JSONObject())
        for field in self.fields {
            guard let value = values[field.name] else { continue }
            switch field.access {
            case .writeOnly, .generated: body.writeOnly[field.name] = value
            case .readWrite, .atCreation, .readOnly: body.values[field.name] = value
            }
        }
        return body
    }
}

/// Reads objects after the descriptions of their fields.
struct ObjectReading {
    let around: any Surroundings

    /// All fields of an object; what is absent has its default.
    func read(
        _ fields: [Field], _ reader: BodyReader, isPost: Bool = true
    ) throws -> JSONObject {
        var values = JSONObject()
        for field in fields {
            switch field.access {
            case .readOnly: continue
            case .generated where isPost: continue
            case .atCreation, .readWrite, .writeOnly, .generated: break
            }
            let input = reader[field.name]
            if case .variantFields(let key, let variants) = field.type {
                let variant = self.variant(named: values[key], variants)
                values[field.name] = try self.value(variant?.type ?? .anything, input)
                continue
            }
            if let what = field.unsupported {
                input.refuseIfPresent(what)
            } else if input.value == nil && !self.isRequired(field, reader) {
                values[field.name] = field.defaultValue
            } else if input.value == .null, field.null == .resets, case .optional = field.presence {
                continue
            } else {
                values[field.name] = try self.value(of: field, input) ?? field.defaultValue
                if case .variantName = field.type, values[field.name] == nil {
                    // Nothing is known of the other fields then.
                    reader.ignoreOtherProperties()
                    return values
                }
            }
        }
        return values
    }

    /// An entity with the fields that a body names.
    func change(_ previous: JSONObject, _ fields: [Field], _ reader: BodyReader, takesNull: Bool) throws -> JSONObject {
        var values = JSONObject()
        for field in fields {
            values[field.name] = previous[field.name]
            if field.access == .readOnly || field.access == .atCreation { continue }
            let input = reader[field.name]
            if let what = field.unsupported {
                input.refuseIfPresent(what)
                continue
            }
            guard input.value != nil else { continue }
            if takesNull, input.value == .null {
                switch field.null {
                case .ignored: continue
                case .resets:
                    values[field.name] = field.defaultValue
                    continue
                case .refused: break
                }
            }
            if case .variantFields(let key, let variants) = field.type {
                let variant = self.variant(named: previous[key], variants)
                values[field.name] = try self.value(variant?.type ?? .anything, input) ?? values[field.name]
            } else if takesNull, case .labels(merges: true) = field.type {
                if let labels = input.mergedLabels(into: previous[field.name]) { values[field.name] = labels }
            } else if let value = try self.value(of: field, input) {
                values[field.name] = value
            }
        }
        return values
    }

    private func isRequired(_ field: Field, _ reader: BodyReader) -> Bool {
        switch field.presence {
        case .required: true
        case .optional, .defaults: false
        case .requiredWhen(let other, let texts):
            if case .string(let text) = reader[other].value { texts.contains(text) } else { false }
        }
    }

    /// A value of a field that was read well and holds by itself; nil when faults were reported.
    private func value(of field: Field, _ input: FieldReader) throws -> JSONValue? {
        let faults = input.faultCount
        if let since = field.since, let gateway = try self.around.gateway(), !gateway.supports(since) {
            input.report(
                .invalid,
                "\(field.name) needs min_runtime_version \(since), the gateway has \(gateway.minRuntimeVersion)")
            return nil
        }
        guard let value = try self.value(field.type, input) else { return nil }
        if input.faultCount == faults { try field.check?(value, input, self.around) }
        return input.faultCount == faults ? value : nil
    }

    private func value(_ type: FieldType, _ input: FieldReader) throws -> JSONValue? {
        switch type {
        case .string(let rules): return input.string(rules).map(JSONValue.string)
        case .boolean: return input.bool().map(JSONValue.bool)
        case .integer(let range): return input.integer(in: range).map { .integer(Int64($0)) }
        case .choice(let choices): return input.choice(among: choices).map(JSONValue.string)
        case .list(let element, let bounds): return try self.list(element, bounds, input)
        case .object(let fields): return try input.object { JSONValue.object(try self.read(fields, $0)) }
        case .variants(let key, let variants, _): return try self.variant(key, variants, input)
        case .variantName(let variants):
            guard let name = input.choice(among: variants.map(\.name)) else { return nil }
            if let what = variants.first(where: { $0.name == name })?.unsupported {
                input.refuse(what)
                return nil
            }
            return .string(name)
        case .variantFields: return input.value
        case .labels: return input.labels().map { labels in JSONValue(texts: labels) }
        case .reference(let kind):
            let reference = try input.reference(to: kind.title) { try self.around.resolve($0, to: kind) }
            return reference.map { .object(["id": .string($0.id), "name": .string($0.name)]) }
        case .siblingID(let kind):
            guard let id = input.string([]).map(canonicalID) else { return nil }
            guard try self.around.has(kind, id: id) else {
                input.report(.missingReference, "no \(kind.title) [\(id.prefix(100))]")
                return nil
            }
            return .string(id)
        case .either(let string, let other, let rule, let reason):
            if case .string? = input.value { return try self.value(string, input) }
            guard input.value == nil || other.accepts(input.value) else {
                input.report(rule, reason)
                return nil
            }
            return try self.value(other, input)
        case .anything: return input.value
        }
    }

    private func variant(named name: JSONValue?, _ variants: [FieldVariant]) -> FieldVariant? {
        variants.first { name == .string($0.name) }
    }

    private func list(_ element: FieldType, _ bounds: ListBounds, _ input: FieldReader) throws -> JSONValue? {
        let values =
            bounds.isUnique
            ? try input.uniqueArray(bounds.minimum..., atMost: bounds.maximum) { try self.value(element, $0) }
            : try input.array(bounds.minimum..., atMost: bounds.maximum) { try self.value(element, $0) }
        return values.map(JSONValue.array)
    }

    private func variant(_ key: String, _ variants: [FieldVariant], _ input: FieldReader) throws -> JSONValue? {
        let faults = input.faultCount
        let object = try input.object { reader -> JSONObject? in
            let type = reader[key]
            guard let name = type.choice(among: variants.map(\.name)),
                let variant = variants.first(where: { $0.name == name })
            else {
                reader.ignoreOtherProperties()
                return nil
            }
            if let what = variant.unsupported {
                type.refuse(what)
                reader.ignoreOtherProperties()
                return nil
            }
            var object: JSONObject = [key: .string(name)]
            let fields = try self.read(variant.fields, reader)
            for name in fields.keys { object[name] = fields[name] }
            return object
        }
        return input.faultCount == faults ? object.map(JSONValue.object) : nil
    }
}

extension FieldType {
    /// Whether a value has the JSON type of this field type.
    fileprivate func accepts(_ value: JSONValue?) -> Bool {
        switch (self, value) {
        case (.string, .string), (.choice, .string), (.siblingID, .string), (.boolean, .bool), (.integer, .integer),
            (.integer, .number), (.list, .array), (.object, .object), (.variants, .object), (.labels, .object),
            (.variantName, .string), (.variantFields, .object),
            (.reference, .object), (.anything, .some):
            true
        case (.either(let string, let other, _, _), _): string.accepts(value) || other.accepts(value)
        case (.string, _), (.choice, _), (.siblingID, _), (.boolean, _), (.integer, _), (.list, _), (.object, _),
            (.variants, _), (.variantName, _), (.variantFields, _), (.labels, _), (.reference, _), (.anything, _):
            false
        }
    }
}

extension FieldReader {
    /// Labels of a PATCH over those that are there: null removes one.
    fileprivate func mergedLabels(into previous: JSONValue?) -> JSONValue? {
        guard let changes = self.labelChanges() else { return nil }
        var labels = JSONObject()
        if case .object(let object)? = previous { labels = object }
        for (name, value) in changes { labels[name] = value.map(JSONValue.string) }
        if labels.keys.count > 50 {
            self.report(.maximumItems, "must have at most 50 labels", bound: .maximum(50))
            return nil
        }
        return .object(labels)
    }
}

extension JSONValue {
    fileprivate init(texts: [String: String]) {
        var object = JSONObject()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { object[name] = .string(text) }
        self = .object(object)
    }
}
