/// What ``Policy`` bodies of every type have in common.
package struct PolicyFields: Equatable, Sendable {
    package var name: String?
    package var description: String
    package var enabled: Bool
    package var labels: [String: String]
    package var condition: String?
}

extension PolicyFields {
    /// Reads the common fields of a create or replace call.
    ///
    /// - Parameter condition: checks a condition, answers what is wrong with it; nil where policies have none.
    init(reading reader: BodyReader, condition: ((String) -> String?)?) {
        self.name = reader["name"].ifPresent.flatMap { $0.string(.entityName) }
        self.description = reader["description"].ifPresent.flatMap { $0.string(.description) } ?? ""
        self.enabled = reader["enabled"].ifPresent.flatMap { $0.bool() } ?? true
        self.labels = reader["labels"].ifPresent.flatMap { $0.labels() } ?? [:]
        if let condition {
            self.condition = reader["condition"].ifPresent.flatMap { $0.condition(condition) } ?? ""
        }
    }

    /// Reads a patch: what is absent stays, null goes back to the default.
    mutating func change(reading reader: BodyReader, condition: ((String) -> String?)?) {
        let name = reader["name"]
        if name.value != nil { self.name = name.ifNotNull.flatMap { $0.string(.entityName) } }
        let description = reader["description"]
        if description.value != nil {
            self.description = description.ifNotNull.flatMap { $0.string(.description) } ?? ""
        }
        if let enabled = reader["enabled"].ifPresent { self.enabled = enabled.bool() ?? true }
        if let labels = reader["labels"].ifPresent { self.labels = labels.labels() ?? [:] }
        if let condition {
            let field = reader["condition"]
            if field.value != nil { self.condition = field.ifNotNull.flatMap { $0.condition(condition) } ?? "" }
        }
    }
}

extension FieldReader {
    fileprivate func condition(_ check: (String) -> String?) -> String? {
        guard let text = self.string(.length(0...1000)) else { return nil }
        if !text.isEmpty, let fault = check(text) {
            self.report(.invalid, fault)
            return nil
        }
        return text
    }
}

extension Policy {
    package init(type: String, fields: PolicyFields, config: Configuration, stamp: EntityStamp) {
        self.init(
            id: stamp.id, type: type, name: fields.name, description: fields.description, enabled: fields.enabled,
            labels: fields.labels, condition: fields.condition, config: config, createdAt: stamp.createdAt,
            updatedAt: stamp.updatedAt)
    }

    var fields: PolicyFields {
        get {
            PolicyFields(
                name: self.name, description: self.description, enabled: self.enabled, labels: self.labels,
                condition: self.condition)
        }
        set {
            self.name = newValue.name
            self.description = newValue.description
            self.enabled = newValue.enabled
            self.labels = newValue.labels
            self.condition = newValue.condition
        }
    }
}
