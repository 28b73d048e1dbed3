package import JSON

/// One field, or one element of an array, of a body that ``BodyReader`` walks.
///
/// Every reading method answers nil after it has reported what is wrong; absent counts as wrong (`required`) unless
/// the caller went through ``ifPresent`` or ``ifNotNull``.
package struct FieldReader {
    package let value: JSONValue?
    /// `config.rules[0].action`.
    package let path: String
    private let issues: ValidationIssues

    init(value: JSONValue?, path: String, issues: ValidationIssues) {
        self.value = value
        self.path = path
        self.issues = issues
    }

    /// This field, or nil when it is absent. An explicit null is present, and then of the wrong type.
    package var ifPresent: FieldReader? { self.value == nil ? nil : self }

    /// This field, or nil when it is absent or null: for nullable fields.
    package var ifNotNull: FieldReader? { self.value == nil || self.value == .null ? nil : self }

    package func report(_ rule: InvalidParameter.Rule, _ reason: String, bound: InvalidParameter.Bound = .none) {
        self.issues.add(InvalidParameter(field: self.path, rule: rule, bound: bound, reason: reason))
    }

    /// Refuses what exists in the resource model but is not served yet.
    /// - Parameter what: `sasl_plain authentication`, `namespaces`.
    package func refuse(_ what: String) {
        self.report(.invalid, "not supported yet: \(what)")
    }

    package func refuseIfPresent(_ what: String) {
        if self.value != nil { self.refuse(what) }
    }

    /// How many faults were reported so far, anywhere in the body.
    var faultCount: Int { self.issues.reported }

    /// An element of a list, to report its faults.
    package func element(_ index: Int) -> FieldReader {
        FieldReader(value: nil, path: "\(self.path)[\(index)]", issues: self.issues)
    }

    // MARK: Scalars

    package func string(_ rules: StringRule...) -> String? {
        self.string(rules)
    }

    package func string(_ rules: [StringRule]) -> String? {
        guard let value = self.required else { return nil }
        guard case .string(let text) = value else {
            self.report(.isString, "must be a string")
            return nil
        }
        var isGood = true
        for rule in rules {
            for fault in rule.faults(text) {
                isGood = false
                self.report(fault.rule, fault.reason, bound: fault.bound)
            }
        }
        return isGood ? text : nil
    }

    package func bool() -> Bool? {
        guard let value = self.required else { return nil }
        guard case .bool(let flag) = value else {
            self.report(.isBoolean, "must be true or false")
            return nil
        }
        return flag
    }

    package func integer(in range: ClosedRange<Int>) -> Int? {
        guard let value = self.required else { return nil }
        guard case .integer = value, let number = value.integerValue else {
            if let number = value.integerValue { return self.checked(number, in: range) }
            self.report(.isInteger, "must be an integer")
            return nil
        }
        return self.checked(number, in: range)
    }

    private func checked(_ number: Int64, in range: ClosedRange<Int>) -> Int? {
        if number < range.lowerBound {
            self.report(.minimum, "must be at least \(range.lowerBound)", bound: .minimum(range.lowerBound))
            return nil
        }
        if number > range.upperBound {
            self.report(.maximum, "must be at most \(range.upperBound)", bound: .maximum(range.upperBound))
            return nil
        }
        return Int(number)
    }

    package func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> Choice? {
        guard let text = self.choice(among: Choice.allCases.map(\.rawValue)) else { return nil }
        return Choice(rawValue: text)
    }

    package func choice(among choices: [String]) -> String? {
        guard let text = self.string() else { return nil }
        guard choices.contains(text) else {
            self.report(
                .choice, "must be one of: \(choices.joined(separator: ", "))", bound: .choices(choices))
            return nil
        }
        return text
    }

    // MARK: Containers

    package func object<Value>(_ build: (BodyReader) throws -> Value?) rethrows -> Value? {
        guard let value = self.required else { return nil }
        guard case .object(let object) = value else {
            self.report(.isObject, "must be an object")
            return nil
        }
        let reader = BodyReader(object: object, path: self.path, issues: self.issues)
        let result = try build(reader)
        reader.finish()
        return result
    }

    /// - Returns: nil when the field is no array, has too few or too many elements, or any element is wrong.
    package func array<Value>(
        _ count: PartialRangeFrom<Int> = 0..., atMost maximum: Int? = nil,
        _ element: (FieldReader) throws -> Value?
    ) rethrows -> [Value]? {
        guard let value = self.required else { return nil }
        guard case .array(let elements) = value else {
            self.report(.isArray, "must be an array")
            return nil
        }
        var isGood = true
        if elements.count < count.lowerBound {
            isGood = false
            self.report(
                .minimumItems, "must have at least \(items(count.lowerBound))", bound: .minimum(count.lowerBound))
        }
        if let maximum, elements.count > maximum {
            isGood = false
            self.report(.maximumItems, "must have at most \(items(maximum))", bound: .maximum(maximum))
        }
        var values: [Value] = []
        for (index, element_) in elements.prefix(maximum ?? elements.count).enumerated() {
            let reader = FieldReader(value: element_, path: "\(self.path)[\(index)]", issues: self.issues)
            if let value = try element(reader) { values.append(value) } else { isGood = false }
        }
        return isGood ? values : nil
    }

    /// As ``array(_:atMost:_:)``, and no element may come twice.
    package func uniqueArray<Value: Hashable>(
        _ count: PartialRangeFrom<Int> = 0..., atMost maximum: Int? = nil,
        _ element: (FieldReader) throws -> Value?
    ) rethrows -> [Value]? {
        var seen: Set<Value> = []
        return try self.array(count, atMost: maximum) { reader in
            guard let value = try element(reader) else { return nil }
            guard seen.insert(value).inserted else {
                reader.report(.invalid, "appears more than once")
                return nil
            }
            return value
        }
    }

    private var required: JSONValue? {
        if self.value == nil { self.report(.required, "is required") }
        return self.value
    }
}

private func items(_ count: Int) -> String { count == 1 ? "1 item" : "\(count) items" }
