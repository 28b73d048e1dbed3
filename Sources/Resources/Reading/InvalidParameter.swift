/// One thing that is wrong with a request, as an item of `invalid_parameters`.
package struct InvalidParameter: Error, Hashable, Sendable {
    package enum Rule: String, CaseIterable, Sendable {
        case required, invalid, type
        case isArray = "is_array"
        case isBase64 = "is_base64"
        case isBoolean = "is_boolean"
        case isDateTime = "is_date_time"
        case isInteger = "is_integer"
        case isNull = "is_null"
        case isNumber = "is_number"
        case isObject = "is_object"
        case isString = "is_string"
        case isUUID = "is_uuid"
        case isFQDN = "is_fqdn"
        case isLabel = "is_label"
        case unknownProperty = "unknown_property"
        case missingReference = "missing_reference"
        case matchesRegex = "matches_regex"
        case minimumLength = "min_length"
        case minimumItems = "min_items"
        case minimum = "min"
        case maximumLength = "max_length"
        case maximumItems = "max_items"
        case maximum = "max"
        case choice = "enum"
        case dependentFields = "dependent_fields"
    }

    /// Where the parameter was.
    package enum Source: String, CaseIterable, Sendable { case body, query, path }

    /// The extra member that some rules carry.
    package enum Bound: Hashable, Sendable {
        case none
        case minimum(Int)
        case maximum(Int)
        case choices([String])
        case dependents([String])
    }

    /// A path from the body's root: `config.rules[0].action`.
    package var field: String
    package var rule: Rule
    package var source: Source
    package var bound: Bound
    /// A sentence for people that starts in lower case and has no full stop.
    package var reason: String

    package init(field: String, rule: Rule, source: Source = .body, bound: Bound = .none, reason: String) {
        self.field = field
        self.rule = rule
        self.source = source
        self.bound = bound
        self.reason = reason
    }
}

extension InvalidParameter: Encodable {
    private enum CodingKeys: String, CodingKey {
        case field, rule, source, reason, minimum, maximum, choices, dependents
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.field, forKey: .field)
        try container.encode(self.rule.rawValue, forKey: .rule)
        try container.encode(self.source.rawValue, forKey: .source)
        try container.encode(self.reason, forKey: .reason)
        switch self.bound {
        case .none: break
        case .minimum(let value): try container.encode(value, forKey: .minimum)
        case .maximum(let value): try container.encode(value, forKey: .maximum)
        case .choices(let values): try container.encode(values, forKey: .choices)
        case .dependents(let values): try container.encode(values, forKey: .dependents)
        }
    }
}
